"""How well the key works on the demonstration collection."""

from io import StringIO

from django.core.cache import cache
from django.core.management import call_command

import pytest

from catalogue.identification import key_of, questions
from catalogue.key import isolation
from catalogue.models import Species

pytestmark = [pytest.mark.usefixtures("demonstration"), pytest.mark.django_db]

# Two ginsengs that share every answer where the leaflets of the second are only toothed.
MAY_STAY_TOGETHER = {"sam-lai-chau", "tam-that-hoang"}


@pytest.fixture(autouse=True)
def _no_matrix_of_another_test():
    cache.clear()


@pytest.fixture
def found():
    visible = Species.objects.visible_to(None)
    key = key_of(visible, questions())
    slugs = dict(visible.values_list("pk", "slug"))
    return {slugs[pk]: isolation(key, 1 << place) for place, pk in enumerate(key.matrix.species)}


def test_six_answers_are_enough_on_average(found):
    assert len(found) >= 60
    assert sum(one.average for one in found.values()) / len(found) <= 6


def test_every_species_is_isolated(found):
    assert [slug for slug, one in found.items() if not one.certainty] == []
    assert {slug for slug, one in found.items() if one.companions} <= MAY_STAY_TOGETHER


def test_the_report_has_a_line_for_each_species_and_the_average(found):
    out = StringIO()
    call_command("key_report", stdout=out)
    lines = out.getvalue().splitlines()
    average = sum(one.average for one in found.values()) / len(found)
    assert {line.split()[0] for line in lines} >= set(found)
    summary = next(line for line in lines if "on average" in line)
    assert f"{len(found)} species, {average:.2f} answers on average" in summary


def test_the_report_of_nothing_says_so():
    Species.objects.update(live=False)
    out = StringIO()
    call_command("key_report", stdout=out)
    assert "There is no published species." in out.getvalue()
