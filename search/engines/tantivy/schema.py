"""How a document lies in a tantivy index. Text comes as words already (search.words)."""

from collections.abc import Iterable
from functools import cache

import tantivy

from search.documents.base import CODED, Document, distinct
from search.words import Word, exact_key, folded_key, words

# Raise this with every change of the schema: an index of another version is treated as not built.
VERSION = 1

KEY, ID, CODE = "key", "id", "code"
TITLE_EXACT, TITLE_FOLDED = "title_exact", "title_folded"  # a whole title is one term
WHOLE_EXACT, WHOLE_FOLDED = "whole_exact", "whole_folded"  # a whole name is one term
NAME_EXACT, NAME_FOLDED = "name_exact", "name_folded"
BODY_EXACT, BODY_FOLDED = "body_exact", "body_folded"
KIND, LANGUAGE, CERTIFIED, WEIGHT = "kind", "language", "certified", "weight"

ANY_LANGUAGE = "*"
YES, NO = "1", "0"


@cache
def schema() -> tantivy.Schema:
    """Return the schema every index of this version has."""
    builder = tantivy.SchemaBuilder()
    for name in (KEY, ID):
        builder.add_text_field(name, stored=True, tokenizer_name="raw", index_option="basic")
    for name in (CODE, TITLE_EXACT, TITLE_FOLDED, WHOLE_EXACT, WHOLE_FOLDED, LANGUAGE, CERTIFIED):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in (NAME_EXACT, NAME_FOLDED, BODY_EXACT, BODY_FOLDED):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    for name in (KIND, *CODED):
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_float_field(WEIGHT, fast=True)
    return builder.build()


def to_tantivy(document: Document) -> tantivy.Document:
    """Return a document as tantivy stores it."""
    row = tantivy.Document()
    row.add_text(KEY, document.key)
    row.add_text(ID, document.id)
    row.add_text(KIND, document.kind)
    row.add_text(LANGUAGE, document.language or ANY_LANGUAGE)
    row.add_text(CERTIFIED, YES if document.certified else NO)
    # tantivy multiplies a score by log2(2 + weight); this is the weight whose factor is the boost.
    row.add_float(WEIGHT, 2.0**document.boost - 2.0)
    for name in CODED:
        for value in document.facets.get(name, ()):
            row.add_text(name, value)
    for code in document.codes:
        row.add_text(CODE, folded_key(words(code)))
    titles = _split(document.titles.values())
    names = _split(distinct([*document.titles.values(), *document.names, *document.codes]))
    _add(row, TITLE_EXACT, TITLE_FOLDED, titles)
    _add(row, WHOLE_EXACT, WHOLE_FOLDED, names)
    _add(row, NAME_EXACT, NAME_FOLDED, names)
    _add(row, BODY_EXACT, BODY_FOLDED, _split(document.bodies.values()))
    return row


def _split(texts: Iterable[str]) -> list[list[Word]]:
    return [found for text in texts if (found := words(text))]


def _add(row: tantivy.Document, exact: str, folded: str, texts: list[list[Word]]) -> None:
    """Add texts to a pair of fields; whether a field splits them again is the schema's business."""
    for text in texts:
        row.add_text(exact, exact_key(text))
        row.add_text(folded, folded_key(text))
