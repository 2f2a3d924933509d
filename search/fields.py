"""How a document lies in an index, whatever engine keeps it. Text comes as words (search.words)."""

from collections.abc import Mapping
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
SHORT = 120  # letters of a line that is likely to come again
KEPT = 1 << 14  # texts that are remembered, for the lots of one species to share

_KINDS = {"species": 0, "lots": 1, "pages": 2, "sellers": 3}
_KIND_BITS = 2


def column(order: str) -> str:
    """Return the column an order lies in: of its own name, unless a facet has that."""
    return f"{order}_order" if order in COUNTED else order


@dataclass(frozen=True)
class Row:
    """A document as columns of terms, words and numbers (SORTS)."""

    terms: Mapping[str, tuple[str, ...]]
    numbers: Mapping[str, int]
    tie: int
    boost: float

    @property
    def digest(self) -> str:
        """A short name of the content, by which the index is compared with the database."""
        columns = (f"{name}={BREAK.join(values)}" for name, values in self.terms.items())
        content = "\n".join([*columns, repr(self.numbers), repr(self.boost)])
        return blake2b(content.encode(), digest_size=12).hexdigest()


def row(document: Document) -> Row:
    """Return what an engine keeps of a document."""
    titles = _names(tuple(document.titles.values()))
    names = _names(document.names)
    codes = _names_of(document.codes)
    doubles = _names(document.doubles)
    bodies = [found for body in document.bodies.values() if (found := _lines(body))]
    return Row(
        terms={
            KEY: (document.key,),
            ID: (document.id,),
            KIND: (document.kind,),
            LANGUAGE: (document.language or ANY_LANGUAGE,),
            CERTIFIED: (YES if document.certified else NO,),
            CODE: codes.folded,
            TITLE_EXACT: titles.exact,
            TITLE_FOLDED: titles.folded,
            WHOLE_EXACT: (exact := _once(titles.exact, names.exact, codes.exact)),
            WHOLE_FOLDED: (folded := _once(titles.folded, names.folded, codes.folded)),
            TITLE_TIGHT: _once(titles.tight),
            WHOLE_TIGHT: _once(titles.tight, names.tight, codes.tight),
            WHOLE_HEARD: _once(titles.heard, names.heard),  # nobody spells a code by ear
            DOUBLE: _once(*zip(doubles.exact, doubles.folded, strict=True)),
            NAME_EXACT: exact,
            NAME_FOLDED: folded,
            BODY_EXACT: tuple(" ".join(exact for exact, _folded in lines) for lines in bodies),
            BODY_FOLDED: tuple(" ".join(folded for _exact, folded in lines) for lines in bodies),
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


def _order(value: int | None, *, is_falling: bool) -> int:
    if value is None:
        return LAST
    return -min(value, LAST) if is_falling else min(value, LAST)


class _Names(NamedTuple):
    """Texts as one term each, in every form they are compared in."""

    exact: tuple[str, ...]
    folded: tuple[str, ...]
    tight: tuple[str, ...]
    heard: tuple[str, ...]


def _names_of(texts: tuple[str, ...]) -> _Names:
    """Return those of the texts that have a word in them."""
    split = [found for text in texts if (found := words(text))]
    return _Names(
        tuple(map(exact_key, split)),
        tuple(map(folded_key, split)),
        tuple(map(tight_key, split)),
        tuple(map(heard_key, split)),
    )


_names = lru_cache(maxsize=KEPT)(_names_of)


def _once(*columns: tuple[str, ...]) -> tuple[str, ...]:
    """Return the terms of some columns in order, none of them twice."""
    return tuple(dict.fromkeys(chain(*columns)))


def _line_of(line: str) -> tuple[str, str] | None:
    """Return a line with and without accents; None when no word is in it."""
    found = words(line)
    return (exact_key(found), folded_key(found)) if found else None


_line = lru_cache(maxsize=KEPT)(_line_of)


def _lines(body: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return the lines of a body; a long one is unlikely to come again and not remembered."""
    lines = (_line(line) if len(line) <= SHORT else _line_of(line) for line in body)
    return [line for line in lines if line]
