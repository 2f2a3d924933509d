"""Judged searches over the demonstration collection: what should stand first does, everywhere."""

from pathlib import Path

import pytest

from search import indexing, relevance
from search.registry import DOCUMENTS

FOLDER = Path(__file__).parents[1]
JUDGED, HELD_OUT = FOLDER / "relevance.yaml", FOLDER / "relevance_held_out.yaml"
LEAST = {JUDGED: 0.98, HELD_OUT: 0.95}
STEP = {"noida": 4}  # answers every fourth search; all of them would take minutes
SECONDS = 20.0  # a double on a busy machine may take its time

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


def test_what_people_who_know_would_put_first_stands_first(engine, monkeypatch):
    monkeypatch.setattr("search.engines.elastic.engine.READ_SECONDS", SECONDS)
    indexing.rebuild()

    for file, least in LEAST.items():
        judged = relevance.load(file)[:: STEP.get(engine, 1)]
        answered = list(relevance.answers(judged))
        missed = [(a.judged.q, a.judged.first, a.found[:1]) for a in answered if a.rank != 1]
        assert relevance.mean(answered) >= least, missed


@pytest.mark.one_database
def test_what_is_asked_for_is_in_the_demonstration(engine):
    if engine != "tantivy":
        pytest.skip("says nothing of an engine")
    keys = [
        f"{document.kind}:{document.id}"
        for kind in DOCUMENTS.values()
        for document in map(kind.from_model, kind.queryset())
    ]

    for file in LEAST:
        for one in relevance.load(file):
            for pattern in one.first:
                only = relevance.Judged(q=one.q, first=(pattern,), why=one.why)
                assert any(map(only.accepts, keys)), (one.q, pattern)
