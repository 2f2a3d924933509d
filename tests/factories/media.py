"""Files of a record for tests: an image in tiles, a recording with captions, a document."""

from io import BytesIO

from django.core.files.base import ContentFile

from PIL import Image

from catalogue.models import Figure, Species
from media.models import MediaFile, MediaFileText, MuseumDocument, MuseumImage
from tests.factories.catalogue import SpeciesFactory


def picture(size=(1800, 900), name="la.jpg", colour="green"):
    buffer = BytesIO()
    Image.new("RGB", size, colour).save(buffer, "JPEG")
    return ContentFile(buffer.getvalue(), name=name)


def unpublished_record():
    """An unpublished species shown by an image in tiles, a recording with captions, a document."""
    species = SpeciesFactory(slug="que", live=False)
    image = MuseumImage(title="Lá quế", credit="Mẫu", file=picture())
    image._set_image_file_metadata()
    image.save()
    recording = MediaFile.objects.create(
        title="Tên quế",
        kind="audio",
        credit="Mẫu",
        file=ContentFile(b"ID3" + b"\0" * 5000, name="que.mp3"),
        media_type="audio/mpeg",
        duration_ms=1500,
    )
    MediaFileText.objects.create(
        file=recording,
        language="vi",
        transcript="Quế.",
        captions=ContentFile(b"WEBVTT\n\n00:00.000 --> 00:01.000\nQu\xe1\xba\xbf", name="que.vtt"),
    )
    document = MuseumDocument.objects.create(
        title="Phiếu", credit="Mẫu", file=ContentFile(b"%PDF-1.4 test", name="phieu.pdf")
    )
    for position, file in enumerate(
        ({"image": image}, {"file": recording}, {"document": document})
    ):
        Figure.objects.create(species=species, sort_order=position, **file)
    species = Species.objects.get(pk=species.pk)
    species.save_revision()
    return species
