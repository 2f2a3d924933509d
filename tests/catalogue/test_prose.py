"""Texts become HTML: notes are numbered across the page, terms are linked once, nothing leaks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue import glossary
from catalogue.footnotes import codes, unknown_codes, without_marks
from catalogue.models import GlossaryEntry, GlossaryText
from catalogue.prose import Prose

pytestmark = pytest.mark.django_db


@pytest.fixture
def words():
    """A glossary of two words, one of which stands inside the other."""
    for code, term, also in (("leaf", "lá", ""), ("palmate", "lá kép chân vịt", "kép chân vịt")):
        entry = GlossaryEntry.objects.create(code=code)
        GlossaryText.objects.create(
            entry=entry, language="vi", term=term, also=also, definition="…"
        )
    glossary.forget()
    yield
    glossary.forget()


def test_codes_are_read_in_their_order():
    text = "Một.[^powo] Hai.[^do-tat-loi: tr. 12][^powo]"
    assert codes(text) == ["powo", "do-tat-loi", "powo"]
    assert without_marks(text) == "Một. Hai."
    assert unknown_codes([text, "Ba.[^no-book]"], {"powo"}) == ["do-tat-loi", "no-book"]


def test_notes_are_numbered_as_they_are_met_and_keep_their_number():
    prose = Prose({"a", "b"})
    assert prose.html("Một.[^b] Hai.[^a: tr. 3]") == (
        '<p>Một.<sup class="note"><a href="#note-1">1</a></sup> '
        'Hai.<sup class="note"><a href="#note-2" title="tr. 3">2</a></sup></p>'
    )
    assert '"#note-1"' in prose.html("Ba.[^b]")
    assert prose.notes.codes() == ["b", "a"]


def test_a_mark_of_no_work_is_left_out():
    prose = Prose({"a"})
    assert prose.html("Một.[^nobody] Hai.") == "<p>Một. Hai.</p>"
    assert prose.notes.codes() == []


def test_the_longest_term_is_linked_and_each_entry_once(words):
    html = Prose(set()).html("Lá kép chân vịt, lá xanh; lá kép chân vịt và lá.\n\nĐoạn hai: lá.")
    assert html == (
        '<p><a class="term" href="/vi/glossary/#palmate">Lá kép chân vịt</a>, '
        '<a class="term" href="/vi/glossary/#leaf">lá</a> xanh; lá kép chân vịt và lá.</p>'
        "<p>Đoạn hai: lá.</p>"
    )


def test_a_term_inside_another_word_is_not_linked(words):
    assert Prose(set()).html("láng giềng") == "<p>láng giềng</p>"


@given(st.text(max_size=200))
def test_no_text_brings_markup_of_its_own(text):
    html = Prose({"powo"}).html(f"<script>{text}</script>[^powo]")
    assert "<script" not in html
