"""The glossary as a page: in the order of the reader's language, the other languages beside."""

import re
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import get_language

from catalogue.models import GlossaryEntry, GlossaryText
from core.languages import pick
from core.text import fold, initial

_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Line:
    """A concept: what it is called and means in the reader's language, and its other words."""

    code: str
    text: GlossaryText
    others: list[GlossaryText]

    @property
    def letter(self) -> str:
        """The letter it stands under."""
        return initial(self.text.term)


def lines(query: str) -> list[tuple[str, list[Line]]]:
    """Return the entries that hold the words of a query, by their first letter; two queries.

    A glossary is a few hundred entries that fit on a page, so they are sifted here.
    """
    found = [line for line in _all() if _holds(line, _WORD.findall(fold(query)))]
    found.sort(key=_place)
    return [(letter, list(group)) for letter, group in groupby(found, key=lambda line: line.letter)]


def _all() -> list[Line]:
    all_lines = []
    for entry in GlossaryEntry.objects.prefetch_related("texts"):
        texts = list(entry.texts.all())
        text = pick(texts, get_language())
        if text:
            others = [other for other in texts if other.language != text.language]
            all_lines.append(Line(entry.code, text, others))
    return all_lines


def _holds(line: Line, words: list[str]) -> bool:
    """Whether each word begins a word of the entry."""
    own, others = line.text, line.others
    said = " ".join([own.term, own.also, own.definition, *(f"{o.term} {o.also}" for o in others)])
    there = _WORD.findall(fold(said))
    return all(any(one.startswith(word) for one in there) for word in words)


def _place(line: Line) -> tuple:
    # Đ comes after D, and a word before the same word with another accent.
    letter = line.letter
    return (fold(letter), letter == "Đ", fold(line.text.term), line.text.term)
