"""Words in, tantivy queries out. Nothing somebody typed is ever parsed as query syntax.

A query has a part that decides what matches and a part that decides the order; see docs/search.md
for both. The figures are chosen so that no number of lesser matches outweighs a greater one.
"""

from collections.abc import Iterable, Mapping, Sequence
from math import ceil

from tantivy import Occur, Query

from search.engines.tantivy import schema as s
from search.words import Word, exact_key, folded_key

# What a match is worth. A title that is the text itself, accents and all, outranks one that only
# sounds like it by more than the boost of a kind (1.2), so that "bạc hà" is Bạc hà before Bắc Hà.
CODE = 1000.0
TITLE_EXACT, TITLE_FOLDED = 400.0, 300.0
WHOLE_EXACT, WHOLE_FOLDED = 240.0, 180.0
CONTAINED = 60.0  # a whole name inside the text, times the share of the text it covers
PHRASE_EXACT, PHRASE_FOLDED = 20.0, 40.0
NAME_EXACT, NAME_FOLDED = 15.0, 30.0  # all words in names
NEAR_NAME = 5.0
BODY_PHRASE = 4.0
BODY_BM25 = 0.3  # a word's BM25 stays below 31 in an index of a million documents

MIN_TYPO_LETTERS = 4
MIN_PREFIX_LETTERS = 3
LONGEST_NAME_IN_WORDS = 6


def every(queries: Iterable[Query]) -> Query:
    """Match what all queries match."""
    return Query.boolean_query([(Occur.Must, query) for query in queries])


def either(queries: Iterable[Query], at_least: int = 1) -> Query:
    """Match what at least so many of the queries match."""
    return Query.boolean_query([(Occur.Should, query) for query in queries], at_least)


def term(field: str, value: str) -> Query:
    """Match documents that hold a term."""
    return Query.term_query(s.schema(), field, value)


def one_of(field: str, values: Sequence[str]) -> Query:
    """Match documents that hold one of the terms."""
    return Query.term_set_query(s.schema(), field, list(values))


def begins(field: str, text: str) -> Query:
    """Match documents that hold a term beginning so."""
    return Query.fuzzy_term_query(s.schema(), field, text, distance=0, prefix=True)


# What matches


def in_names(words: Sequence[Word]) -> Query:
    """Match documents whose names hold every word."""
    return every(term(s.NAME_FOLDED, word.folded) for word in words)


def anywhere(words: Sequence[Word]) -> Query:
    """Match documents that hold every word."""
    return every(_held(word) for word in words)


def mostly(words: Sequence[Word]) -> Query:
    """Match documents that hold at least half of the words."""
    return either((_held(word) for word in words), at_least=ceil(len(words) / 2))


def nearly(words: Sequence[Word]) -> Query:
    """Match documents that hold every word, its beginning or a word one slip of the finger away."""
    return every(_near(word) for word in words)


def named_in(words: Sequence[Word]) -> Query:
    """Match documents one of whose whole names stands in the text: Quế in "que van yen"."""
    return either(
        _whole(keys) for length in _lengths(words) if (keys := _inner_keys(words, length))
    )


def _held(word: Word) -> Query:
    return either([term(s.NAME_FOLDED, word.folded), term(s.BODY_FOLDED, word.folded)])


def _near(word: Word) -> Query:
    queries = [_held(word), _near_name(word)]
    if len(word.folded) >= MIN_TYPO_LETTERS:
        queries.append(_slip(s.BODY_FOLDED, word))
    return either(queries)


def _near_name(word: Word) -> Query:
    queries = [term(s.NAME_FOLDED, word.folded)]
    if len(word.folded) >= MIN_PREFIX_LETTERS:
        queries.append(begins(s.NAME_FOLDED, word.folded))
    if len(word.folded) >= MIN_TYPO_LETTERS:
        queries.append(_slip(s.NAME_FOLDED, word))
    return either(queries)


def _slip(field: str, word: Word) -> Query:
    return Query.fuzzy_term_query(s.schema(), field, word.folded, distance=1)


def _lengths(words: Sequence[Word]) -> range:
    return range(1, min(len(words), LONGEST_NAME_IN_WORDS) + 1)


def _inner_keys(words: Sequence[Word], length: int) -> tuple[list[str], list[str]]:
    """Return the (exact, folded) keys of all runs of so many words.

    A run typed with accents asks for a name with these accents; one without for any.
    """
    runs = [words[start : start + length] for start in range(len(words) - length + 1)]
    exact = [exact_key(run) for run in runs if exact_key(run) != folded_key(run)]
    folded = [folded_key(run) for run in runs if exact_key(run) == folded_key(run)]
    return exact, folded


