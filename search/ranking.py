"""Which documents match a text, and in which order (docs/search.md says it in words).

A query has a part that decides what matches and a part that decides the order. The figures are
chosen so that no number of lesser matches outweighs a greater one.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from math import ceil

from search import fields as f
from search.meaning import Meaning, Slot
from search.nodes import (
    Begins,
    Between,
    Either,
    Every,
    Everything,
    OneOf,
    Phrase,
    Query,
    Ranked,
    Slip,
    Term,
    Weighed,
    Worth,
)
from search.words import Word, exact_key, folded_key

# What a match is worth. A title that is the text itself, accents and all, outranks one that only
# sounds like it by more than the boost of a kind (1.2), so that "bạc hà" is Bạc hà before Bắc Hà.
CODE = 1000.0
MATCH = 10.0  # so much that the boost of a kind outweighs that a lot is fresh
TITLE_EXACT, TITLE_FOLDED = 400.0, 300.0
WHOLE_EXACT, WHOLE_FOLDED = 240.0, 180.0
CONTAINED = 60.0  # a whole name inside the text, times the share of the text it covers
PHRASE_EXACT, PHRASE_FOLDED = 20.0, 40.0
NAME_EXACT, NAME_FOLDED = 15.0, 30.0  # all words in names
BEGUN = 35.0  # a whole name that begins so; what only has the words somewhere is worth less
NEAR_WHOLE = 60.0  # a whole name some slips away
NEAR_NAME = 5.0
SYNONYM = 5.0  # a name that says the same in other words
ALL_WORDS = 2.5
BODY_PHRASE = 4.0
BODY_BM25 = 0.3  # a word's BM25 stays below 31 in an index of a million documents
CERTIFIED, FRESH = 1.0, 0.3  # among lots that match alike

MIN_PREFIX_LETTERS = 3
# From how many letters on one slip of the finger is forgiven, and from how many two.
MIN_LETTERS_OF_SLIPS = (4, 9)
LONGEST_NAME_IN_WORDS = 6
FRESH_MONTHS = 6


# What matches


def in_names(meaning: Meaning) -> Query:
    """Match documents whose names hold every word."""
    return Every(tuple(Term(f.NAME_FOLDED, word.folded) for word in meaning.words))


def anywhere(meaning: Meaning) -> Query:
    """Match documents that hold every word, or another that means the same."""
    return Every(tuple(_held_slot(slot) for slot in meaning.slots))


def nearly(meaning: Meaning) -> Query:
    """Match documents that hold every word, its beginning or a word some slips away."""
    return Every(tuple(_near_slot(slot) for slot in meaning.slots))


def mostly(meaning: Meaning) -> Query:
    """Match documents that hold at least half of the words."""
    slots = tuple(_held_slot(slot) for slot in meaning.slots)
    return Either(slots, at_least=ceil(len(slots) / 2))


def named_in(meaning: Meaning) -> Query:
    """Match documents one of whose whole names stands in the text: Quế in "que van yen"."""
    words = meaning.words
    return Either(
        tuple(
            _whole(keys)
            for length in range(1, min(len(words), LONGEST_NAME_IN_WORDS) + 1)
            if (keys := _inner_keys(words, length))
        )
    )


def begun(meaning: Meaning) -> Query:
    """Match documents one of whose whole names begins with the text."""
    key = folded_key(meaning.words)
    return Begins(f.WHOLE_FOLDED, key) if len(key) >= MIN_PREFIX_LETTERS else Either(())


def quoted(meaning: Meaning) -> tuple[Query, ...]:
    """Match what stood in quotes word for word; with its accents, if it was typed with any."""
    return tuple(_run(phrase) for phrase in meaning.phrases)


def _held_slot(slot: Slot) -> Query:
    held = Every(tuple(_held(word) for word in slot.words))
    return Either((held, *(_run(run) for run in slot.also))) if slot.also else held


def _near_slot(slot: Slot) -> Query:
    near = Every(tuple(_near(word) for word in slot.words))
    return Either((near, *(_run(run) for run in slot.also))) if slot.also else near


def _held(word: Word) -> Query:
    return Either((Term(f.NAME_FOLDED, word.folded), Term(f.BODY_FOLDED, word.folded)))


def _near(word: Word) -> Query:
    slips = _slips(word)
    inexact = (Slip(f.BODY_FOLDED, word.folded, slips),) if slips else ()
    return Either((_held(word), _near_name(word), *inexact))


def _near_name(word: Word) -> Query:
    queries: list[Query] = [Term(f.NAME_FOLDED, word.folded)]
    if len(word.folded) >= MIN_PREFIX_LETTERS:
        queries.append(Begins(f.NAME_FOLDED, word.folded))
    if slips := _slips(word):
        queries.append(Slip(f.NAME_FOLDED, word.folded, slips))
    return Either(tuple(queries))


def _slips(word: Word) -> int:
    return _slips_of(word.folded)


def _slips_of(text: str) -> int:
    return sum(len(text) >= least for least in MIN_LETTERS_OF_SLIPS)


def _run(words: Sequence[Word]) -> Query:
    """Match words side by side, in names or texts."""
    if all(word.exact == word.folded for word in words):
        return _side_by_side(f.NAME_FOLDED, f.BODY_FOLDED, [word.folded for word in words])
    return _side_by_side(f.NAME_EXACT, f.BODY_EXACT, [word.exact for word in words])


def _side_by_side(names: str, bodies: str, words: Sequence[str]) -> Query:
    if len(words) == 1:
        return Either((Term(names, words[0]), Term(bodies, words[0])))
    return Either((Phrase(names, tuple(words)), Phrase(bodies, tuple(words))))


def _inner_keys(words: Sequence[Word], length: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the (exact, folded) keys of all runs of so many words.

    A run typed with accents asks for a name with these accents; one without for any.
    """
    runs = [words[start : start + length] for start in range(len(words) - length + 1)]
    exact = (exact_key(run) for run in runs if exact_key(run) != folded_key(run))
    folded = (folded_key(run) for run in runs if exact_key(run) == folded_key(run))
    return tuple(exact), tuple(folded)


