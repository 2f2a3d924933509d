"""What a camera wrote beside a picture stays outside; the picture stays as it is."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from media.uploads.metadata import size_as_seen, without_place
from tests.factories.media import picture

XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><exif:GPSLatitude>22,20N</exif:GPSLatitude></x:xmpmeta>'
PLACE = b"Xa Ban Khoang"  # as IPTC, a comment or a maker would write it
SECRETS = (b"GPSLatitude", PLACE, b"HIDDEN-FILM")


def exif():
    """Everything a telephone writes: how it was held, whose it is, when, and where."""
    block = Image.Exif()
    block[0x0112] = 6
    block[0x010F] = "Maker"
    block[0x8298] = "Owner"
    block[0x010E] = PLACE.decode()
    details = block.get_ifd(0x8769)
    details[0x9003] = "2026:05:01 10:00:00"
    details[0x927C] = PLACE
    details[0x9286] = b"ASCII\0\0\0" + PLACE
    block.get_ifd(0x8825).update({1: "N", 2: (22.0, 20.0, 0.0), 3: "E", 4: (103.0, 50.0, 0.0)})
    return block


def noise(size=(60, 40)):
    return Image.effect_noise(size, 90).convert("RGB")


def saved(kind, **options):
    buffer = BytesIO()
    noise().save(buffer, kind, **options)
    return buffer.getvalue()


def jpeg(**options):
    """A JPEG with a place in every corner a JPEG has."""
    content = saved("JPEG", exif=exif(), xmp=XMP, comment=PLACE, quality=90, **options)
    iptc = b"Photoshop 3.0\0" + PLACE
    app13 = b"\xff\xed" + struct.pack(">H", len(iptc) + 2) + iptc
    return content[:2] + app13 + content[2:] + b"HIDDEN-FILM"


def telephone():
    """What a telephone makes: the picture, and behind it a second one with a place of its own."""
    buffer = BytesIO()
    second = noise()
    second.encoderinfo = {"exif": exif()}
    noise().save(
        buffer, "MPO", save_all=True, append_images=[second], exif=exif(), xmp=XMP, comment=PLACE
    )
    return buffer.getvalue() + b"HIDDEN-FILM"


def png():
    words = PngInfo()
    words.add_text("Comment", PLACE.decode())
    words.add_itxt("XML:com.adobe.xmp", XMP.decode())
    return saved("PNG", pnginfo=words, exif=exif()) + b"HIDDEN-FILM"


def webp(**options):
    content = saved("WEBP", exif=exif(), xmp=XMP, **options)
    return content + b"HIDDEN-FILM"


KINDS = {
    "jpeg": jpeg,
    "progressive jpeg": lambda: jpeg(progressive=True),
    "two pictures in one file": telephone,
    "jpeg with restarts": lambda: jpeg(restart_marker_blocks=1),
    "png": png,
    "webp": webp,
    "lossless webp": lambda: webp(lossless=True),
}


@pytest.mark.parametrize("kind", KINDS)
def test_no_place_stays_and_no_pixel_changes(kind):
    content = KINDS[kind]()
    assert all(secret in content for secret in (b"GPSLatitude", b"HIDDEN-FILM"))
    kept = without_place(content)
    assert [secret for secret in SECRETS if secret in kept] == []
    before, after = Image.open(BytesIO(content)), Image.open(BytesIO(kept))
    assert after.tobytes() == before.tobytes()
    block = after.getexif()
    assert dict(block) | {0x8769: None} == {
        0x0112: 6,
        0x010F: "Maker",
        0x8298: "Owner",
        0x8769: None,
    }
    assert block.get_ifd(0x8769) == {0x9003: "2026:05:01 10:00:00"}
    assert block.get_ifd(0x8825) == {}
    assert size_as_seen(BytesIO(kept)) == (40, 60)
    assert without_place(kept) == kept


@pytest.mark.parametrize("name", ["la.jpg", "la.png", "la.webp"])
def test_a_picture_with_nothing_beside_it_is_as_it_was(name):
    content = picture((30, 20), name=name).read()
    assert without_place(content) == content


def test_the_colours_of_a_picture_stay():
    from PIL import ImageCms

    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for kind in ("JPEG", "PNG", "WEBP"):
        kept = without_place(saved(kind, icc_profile=profile, exif=exif()))
        assert Image.open(BytesIO(kept)).info["icc_profile"] == profile


def test_a_moving_picture_keeps_moving():
    for kind in ("PNG", "WEBP"):
        frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "green", "blue")]
        buffer = BytesIO()
        frames[0].save(buffer, kind, save_all=True, append_images=frames[1:], exif=exif())
        assert Image.open(BytesIO(without_place(buffer.getvalue()))).n_frames == 3


def test_a_block_that_cannot_be_read_does_not_stay():
    broken = b"Exif\0\0II*\0\xff\xff\xff\xff" + PLACE
    segment = b"\xff\xe1" + struct.pack(">H", len(broken) + 2) + broken
    content = saved("JPEG")
    assert without_place(content[:2] + segment + content[2:]) == content
    body = broken[6:]
    chunk = struct.pack(">I", len(body)) + b"eXIf" + body
    chunk += struct.pack(">I", zlib.crc32(b"eXIf" + body))
    content = saved("PNG")
    assert without_place(content[:33] + chunk + content[33:]) == content


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp"])
def test_what_is_cut_short_is_refused(kind):
    whole = KINDS[kind]().removesuffix(b"HIDDEN-FILM")
    for length in (3, 12, 30, 60, len(whole) // 2, len(whole) - 4):
        with pytest.raises(ValueError, match=r"cut short|missing|not a picture"):
            without_place(whole[:length])


def test_what_is_no_picture_is_refused():
    for content in (b"", b"hello", b"GIF89a", b"RIFF\0\0\0\0WAVE", b"\xff\xd8"):
        with pytest.raises(ValueError, match="not a picture"):
            without_place(content)
