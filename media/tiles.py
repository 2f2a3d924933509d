"""Deep zoom: an image cut into tiles, as Leaflet reads them (z/x/y from the top left)."""

from io import BytesIO
from math import ceil, log2

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from PIL import Image, ImageOps

from media.models import MuseumImage

TILE = 256
# Below this an image fits a screen and needs no zoom.
WORTH_ZOOMING = 1600
# Above this one level no longer fits in memory beside the others.
MOST_PIXELS = 120_000_000


def is_zoomable(image: MuseumImage) -> bool:
    """Return whether an image is large enough, and not too large, to be cut into tiles."""
    return (
        not image.is_svg()
        and max(image.width, image.height) >= WORTH_ZOOMING
        and image.width * image.height <= MOST_PIXELS
    )


def folder(image: MuseumImage) -> str:
    """Return where the tiles of an image's present file are kept."""
    return f"tiles/{image.pk}/{image.file_hash[:12]}"


def levels(image: MuseumImage) -> int:
    """Return the deepest level; at level 0 the whole image fits one tile."""
    return max(0, ceil(log2(max(image.width, image.height) / TILE)))


def are_cut(image: MuseumImage) -> bool:
    """Return whether all tiles are there: the single one of level 0 is written last."""
    return default_storage.exists(f"{folder(image)}/0/0/0.jpg")


def cut(image: MuseumImage) -> int:
    """Cut an image into tiles, the finest level first; return how many were written."""
    with image.open_file() as file:
        whole = ImageOps.exif_transpose(Image.open(file)).convert("RGB")
    written = 0
    for level in range(levels(image), -1, -1):
        scale = 2 ** (levels(image) - level)
        size = (max(1, ceil(whole.width / scale)), max(1, ceil(whole.height / scale)))
        written += _cut_level(whole.resize(size, Image.Resampling.LANCZOS), folder(image), level)
    return written


def _cut_level(picture: Image.Image, where: str, level: int) -> int:
    columns, rows = ceil(picture.width / TILE), ceil(picture.height / TILE)
    for x in range(columns):
        for y in range(rows):
            box = (
                x * TILE,
                y * TILE,
                min((x + 1) * TILE, picture.width),
                min((y + 1) * TILE, picture.height),
            )
            buffer = BytesIO()
            picture.crop(box).save(buffer, "JPEG", quality=82)
            name = f"{where}/{level}/{x}/{y}.jpg"
            if not default_storage.exists(name):
                default_storage.save(name, ContentFile(buffer.getvalue()))
    return columns * rows


def remove(pk: int, but: str = "") -> None:
    """Delete the tiles of an image, except those in one folder."""
    root = f"tiles/{pk}"
    try:
        digests, _files = default_storage.listdir(root)
    except FileNotFoundError:
        return
    for digest in digests:
        if f"{root}/{digest}" != but:
            _remove_tree(f"{root}/{digest}")


def _remove_tree(path: str) -> None:
    folders, files = default_storage.listdir(path)
    for name in folders:
        _remove_tree(f"{path}/{name}")
    for name in files:
        default_storage.delete(f"{path}/{name}")
