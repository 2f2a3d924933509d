"""Judged searches over the demonstration collection: what should stand first does, everywhere."""

from pathlib import Path

import pytest

from search import indexing, relevance

JUDGED = Path(__file__).parents[1] / "relevance.yaml"
LEAST = 0.95

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


def test_what_people_who_know_would_put_first_stands_first():
    indexing.rebuild()

    answered = list(relevance.answers(relevance.load(JUDGED)))

    missed = [(a.judged.q, a.judged.first, a.found[:1]) for a in answered if a.rank != 1]
    assert relevance.mean(answered) >= LEAST, missed
