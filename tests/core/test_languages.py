"""Which row of a record is shown: in Python and in the database alike."""

from types import SimpleNamespace

from django.utils import translation

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.models import Part, PartLabel
from core.languages import bcp47, in_language, language_choices, pick

LANGUAGES = ["vi", "en", "fr", "zh"]


def rows(*languages):
    return [SimpleNamespace(language=code, place=place) for place, code in enumerate(languages)]


@pytest.mark.parametrize(
    ("_case", "there", "asked", "place"),
    [
        ("the language asked for", ["vi", "en"], "en", 1),
        ("the first language instead", ["en", "vi"], "fr", 1),
        ("any, when the first is missing", ["zh", "en"], "fr", 0),
        ("the first row of a language", ["en", "vi", "vi"], "vi", 1),
    ],
)
def test_pick(_case, there, asked, place):
    assert pick(rows(*there), asked).place == place


def test_pick_of_nothing_is_nothing():
    assert pick([]) is None


def test_pick_follows_the_reader():
    with translation.override("en"):
        assert pick(rows("vi", "en")).language == "en"
    with translation.override(None):
        assert pick(rows("en", "vi")).language == "vi"


@given(st.lists(st.sampled_from(LANGUAGES), max_size=6), st.sampled_from(LANGUAGES))
def test_pick_always_finds_the_best_there_is(there, asked):
    found = pick(rows(*there), asked)
    if not there:
        assert found is None
    elif asked in there:
        assert found.place == there.index(asked)
    elif "vi" in there:
        assert found.place == there.index("vi")
    else:
        assert found.language in there


@pytest.mark.django_db
@pytest.mark.parametrize("asked", LANGUAGES)
@pytest.mark.parametrize(
    "there",
    [
        [],
        ["vi"],
        ["en"],
        ["fr"],
        ["vi", "en"],
        ["en", "vi"],
        ["en", "fr"],
        ["fr", "en"],
        ["zh", "fr", "vi"],
        ["zh", "vi", "en", "fr"],
    ],
)
def test_the_database_chooses_the_same_row(asked, there):
    part = Part.objects.create(code="seed")
    for code in there:
        PartLabel.objects.create(term=part, language=code, text=f"text in {code}")
    row = pick(part.labels.order_by("pk"), asked)
    expression = in_language(PartLabel.objects.order_by("pk"), "text", of="term", language=asked)
    assert Part.objects.annotate(shown=expression).get().shown == (row.text if row else None)


@pytest.mark.django_db
def test_in_language_takes_the_texts_of_the_record_alone():
    seed, leaf = Part.objects.create(code="seed"), Part.objects.create(code="leaf")
    PartLabel.objects.create(term=seed, language="vi", text="hạt")
    PartLabel.objects.create(term=leaf, language="en", text="leaf")
    shown = Part.objects.order_by("code").annotate(
        shown=in_language(PartLabel.objects, "text", of="term", language="vi")
    )
    assert list(shown.values_list("code", "shown")) == [("leaf", "leaf"), ("seed", "hạt")]


def test_language_choices_are_the_languages_of_the_site():
    assert [code for code, _name in language_choices()] == ["vi", "en"]


@pytest.mark.parametrize(
    ("code", "tag"),
    [("vie", "vi"), ("eng", "en"), ("lat", "la"), ("zho", "zh"), ("lao", "lo"), ("ium", "ium")],
)
def test_a_browser_is_told_the_shortest_code_of_a_language(code, tag):
    assert bcp47(code) == tag
