"""Deep zoom: an image cut into tiles, as Leaflet reads them (z/x/y from the top left).

At the deepest level a pixel of a tile is one of the image; each level above halves it, and at level
0 the whole image fits one tile. Tiles at the right and lower edge are filled up with nothing.
"""

import re
from io import BytesIO
from math import ceil, log2

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, default_storage

from PIL import Image, ImageCms, ImageOps

from media.models import MuseumImage
from media.renditions import is_drawing

ROOT = "tiles"
TILE = 256
QUALITY = 82
# Below this an image fits a screen and needs no zoom.
WORTH_ZOOMING = 1600
ADDRESS = re.compile(
    rf"{ROOT}/(?P<pk>\d{{1,9}})/(?P<digest>[0-9a-f]{{40}})/\d{{1,2}}/\d{{1,4}}/\d{{1,4}}\.webp"
)


def is_zoomable(image: MuseumImage) -> bool:
    """Return whether an image is large enough to be cut into tiles."""
    return not is_drawing(image) and max(image.width, image.height) >= WORTH_ZOOMING


def are_cut(image: MuseumImage) -> bool:
    """Return whether the tiles of an image are there; the storage is not asked."""
    return bool(image.made_from) and is_zoomable(image)


def folder(image: MuseumImage, digest: str = "") -> str:
    """Return where the tiles of an image's file are kept."""
    return f"{ROOT}/{image.pk}/{digest or image.made_from}"


def levels(image: MuseumImage) -> int:
    """Return the deepest level."""
    return max(0, ceil(log2(max(image.width, image.height) / TILE)))


def cut(image: MuseumImage, digest: str) -> int:
    """Cut an image into tiles, the finest level first; return how many there are."""
    with image.open_file() as file:
        picture = _upright(Image.open(file))
    storage, written = image.file.storage, 0
    for level in range(levels(image), -1, -1):
        written += _cut_level(storage, picture, f"{folder(image, digest)}/{level}")
        smaller = (ceil(picture.width / 2), ceil(picture.height / 2))
        picture = picture.resize(smaller, Image.Resampling.BOX)
    return written


def _upright(picture: Image.Image) -> Image.Image:
    """Return a picture as it is seen: turned as the camera was held, in the colours of screens."""
    profile = picture.info.get("icc_profile")
    turned = ImageOps.exif_transpose(picture)
    has_alpha = "A" in turned.getbands() or "transparency" in turned.info
    if profile:
        turned = _in_screen_colours(turned, profile)
    return turned.convert("RGBA" if has_alpha else "RGB")


def _in_screen_colours(picture: Image.Image, profile: bytes) -> Image.Image:
    try:
        own = ImageCms.ImageCmsProfile(BytesIO(profile))
        return ImageCms.profileToProfile(picture, own, ImageCms.createProfile("sRGB")) or picture
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture  # a profile that does not fit the picture: shown as its numbers say


def _cut_level(storage: Storage, picture: Image.Image, where: str) -> int:
    columns, rows = ceil(picture.width / TILE), ceil(picture.height / TILE)
    for x in range(columns):
        for y in range(rows):
            name = f"{where}/{x}/{y}.webp"
            if not storage.exists(name):
                storage.save(name, ContentFile(_tile(picture, x * TILE, y * TILE)))
    return columns * rows


def _tile(picture: Image.Image, left: int, top: int) -> bytes:
    right, bottom = min(left + TILE, picture.width), min(top + TILE, picture.height)
    piece = picture.crop((left, top, right, bottom))
    if piece.size != (TILE, TILE):
        whole = Image.new("RGBA", (TILE, TILE))
        whole.paste(piece)
        piece = whole
    buffer = BytesIO()
    piece.save(buffer, "WEBP", quality=QUALITY, method=2)
    return buffer.getvalue()


def remove(pk: int, but: str = "") -> None:
    """Delete the tiles of an image, except those of the file with one digest."""
    root = f"{ROOT}/{pk}"
    folders, _files = _listed(default_storage, root)
    for digest in folders:
        if digest != but:
            _remove_tree(default_storage, f"{root}/{digest}")
    if not but:
        _remove_tree(default_storage, root)


def _remove_tree(storage: Storage, path: str) -> None:
    folders, files = _listed(storage, path)
    for name in folders:
        _remove_tree(storage, f"{path}/{name}")
    for name in files:
        storage.delete(f"{path}/{name}")
    if storage.exists(path):
        storage.delete(path)


def _listed(storage: Storage, path: str) -> tuple[list[str], list[str]]:
    try:
        return storage.listdir(path)
    except FileNotFoundError:
        return [], []
