"""How well searches are answered: texts with the hits that people who know would put first."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from itertools import groupby
from pathlib import Path
from statistics import fmean
from typing import Any

import yaml

from search.engines import get_engine
from search.engines.base import SearchEngine, SearchQuery

MOST_HITS = 20


class NotJudged(Exception):
    """A file does not hold judged searches."""


@dataclass(frozen=True, kw_only=True)
class Judged:
    """A text, and all hits that may stand first: "species:que", or "lots:DEMO-QUE-*" for several.

    `why` says what makes the search hard, and groups it with others of its sort.
    """

    q: str
    first: tuple[str, ...]
    why: str
    language: str = "vi"
    kind: tuple[str, ...] = ()

    def accepts(self, key: str) -> bool:
        """Return whether a hit may stand first."""
        return any(fnmatchcase(key, pattern) for pattern in self.first)


@dataclass(frozen=True)
class Answer:
    """What was found for a judged text, best first."""

    judged: Judged
    found: tuple[str, ...]

    @property
    def rank(self) -> int | None:
        """The place of the first hit that was asked for; None when it is not among the first."""
        places = (at for at, key in enumerate(self.found, 1) if self.judged.accepts(key))
        return next(places, None)

    @property
    def reciprocal_rank(self) -> float:
        """One over the place: 1 for the first, 1/2 for the second, 0 for none."""
        return 1 / self.rank if self.rank else 0.0


def load(path: Path) -> list[Judged]:
    """Read judged searches from a file. Raises NotJudged."""
    try:
        rows = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        judged = [_judged(row) for row in rows]
    except (OSError, TypeError, ValueError, yaml.YAMLError) as error:
        raise NotJudged(f"{path}: {error}") from error
    if not judged:
        raise NotJudged(f"{path} holds no searches")
    return judged


def _judged(row: Mapping[str, Any]) -> Judged:
    lists = {name: tuple(row[name]) for name in ("first", "kind") if name in row}
    return Judged(**{**row, **lists})


def answers(judged: Iterable[Judged], engine: SearchEngine | None = None) -> Iterator[Answer]:
    """Search for each text, with the engine in use unless another is given."""
    engine = engine or get_engine()
    for one in judged:
        found = engine.search(
            SearchQuery(
                text=one.q,
                language=one.language,
                filters={"kind": one.kind} if one.kind else {},
                facets=(),
                limit=MOST_HITS,
            )
        )
        yield Answer(one, tuple(f"{hit.kind}:{hit.id}" for hit in found.hits))


def mean(answered: Sequence[Answer]) -> float:
    """Return the mean reciprocal rank; 1 is perfect."""
    return fmean(answer.reciprocal_rank for answer in answered)


def mean_by_reason(answered: Iterable[Answer]) -> dict[str, float]:
    """Return the mean reciprocal rank of every sort of search, the worst first."""
    ordered = sorted(answered, key=_reason)
    means = {why: mean(list(group)) for why, group in groupby(ordered, key=_reason)}
    return dict(sorted(means.items(), key=lambda item: item[1]))


def _reason(answer: Answer) -> str:
    return answer.judged.why
