"""Files of sheets as they come back: size first, then what is in them, never a traceback."""

import csv
import io
import re
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _

from python_calamine import CalamineError, CalamineWorkbook

from catalogue.exchange.problems import ExchangeError
from core.cells import unguarded

# What a file may be once it is unpacked. The largest collection planned, 100,000 taxa, is within.
MAX_BYTES = 512 * 1024 * 1024
MAX_LINES = 1_000_000
MAX_CELLS = 20_000_000
MAX_COLUMNS = 200
MAX_FIELD = 1_000_000  # letters of a cell of a CSV file

README = "README"
_CHUNK = 1 << 20
# A workbook says where a cell is, and is read into a rectangle that reaches to the last of them.
_CELL_AT = re.compile(rb"""\br\s*=\s*["']([A-Z]{0,3})(\d{1,7})["']""")
_KEPT = ("xl/", "_rels/", "[Content_Types].xml")

Line = tuple[int, list[Any]]  # its number as a spreadsheet shows it, and its cells


def read_sheets(path: Path) -> dict[str, Iterable[Line]]:
    """Return the sheets of a workbook or of a zip of CSV files, by name.

    Lines without any content are left out. Raises ExchangeError when the file is neither, or is
    larger than a collection can be.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            names = [info.filename for info in archive.infolist() if not info.is_dir()]
            if sum(info.file_size for info in archive.infolist()) > MAX_BYTES:
                raise ExchangeError(_too_large())
            if "xl/workbook.xml" in names:
                return _read_workbook(archive)
            return _read_tables(archive, names)
    except FileNotFoundError:
        raise ExchangeError(_("There is no file %(name)s.") % {"name": path}) from None
    except (OSError, zipfile.BadZipFile, CalamineError, RuntimeError, NotImplementedError) as error:
        # RuntimeError is what the library says of an encrypted file.
        raise ExchangeError(
            _("%(name)s is neither a workbook (.xlsx) nor a zip of CSV files: %(error)s")
            % {"name": path.name, "error": error}
        ) from error


def _too_large() -> str:
    return _("The file is too large: unpacked, at most %(size)s MB and %(lines)s rows.") % {
        "size": MAX_BYTES // 1024 // 1024,
        "lines": MAX_LINES,
    }


def _unpack(archive: zipfile.ZipFile, copy: IO[bytes]) -> None:
    """Write a copy of a workbook that is what it says: its real size, its cells close together.

    What a zip says of its sizes may be a lie, and one cell in the last corner of a sheet would make
    a rectangle of seventeen thousand million cells.
    """
    total = cells = 0
    with zipfile.ZipFile(copy, "w", zipfile.ZIP_STORED) as out:
        for info in archive.infolist():
            if info.is_dir() or not info.filename.startswith(_KEPT):
                continue
            is_sheet = info.filename.startswith("xl/worksheets/")
            reach = _Reach()
            with archive.open(info) as source, out.open(info.filename, "w") as target:
                while chunk := source.read(_CHUNK):
                    total += len(chunk)
                    if total > MAX_BYTES:
                        raise ExchangeError(_too_large())
                    target.write(chunk)
                    if is_sheet:
                        reach.look(chunk)
            cells += reach.lines * reach.columns
            if reach.lines > MAX_LINES or reach.columns > MAX_COLUMNS or cells > MAX_CELLS:
                raise ExchangeError(_too_large())


class _Reach:
    """How far the cells of a sheet reach, as its XML says."""

    def __init__(self):
        self.lines = self.columns = 0
        self._tail = b""

    def look(self, chunk: bytes) -> None:
        text = self._tail + chunk
        for letters, digits in set(_CELL_AT.findall(text)):
            self.lines = max(self.lines, int(digits))
            self.columns = max(self.columns, _column_number(letters))
        self._tail = text[-64:]


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _read_workbook(archive: zipfile.ZipFile) -> dict[str, Iterable[Line]]:
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as copy:
        _unpack(archive, copy)
        copy.flush()
        book = CalamineWorkbook.from_path(copy.name)  # stays open after the name is gone
    # Read when it is asked for, so that only one sheet at a time is in memory.
    return {name: _workbook_lines(book, name) for name in book.sheet_names if name != README}


def _workbook_lines(book: CalamineWorkbook, name: str) -> Iterator[Line]:
    try:
        rows = book.get_sheet_by_name(name).iter_rows()
    except CalamineError as error:
        raise ExchangeError(f"{name}: {error}") from error
    yield from _filled(enumerate(rows, start=1))


def _read_tables(archive: zipfile.ZipFile, names: list[str]) -> dict[str, Iterable[Line]]:
    found: dict[str, Iterable[Line]] = {}
    total = 0
    for path in names:
        name, _dot, suffix = path.rpartition(".")
        if name == README:
            continue
        if suffix.lower() != "csv":
            raise ExchangeError(_("%(name)s is not a CSV file.") % {"name": path})
        with archive.open(path) as raw:
            content = raw.read(MAX_BYTES + 1)
        total += len(content)
        if total > MAX_BYTES:
            raise ExchangeError(_too_large())
        found[name] = _filled(_csv_lines(path, content))
    if not found:
        raise ExchangeError(_("There is no sheet in the file."))
    return found


def _csv_lines(path: str, content: bytes) -> Iterator[Line]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ExchangeError(
            _("%(name)s, line %(line)s: this is not UTF-8. Save as “CSV UTF-8”.")
            % {"name": path, "line": line}
        ) from None
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)  # a Vietnamese Excel writes semicolons
    csv.field_size_limit(MAX_FIELD)
    try:
        for number, line in enumerate(csv.reader(io.StringIO(text), delimiter=delimiter), start=1):
            if number > MAX_LINES:
                raise ExchangeError(_too_large())
            yield number, [*map(unguarded, line)]
    except csv.Error as error:
        raise ExchangeError(f"{path}: {error}") from error


def _filled(lines: Iterable[Line]) -> Iterator[Line]:
    for number, cells in lines:
        if any(cell not in ("", None) for cell in cells):
            yield number, cells
