"""Words that mean the same in trade, medicine and speech, from search/data/synonyms.yaml."""

from functools import cache
from pathlib import Path

import yaml

from search.words import Word, folded_key, words

FILE = Path(__file__).parent / "data" / "synonyms.yaml"
LONGEST = 4  # words of a term


def also_called(key: str) -> tuple[tuple[Word, ...], ...]:
    """Return what else is meant by words, given as a folded key; nothing for most words."""
    return _table().get(key, ())


@cache
def _table() -> dict[str, tuple[tuple[Word, ...], ...]]:
    """Return folded words → the other terms of their sets.

    Terms of `same` all mean each other; a term of `broader` means what follows it and not the other
    way round.
    """
    data = yaml.load(FILE.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    table: dict[str, list[tuple[Word, ...]]] = {}
    for terms in data["same"]:
        for term in terms:
            _add(table, term, [other for other in terms if other != term])
    for term, meant in data["broader"].items():
        _add(table, term, meant)
    return {key: tuple(runs) for key, runs in table.items()}


def _add(table: dict[str, list[tuple[Word, ...]]], term: str, others: list[str]) -> None:
    key = folded_key(words(term))
    runs = table.setdefault(key, [])
    for other in others:
        run = tuple(words(other))
        if folded_key(run) != key and run not in runs:
            runs.append(run)