def _whole(keys: tuple[tuple[str, ...], tuple[str, ...]]) -> Query:
    return Either((OneOf(f.WHOLE_EXACT, keys[0]), OneOf(f.WHOLE_FOLDED, keys[1])))


# In which order


def scoring(meaning: Meaning, *, slips: bool, today: date) -> tuple[Query, ...]:
    """Return the queries whose scores add up to the place of a hit."""
    words = meaning.words
    if not words:
        return _freshness(today)
    exact, folded = exact_key(words), folded_key(words)
    return (
        Worth(Term(f.CODE, folded), CODE),
        Worth(Term(f.TITLE_EXACT, exact), TITLE_EXACT),
        Worth(Term(f.TITLE_FOLDED, folded), TITLE_FOLDED),
        Worth(Term(f.WHOLE_EXACT, exact), WHOLE_EXACT),
        Worth(Term(f.WHOLE_FOLDED, folded), WHOLE_FOLDED),
        *_contained(words),
        *_phrases(words),
        *(query for word in words for query in _word(word, len(words), slips=slips)),
        *_begun(words),
        *_synonyms(meaning),
        Worth(anywhere(meaning), ALL_WORDS),
        *(_near_wholes(words) if slips else ()),
        *_freshness(today),
    )


def _contained(words: Sequence[Word]) -> Iterable[Query]:
    for length in range(1, min(len(words) - 1, LONGEST_NAME_IN_WORDS) + 1):
        yield Worth(_whole(_inner_keys(words, length)), CONTAINED * length / len(words))


def _phrases(words: Sequence[Word]) -> Iterable[Query]:
    if len(words) > 1:
        exact = tuple(word.exact for word in words)
        folded = tuple(word.folded for word in words)
        yield Worth(Phrase(f.NAME_EXACT, exact), PHRASE_EXACT)
        yield Worth(Phrase(f.NAME_FOLDED, folded), PHRASE_FOLDED)
        yield Worth(Phrase(f.BODY_EXACT, exact), BODY_PHRASE)
        yield Worth(Phrase(f.BODY_FOLDED, folded), BODY_PHRASE)


def _word(word: Word, count: int, *, slips: bool) -> Iterable[Query]:
    yield Worth(Term(f.NAME_EXACT, word.exact), NAME_EXACT / count)
    yield Worth(Term(f.NAME_FOLDED, word.folded), NAME_FOLDED / count)
    yield Weighed(Term(f.BODY_EXACT, word.exact), BODY_BM25 / count / 2)
    yield Weighed(Term(f.BODY_FOLDED, word.folded), BODY_BM25 / count)
    if slips:
        yield Worth(_near_name(word), NEAR_NAME / count)


def _begun(words: Sequence[Word]) -> Iterable[Query]:
    if sum(len(word.folded) for word in words) >= MIN_PREFIX_LETTERS:
        yield Worth(Begins(f.WHOLE_EXACT, exact_key(words)), BEGUN / 2)
        yield Worth(Begins(f.WHOLE_FOLDED, folded_key(words)), BEGUN)


