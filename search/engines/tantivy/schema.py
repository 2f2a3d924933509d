"""How a document lies in a tantivy index: the columns of search.fields, typed."""

from functools import cache

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
    stored = tantivy.Document()
    add = stored.add_text
    for name, values in row.terms.items():
        for value in values:
            add(name, value)
    for name, number in row.numbers.items():
        stored.add_unsigned(name, place(number, row.tie))
    stored.add_text(f.DIGEST, row.digest)
    # tantivy multiplies a score by log2(2 + weight); this is the weight whose factor is the boost.
    stored.add_float(f.BOOST, 2.0**row.boost - 2.0)
    return stored
