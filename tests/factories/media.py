"""Files of a record for tests, as small as real ones can be."""

import json
import struct
import wave
from io import BytesIO

from django.core.files.base import ContentFile

from PIL import Image

from catalogue.models import Figure, Species
from media.models import (
    DocumentText,
    ImageText,
    MediaFile,
    MediaFileText,
    MuseumDocument,
    MuseumImage,
)
from media.tasks import prepare_image
from tests.factories.catalogue import SpeciesFactory

VTT = "WEBVTT\n\n00:00.000 --> 00:01.000\nQuế\n"


def picture(size=(1800, 900), name="la.jpg", colour="green", **options):
    """Return a photograph of one colour, as JPEG or what its name says."""
    buffer = BytesIO()
    kind = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP"}[name.rpartition(".")[2]]
    Image.new("RGB", size, colour).save(buffer, kind, **options)
    return ContentFile(buffer.getvalue(), name=name)


def wav(seconds=2, name="que.wav"):
    """Return a recording of silence."""
    buffer = BytesIO()
    with wave.open(buffer, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(b"\0\0" * 8000 * seconds)
    return ContentFile(buffer.getvalue(), name=name)


def box(kind, *content):
    """Return a box of an MP4 file."""
    body = b"".join(content)
    return struct.pack(">I4s", 8 + len(body), kind) + body


def mp4(*handlers, seconds=3, descriptions=b"", name="phim.mp4"):
    """Return an MP4 file with empty tracks of some kinds: b"vide", b"soun"…"""
    head = box(b"mvhd", bytes(12), struct.pack(">II", 1000, seconds * 1000), bytes(80))
    tracks = (
        box(b"trak", box(b"mdia", box(b"hdlr", bytes(8), kind, bytes(13)))) for kind in handlers
    )
    return ContentFile(
        box(b"ftyp", b"isom", bytes(4), b"isom")
        + box(b"moov", head, *tracks, descriptions)
        + box(b"mdat", b"x" * 50),
        name=name,
    )


def gltf(name="cay.gltf", **changes):
    """Return a model written out as JSON, with its parts inside."""
    inside = "data:application/octet-stream;base64,AA=="
    model = {"asset": {"version": "2.0"}, "buffers": [{"uri": inside}]} | changes
    return ContentFile(json.dumps(model).encode(), name=name)


def glb(model=None, name="cay.glb"):
    """Return a model as one binary file."""
    text = json.dumps(model or {"asset": {"version": "2.0"}}).encode()
    text += b" " * (-len(text) % 4)
    chunk = struct.pack("<I4s", len(text), b"JSON") + text
    return ContentFile(struct.pack("<4sII", b"glTF", 2, 12 + len(chunk)) + chunk, name=name)


def stored_image(title="Lá quế", prepared=True, **more):
    """Return an image in the storage, by default with renditions and tiles."""
    file = more.pop("file", None) or picture()
    image = MuseumImage.objects.create(title=title, credit="Mẫu", file=file, **more)
    ImageText.objects.create(image=image, language="vi", alt="Một chiếc lá")
    ImageText.objects.create(image=image, language="en", alt="A leaf")
    if prepared:
        assert prepare_image.func(image.pk) == "prepared"
        image = MuseumImage.objects.get(pk=image.pk)
    return image


def stored_recording(title="Tên quế", **more):
    """Return a recording with captions and a transcript."""
    file = more.pop("file", None) or wav()
    recording = MediaFile.objects.create(title=title, credit="Người thu", file=file, **more)
    MediaFileText.objects.create(
        file=recording,
        language="vi",
        alt="Một người nói tên cây",
        transcript="Quế.",
        captions=ContentFile(VTT.encode(), name="que.vtt"),
    )
    return recording


def stored_document(title="Phiếu"):
    """Return a paper for download."""
    document = MuseumDocument.objects.create(
        title=title, credit="Mẫu", file=ContentFile(b"%PDF-1.4 test", name="phieu.pdf")
    )
    DocumentText.objects.create(document=document, language="vi", alt="Phiếu kiểm nghiệm")
    return document


def shows(species, *files):
    """Let files show a species, after those it has."""
    columns = {MuseumImage: "image", MediaFile: "file", MuseumDocument: "document"}
    first = species.figures.count()
    for position, file in enumerate(files, first):
        Figure.objects.create(species=species, sort_order=position, **{columns[type(file)]: file})


def unpublished_record(**more):
    """An unpublished species shown by files of every kind, with a draft that says the same."""
    species = SpeciesFactory(slug="que", live=False)
    film = stored_recording(
        title="Phim",
        file=mp4(b"vide", b"soun"),
        width=640,
        height=360,
        poster=stored_image("Ảnh tĩnh"),
    )
    model = MediaFile.objects.create(title="Mô hình", credit="Mẫu", file=glb())
    shows(species, stored_image(**more), stored_recording(), film, model, stored_document())
    name = species.names.first()
    name.recording = stored_recording("Quế, nói")
    name.save()
    species = Species.objects.get(pk=species.pk)
    species.save_revision()
    return species
