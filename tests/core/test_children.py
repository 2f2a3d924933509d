"""All child tables in one query give what prefetching gives."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

import pytest

from catalogue import records
from catalogue.models import Species

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]

RELATIONS = (
    "names",
    "synonyms",
    "texts",
    "parts",
    "groups",
    "references",
    "look_alikes",
    "traits",
    "preparations",
    "markers",
    "seasons",
    "distribution",
    "conservation",
)


def facts(rows):
    fields = rows[0]._meta.concrete_fields if rows else ()
    return [{field.attname: getattr(row, field.attname) for field in fields} for row in rows]


@pytest.mark.parametrize("slug", ["que", "sam-lai-chau", "lan-kim-tuyen"])
def test_what_is_gathered_is_what_is_stored(slug):
    gathered = records.read(Species.objects.all(), slug)
    stored = Species.objects.get(slug=slug)
    for relation in RELATIONS:
        rows = list(getattr(gathered, relation).all())
        assert facts(rows) == facts(list(getattr(stored, relation).all())), relation


def test_a_whole_record_is_two_queries_with_its_words_and_sources():
    with CaptureQueriesContext(connection) as asked:
        species = records.read(Species.objects.all(), "que")
        said = [
            species.title,
            species.family.label,
            [part.label for part in species.parts.all()],
            [row.source.short for row in species.seasons.all()],
            [(row.state.label, row.trait_label) for row in species.traits.all()],
            [str(row) for row in species.distribution.all()],
            [row.compound.label for row in species.markers.all()],
            [row.other.shown_title for row in species.look_alikes.all() if row.other],
        ]
    assert len(asked) == 2
    assert all(said[:6])
    assert said[:3] == ["Quế", "họ Long não", ["vỏ thân", "cành lá", "tinh dầu"]]
