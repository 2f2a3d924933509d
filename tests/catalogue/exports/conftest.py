"""An export folder of its own for every test, and the files of an archive as rows."""

import csv
import io
import zipfile

import pytest

from catalogue.exports import building


@pytest.fixture(autouse=True)
def exports_dir(settings, tmp_path):
    settings.EXPORTS_DIR = tmp_path / "exports"
    return settings.EXPORTS_DIR


@pytest.fixture
def table():
    """Build the exports and return the rows of a file of the archive, by column."""

    def rows(name):
        with zipfile.ZipFile(building.current(building.ARCHIVE)) as archive:
            text = archive.read(f"{name}.txt").decode()
        return list(csv.DictReader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE))

    return rows


@pytest.fixture
def everything():
    """Build the exports and return every byte of them, unpacked, as one text."""

    def read():
        with zipfile.ZipFile(building.current(building.ARCHIVE)) as archive:
            texts = [archive.read(name).decode() for name in archive.namelist()]
        return "\n".join([*texts, building.current(building.TABLE).read_text("utf-8-sig")])

    return read
