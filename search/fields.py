"""How a document lies in an index, whatever engine keeps it. Text comes as words (search.words)."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b

from search.documents.base import CODED, Document, distinct
from search.words import Word, exact_key, folded_key, heard_key, tight_key, words

# Raise this with every change of what an index holds: one of another version is as good as none.
VERSION = 3

KEY, ID, CODE = "key", "id", "code"
TITLE_EXACT, TITLE_FOLDED = "title_exact", "title_folded"  # a whole title is one term
WHOLE_EXACT, WHOLE_FOLDED = "whole_exact", "whole_folded"  # a whole name is one term
TITLE_TIGHT, WHOLE_TIGHT = "title_tight", "whole_tight"  # without spaces
WHOLE_HEARD = "whole_heard"  # without spaces, as it is heard
DOUBLE = "double"  # a whole name of what it is taken for, with and without accents
NAME_EXACT, NAME_FOLDED = "name_exact", "name_folded"
BODY_EXACT, BODY_FOLDED = "body_exact", "body_folded"
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
}
TIE = "tie"  # a number no two documents share: a page goes on exactly where one ended
LAST = 1 << 33

_KINDS = {"species": 0, "lots": 1, "pages": 2, "sellers": 3}
_KIND_BITS = 2


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
        content = json.dumps([self.terms, self.numbers, self.boost], sort_keys=True)
        return blake2b(content.encode(), digest_size=12).hexdigest()


def row(document: Document) -> Row:
    """Return what an engine keeps of a document."""
    titles = _split(document.titles.values())
    names = _split(distinct([*document.titles.values(), *document.names, *document.codes]))
    doubles = _split(document.doubles)
    bodies = _split(document.bodies.values())
    return Row(
        terms={
            KEY: (document.key,),
            ID: (document.id,),
            KIND: (document.kind,),
            LANGUAGE: (document.language or ANY_LANGUAGE,),
            CERTIFIED: (YES if document.certified else NO,),
            CODE: tuple(folded_key(words(code)) for code in document.codes),
            TITLE_EXACT: tuple(map(exact_key, titles)),
            TITLE_FOLDED: tuple(map(folded_key, titles)),
            WHOLE_EXACT: tuple(map(exact_key, names)),
            WHOLE_FOLDED: tuple(map(folded_key, names)),
            TITLE_TIGHT: distinct(map(tight_key, titles)),
            WHOLE_TIGHT: distinct(map(tight_key, names)),
            WHOLE_HEARD: distinct(map(heard_key, names)),
            DOUBLE: distinct(key(name) for name in doubles for key in (exact_key, folded_key)),
            NAME_EXACT: tuple(map(exact_key, names)),
            NAME_FOLDED: tuple(map(folded_key, names)),
            BODY_EXACT: tuple(map(exact_key, bodies)),
            BODY_FOLDED: tuple(map(folded_key, bodies)),
            **{name: tuple(document.facets.get(name, ())) for name in CODED},
        },
        numbers={
            order: _order(document.numbers.get(number), is_falling=is_falling)
            for order, (number, is_falling) in SORTS.items()
        },
        tie=document.pk << _KIND_BITS | _KINDS[document.kind],
        boost=document.boost,
    )


def _order(value: int | None, *, is_falling: bool) -> int:
    if value is None:
        return LAST
    return -min(value, LAST) if is_falling else min(value, LAST)


def _split(texts: Iterable[str]) -> list[list[Word]]:
    return [found for text in texts if (found := words(text))]
