"""How a document lies in a tantivy index: the columns of search.fields, typed."""

from collections.abc import Mapping
from copy import copy
from functools import cache, lru_cache

import tantivy

from search import fields as f
from search.documents.base import Document
from search.fields import LAST

TIE_BITS = 29


@cache
def schema() -> tantivy.Schema:
    """Return the schema every index of this version has."""
    builder = tantivy.SchemaBuilder()
    for name in f.STORED:
        builder.add_text_field(name, stored=True, tokenizer_name="raw", index_option="basic")
    for name in f.TERMS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in f.WORDS:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    for name in f.COUNTED:
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    for name in f.SORTS:
        builder.add_unsigned_field(f.column(name), fast=True)
    builder.add_text_field(f.DIGEST, stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_float_field(f.BOOST, fast=True)
    return builder.build()


def place(number: int, tie: int = 0) -> int:
    """Return a number of an order and what breaks its ties as one: tantivy sorts by one field."""
    return number + LAST << TIE_BITS | tie


def to_tantivy(document: Document) -> tantivy.Document:
    """Return a document as tantivy stores it."""
    row = f.row(document)
    stored = copy(_of_names(row.named))
    _add(stored, row.own)
    for name, number in row.numbers.items():
        stored.add_unsigned(name, place(number, row.tie))
    stored.add_text(f.DIGEST, row.digest)
    # tantivy multiplies a score by log2(2 + weight); this is the weight whose factor is the boost.
    stored.add_float(f.BOOST, 2.0**row.boost - 2.0)
    return stored


@lru_cache(maxsize=f.KEPT_NAMES)
def _of_names(named: f.Named) -> tantivy.Document:
    """Return a document of names alone: a copy of it costs less than adding each of them again."""
    stored = tantivy.Document()
    _add(stored, named.terms)
    return stored


def _add(stored: tantivy.Document, columns: Mapping[str, tuple[str, ...]]) -> None:
    for name, values in columns.items():
        for value in values:
            stored.add_text(name, value)
