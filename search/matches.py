"""The small queries that search.ranking puts together: of one word, of a run, of a whole name."""

from collections.abc import Iterable, Sequence
from itertools import accumulate

from search import fields as f
from search.meaning import Meaning, Slot
from search.nodes import Begins, Either, Every, OneOf, Phrase, Query, Slip, Term
from search.synonyms import Run
from search.words import Word, exact_key, folded_key, heard_key, tight_key

MIN_PREFIX_LETTERS = 3
# From how many letters on one slip of the finger is forgiven, and from how many two.
MIN_LETTERS_OF_SLIPS = (4, 8)  # in a whole name spaces count too
MIN_LETTERS_HEARD = 6
LONGEST_NAME_IN_WORDS = 6


def held_slot(slot: Slot) -> Query:
    """Match documents that hold the words of a slot, or others that mean the same."""
    held = Every(tuple(_held(word) for word in slot.words))
    return Either((held, *(side_by_side(run) for run in slot.also))) if slot.also else held


def near_slot(slot: Slot) -> Query:
    """Match the same, beginnings and slips included."""
    near = Every(tuple(_near(word) for word in slot.words))
    return Either((near, *(side_by_side(run) for run in slot.also))) if slot.also else near


def _held(word: Word) -> Query:
    return Either((Term(f.NAME_FOLDED, word.folded), Term(f.BODY_FOLDED, word.folded)))


def _near(word: Word) -> Query:
    slips = slips_in(word.folded)
    inexact = (Slip(f.BODY_FOLDED, word.folded, slips),) if slips else ()
    return Either((_held(word), near_name(word), *inexact))


def near_name(word: Word) -> Query:
    """Match documents with a word in their names, its beginning or one some slips away."""
    queries: list[Query] = [Term(f.NAME_FOLDED, word.folded)]
    if len(word.folded) >= MIN_PREFIX_LETTERS:
        queries.append(Begins(f.NAME_FOLDED, word.folded))
    if slips := slips_in(word.folded):
        queries.append(Slip(f.NAME_FOLDED, word.folded, slips))
    return Either(tuple(queries))


def slips_in(text: str) -> int:
    """Return how many slips are forgiven in a text so long."""
    return sum(len(text) >= least for least in MIN_LETTERS_OF_SLIPS)


def slips_in_name(words: Sequence[Word]) -> int:
    """Return how many slips are forgiven in words taken for a whole name."""
    is_name = len(words) <= LONGEST_NAME_IN_WORDS
    return slips_in(folded_key(words)) if is_name else 0


def near_whole(words: Sequence[Word], slips: int) -> Query:
    """Match documents with a whole name at most so many slips away; nothing without a slip."""
    return Slip(f.WHOLE_FOLDED, folded_key(words), slips) if slips > 0 else Either(())


def side_by_side(words: Sequence[Word]) -> Query:
    """Match words side by side, in names or texts; with their accents, if they have any."""
    return Either((named(words), _side_by_side(f.BODY_EXACT, f.BODY_FOLDED, words)))


def named(words: Sequence[Word]) -> Query:
    """Match words side by side in names; with their accents, if they have any."""
    return _side_by_side(f.NAME_EXACT, f.NAME_FOLDED, words)


def _side_by_side(exact: str, folded: str, words: Sequence[Word]) -> Query:
    if _has_accents(words):
        field, terms = exact, tuple(word.exact for word in words)
    else:
        field, terms = folded, tuple(word.folded for word in words)
    return Phrase(field, terms) if len(terms) > 1 else Term(field, terms[0])


def inner_runs(meaning: Meaning, longest: int) -> Iterable[list[Run]]:
    """Yield the runs of one word, of two and so on. None cuts through what belongs together."""
    words = meaning.words
    ends = {0, *accumulate(len(slot.words) for slot in meaning.slots)}
    for length in range(1, min(longest, LONGEST_NAME_IN_WORDS) + 1):
        starts = range(len(words) - length + 1)
        runs = [words[at : at + length] for at in starts if {at, at + length} <= ends]
        if runs:
            yield runs


def whole(runs: Iterable[Run]) -> Query:
    """Match documents one of whose whole names is one of the runs.

    A run typed with accents asks for a name with these accents; one without for any.
    """
    runs = tuple(runs)
    exact = tuple(exact_key(run) for run in runs if _has_accents(run))
    tight = tuple(tight_key(run) for run in runs if not _has_accents(run))
    return Either((OneOf(f.WHOLE_EXACT, exact), OneOf(f.WHOLE_TIGHT, tight)))


def tight(words: Sequence[Word], field: str = f.WHOLE_TIGHT) -> Query:
    """Match documents with a whole name (or title) of the same letters, wherever its words end."""
    return Term(field, tight_key(words))


def heard(words: Sequence[Word]) -> Query:
    """Match documents with a whole name that many would hear as the text; not for short ones."""
    key = heard_key(words)
    return Term(f.WHOLE_HEARD, key) if len(key) >= MIN_LETTERS_HEARD else Either(())


def reworded(meaning: Meaning) -> Query:
    """Match documents whose whole name is the text with one slot in other words: trà dây, chè dây.

    As always, what is typed with accents asks for these accents.
    """
    words = meaning.words
    texts: list[Run] = []
    place = 0
    for slot in meaning.slots:
        end = place + len(slot.words)
        texts += [(*words[:place], *run, *words[end:]) for run in slot.also]
        place = end
    if _has_accents(words):
        return OneOf(f.WHOLE_EXACT, tuple(map(exact_key, texts)))
    return OneOf(f.WHOLE_FOLDED, tuple(map(folded_key, texts)))


def double(runs: Iterable[Run]) -> Query:
    """Match species that are taken for what one of the runs is the whole name of."""
    return OneOf(f.DOUBLE, tuple(map(exact_key, runs)))


def _has_accents(words: Sequence[Word]) -> bool:
    return any(word.exact != word.folded for word in words)
