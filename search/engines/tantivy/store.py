"""Where the index lives: directories side by side and a pointer file that names the one in use.

The pointer is replaced in one step, so that another process sees the old index or the new one and
never half of either. tantivy's own lock admits one writer to a directory over all processes.
"""

import logging
import os
import secrets
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import tantivy

from search.engines.base import SearchUnavailable
from search.engines.tantivy.schema import schema
from search.fields import VERSION

logger = logging.getLogger(__name__)

# A writer is busy for some ten milliseconds; only a rebuild keeps it longer than this adds up to.
BUSY_DELAYS_SECONDS = (0.02, 0.05, 0.1, 0.2, 0.4, 0.8)
SYNC_HEAP_BYTES = 15_000_000
REBUILD_HEAP_BYTES = 120_000_000
POINTER = "CURRENT"
PREFIX = f"index-v{VERSION}-"


class IndexBusy(SearchUnavailable):
    """Another process keeps the writer."""


class IndexStore:
    """The index directories under one root, and this process's reader of the current one."""

    def __init__(self, root: Path):
        self.root = root
        self._lock = threading.Lock()
        self._opened: tuple[tuple[int, Path], tantivy.Index] | None = None

    def current(self) -> Path:
        """Return the directory in use. Raises SearchUnavailable when none of this version is."""
        try:
            name = (self.root / POINTER).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise SearchUnavailable("The search index is not built") from error
        if not name.startswith(PREFIX):
            raise SearchUnavailable(f"The search index is of another version: {name}")
        return self.root / name

    def searcher(self) -> tantivy.Searcher:
        """Return a view of the index as it was last committed, by any process.

        The reader is opened at first need, hence after a web server has forked, and again when the
        pointer has been replaced.
        """
        with self._lock:
            while True:
                path = self.current()
                try:
                    index = self._reader(path)
                    index.reload()
                    return index.searcher()
                except (OSError, ValueError) as error:  # tantivy raises ValueError for everything
                    self._opened = None
                    if self.current() == path:
                        raise SearchUnavailable("The search index cannot be read") from error
                    # A rebuild swapped the index between our two looks at it.

    def _reader(self, path: Path) -> tantivy.Index:
        stamp = (os.getpid(), path)
        if self._opened is None or self._opened[0] != stamp:
            self._opened = (stamp, self._open(path))
        return self._opened[1]

    def _open(self, path: Path) -> tantivy.Index:
        index = tantivy.Index.open(str(path))
        index.config_reader("manual")  # we reload before a search; no watching thread per process
        return index

    @contextmanager
    def writing(self) -> Iterator[tantivy.IndexWriter]:
        """Give the one writer of the current index; what it holds at the end is committed.

        Raises SearchUnavailable when another process keeps the writer.
        """
        writer = self._writer_of_current()
        try:
            yield writer
            writer.commit()
        except BaseException:
            writer.rollback()
            raise
        finally:
            writer.wait_merging_threads()  # and gives the lock back

    def _writer_of_current(self) -> tantivy.IndexWriter:
        while True:
            path = self.current()
            try:
                writer = _patient_writer(self._open(path))
            except ValueError as error:
                if self.current() != path:
                    continue  # a rebuild took the directory away while we waited for it
                raise SearchUnavailable("The search index cannot be opened") from error
            if self.current() == path:
                return writer
            # A rebuild ended while we waited.
            writer.wait_merging_threads()

    @contextmanager
    def replacing(self) -> Iterator[tantivy.IndexWriter]:
        """Give a writer of a new, empty index, which takes the old one's place at the end.

        When the block raises, the new index is thrown away and the old one stays.
        """
        stamp = time.strftime("%Y%m%dT%H%M%S", time.gmtime())
        path = self.root / f"{PREFIX}{stamp}-{secrets.token_hex(4)}"
        path.mkdir(parents=True)
        try:
            writer = tantivy.Index(schema(), path=str(path)).writer(REBUILD_HEAP_BYTES)
            yield writer
            writer.commit()
            writer.wait_merging_threads()
        except BaseException:
            shutil.rmtree(path, ignore_errors=True)
            raise
        self._point_at(path.name)
        self.prune()

    def _point_at(self, name: str) -> None:
        fresh = self.root / f"{POINTER}.{secrets.token_hex(4)}"
        with fresh.open("w", encoding="utf-8") as file:
            file.write(name)
            file.flush()
            os.fsync(file.fileno())
        os.replace(fresh, self.root / POINTER)

    def prune(self) -> list[str]:
        """Remove all directories but the current one; return their names.

        One that a rebuild is filling is left to it. Readers that have a directory open keep its
        mapped files.
        """
        current = self.current()
        removed = []
        for path in sorted(self.root.glob("index-*")):
            if path != current and not _is_being_written(path):
                shutil.rmtree(path, ignore_errors=True)
                removed.append(path.name)
        return removed


def _is_being_written(path: Path) -> bool:
    try:
        writer = tantivy.Index.open(str(path)).writer(SYNC_HEAP_BYTES, num_threads=1)
    except ValueError as error:
        return "LockBusy" in str(error)
    writer.wait_merging_threads()
    return False


def _patient_writer(index: tantivy.Index) -> tantivy.IndexWriter:
    """Open the writer, waiting a little for another process to finish. Raises SearchUnavailable."""
    for delay in (*BUSY_DELAYS_SECONDS, None):
        try:
            return index.writer(SYNC_HEAP_BYTES, num_threads=1)
        except ValueError as error:
            if "LockBusy" not in str(error):
                raise
            if delay is None:
                raise IndexBusy("Another process is writing the search index") from error
            logger.debug("The search index is busy; trying again in %s s", delay)
            time.sleep(delay)
    raise AssertionError("unreachable")
