"""Plots of an area are replaced as a whole, or not at all."""

from wagtail.models import ModelLogEntry

import pytest

from catalogue.models import Plot
from catalogue.plots import eudr
from catalogue.services import plots
from catalogue.signals import area_changed
from tests.catalogue.plots.files import WEST, collection, feature, polygon, square
from tests.factories.catalogue import CommuneFactory, GrowingAreaFactory, PlotFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def area():
    return GrowingAreaFactory(code="VN-SP-001", commune=CommuneFactory(code="03006"))


def kept(area) -> list[tuple[str, int]]:
    return list(area.plots.values_list("label", "area_m2"))


def test_a_good_file_replaces_what_was_kept(area):
    told, person = [], PersonFactory()
    PlotFactory(area=area, label="cũ")

    def follow(sender, pk, **kwargs):
        told.append(pk)

    area_changed.connect(follow)
    content = collection(
        polygon(label="A", hectares=1.1),
        feature(square(WEST + 0.01)[0], "Point", label="B", hectares=0.5),
    )
    outcome = plots.replace(area=area, content=content, person=person)
    area_changed.disconnect(follow)

    assert outcome.problems == []
    assert kept(area) == [("A", 11_407), ("B", 5_000)]
    first, second = area.plots.all()
    assert (first.west, first.south, first.east, first.north) == (103.84, 22.34, 103.841, 22.341)
    assert (first.declared_m2, first.is_point, second.is_point) == (11_000, False, True)
    assert second.geometry == {"type": "Point", "coordinates": [103.85, 22.34]}
    assert told == [area.pk]
    entry = ModelLogEntry.objects.get(action="catalogue.plots.replaced")
    assert (entry.user, entry.data) == (person, {"before": 1, "after": 2})


@pytest.mark.parametrize(
    ("_case", "content", "codes"),
    [
        (
            "one bad plot of two",
            [polygon(label="A"), polygon(square(102.6, 20))],
            ["outside_vietnam"],
        ),
        ("more than is registered", [polygon(square(side=0.002))], ["sum_exceeds"]),
        ("on a neighbour's plot", [polygon(square(WEST - 0.0005))], ["overlap_kept"]),
        ("nothing", [], ["empty"]),
    ],
)
def test_with_any_problem_nothing_is_changed(area, _case, content, codes):
    PlotFactory(area=area, label="cũ", west=103.9, south=22.4)
    PlotFactory(area=GrowingAreaFactory(code="VN-SP-002"), label="bên", west=WEST - 0.001)
    outcome = plots.replace(area=area, content=collection(*content), person=PersonFactory())
    assert [problem.code for problem in outcome.problems] == codes
    assert kept(area) == [("cũ", 11_407)]
    assert not ModelLogEntry.objects.exists()


def test_plots_of_the_area_itself_do_not_stand_in_its_way(area):
    content = collection(polygon(label="A"))
    for _again in range(2):
        assert plots.replace(area=area, content=content, person=PersonFactory()).problems == []
    assert kept(area) == [("A", 11_407)]


def test_examining_keeps_nothing(area):
    outcome = plots.examine(area=area, content=collection(polygon(label="A")))
    assert ([plot.label for plot in outcome.plots], outcome.problems) == (["A"], [])
    assert not Plot.objects.exists()


def test_a_commune_that_is_not_known_is_not_checked():
    area = GrowingAreaFactory(commune=CommuneFactory(code="99999"))
    assert plots.examine(area=area, content=collection(polygon())).problems == []


def test_what_was_kept_comes_back_of_the_export_unchanged(area):
    """Six decimals, in the same order, whatever zeros they end with."""
    ring = [["103.840000", "22.340000"], ["103.841230", "22.340007"], ["103.841000", "22.341100"]]
    ring.append(ring[0])
    plots.replace(area=area, content=collection(polygon(ring, label="A")), person=PersonFactory())
    written = eudr.write(plots.eudr_rows(area.plots.all())).decode()
    said = ",".join(f"[{x},{y}]" for x, y in ring)
    assert f'"coordinates":[[{said}]]' in written
    assert '"ProducerCountry": "VN"' in written
    assert f'"ProducerName": "{area.establishment.name}"' in written
    assert '"ProductionPlace": "VN-SP-001, ' in written


def test_land_whose_code_was_withdrawn_may_be_coded_anew(area):
    old = GrowingAreaFactory(code="VN-SP-002", decision="withdrawn")
    PlotFactory(area=old, label="cũ", west=WEST)
    content = collection(polygon(label="A"))
    assert plots.replace(area=area, content=content, person=PersonFactory()).problems == []
    assert plots.overlaps([old]) == {old.pk: ["VN-SP-001, A"]}
    assert plots.overlaps([area]) == {area.pk: []}
