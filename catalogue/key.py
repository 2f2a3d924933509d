"""The identification key as arithmetic: which species fit some answers, and what to ask next.

A set of species is the bits of an integer, so that a hundred thousand of them are narrowed in a few
operations. A species that varies gives several answers to a question and fits each of them; one
without an answer may give any, and stays in. Nothing here knows of models or of words.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import log2

# How many answers at once a visitor is advised to withdraw when nothing fits.
MOST_WITHDRAWN = 2

Answers = Mapping[str, Collection[int]]


@dataclass(frozen=True)
class Matrix:
    """What is known: bit n of a mask stands for the n-th species."""

    species: Sequence[int]
    answers: Mapping[int, int]
    poisonous: int = 0

    @property
    def everything(self) -> int:
        """The set of all species."""
        return (1 << len(self.species)) - 1

    def first(self, chosen: int, most: int) -> list[int]:
        """Return the first species of a set, in the order of the matrix."""
        found: list[int] = []
        while chosen and len(found) < most:
            lowest = chosen & -chosen
            found.append(self.species[lowest.bit_length() - 1])
            chosen ^= lowest
        return found


@dataclass(frozen=True)
class Ranked:
    """A question and how much its answer tells, in bits, of the species that are left."""

    question: str
    gain: float
    expected: float


@dataclass(frozen=True)
class Withdrawal:
    """Answers without which some species fit again, and how many."""

    questions: tuple[str, ...]
    remaining: int


class Key:
    """Some questions, each with the answers one may give, asked of a matrix."""

    def __init__(self, matrix: Matrix, questions: Mapping[str, Sequence[int]]):
        self.matrix = matrix
        self.questions = questions
        self._unknown = {
            question: matrix.everything & ~self._any_of(answers)
            for question, answers in questions.items()
        }

    def _any_of(self, answers: Collection[int]) -> int:
        union = 0
        for answer in answers:
            union |= self.matrix.answers.get(answer, 0)
        return union

    def fitting(self, given: Answers) -> int:
        """Return the species that fit: one of the answers given to each question, or no answer."""
        left = self.matrix.everything
        for question, answers in given.items():
            left &= self._any_of(answers) | self._unknown[question]
        return left

    def after(self, left: int, question: str, answer: int) -> int:
        """Return the species that are left when a question is answered so."""
        return left & (self.matrix.answers.get(answer, 0) | self._unknown[question])

    def rank(self, left: int, but: Collection[str] = ()) -> list[Ranked]:
        """Return the questions that still tell something, the best first.

        A question is worth what its answer is expected to take from the uncertainty (in bits). An
        answer is as likely as the species that give it are many; one that varies counts for each
        of its answers. Of two equal questions the one that stands first in the vocabulary wins.
        """
        ranked = [
            Ranked(question, gain, left.bit_count() / 2**gain)
            for question in self.questions
            if question not in but and (gain := self._gain(left, question)) > 0
        ]
        return sorted(ranked, key=lambda one: -one.gain)

    def best(self, left: int, but: Collection[str] = ()) -> str | None:
        """Return the question that tells most, or None when none tells anything."""
        ranked = self.rank(left, but)
        return ranked[0].question if ranked else None

    def _gain(self, left: int, question: str) -> float:
        now = left.bit_count()
        outcomes = [
            (given, self.after(left, question, answer).bit_count())
            for answer in self.questions[question]
            if (given := (left & self.matrix.answers.get(answer, 0)).bit_count())
        ]
        total = sum(given for given, _then in outcomes)
        # Rounded, so that a question that tells nothing is worth exactly nothing.
        return round(sum(given / total * log2(now / then) for given, then in outcomes), 9)

    def withdrawals(self, given: Answers) -> list[Withdrawal]:
        """Return which answers to withdraw so that something fits, the most promising first.

        Single answers where one is enough, else pairs; nothing when even pairs do not help.
        """
        for many in range(1, MOST_WITHDRAWN + 1):
            found = [
                Withdrawal(questions, left.bit_count())
                for questions in combinations(given, many)
                if (left := self.fitting({q: a for q, a in given.items() if q not in questions}))
            ]
            if found:
                return sorted(found, key=lambda one: -one.remaining)
        return []


@dataclass(frozen=True)
class Path:
    """One way of identifying a plant: how likely it is, its answers, and what is left."""

    likelihood: float
    answers: int
    left: int


def paths(key: Key, bit: int) -> Iterator[Path]:
    """Yield the ways in which one species is identified by always answering the best question.

    The answers are true. Where the species varies, each of its answers is a way of its own and all
    are equally likely; where it has no answer, the visitor skips the question.
    """
    yield from _paths(key, bit, key.matrix.everything, frozenset(), Path(1, 0, 0))


def _paths(key: Key, bit: int, left: int, asked: frozenset[str], so_far: Path) -> Iterator[Path]:
    question = key.best(left, asked) if left != bit else None
    if question is None:
        yield Path(so_far.likelihood, so_far.answers, left)
        return
    asked |= {question}
    true = [answer for answer in key.questions[question] if key.matrix.answers.get(answer, 0) & bit]
    if not true:
        yield from _paths(key, bit, left, asked, so_far)
    for answer in true:
        step = Path(so_far.likelihood / len(true), so_far.answers + 1, 0)
        yield from _paths(key, bit, key.after(left, question, answer), asked, step)


@dataclass(frozen=True)
class Isolation:
    """How one species is identified: answers needed, how surely, and with what it is confused."""

    average: float
    worst: int
    certainty: float
    companions: int


def isolation(key: Key, bit: int) -> Isolation:
    """Return how a species is identified by always answering the best question truthfully.

    `average` weighs the ways by their likelihood, `certainty` is the likelihood of the ways that
    end with this species alone, `companions` are the species left beside it by the other ways.
    """
    ways = list(paths(key, bit))
    companions = 0
    for way in ways:
        companions |= way.left & ~bit
    return Isolation(
        average=sum(way.likelihood * way.answers for way in ways),
        worst=max(way.answers for way in ways),
        certainty=sum(way.likelihood for way in ways if way.left == bit),
        companions=companions,
    )
