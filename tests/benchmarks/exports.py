"""What `make bench` may ask of the exports: the cost of an archive beside that of bare writing."""

import csv
import io
import time
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

from catalogue.exports import building
from catalogue.models import Species
from tests.benchmarks.timing import ms, say


def measure() -> None:
    """Print what building the archive of the whole collection costs."""
    _against_bare_write()  # the first one warms it up
    ratio, taken = _against_bare_write()
    say(
        f"archive of {Species.objects.count():,} species",
        ratio,
        "writing its rows again",
        ms(taken),
    )


def _against_bare_write() -> tuple[float, float]:
    """Return how many times longer a build takes than writing its rows again, and its milliseconds.

    The bare write takes the finished rows from memory and puts them into a zip of the same kind, so
    the ratio is what reading the records and putting them into rows costs.
    """
    begin = time.perf_counter()
    built = building.build()
    whole = time.perf_counter() - begin
    tables = _tables(building.path_of(building.ARCHIVE, built.stamp))
    begin = time.perf_counter()
    with TemporaryDirectory() as folder:
        _write(Path(folder), tables)
    return whole / (time.perf_counter() - begin), whole * 1000


def _tables(path: Path) -> dict[str, list[list[str]]]:
    with zipfile.ZipFile(path) as archive:
        return {
            name: [line.split("\t") for line in archive.read(name).decode().split("\n")]
            for name in archive.namelist()
            if name.endswith(".txt")
        }


def _write(folder: Path, tables: dict[str, list[list[str]]]) -> None:
    with zipfile.ZipFile(folder / "bare.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as bare:
        for name, rows in tables.items():
            text = io.StringIO()
            csv.writer(text, delimiter="\t").writerows(rows)
            bare.writestr(name, text.getvalue())
