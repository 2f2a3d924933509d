"""Which documents match a text, and in which order (docs/search.md says it in words).

A query has a part that decides what matches and a part that decides the order. The figures are
chosen so that no number of lesser matches outweighs a whole name.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from math import ceil

from search import fields as f
from search import matches as m
from search.meaning import Meaning
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
    Term,
    Weighed,
    Worth,
)
from search.synonyms import standards_in
from search.words import Word, exact_key, folded_key

# What a match is worth. A title that is the text itself, accents and all, outranks one that only
# sounds like it by more than the boost of a kind (1.2), so that "bạc hà" is Bạc hà before Bắc Hà.
CODE = 1000.0
MATCH = 10.0  # so much that the boost of a kind outweighs that a lot is fresh
TITLE_EXACT, TITLE_FOLDED = 400.0, 300.0
WHOLE_EXACT, WHOLE_FOLDED = 240.0, 180.0
TITLE_TIGHT, WHOLE_TIGHT = 100.0, 170.0  # one whose words are parted otherwise
REWORDED = 150.0  # a whole name that says the same in other words
HEARD = 70.0  # a whole name many would hear as the text
CONTAINED = 60.0  # a whole name inside the text, times the share of the text it covers
BEGINS_TITLE, BEGINS_EXACT, BEGINS_FOLDED = 10.0, 20.0, 20.0  # a name that begins with the text
NEAR_WHOLE = 60.0  # a whole name some slips away
DOUBLE = 60.0  # a plant that is taken for the one in the text, times the share of it
STANDARD = 60.0  # a lot with a valid certificate of the kind named; more than a kind's boost
PHRASE_EXACT, PHRASE_FOLDED = 20.0, 40.0
ALL_NAMED = 40.0  # no word but in names
NAME_EXACT, NAME_FOLDED = 15.0, 30.0  # all words in names
NEAR_NAME = 5.0
SYNONYM = 30.0  # names that say the same in other words, all of them
COMPLETE = 5.0  # all words somewhere, or the plant they speak of
BODY_PHRASE = 15.0  # all words side by side in the text say more than half of them in names
BODY_BM25 = 0.3  # a word's BM25 stays below 31 in an index of a million documents
CERTIFIED, FRESH = 1.0, 0.3  # among lots that match alike

FRESH_MONTHS = 6


# What matches


def in_names(meaning: Meaning) -> Query:
    """Match documents whose names hold every word."""
    return Every(tuple(Term(f.NAME_FOLDED, word.folded) for word in meaning.words))


def anywhere(meaning: Meaning) -> Query:
    """Match documents that hold every word, or another that means the same.

    Or a name of the same letters, wherever its words end.
    """
    held = Every(tuple(m.held_slot(slot) for slot in meaning.slots))
    return Either((held, m.tight(meaning.words)))


def nearly(meaning: Meaning) -> Query:
    """Match documents that hold every word, its beginning or a word some slips away.

    Or a name some slips away as a whole, wherever its words end, or heard as the text.
    """
    words = meaning.words
    near = Every(tuple(m.near_slot(slot) for slot in meaning.slots))
    return Either(
        (near, m.tight(words), m.heard(words), m.near_whole(words, m.slips_in_name(words)))
    )


def mostly(meaning: Meaning) -> Query:
    """Match documents that hold at least half of the words."""
    slots = tuple(m.held_slot(slot) for slot in meaning.slots)
    return Either(slots, at_least=ceil(len(slots) / 2))


def named_in(meaning: Meaning) -> Query:
    """Match documents one of whose whole names stands in the text, or begins with it.

    Quế is found for "que van yen", and Hoàng liên for "hoang lie". A long name one slip away, or
    heard as the text, is one too: "đảng xâm" is đảng sâm, even if some text has both its words.
    """
    words = meaning.words
    key = folded_key(words)
    begins = [Begins(f.WHOLE_FOLDED, key)] if len(key) >= m.MIN_PREFIX_LETTERS else []
    near = m.near_whole(words, m.slips_in_name(words) - 1)
    return Either((_whole_in(meaning), *begins, m.heard(words), near))


def _whole_in(meaning: Meaning) -> Query:
    runs_by_length = m.inner_runs(meaning, len(meaning.words))
    return Either(tuple(m.whole(runs) for runs in runs_by_length))


def _species_in(meaning: Meaning) -> Query:
    return Every((Term(f.KIND, "species"), _whole_in(meaning)))


def accented(meaning: Meaning) -> Query:
    """Match documents that hold every word with accents as it is, in names or text."""
    accented = (word.exact for word in meaning.words if word.exact != word.folded)
    return Every(
        tuple(Either((Term(f.NAME_EXACT, one), Term(f.BODY_EXACT, one))) for one in accented)
    )


def quoted(meaning: Meaning) -> tuple[Query, ...]:
    """Match what stood in quotes word for word; with its accents, if it was typed with any."""
    return tuple(m.side_by_side(phrase) for phrase in meaning.phrases)


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
        Worth(m.tight(words, f.TITLE_TIGHT), TITLE_TIGHT),
        Worth(m.tight(words), WHOLE_TIGHT),
        Worth(m.reworded(meaning), REWORDED),
        Worth(m.heard(words), HEARD),
        *_contained(meaning),
        *_doubles(meaning),
        *_standards(meaning),
        *_beginnings(words, slips=slips),
        *_phrases(words),
        *(query for word in words for query in _word(word, len(words), slips=slips)),
        *_synonyms(meaning),
        Worth(in_names(meaning), ALL_NAMED),
        Worth(Either((anywhere(meaning), _species_in(meaning))), COMPLETE),
        *_freshness(today),
    )


def _contained(meaning: Meaning) -> Iterable[Query]:
    for runs in m.inner_runs(meaning, len(meaning.words) - 1):
        yield Worth(m.whole(runs), CONTAINED * len(runs[0]) / len(meaning.words))


def _doubles(meaning: Meaning) -> Iterable[Query]:
    for runs in m.inner_runs(meaning, len(meaning.words)):
        yield Worth(m.double(runs), DOUBLE * len(runs[0]) / len(meaning.words))


def _standards(meaning: Meaning) -> Iterable[Query]:
    """Whoever names a certificate wants what has one, and that is a lot."""
    for code in standards_in(meaning.words):
        held = Term("certificate", code)
        yield Worth(Every((Term(f.KIND, "lots"), held)), STANDARD)


def _beginnings(words: Sequence[Word], *, slips: bool) -> Iterable[Query]:
    """A name the text begins, or nearly is; where nothing matched, two slips are forgiven."""
    key = folded_key(words)
    if len(key) >= m.MIN_PREFIX_LETTERS:
        yield Worth(Begins(f.TITLE_FOLDED, key), BEGINS_TITLE)
        yield Worth(Begins(f.WHOLE_EXACT, exact_key(words)), BEGINS_EXACT)
        yield Worth(Begins(f.WHOLE_FOLDED, key), BEGINS_FOLDED)
    forgiven = min(m.slips_in_name(words), 2 if slips else 1)
    if forgiven:
        yield Worth(m.near_whole(words, forgiven), NEAR_WHOLE)


def _synonyms(meaning: Meaning) -> Iterable[Query]:
    for slot in meaning.slots:
        if slot.also:
            share = len(slot.words) / len(meaning.words)
            yield Worth(Either(tuple(m.named(run) for run in slot.also)), SYNONYM * share)
            yield Worth(m.whole(slot.also), CONTAINED * share)


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
        yield Worth(m.near_name(word), NEAR_NAME / count)


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
    least = m.MIN_PREFIX_LETTERS
    begun = [word.folded[: max(least, len(word.folded) * 2 // 3)] for word in words]
    alike = tuple(Begins(f.NAME_FOLDED, text) for text in begun if len(text) >= least)
    if not alike:
        return None
    order = [Worth(query, NAME_FOLDED) for query in alike]
    kinds = OneOf(f.KIND, ("species", "sellers", "pages"))
    return ranked(Either(alike), [for_readers(language), kinds], order)
