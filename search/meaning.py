"""What somebody typed, taken apart: words, what stood in quotes, and what else the words may mean.

Nothing typed is query syntax but a pair of quotation marks; a single one is a sign like any other.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from search.synonyms import LONGEST, also_called
from search.words import Word, folded_key, query_words

_QUOTED = re.compile(r"[\"“„«”]([^\"“„«”»]+)[\"”“»]")
MOST_PHRASES = 4


@dataclass(frozen=True)
class Slot:
    """Words that stand together, and other words that mean the same."""

    words: tuple[Word, ...]
    also: tuple[tuple[Word, ...], ...] = ()


@dataclass(frozen=True)
class Meaning:
    """A text as a search understands it."""

    words: tuple[Word, ...]
    phrases: tuple[tuple[Word, ...], ...] = ()

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        """The words in order, the longest runs that have synonyms kept together."""
        found: list[Slot] = []
        place = 0
        while place < len(self.words):
            slot = _slot_at(self.words, place)
            found.append(slot)
            place += len(slot.words)
        return tuple(found)


def read(text: str) -> Meaning:
    """Return what a text means. Any text at all is welcome."""
    quoted = _QUOTED.findall(text)[:MOST_PHRASES]
    phrases = (tuple(query_words(phrase)) for phrase in quoted)
    return Meaning(tuple(query_words(text)), tuple(phrase for phrase in phrases if phrase))


def _slot_at(words: Sequence[Word], place: int) -> Slot:
    for length in range(min(LONGEST, len(words) - place), 0, -1):
        run = tuple(words[place : place + length])
        also = also_called(folded_key(run))
        if also:
            return Slot(run, also)
    return Slot((words[place],))
