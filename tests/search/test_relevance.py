"""Reading judged searches and saying how well they were answered."""

from io import StringIO

from django.core.management import CommandError, call_command

import pytest

from search import relevance
from search.relevance import Answer, Judged
from tests.search.contract.test_relevance import HELD_OUT, JUDGED


def test_enough_has_been_judged():
    judged, held_out = relevance.load(JUDGED), relevance.load(HELD_OUT)

    assert len(judged) >= 120
    assert len(held_out) >= 80
    asked = [(one.q, one.kind, one.language) for one in [*judged, *held_out]]
    assert len(set(asked)) == len(asked)


@pytest.mark.parametrize(
    ("found", "rank", "reciprocal"),
    [
        (("species:que", "lots:QUE-1"), 1, 1.0),
        (("pages:1", "lots:QUE-7"), 2, 0.5),
        (("pages:1",), None, 0.0),
        ((), None, 0.0),
    ],
)
def test_the_first_hit_that_was_asked_for_counts(found, rank, reciprocal):
    answer = Answer(Judged(q="quế", first=("species:que", "lots:QUE-*"), why="name"), found)

    assert (answer.rank, answer.reciprocal_rank) == (rank, reciprocal)


@pytest.mark.parametrize(
    "content", ["", "[]", "- q: quế", "- 7", "a: [", "- {q: a, first: [b], x: 1}"]
)
def test_a_file_that_holds_no_judged_searches_is_refused(tmp_path, content):
    file = tmp_path / "judged.yaml"
    file.write_text(content)
    with pytest.raises(relevance.NotJudged):
        relevance.load(file)


@pytest.fixture
def judged(tmp_path, add_species, rebuild):
    add_species("Cinnamomum cassia", "Quế")
    rebuild()
    file = tmp_path / "judged.yaml"
    file.write_text(
        "- {q: que, first: [species:que], why: no accents}\n"
        "- {q: cassia, first: [species:hoi], why: scientific}\n"
    )
    return file


def test_the_command_names_what_was_missed(judged):
    out = StringIO()

    call_command("search_relevance", file=judged, stdout=out, no_color=True)

    assert out.getvalue().splitlines() == [
        "'cassia' (scientific): species:que before species:hoi, not found",
        "0.000  scientific",
        "1.000  no accents",
        "0.500  MRR of 2 searches of judged.yaml",
    ]


def test_the_command_fails_below_what_was_asked_for(judged):
    with pytest.raises(CommandError, match=r"MRR is 0\.500"):
        call_command("search_relevance", file=judged, least=0.6, stdout=StringIO())
    with pytest.raises(CommandError, match="nowhere"):
        call_command("search_relevance", file=judged.with_name("nowhere"), stdout=StringIO())