def _whole(keys: tuple[list[str], list[str]]) -> Query:
    return either([one_of(s.WHOLE_EXACT, keys[0]), one_of(s.WHOLE_FOLDED, keys[1])])


# In which order


def scoring(words: Sequence[Word], *, slips: bool) -> list[Query]:
    """Return the queries whose scores add up to the place of a hit."""
    exact, folded, count = exact_key(words), folded_key(words), len(words)
    queries = [
        _worth(term(s.CODE, folded), CODE),
        _worth(term(s.TITLE_EXACT, exact), TITLE_EXACT),
        _worth(term(s.TITLE_FOLDED, folded), TITLE_FOLDED),
        _worth(term(s.WHOLE_EXACT, exact), WHOLE_EXACT),
        _worth(term(s.WHOLE_FOLDED, folded), WHOLE_FOLDED),
    ]
    for length in range(1, min(count - 1, LONGEST_NAME_IN_WORDS) + 1):
        queries.append(_worth(_whole(_inner_keys(words, length)), CONTAINED * length / count))
    if count > 1:
        queries += [
            _worth(_phrase(s.NAME_EXACT, [w.exact for w in words]), PHRASE_EXACT),
            _worth(_phrase(s.NAME_FOLDED, [w.folded for w in words]), PHRASE_FOLDED),
            _worth(_phrase(s.BODY_EXACT, [w.exact for w in words]), BODY_PHRASE),
            _worth(_phrase(s.BODY_FOLDED, [w.folded for w in words]), BODY_PHRASE),
        ]
    for word in words:
        queries += [
            _worth(term(s.NAME_EXACT, word.exact), NAME_EXACT / count),
            _worth(term(s.NAME_FOLDED, word.folded), NAME_FOLDED / count),
            Query.boost_query(term(s.BODY_EXACT, word.exact), BODY_BM25 / count / 2),
            Query.boost_query(term(s.BODY_FOLDED, word.folded), BODY_BM25 / count),
        ]
        if slips:
            queries.append(_worth(_near_name(word), NEAR_NAME / count))
    return queries


def _worth(query: Query, score: float) -> Query:
    return Query.const_score_query(query, score)


def _phrase(field: str, words: list[str]) -> Query:
    return Query.phrase_query(s.schema(), field, list(words))


# Narrowing


def filters(
    chosen: Mapping[str, Sequence[str]], *, language: str, certified: bool, but: str = ""
) -> list[Query]:
    """Return what narrows a search, leaving out the choice of one facet."""
    queries = [one_of(s.LANGUAGE, [s.ANY_LANGUAGE, language])]
    if certified:
        queries.append(term(s.CERTIFIED, s.YES))
    queries += [one_of(name, values) for name, values in chosen.items() if values and name != but]
    return queries


def ranked(
    matching: Query, narrowing: Sequence[Query], words: Sequence[Word], *, slips: bool
) -> Query:
    """Return one query: what matches and is narrowed, ordered by what the words are worth."""
    order = scoring(words, slips=slips) if words else []
    return Query.boolean_query(
        [
            (Occur.Must, _worth(matching, 1.0)),
            *((Occur.Must, _worth(query, 0.0)) for query in narrowing),
            *((Occur.Should, query) for query in order),
        ]
    )


def suggesting(words: Sequence[Word], *, language: str, kinds: Sequence[str]) -> Query:
    """Match documents of some kinds with a name that begins so, and any with such a code."""
    *before, last = words
    named = every(
        [
            one_of(s.KIND, kinds),
            *(term(s.NAME_FOLDED, word.folded) for word in before),
            begins(s.NAME_FOLDED, last.folded),
        ]
    )
    # A code often begins with a plant's name; only what follows tells that a code is meant.
    looks_like_a_code = len(words) > 1 or any(char.isdigit() for char in last.folded)
    matching = either([named, begins(s.CODE, folded_key(words))] if looks_like_a_code else [named])
    return Query.boolean_query(
        [
            (Occur.Must, _worth(matching, 1.0)),
            (Occur.Must, _worth(one_of(s.LANGUAGE, [s.ANY_LANGUAGE, language]), 0.0)),
            (Occur.Should, _worth(begins(s.TITLE_FOLDED, folded_key(words)), TITLE_FOLDED)),
            (Occur.Should, _worth(begins(s.TITLE_EXACT, exact_key(words)), TITLE_EXACT)),
            (Occur.Should, _worth(begins(s.WHOLE_EXACT, exact_key(words)), WHOLE_EXACT)),
            (Occur.Should, _worth(begins(s.WHOLE_FOLDED, folded_key(words)), WHOLE_FOLDED)),
        ]
    )
