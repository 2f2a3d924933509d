"""Out to a file and in again: nothing is lost, nothing is changed that was not edited."""

import pytest

from catalogue.exchange import export_species, import_species
from catalogue.exchange.tables import CHILDREN
from catalogue.models import Species
from tests.catalogue.exchange.conftest import read


def export(path):
    export_species(Species.objects.all(), path, path.suffix[1:])
    return read(path)


@pytest.mark.usefixtures("demonstration")
@pytest.mark.django_db
class TestDemonstration:
    """The whole demonstration collection, loaded once."""

    def test_what_was_exported_changes_nothing(self, path):
        before = export(path)
        report = import_species(path)
        assert [str(problem) for problem in report.problems] == []
        assert (report.added, report.changed, report.unchanged) == (0, 0, Species.objects.count())
        assert report.unchanged > 60
        assert export(path) == before

    def test_a_record_that_was_wiped_comes_back_whole(self, path):
        before = export(path)
        # Nothing is sold of it, and another record names it as a plant it is taken for.
        lost = Species.objects.get(slug="bach-bo")
        taken_for = set(lost.taken_for.values_list("species", flat=True))
        assert taken_for
        lost.delete()
        assert export(path.with_stem("without")) != before

        report = import_species(path)

        assert [str(problem) for problem in report.problems] == []
        assert (report.added, report.changed) == (1, len(taken_for))
        assert export(path) == before

    def test_a_record_that_was_emptied_comes_back_whole(self, path):
        before = export(path)
        species = Species.objects.get(slug="que")
        for sheet in CHILDREN:
            getattr(species, sheet.relation).all().delete()
        species.parts.clear()
        species.references.clear()
        species.trade, species.elevation_min_m, species.elevation_max_m = "closed", None, None
        species.save()

        report = import_species(path)

        assert [str(problem) for problem in report.problems] == []
        assert (report.added, report.changed) == (0, 1)
        assert export(path) == before
