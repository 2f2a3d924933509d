"""The year of a plant."""

from django.utils import translation

import pytest

from catalogue.models import Season, Species
from catalogue.seasons import calendar, month_heads, span
from tests.factories.catalogue import PartFactory, ReferenceFactory, SpeciesFactory


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [(4, 6, [4, 5, 6]), (10, 10, [10]), (11, 2, [11, 12, 1, 2]), (1, 12, list(range(1, 13)))],
)
def test_the_months_of_a_season_also_over_new_year(first, last, months):
    assert Season(first_month=first, last_month=last).months == months


@pytest.mark.parametrize(
    ("language", "first", "last", "words"),
    [
        ("vi", 4, 8, "tháng 4–8"),
        ("vi", 11, 11, "tháng 11"),
        ("en", 4, 8, "April–August"),
        ("en", 11, 2, "November–February"),
        ("en", 5, 5, "May"),
    ],
)
def test_a_season_in_words(language, first, last, words):
    with translation.override(language):
        assert span(first, last) == words


@pytest.mark.django_db
def test_the_calendar_has_a_row_for_each_season_and_part_harvested():
    bark = PartFactory()
    rows = calendar(
        [
            Season(kind="harvest", part=bark, first_month=9, last_month=10),
            Season(kind="flowering", first_month=12, last_month=1),
            Season(kind="harvest", part=bark, first_month=4, last_month=4),
        ]
    )
    assert [(row.kind, row.months, row.words) for row in rows] == [
        ("flowering", {12, 1}, "tháng 12–1"),
        ("harvest", {4, 9, 10}, "tháng 9–10; tháng 4"),
    ]
    assert [cell["on"] for cell in rows[0].cells] == [True, *[False] * 10, True]
    assert sum(head["now"] for head in month_heads()) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(("month", "found"), [(1, ["a"]), (12, ["a"]), (6, ["b"]), (3, [])])
def test_what_is_in_season_in_a_month(month, found):
    for slug, first, last in (("a", 11, 2), ("b", 5, 7)):
        SpeciesFactory(slug=slug).seasons.model.objects.create(
            species=Species.objects.get(slug=slug),
            kind="flowering",
            first_month=first,
            last_month=last,
            source=ReferenceFactory(),
        )
    assert [s.slug for s in Species.objects.in_season(month, "flowering")] == found
    assert not Species.objects.in_season(month, "fruiting").exists()
