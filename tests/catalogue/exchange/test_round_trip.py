"""Out to a file and in again: nothing is lost, nothing is changed that was not edited."""

import pytest

from catalogue.exchange import export_species, import_species
from catalogue.exchange.reading import read_sheets
from catalogue.models import Species

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["xlsx", "zip"])
def path(request, tmp_path):
    return tmp_path / f"collection.{request.param}"


def sheets(path):
    return {name: list(lines) for name, lines in read_sheets(path).items()}


@pytest.mark.usefixtures("demonstration")
def test_what_was_exported_changes_nothing(path):
    export_species(Species.objects.all(), path, path.suffix[1:])
    before = sheets(path)
    report = import_species(path)
    assert [str(problem) for problem in report.problems] == []
    assert (report.added, report.changed, report.changes) == (0, 0, {})
    assert report.unchanged == Species.objects.count() > 30

    export_species(Species.objects.all(), path, path.suffix[1:])
    assert sheets(path) == before


@pytest.mark.usefixtures("demonstration")
def test_a_record_that_was_wiped_comes_back_whole(path):
    export_species(Species.objects.all(), path, path.suffix[1:])
    before = sheets(path)
    lost = Species.objects.get(slug="sa-nhan")
    lost.delete()

    report = import_species(path)

    assert [str(problem) for problem in report.problems] == []
    assert (report.added, report.unchanged) == (1, Species.objects.count() - 1)
    export_species(Species.objects.all(), path, path.suffix[1:])
    assert sheets(path) == before
