"""Facts about what records share are read once, and so many of them at most are kept."""

import pytest

from catalogue.models import Part
from search import indexing
from search.documents import shelf
from search.documents.lots import LotDocument
from search.documents.shelf import Shelf, grouped

pytestmark = pytest.mark.django_db


def test_what_is_there_is_not_read_again(django_assert_num_queries):
    bark, root, leaf = (Part.objects.create(code=code) for code in ("bark", "root", "leaf"))
    parts = Shelf(Part.objects.all, lambda part: part.code)
    with django_assert_num_queries(1):
        assert parts.of([bark.pk, root.pk])[root.pk] == "root"
        parts.of([root.pk])
    with django_assert_num_queries(1):
        assert parts.of([bark.pk, leaf.pk])[leaf.pk] == "leaf"


def test_a_full_shelf_begins_anew_and_still_has_what_is_asked(monkeypatch):
    monkeypatch.setattr(shelf, "MOST", 2)
    keys = [Part.objects.create(code=code).pk for code in ("a", "b", "c")]
    parts = Shelf(Part.objects.all, lambda part: part.code)
    parts.of(keys[:2])
    assert set(parts.of(keys[1:])) == set(keys[1:])


def test_grouped_has_an_empty_list_for_what_has_none():
    groups = grouped([(1, "a"), (2, "b"), (1, "c")])
    assert (groups[1], groups[2], groups[3]) == (["a", "c"], ["b"], [])


def test_many_lots_of_few_species_cost_as_many_queries_as_one(
    add_species, add_lot, add_certificate, django_assert_num_queries
):
    cassia = add_species("Cinnamomum cassia", "Quế")
    paper = add_certificate(cassia)
    for number in range(5):
        add_lot(cassia, f"QUE-{number}", commune="00001", certificates=[paper])
    make = LotDocument.maker()
    lots = list(LotDocument.queryset().order_by("pk"))
    first = next(make(lots[:1]))
    with django_assert_num_queries(5):  # assays, areas, certificates, notes of lots; new areas
        others = list(make(lots[1:]))
    assert {document.facets["certificate"] for document in (first, *others)} == {("gacp_who",)}
    assert [document.codes for document in others] == [
        (f"QUE-{number}", f"VN-QUE-{number}") for number in range(1, 5)
    ]


def test_keys_come_in_chunks_without_gaps(monkeypatch):
    monkeypatch.setattr(indexing, "CHUNK", 2)
    keys = [Part.objects.create(code=code).pk for code in ("a", "b", "c", "d", "e")]
    assert list(indexing._spans(Part.objects.all())) == [
        (keys[0], keys[1]),
        (keys[2], keys[3]),
        (keys[4], keys[4]),
    ]
