"""From hits to what is shown: the index says which records, the database says what they are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from search.engines import get_engine
from search.engines.base import Hit
from search.highlights import highlight
from search.registry import DOCUMENTS
from search.words import Word, query_words

MOST_SUGGESTIONS = 8
# Suggested by name. A lot has its species' names and would crowd them out; its code finds it.
SUGGESTED_BY_NAME = ("species", "sellers", "pages")


@dataclass(frozen=True)
class ShownHit:
    """A hit with its record. `kind` is species, lot or page; `label` the kind as a query names it.

    `highlight` is safe HTML with <mark> around the words that were searched.
    """

    kind: str
    label: str
    id: str
    title: str
    url: str
    score: float
    highlight: SafeString
    record: Any
    explanation: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Everything the record is called."""
        return DOCUMENTS[self.label].names(self.record)


@dataclass(frozen=True)
class Suggestion:
    """What may be meant by the letters typed so far."""

    text: str
    kind: str
    url: str


def load(hits: Sequence[Hit], *, text: str, person: Any, request: Any = None) -> list[ShownHit]:
    """Return hits with their records, in the reader's language and in the order of the hits.

    A hit is dropped when its record is gone or this person may not see it: the index lags behind
    the database, and what may be seen is decided here. Asks one query per kind, and its prefetches.
    """
    words = query_words(text)
    records = _records(hits, person)
    return [
        ShownHit(
            kind=document.noun,
            label=hit.kind,
            id=hit.id,
            title=document.title(record),
            url=document.url(record, request),
            score=hit.score,
            highlight=highlight(document.passages(record), words),
            record=record,
            explanation=hit.explanation,
        )
        for hit in hits
        if (record := records.get((hit.kind, hit.pk))) is not None
        for document in (DOCUMENTS[hit.kind],)
    ]


def suggestions(
    text: str, *, language: str, person: Any, request: Any = None, limit: int = MOST_SUGGESTIONS
) -> list[Suggestion]:
    """Return what a name or a lot code beginning like the text may mean, best first."""
    hits = get_engine().suggest(text, language=language, kinds=SUGGESTED_BY_NAME, limit=limit)
    words = query_words(text)
    records = _records(hits, person)
    return [
        Suggestion(
            text=_suggested(document.title(record), document.names(record), words),
            kind=hit.kind,
            url=document.url(record, request),
        )
        for hit in hits
        if (record := records.get((hit.kind, hit.pk))) is not None
        for document in (DOCUMENTS[hit.kind],)
    ]


def _suggested(title: str, names: Sequence[str], words: Sequence[Word]) -> str:
    """Return the title, and in brackets the name that was typed when the title is another."""
    if _begins(title, words):
        return title
    name = next((name for name in names if _begins(name, words)), "")
    return f"{title} ({name})" if name else title


def _begins(name: str, words: Sequence[Word]) -> bool:
    """Return whether a name holds the words, the last of which may be the beginning of one."""
    *before, last = words
    held = [word.folded for word in query_words(name)]
    return {word.folded for word in before} <= set(held) and any(
        word.startswith(last.folded) for word in held
    )


def _records(hits: Iterable[Hit], person: Any) -> dict[tuple[str, int], Any]:
    wanted: dict[str, list[int]] = {}
    for hit in hits:
        wanted.setdefault(hit.kind, []).append(hit.pk)
    return {
        (label, record.pk): record
        for label, pks in wanted.items()
        for record in DOCUMENTS[label].records(person).filter(pk__in=pks)
    }
