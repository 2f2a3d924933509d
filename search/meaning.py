"""What somebody typed, taken apart: words, what stood in quotes, and what else the words may mean.

Nothing typed is query syntax but a pair of quotation marks; a single one is a sign like any other.
A price that is not to be exceeded is understood in plain words and is none of the words any more.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from core.text import fold_aligned, nfc
from search import shares
from search.shares import Share
from search.synonyms import LONGEST, Run, also_called
from search.words import Word, query_words

_QUOTED = re.compile(r"[\"“„«”]([^\"“„«”»]+)[\"”“»]")
MOST_PHRASES = 4

# The patterns below read folded text.
_AT_MOST = re.compile(
    r"(?:\b(?P<label>gia|price|priced)\s{1,3})?"
    r"(?P<most><=?|≤|\b(?:duoi|khong qua|toi da|re hon"
    r"|under|below|less than|cheaper than|at most|up to|max))\s{0,3}"
    r"(?P<number>[0-9]{1,3}(?:[.,][0-9]{3}){1,3}|[0-9]{1,10}(?:[.,][0-9]{1,2})?)"
    r"(?:\s?(?P<unit>k|nghin|ngan|trieu|tr))?(?P<currency>\s?(?:dong|vnd|d|₫))?"
    r"(?P<per>\s?(?:/|per|mot|moi|1)\s?(?:kilogram|kilo|kg|ky|can))?"
    r"(?![^\W_]|[.,][0-9]|\s?(?:%|(?:m|met|meters?|metres?|km|kg|g|gam|ta|tan|ha|nam)\b))"
)
_GROUPED = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{3})+")
_UNITS = {"k": 1_000, "nghin": 1_000, "ngan": 1_000, "tr": 1_000_000, "trieu": 1_000_000}
LEAST_PLAIN_PRICE = 1_000  # a smaller number without a unit may be years or kilograms

# A share that names no compound we know narrows nothing, and is left out of what must match.
_OIL = r"(?:essential oil|volatile oil|oil|tinh dau)(?: content)?"
_SHARE = re.compile(
    rf"(?:\b{_OIL}\s{{0,3}}(?=[<>≤≥]))?"
    r"(?:(?:[<>]=?|≤|≥|\b(?:over|above|at least|min|tren|it nhat|toi thieu))\s{0,3})?"
    rf"\b[0-9]{{1,3}}(?:[.,][0-9]{{1,2}})?\s?%(?:\s{{0,3}}(?:{_OIL}|dau)\b)?"
)


@dataclass(frozen=True)
class Slot:
    """Words that stand together, and other words that mean the same."""

    words: tuple[Word, ...]
    also: tuple[Run, ...] = ()


@dataclass(frozen=True)
class Meaning:
    """A text as a search understands it.

    `at_most` is a price in VND per kilogram; `at_least` are shares, all of which a lot must hold.
    """

    words: tuple[Word, ...]
    phrases: tuple[Run, ...] = ()
    at_most: int | None = None
    at_least: tuple[Share, ...] = ()

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


def read(text: str, compounds: Mapping[str, str] | None = None) -> Meaning:
    """Return what a text means. Any text at all is welcome.

    `compounds` are the names by which shares are understood (shares.compounds_in).
    """
    rest, at_most = _without_price(nfc(text))
    rest, at_least = _without_shares(rest, compounds or {})
    plain = _cut(rest, [match.span() for match in _SHARE.finditer(fold_aligned(rest))])
    if at_most is None and not at_least and not query_words(plain):
        plain = text
    quoted = _QUOTED.findall(plain)[:MOST_PHRASES]
    phrases = (tuple(query_words(phrase)) for phrase in quoted)
    return Meaning(
        tuple(query_words(plain)), tuple(phrase for phrase in phrases if phrase), at_most, at_least
    )


def _without_shares(text: str, compounds: Mapping[str, str]) -> tuple[str, tuple[Share, ...]]:
    """Return a text without the shares that are asked for, and these shares."""
    found = list(shares.asked(text, compounds))
    return _cut(text, [span for span, _share in found]), tuple(share for _span, share in found)


def _without_price(text: str) -> tuple[str, int | None]:
    """Return a text without the most that may be paid, and the smallest of such prices."""
    found = [(match, _price(match)) for match in _AT_MOST.finditer(fold_aligned(text))]
    prices = [(match, price) for match, price in found if price is not None]
    rest = _cut(text, [(_start(match, text), match.end()) for match, _amount in prices])
    return rest, min((price for _match, price in prices), default=None)


def _start(match: re.Match[str], text: str) -> int:
    """Return where a price begins: giá belongs to it, but già may end a plant's name."""
    label = text[slice(*match.span("label"))].lower()
    return match.start() if label in ("giá", "price", "priced") else match.start("most")


def _price(match: re.Match[str]) -> int | None:
    number, unit = match["number"], match["unit"]
    is_grouped = _GROUPED.fullmatch(number)
    amount = float(re.sub("[.,]", "", number) if is_grouped else number.replace(",", "."))
    price = int(amount * _UNITS.get(unit, 1))
    is_plain = not (unit or match["currency"] or match["per"])
    return None if price <= 0 or (is_plain and price < LEAST_PLAIN_PRICE) else price


def _cut(text: str, spans: Sequence[tuple[int, int]]) -> str:
    for start, end in reversed(spans):
        text = f"{text[:start]} {text[end:]}"
    return text


def _slot_at(words: Sequence[Word], place: int) -> Slot:
    for length in range(min(LONGEST, len(words) - place), 0, -1):
        run = tuple(words[place : place + length])
        also = also_called(run)
        if also is not None:
            return Slot(run, also)
    return Slot((words[place],))
