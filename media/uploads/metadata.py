"""Takes out of a picture what a camera wrote beside it, without touching the picture itself.

Place can stand in many corners: the GPS block of EXIF, the maker's own block, XMP and IPTC, a
preview or a film appended after the end. So what may stay is listed, and the rest goes. The picture
data are copied byte for byte; nothing is compressed again.
"""

import re
import struct
import zlib
from collections.abc import Iterator
from typing import IO

from PIL import Image

ORIENTATION = 0x0112
# Orientation, camera, author and rights; beside them the day it was taken.
KEPT = (ORIENTATION, 0x010F, 0x0110, 0x0132, 0x013B, 0x8298)
EXIF_BLOCK, TAKEN = 0x8769, 0x9003

_EXIF_HEAD = b"Exif\0\0"
_PNG_HEAD = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = frozenset(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT bKGD pHYs acTL fcTL fdAT".split()
)
_WEBP_KEPT = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"))
_WEBP_XMP, _WEBP_EXIF = 0x04, 0x08
# After a scan of a JPEG comes a marker that is neither stuffing nor a restart.
_NEXT_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]", re.DOTALL)


def without_place(content: bytes) -> bytes:
    """Return a JPEG, PNG or WebP with nothing beside the picture but what may stay.

    Raises ValueError for content that is none of these, or is cut short.
    """
    if content.startswith(b"\xff\xd8\xff"):
        return b"".join(_jpeg(content))
    if content.startswith(_PNG_HEAD):
        return b"".join(_png(content))
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return _webp(content)
    raise ValueError("not a picture of a kind that is kept")


def kept_exif(raw: bytes) -> bytes:
    """Return the part of an EXIF block that may stay, empty when nothing of it may."""
    old, new = Image.Exif(), Image.Exif()
    try:
        old.load(raw)
        for tag in KEPT:
            if tag in old:
                new[tag] = old[tag]
        taken = old.get_ifd(EXIF_BLOCK).get(TAKEN)
        if taken:
            new.get_ifd(EXIF_BLOCK)[TAKEN] = taken
        return new.tobytes() if new or taken else b""
    except Exception:  # noqa: BLE001  whatever a broken block does to its reader, it does not stay
        return b""


def _jpeg(content: bytes) -> Iterator[bytes]:
    """Yield the pieces of a JPEG up to its end; what was appended after it is left behind."""
    yield content[:2]
    position = 2
    while True:
        marker, length = _read(">2sH", content, position)
        kind = marker[1]
        if marker[0] != 0xFF:
            raise ValueError("a marker is missing")
        if kind == 0xFF:  # padding before a marker
            position += 1
            continue
        if kind == 0xD9:
            yield marker
            return
        end = position + 2 + length
        if length < 2 or end > len(content):
            raise ValueError("a segment is cut short")
        yield _jpeg_segment(kind, content[position:end])
        position = end
        if kind == 0xDA:
            found = _NEXT_MARKER.search(content, position)
            if found is None:
                raise ValueError("the picture is cut short")
            yield content[position : found.start()]
            position = found.start()
            if content[position + 1] == 0xD9:
                yield b"\xff\xd9"
                return


def _jpeg_segment(kind: int, segment: bytes) -> bytes:
    payload = segment[4:]
    if kind == 0xE1 and payload.startswith(_EXIF_HEAD):
        exif = kept_exif(payload)
        head = b"" if exif.startswith(_EXIF_HEAD) else _EXIF_HEAD
        return b"\xff\xe1" + struct.pack(">H", len(head + exif) + 2) + head + exif if exif else b""
    is_application = 0xE0 <= kind <= 0xEF
    stays = kind in (0xE0, 0xEE) or (kind == 0xE2 and payload.startswith(b"ICC_PROFILE\0"))
    is_comment = kind == 0xFE
    return b"" if is_comment or (is_application and not stays) else segment


def _png(content: bytes) -> Iterator[bytes]:
    """Yield the chunks of a PNG that may stay, up to its end."""
    yield _PNG_HEAD
    position = len(_PNG_HEAD)
    while True:
        length, kind = _read(">I4s", content, position)
        end = position + 12 + length
        if end > len(content):
            raise ValueError("a chunk is cut short")
        if kind in _PNG_KEPT:
            yield content[position:end]
        elif kind == b"eXIf":
            exif = kept_exif(content[position + 8 : end - 4]).removeprefix(_EXIF_HEAD)
            if exif:
                yield struct.pack(">I", len(exif)) + kind + exif
                yield struct.pack(">I", zlib.crc32(kind + exif))
        if kind == b"IEND":
            return
        position = end


def _webp(content: bytes) -> bytes:
    """Return a WebP with the chunks that may stay; its header says which of them there are."""
    limit = 8 + _read("<I", content, 4)[0]
    if limit > len(content):
        raise ValueError("the file is cut short")
    position, chunks, has_exif = 12, [], False
    while position + 8 <= limit:
        kind, length = _read("<4sI", content, position)
        body = content[position + 8 : position + 8 + length]
        if len(body) < length:
            raise ValueError("a chunk is cut short")
        position += 8 + length + length % 2
        if kind == b"EXIF":
            body = kept_exif(body).removeprefix(_EXIF_HEAD)
            has_exif = bool(body)
        if body and (kind in _WEBP_KEPT or kind == b"EXIF"):
            chunks.append((kind, body))
    packed = b"".join(
        struct.pack("<4sI", kind, len(body)) + body + b"\0" * (len(body) % 2)
        for kind, body in _with_flags(chunks, has_exif)
    )
    return struct.pack("<4sI", b"RIFF", len(packed) + 4) + b"WEBP" + packed


def _with_flags(chunks: list[tuple[bytes, bytes]], has_exif: bool) -> Iterator[tuple[bytes, bytes]]:
    for kind, body in chunks:
        if kind == b"VP8X":
            flags = body[0] & ~(_WEBP_XMP | _WEBP_EXIF) | (_WEBP_EXIF if has_exif else 0)
            yield kind, bytes([flags]) + body[1:]
        else:
            yield kind, body


def _read(layout: str, content: bytes, position: int) -> tuple:
    """Return numbers and marks at a position. Raises ValueError where the content ends first."""
    try:
        return struct.unpack_from(layout, content, position)
    except struct.error as error:
        raise ValueError("the file is cut short") from error


def size_as_seen(file: IO[bytes]) -> tuple[int, int] | None:
    """Return width and height of a photograph as it is shown, from its header.

    None for a drawing, and for what cannot be read.
    """
    try:
        picture = Image.open(file)
        width, height = picture.size
        turned = picture.getexif().get(ORIENTATION, 1) in (5, 6, 7, 8)
    except Exception:  # noqa: BLE001  a decoder fails in its own way on every kind of file
        return None
    return (height, width) if turned else (width, height)
