"""The tables of the archive: which columns of which vocabulary, and their rows of one record.

A row is a tuple of texts in the order of the columns, without the key of the taxon in front.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from catalogue.exports.records import Record
from catalogue.exports.shelf import Shelf

DWC = "http://rs.tdwg.org/dwc/terms/"
DC = "http://purl.org/dc/terms/"
GBIF = "http://rs.gbif.org/terms/1.0/"
IUCN = "http://iucn.org/terms/"

Row = tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A file of the archive."""

    file: str
    row_type: str
    columns: tuple[str, ...]
    rows: Callable[[Record, Shelf], Iterator[Row]]

    @property
    def heads(self) -> list[str]:
        """The columns' short names, as the first line of the file says them."""
        return [column.rsplit("/", 1)[-1] for column in self.columns]


def terms(vocabulary: str, names: str) -> tuple[str, ...]:
    """Return the full names of some terms of a vocabulary, written apart by spaces."""
    return tuple(vocabulary + name for name in names.split())