def _near_wholes(words: Sequence[Word]) -> Iterable[Query]:
    key = folded_key(words)
    if letters := _slips_of(key):
        yield Worth(Slip(f.TITLE_FOLDED, key, letters), NEAR_WHOLE)
        yield Worth(Slip(f.WHOLE_FOLDED, key, letters), NEAR_WHOLE)


def _synonyms(meaning: Meaning) -> Iterable[Query]:
    for slot in meaning.slots:
        if slot.also:
            yield Worth(Either(tuple(_named(run) for run in slot.also)), SYNONYM)


def _named(run: Sequence[Word]) -> Query:
    words = tuple(word.folded for word in run)
    return Phrase(f.NAME_FOLDED, words) if len(words) > 1 else Term(f.NAME_FOLDED, words[0])


def _freshness(today: date) -> tuple[Query, ...]:
    """Lots that are certified, and harvested in the last months, come first among equals."""
    months = [today.year * 12 + today.month - 1 - ago for ago in range(FRESH_MONTHS)]
    harvests = tuple(f"{month // 12}-{month % 12 + 1:02d}" for month in months)
    return (
        Worth(Every((Term(f.KIND, "lots"), Term(f.CERTIFIED, f.YES))), CERTIFIED),
        Worth(OneOf("harvested", harvests), FRESH),
    )


# Narrowing


def for_readers(language: str) -> Query:
    """Keep what is for the readers of a language."""
    return OneOf(f.LANGUAGE, (f.ANY_LANGUAGE, language))


def narrowing(
    chosen: Mapping[str, Sequence[str]],
    *,
    certified: bool = False,
    at_most: int | None = None,
    but: str = "",
) -> tuple[Query, ...]:
    """Return what narrows a search, leaving out the choice of one facet."""
    queries: list[Query] = []
    if certified:
        queries.append(Term(f.CERTIFIED, f.YES))
    if at_most is not None:
        queries.append(Between("cheapest", high=at_most))
    return (
        *queries,
        *(OneOf(name, tuple(values)) for name, values in chosen.items() if values and name != but),
    )


def ranked(matching: Query, narrowing: Sequence[Query], order: Sequence[Query] = ()) -> Ranked:
    """Return one query: what matches and is narrowed, ordered by what its words are worth."""
    return Ranked(
        (Worth(matching, MATCH), *(Worth(query, 0.0) for query in narrowing)), tuple(order)
    )


def everything() -> Query:
    """Match all documents."""
    return Everything()


def suggesting(words: Sequence[Word], *, language: str, kinds: Sequence[str]) -> Ranked:
    """Match documents of some kinds with a name that begins so, and any with such a code."""
    *before, last = words
    named = Every(
        (
            OneOf(f.KIND, tuple(kinds)),
            *(Term(f.NAME_FOLDED, word.folded) for word in before),
            Begins(f.NAME_FOLDED, last.folded),
        )
    )
    # A code often begins with a plant's name; only what follows tells that a code is meant.
    looks_like_a_code = len(words) > 1 or any(char.isdigit() for char in last.folded)
    coded = (Begins(f.CODE, folded_key(words)),) if looks_like_a_code else ()
    return ranked(
        Either((named, *coded)),
        [for_readers(language)],
        [
            Worth(Begins(f.TITLE_FOLDED, folded_key(words)), TITLE_FOLDED),
            Worth(Begins(f.TITLE_EXACT, exact_key(words)), TITLE_EXACT),
            Worth(Begins(f.WHOLE_EXACT, exact_key(words)), WHOLE_EXACT),
            Worth(Begins(f.WHOLE_FOLDED, folded_key(words)), WHOLE_FOLDED),
        ],
    )


def beginning_alike(words: Sequence[Word], *, language: str) -> Ranked | None:
    """Match names that share the beginning of a word, but for lots, which bear their species';
    None when all words are too short for it.
    """
    begun = [word.folded[: max(MIN_PREFIX_LETTERS, len(word.folded) * 2 // 3)] for word in words]
    alike = tuple(Begins(f.NAME_FOLDED, text) for text in begun if len(text) >= MIN_PREFIX_LETTERS)
    if not alike:
        return None
    order = [Worth(query, NAME_FOLDED) for query in alike]
    kinds = OneOf(f.KIND, ("species", "sellers", "pages"))
    return ranked(Either(alike), [for_readers(language), kinds], order)
