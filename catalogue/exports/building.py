"""Builds the exports, and finds those that say what is public now.

A file's name carries the stamp of the collection it was made from (stamps.py). It is written beside
and renamed when it is whole, so nobody ever gets half a file or one that says too much.
"""

import os
import shutil
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from catalogue.exports.checklist import Checklist, open_table
from catalogue.exports.dwca import Archive
from catalogue.exports.records import published
from catalogue.exports.shelf import Shelf
from catalogue.exports.stamps import current_stamp
from catalogue.models import Species

ARCHIVE, TABLE = "checklist.zip", "species.csv"
# A collection of this size is built within a second or two, while a visitor waits.
SMALL = 2000
# A folder of a build older than this was left behind by a process that was killed.
ABANDONED_SECONDS = 24 * 3600
ATTEMPTS = 2


@dataclass(frozen=True)
class Built:
    """What a build made: how many records, from which state; not current if it changed since."""

    records: int
    stamp: str
    is_current: bool


def path_of(name: str, stamp: str) -> Path:
    """Return where an export made from a state of the collection is kept."""
    stem, suffix = name.split(".")
    return Path(settings.EXPORTS_DIR) / f"{stem}-{stamp}.{suffix}"


def build(progress: Callable[[int], None] = lambda done: None) -> Built:
    """Build all exports from what is public now and put them in the place of the older ones.

    `progress` is told how many more records are done. When the collection changes meanwhile the
    work is thrown away: it might say what has just been taken back.
    """
    folder = Path(settings.EXPORTS_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    _forget_abandoned(folder)
    stamp = current_stamp()
    with tempfile.TemporaryDirectory(dir=folder, prefix="build-") as work:
        records = _write(Path(work), progress)
        if current_stamp() != stamp:
            return Built(records, stamp, is_current=False)
        for name in (ARCHIVE, TABLE):
            os.replace(Path(work) / name, path_of(name, stamp))
    _forget_older(folder, stamp)
    return Built(records, stamp, is_current=True)


def _write(work: Path, progress: Callable[[int], None]) -> int:
    """Write all exports into a folder in one pass over the records; return how many there were."""
    count = 0
    shelf = Shelf.read()
    with ExitStack() as stack:
        archive = Archive(work, shelf, stack)
        table = Checklist(stack.enter_context(open_table(work / TABLE)), shelf)
        for record in published(shelf, progress):
            archive.add(record)
            table.add(record)
            count += 1
        archive.finish(work / ARCHIVE)
    return count


def _forget_older(folder: Path, stamp: str) -> None:
    kept = {path_of(name, stamp) for name in (ARCHIVE, TABLE)}
    for path in folder.glob("*-*.*"):
        if path.is_file() and path not in kept:
            path.unlink(missing_ok=True)


def _forget_abandoned(folder: Path) -> None:
    for path in folder.glob("build-*"):
        if path.stat().st_mtime < time.time() - ABANDONED_SECONDS:
            shutil.rmtree(path, ignore_errors=True)


def is_current() -> bool:
    """Return whether the exports of what is public now are there."""
    stamp = current_stamp()
    return all(path_of(name, stamp).exists() for name in (ARCHIVE, TABLE))


def current(name: str) -> Path | None:
    """Return the export of what is public now, or None where there is none yet.

    A small collection is built on the spot; a large one is left to the task.
    """
    for _attempt in range(ATTEMPTS):
        path = path_of(name, current_stamp())
        if path.exists():
            return path
        if Species.objects.visible_to(None).count() > SMALL:
            return None
        build()
    return None
