"""Files of sheets: a workbook, or a zip of CSV files, written line by line in constant memory."""

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from typing import IO, Protocol

from django.utils.translation import gettext as _

import xlsxwriter

from catalogue.exchange.problems import ExchangeError
from core.cells import guarded

XLSX, ZIP = "xlsx", "zip"
FORMATS = (XLSX, ZIP)

MAX_CELL = 32_767  # letters, in a workbook
MAX_LINES = 1_048_576  # of a sheet of a workbook


class Writer(Protocol):
    """Takes sheets one after the other, each with all its lines."""

    def sheet(self, name: str, lines: Iterable[Sequence[str]]) -> None: ...

    def close(self) -> None: ...


def open_writer(file: IO[bytes], suffix: str) -> Writer:
    """Return the writer of a format. Raises ExchangeError for one that there is not."""
    if suffix == XLSX:
        return WorkbookWriter(file)
    if suffix == ZIP:
        return ZipWriter(file)
    raise ExchangeError(
        _("The file must end in %(known)s.") % {"known": ", ".join(f".{f}" for f in FORMATS)}
    )


class WorkbookWriter:
    """A workbook whose cells are all text, so that 03640 stays what it is."""

    def __init__(self, file: IO[bytes]):
        self._book = xlsxwriter.Workbook(file, {"constant_memory": True})
        self._text = self._book.add_format({"num_format": "@", "valign": "top"})
        self._head = self._book.add_format({"num_format": "@", "bold": True, "bottom": 1})

    def sheet(self, name: str, lines: Iterable[Sequence[str]]) -> None:
        sheet = self._book.add_worksheet(name)
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, 40, 18, self._text)
        for row, line in enumerate(lines):
            if row == MAX_LINES:
                raise ExchangeError(_("%(sheet)s: too many rows: write a .zip.") % {"sheet": name})
            for column, cell in enumerate(line):
                if len(cell) > MAX_CELL:
                    raise ExchangeError(
                        _("%(sheet)s, row %(row)s: too long for a workbook: write a .zip.")
                        % {"sheet": name, "row": row + 1}
                    )
                # An empty cell is written too: what is typed there later is then text as well.
                form = self._text if row else self._head
                if cell:
                    sheet.write_string(row, column, cell, form)
                else:
                    sheet.write_blank(row, column, None, form)

    def close(self) -> None:
        self._book.close()


class ZipWriter:
    """A CSV file for each sheet, in UTF-8 with the mark by which spreadsheets know it."""

    def __init__(self, file: IO[bytes]):
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED)

    def sheet(self, name: str, lines: Iterable[Sequence[str]]) -> None:
        with (
            self._zip.open(f"{name}.csv", "w") as raw,
            io.TextIOWrapper(raw, encoding="utf-8-sig", newline="") as text,
        ):
            out = csv.writer(text)
            for line in lines:
                out.writerow(map(guarded, line))

    def close(self) -> None:
        self._zip.close()
