"""Reads the boxes of an MP4 file, and blanks those in which a phone writes where it was.

The file keeps its length: a box that may not stay becomes a free one of the same size, so that no
offset in the file has to change.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import IO

from django.core.files.base import File

PARENTS = frozenset((b"moov", b"trak", b"mdia"))
# Descriptions of many kinds, among them ©xyz and com.apple.quicktime.location.
DESCRIPTIONS = frozenset((b"udta", b"meta", b"uuid"))
IN_MEMORY = 5 * 1024 * 1024
MOST_BOXES = 10_000
_CHUNK = 64 * 1024


@dataclass(frozen=True)
class Box:
    """A box of the file: what it is, where it stands, how long its head and the whole are."""

    kind: bytes
    start: int
    head: int
    size: int


def boxes(file: IO[bytes], size: int) -> list[Box]:
    """Return the boxes of a file that are looked into. Raises ValueError for a broken file."""
    found = []
    for box in _walk(file, 0, size):
        found.append(box)
        if len(found) > MOST_BOXES:
            raise ValueError("too many boxes")
    return found


def _walk(file: IO[bytes], start: int, end: int, depth: int = 0) -> Iterator[Box]:
    while start + 8 <= end:
        file.seek(start)
        size, kind = struct.unpack(">I4s", file.read(8))
        head = 8
        if size == 1:
            size, head = struct.unpack(">Q", file.read(8).ljust(8, b"\0"))[0], 16
        elif size == 0:
            size = end - start
        if size < head or start + size > end:
            raise ValueError("a box does not fit")
        yield Box(kind, start, head, size)
        if kind in PARENTS and depth < len(PARENTS):
            yield from _walk(file, start + head, start + size, depth + 1)
        start += size


def tracks(file: IO[bytes], found: list[Box]) -> set[bytes]:
    """Return what the tracks of a file hold: b"vide", b"soun", or something else."""
    kinds = set()
    for box in found:
        if box.kind == b"hdlr":
            file.seek(box.start + box.head + 8)
            kinds.add(file.read(4))
    return kinds


def without_descriptions(file: File, found: list[Box]) -> File:
    """Return the file with its descriptions blanked; the same file when it has none."""
    blanked = [box for box in found if box.kind in DESCRIPTIONS]
    if not blanked:
        return file
    copy = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  Django closes it with the File
    file.seek(0)
    while chunk := file.read(_CHUNK):
        copy.write(chunk)
    for box in blanked:
        copy.seek(box.start + 4)
        copy.write(b"free")
        copy.seek(box.start + box.head)
        for begun in range(box.head, box.size, _CHUNK):
            copy.write(bytes(min(_CHUNK, box.size - begun)))
    copy.seek(0)
    result = File(copy, name=file.name)
    result.size = file.size
    return result
