"""How a document lies in an index, whatever engine keeps it. Text comes as words (search.words)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from itertools import chain
from typing import NamedTuple

from search import shares
from search.documents.base import CODED, Document
from search.words import exact_key, folded_key, heard_key, tight_key, words

# Raise this with every change of what an index holds: one of another version is as good as none.
VERSION = 4

KEY, ID, CODE = "key", "id", "code"
TITLE_EXACT, TITLE_FOLDED = "title_exact", "title_folded"  # a whole title is one term
WHOLE_EXACT, WHOLE_FOLDED = "whole_exact", "whole_folded"  # a whole name is one term
TITLE_TIGHT, WHOLE_TIGHT = "title_tight", "whole_tight"  # without spaces
WHOLE_HEARD = "whole_heard"  # without spaces, as it is heard
DOUBLE = "double"  # a whole name of what it is taken for, with and without accents
NAME_EXACT, NAME_FOLDED = "name_exact", "name_folded"
BODY_EXACT, BODY_FOLDED = "body_exact", "body_folded"
ASSAYED = "assayed"  # search.shares
KIND, LANGUAGE, CERTIFIED, BOOST = "kind", "language", "certified", "boost"

STORED = (KEY, ID)
DIGEST = "digest"
TERMS = (
    CODE,
    TITLE_EXACT,
    TITLE_FOLDED,
    WHOLE_EXACT,
    WHOLE_FOLDED,
    TITLE_TIGHT,
    WHOLE_TIGHT,
    WHOLE_HEARD,
    DOUBLE,
    ASSAYED,
    LANGUAGE,
    CERTIFIED,
)
WORDS = (NAME_EXACT, NAME_FOLDED, BODY_EXACT, BODY_FOLDED)
COUNTED = (KIND, *CODED)

ANY_LANGUAGE = "*"
YES, NO = "1", "0"

# Orders other than by relevance: the number of the document, and whether large ones come first.
# An index holds it so that orders always go upwards, and what has no number comes last.
SORTS = {
    "cheapest": ("price", False),
    "dearest": ("price", True),
    "newest": ("listed", True),
    "largest": ("kg", True),
    "assay": ("assay", True),
}
TIE = "tie"  # a number no two documents share: a page goes on exactly where one ended
LAST = 1 << 33

BREAK = "\x1f"  # in no word, nor in any code
SHORT = 120  # letters of a text that is likely to come again
# So many texts, and names of a species and part together, are remembered: many lots share them.
KEPT_TEXTS, KEPT_NAMES = 1 << 16, 1 << 12

_KINDS = {"species": 0, "lots": 1, "pages": 2, "sellers": 3}
_KIND_BITS = 2


def column(order: str) -> str:
    """Return the column an order lies in: of its own name, unless a facet has that."""
    return f"{order}_order" if order in COUNTED else order


@dataclass(frozen=True, eq=False)
class Named:
    """What the names of a document come to. All lots of one species and part have it in common."""

    terms: Mapping[str, tuple[str, ...]]
    digest: str


@dataclass(frozen=True)
class Row:
    """A document as columns of terms, words and numbers (SORTS).

    A column may have terms of the names and, after them, terms of its own.
    """

    named: Named
    own: Mapping[str, tuple[str, ...]]
    numbers: Mapping[str, int]
    tie: int
    boost: float

    @property
    def terms(self) -> Mapping[str, tuple[str, ...]]:
        """All terms by column."""
        named, own = self.named.terms, self.own
        both = {name: named[name] + own[name] for name in named.keys() & own.keys()}
        return {**named, **own, **both}

    @property
    def digest(self) -> str:
        """A short name of the content, by which the index is compared with the database."""
        return _digest(
            [self.named.digest, *_written(self.own), repr(self.numbers), str(self.boost)]
        )


def row(document: Document) -> Row:
    """Return what an engine keeps of a document."""
    codes = [pair for code in document.codes if (pair := _spelt_anew(code))]
    exact_codes = tuple(exact for exact, _folded in codes)
    folded_codes = tuple(folded for _exact, folded in codes)
    bodies = [found for body in document.bodies.values() if (found := _spelt(body))]
    return Row(
        named=_named(tuple(document.titles.values()), document.names, document.doubles),
        own={
            KEY: (document.key,),
            ID: (document.id,),
            KIND: (document.kind,),
            LANGUAGE: (document.language or ANY_LANGUAGE,),
            CERTIFIED: (YES if document.certified else NO,),
            CODE: folded_codes,
            WHOLE_EXACT: exact_codes,
            WHOLE_FOLDED: folded_codes,
            # But not WHOLE_HEARD: nobody spells a code by ear.
            WHOLE_TIGHT: tuple(code.replace(" ", "") for code in folded_codes),
            NAME_EXACT: exact_codes,
            NAME_FOLDED: folded_codes,
            BODY_EXACT: tuple(" ".join(exact for exact, _folded in body) for body in bodies),
            BODY_FOLDED: tuple(" ".join(folded for _exact, folded in body) for body in bodies),
            ASSAYED: shares.terms(document.assays),
            **{name: document.facets.get(name, ()) for name in CODED},
        },
        numbers={
            column(order): _order(document.numbers.get(number), is_falling=is_falling)
            for order, (number, is_falling) in SORTS.items()
        },
        tie=document.pk << _KIND_BITS | _KINDS[document.kind],
        boost=document.boost,
    )


def _digest(parts: Iterable[str]) -> str:
    return blake2b("\n".join(parts).encode(), digest_size=12).hexdigest()


def _written(columns: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    return (f"{name}={BREAK.join(values)}" for name, values in columns.items())


def _order(value: int | None, *, is_falling: bool) -> int:
    if value is None:
        return LAST
    return -min(value, LAST) if is_falling else min(value, LAST)


@lru_cache(maxsize=KEPT_NAMES)
def _named(titles: tuple[str, ...], names: tuple[str, ...], doubles: tuple[str, ...]) -> Named:
    title, name, double = _forms(titles), _forms(names), _forms(doubles)
    terms = {
        TITLE_EXACT: title.exact,
        TITLE_FOLDED: title.folded,
        TITLE_TIGHT: _once(title.tight),
        WHOLE_EXACT: (exact := _once(title.exact, name.exact)),
        WHOLE_FOLDED: (folded := _once(title.folded, name.folded)),
        WHOLE_TIGHT: _once(title.tight, name.tight),
        WHOLE_HEARD: _once(title.heard, name.heard),
        NAME_EXACT: exact,
        NAME_FOLDED: folded,
        DOUBLE: _once(double.exact, double.folded),
    }
    return Named(terms, _digest(_written(terms)))


class _Forms(NamedTuple):
    """Texts as one term each, in every form they are compared in."""

    exact: tuple[str, ...]
    folded: tuple[str, ...]
    tight: tuple[str, ...]
    heard: tuple[str, ...]


def _forms(texts: tuple[str, ...]) -> _Forms:
    """Return those of the texts that have a word in them."""
    split = [found for text in texts if (found := words(text))]
    return _Forms(
        tuple(map(exact_key, split)),
        tuple(map(folded_key, split)),
        tuple(map(tight_key, split)),
        tuple(map(heard_key, split)),
    )


def _once(*columns: tuple[str, ...]) -> tuple[str, ...]:
    """Return the terms of some columns in order, none of them twice."""
    return tuple(dict.fromkeys(chain(*columns)))


def _spelt_anew(text: str) -> tuple[str, str] | None:
    """Return a text with and without accents; None when no word is in it."""
    found = words(text)
    return (exact_key(found), folded_key(found)) if found else None


_spelt_once = lru_cache(maxsize=KEPT_TEXTS)(_spelt_anew)


def _spelt(texts: Iterable[str]) -> list[tuple[str, str]]:
    """Return those of the texts with a word in them; a long one is not remembered."""
    spelt = (_spelt_once(text) if len(text) <= SHORT else _spelt_anew(text) for text in texts)
    return [pair for pair in spelt if pair]
