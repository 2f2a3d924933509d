"""Writing records to a file: every sheet in its turn, the records in the order of their address."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import IO

from django.db.models import QuerySet

from catalogue.exchange.facts import stored
from catalogue.exchange.guide import guide
from catalogue.exchange.problems import ExchangeError
from catalogue.exchange.reading import README
from catalogue.exchange.tables import SHEETS, Cells, Sheet
from catalogue.exchange.words import Words
from catalogue.exchange.writing import XLSX, open_writer
from catalogue.models import Species

CHUNK = 500  # records at a time


def export_species(
    species: QuerySet[Species],
    path_or_file: str | Path | IO[bytes],
    format: str = XLSX,  # noqa: A002  callers name it, and it is what it is
) -> int:
    """Write some species with all that belongs to them; return how many.

    Exact places are among it: the file is for curators, not for the public. Raises ExchangeError
    when the format cannot hold them.
    """
    if isinstance(path_or_file, str | Path):
        path = Path(path_or_file)
        try:
            with path.open("wb") as file:
                return export_species(species, file, format)
        except ExchangeError:
            path.unlink(missing_ok=True)  # half a collection looks like a whole one
            raise
    # Ordered by address alone: what a list of the admin has joined must not repeat a record.
    found = dict(species.order_by("slug").values_list("slug", "pk"))
    words = Words()
    writer = open_writer(path_or_file, format)
    with closing(writer):
        writer.sheet(README, guide(words))
        for sheet in SHEETS:
            writer.sheet(sheet.name, _lines(sheet, found, words))
    return len(found)


def _lines(sheet: Sheet, found: dict[str, int], words: Words) -> Iterator[Cells | list[str]]:
    yield sheet.headers
    slugs = list(found)
    for start in range(0, len(slugs), CHUNK):
        some = slugs[start : start + CHUNK]
        facts = stored([found[slug] for slug in some], words, [sheet])
        for slug in some:
            rows = [row.cells for row in facts[found[slug]][sheet.name]]
            for line in sheet.lines(rows):
                yield slug, *line
