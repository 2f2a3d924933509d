"""Writes the Darwin Core Archive: tables to files of their own first, then all into one zip.

The tables are written side by side while the records go by once, so nothing is held in memory.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TextIO
from xml.sax.saxutils import quoteattr
from zipfile import ZIP_DEFLATED, ZipFile

from catalogue.exports.eml import eml
from catalogue.exports.extensions import EXTENSIONS
from catalogue.exports.records import Record
from catalogue.exports.shelf import Shelf
from catalogue.exports.tables import DWC, Table
from catalogue.exports.taxa import TAXA
from catalogue.exports.text import line

# Names and sentences repeat so much that the fastest level saves nearly as much as the best.
COMPRESSION = 1
CORE_ID = f"{DWC}taxonID"


class Archive:
    """An archive being written into a folder; finish() makes the zip of what was added."""

    def __init__(self, folder: Path, shelf: Shelf, stack: ExitStack):
        self._folder, self._shelf = folder, shelf
        self._files: dict[Table, TextIO] = {}
        for table in (TAXA, *EXTENSIONS):
            file = (folder / table.file).open("w", encoding="utf-8", newline="\n")
            self._files[table] = stack.enter_context(file)
            heads = table.heads if table is TAXA else ["taxonID", *table.heads]
            file.write("\t".join(heads) + "\n")

    def add(self, record: Record) -> None:
        """Write the rows of a record to every table."""
        key = record.species.slug
        for table, file in self._files.items():
            lead = "" if table is TAXA else f"{key}\t"
            for row in table.rows(record, self._shelf):
                file.write(f"{lead}{line(row)}\n")

    def finish(self, path: Path) -> None:
        """Close the tables and write the zip."""
        with ZipFile(path, "w", ZIP_DEFLATED, compresslevel=COMPRESSION) as archive:
            archive.writestr("meta.xml", meta())
            archive.writestr("eml.xml", eml())
            for table, file in self._files.items():
                file.close()
                archive.write(self._folder / table.file, table.file)
                (self._folder / table.file).unlink()


def meta() -> str:
    """Return the description of the tables that every reader of an archive begins with."""
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            '<archive xmlns="http://rs.tdwg.org/dwc/text/" metadata="eml.xml">',
            *_table("core", TAXA),
            *(line for table in EXTENSIONS for line in _table("extension", table)),
            "</archive>",
            "",
        ]
    )


def _table(tag: str, table: Table) -> Iterator[str]:
    yield (
        f'  <{tag} rowType={quoteattr(table.row_type)} encoding="UTF-8" '
        r'fieldsTerminatedBy="\t" linesTerminatedBy="\n" fieldsEnclosedBy="" ignoreHeaderLines="1">'
    )
    yield f"    <files><location>{table.file}</location></files>"
    yield f'    <{"id" if tag == "core" else "coreid"} index="0"/>'
    first = 0 if tag == "core" else 1
    for index, term in enumerate(table.columns, first):
        yield f'    <field index="{index}" term={quoteattr(term)}/>'
    yield f"  </{tag}>"
