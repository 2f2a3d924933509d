"""What a file says is what is stored, whatever was edited in it, one file after the other."""

import contextlib

from django.db import transaction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalogue.exchange import export_species, import_species
from catalogue.models import Species
from tests.catalogue.exchange.conftest import Book, read


def export(path):
    export_species(Species.objects.all(), path, path.suffix[1:])
    return read(path)


# Any edits: what the file says is what the collection says afterwards.

WORDS = st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=30).filter(str.strip)
MAYBE = st.one_of(st.just(""), WORDS)
EDITS = st.one_of(
    st.tuples(st.just("names"), st.just("name"), WORDS),
    st.tuples(st.just("names"), st.just("giver"), MAYBE),
    st.tuples(st.just("names"), st.just("commune"), st.sampled_from(["", "03006", "03640"])),
    st.tuples(st.just("synonyms"), st.just("kind"), st.sampled_from(["synonym", "misapplied"])),
    st.tuples(st.just("texts"), st.just("description[vi]"), WORDS),
    st.tuples(st.just("texts"), st.just("uses[en]"), MAYBE),
    st.tuples(
        st.just("traits"), st.just("state"), st.sampled_from(["habitat:canopy", "habit:tree"])
    ),
    st.tuples(
        st.just("markers"), st.just("limit"), st.integers(0, 99999).map(lambda n: f"{n / 1000}")
    ),
    st.tuples(st.just("seasons"), st.just("first_month"), st.integers(1, 12).map(str)),
    st.tuples(st.just("distribution"), st.just("status"), st.sampled_from(["rare", "common"])),
    st.tuples(st.just("conservation"), st.just("year"), st.integers(1900, 2026).map(str)),
    st.tuples(st.just("look_alikes"), st.just("is_toxic"), st.sampled_from(["yes", "no"])),
    st.tuples(st.just("species"), st.just("parts"), st.sampled_from(["", "bark", "bark, seed"])),
    st.tuples(st.just("species"), st.just("live"), st.sampled_from(["yes", "no"])),
    # Rows that go, and rows that come.
    st.tuples(st.sampled_from(["names", "seasons", "distribution"]), st.just("-"), st.just("")),
    st.tuples(st.just("names"), st.just("+"), WORDS),
    st.tuples(st.just("names"), st.just("turn"), st.just("")),
)


def edit(book, sheet, column, value):
    lines = book.lines(sheet)
    if column == "+":
        book.add(sheet, species="que", name=value, language="eng", kind="trade", source="powo")
    elif column == "turn":
        book.sheets[sheet][1:] = book.sheets[sheet][:0:-1]
    elif column == "-" and lines:
        book.sheets[sheet].remove(lines[-1])
    elif column != "-" and lines:
        book.set(sheet, column, value)


@pytest.fixture
def undone():
    """Return a transaction whose changes are forgotten."""

    @contextlib.contextmanager
    def manager():
        with transaction.atomic():
            yield
            transaction.set_rollback(True)

    return manager


@pytest.mark.django_db
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(st.lists(EDITS, max_size=4), min_size=1, max_size=3))
def test_what_a_file_says_is_what_is_stored(que, path, undone, files):
    """Files one after the other: each is taken in, and then changes nothing any more."""
    with undone():
        for edits in files:
            book = Book(path)
            for one in edits:
                edit(book, *one)
            report = import_species(book.save())
            if report.problems:
                # Only a name that stands twice can be wrong with such edits.
                assert {p.column for p in report.problems} == {"name, language, kind"}
                continue
            assert import_species(path, dry_run=True).changes == {}
            after = export(path)
            assert import_species(path, dry_run=True).unchanged == 1
            assert export(path) == after
