"""Words that mean the same in trade, medicine and speech, from search/data/synonyms.yaml."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from search.words import Word, exact_key, folded_key, words

FILE = Path(__file__).parent / "data" / "synonyms.yaml"
LONGEST = 4  # words of a term

Run = tuple[Word, ...]


def also_called(run: Sequence[Word]) -> tuple[Run, ...] | None:
    """Return what else is meant by words, or None when they are not a term of ours.

    Words typed with accents are a term with these accents: đau is not dầu. Words without may be
    any that fold to them.
    """
    return _table().get(exact_key(run))


def standards_in(typed: Sequence[Word]) -> tuple[str, ...]:
    """Return the codes of the certificates that words name, with accents or without."""
    lengths = range(1, min(LONGEST, len(typed)) + 1)
    runs = (typed[at : at + length] for length in lengths for at in range(len(typed)))
    table = _standards()
    return tuple(dict.fromkeys(table[key] for run in runs if (key := exact_key(run)) in table))


@cache
def _data() -> Mapping[str, Any]:
    return yaml.load(FILE.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


@cache
def _standards() -> dict[str, str]:
    """Return terms, with accents and without → the code of the certificate they name."""
    return {
        key(words(term)): code
        for code, terms in _data()["certificates"].items()
        for term in terms
        for key in (exact_key, folded_key)
    }


@cache
def _table() -> dict[str, tuple[Run, ...]]:
    """Return terms, with accents and without → the other terms of their sets.

    Terms of `same` all mean each other; a term of `broader` means what follows it and not the other
    way round; those of `together` only belong together.
    """
    data = _data()
    table: dict[str, list[Run]] = {}
    for terms in data["same"]:
        for term in terms:
            _add(table, term, terms)
    for term, meant in data["broader"].items():
        _add(table, term, meant)
    for term in data["together"]:
        _add(table, term, ())
    return {key: tuple(runs) for key, runs in table.items()}


def _add(table: dict[str, list[Run]], term: str, others: Iterable[str]) -> None:
    typed = words(term)
    for key in {exact_key(typed), folded_key(typed)}:
        runs = table.setdefault(key, [])
        for other in others:
            run = tuple(words(other))
            if exact_key(run) != exact_key(typed) and run not in runs:
                runs.append(run)
