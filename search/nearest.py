"""What may have been meant, when nothing holds the words as they were typed."""

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from search.engines import get_engine
from search.results import ShownHit, load
from search.words import Word, folded_key, query_words

ALIKE = 0.7  # of letters in common; "ligustcum" and "ligusticum" have 0.95
MOST = 6


def did_you_mean(text: str, hits: Iterable[ShownHit]) -> str:
    """Return the name among the first hits of which as many words are most like the text."""
    typed = query_words(text)
    best, most = "", ALIKE
    for name in (name for hit in hits for name in hit.names):
        likeness = _likeness(typed, query_words(name))
        if most < likeness < 1:
            best, most = name, likeness
    return best


def _likeness(typed: Sequence[Word], name: Sequence[Word]) -> float:
    key, length = folded_key(typed), len(typed)
    runs = (folded_key(name[start : start + length]) for start in range(len(name)))
    return max((SequenceMatcher(None, key, run).ratio() for run in runs), default=0.0)


def nearest(text: str, *, language: str, person, request) -> list[ShownHit]:
    """Return a few records with names that begin a little like the text."""
    hits = get_engine().nearest(text, language=language, limit=MOST)
    return load(hits, text="", person=person, request=request)
