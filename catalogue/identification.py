"""The identification key of the collection: its matrix, and what a visitor sees at each step."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urlencode

from django.core.cache import cache
from django.db.models import Case, Count, Exists, Max, OuterRef, Prefetch, Q, QuerySet, When
from django.utils.text import get_text_list
from django.utils.translation import gettext

from catalogue import figures
from catalogue.compare import MOST
from catalogue.key import Key, Matrix, Ranked
from catalogue.models import LookAlike, Species, SpeciesTrait, Trait, TraitLabel, TraitState
from catalogue.records import title_of
from core.languages import in_language

# The stamp tells a changed record apart; a trait changed behind its back is seen after this time.
MATRIX_SECONDS = 60
CARDS = 12
# From so few on a visitor is told what to look at to tell the rest apart.
FEW = 6
CHECKS = 3
POISONOUS_NAMED = 4


def matrix_of(visible: QuerySet[Species]) -> Matrix:
    """Return the answers of some species, kept for a minute as long as none of them changes."""
    stamp = visible.aggregate(many=Count("pk"), last=Max("pk"), at=Max("changed_at"))
    at = stamp["at"].timestamp() if stamp["at"] else 0
    name = f"key-matrix:{stamp['many']}:{stamp['last']}:{at}"
    return cache.get_or_set(name, lambda: read_matrix(visible), MATRIX_SECONDS)


def read_matrix(visible: QuerySet[Species]) -> Matrix:
    """Read the answers of some species, in two queries of plain numbers."""
    species, places, toxic = array("Q"), {}, []
    doubles = LookAlike.objects.filter(other=OuterRef("pk"), is_toxic=True, species__live=True)
    dangerous = Case(When(is_toxic=True, then=True), default=Exists(doubles))
    rows = visible.order_by("sort_name", "pk").values_list("pk", dangerous)
    for place, (pk, is_toxic) in enumerate(rows.iterator(chunk_size=5000)):
        species.append(pk)
        places[pk] = place
        if is_toxic:
            toxic.append(place)
    size = len(species) // 8 + 1
    # Bytes first: to set a bit of an integer copies all of it.
    bits: dict[int | str, bytearray] = defaultdict(lambda: bytearray(size))
    for place in toxic:
        bits["poisonous"][place >> 3] |= 1 << (place & 7)
    answers = SpeciesTrait.objects.order_by().values_list("species", "state")
    for pk, state in answers.iterator(chunk_size=5000):
        place = places.get(pk)
        if place is not None:
            bits[state][place >> 3] |= 1 << (place & 7)
    masks = {name: int.from_bytes(mask, "little") for name, mask in bits.items()}
    return Matrix(species=species, poisonous=masks.pop("poisonous", 0), answers=masks)


def questions() -> list[Trait]:
    """Return the questions in the reader's language, each with its `answers`, in two queries."""
    labels = TraitLabel.objects
    traits = list(
        Trait.objects.labelled().annotate(
            question=in_language(labels, "question", of="term"),
            help=in_language(labels, "help", of="term"),
        )
    )
    answers: dict[int, list[TraitState]] = defaultdict(list)
    for state in TraitState.objects.labelled():
        answers[state.trait_id].append(state)
    for trait in traits:
        trait.answers = answers[trait.pk]
    return traits


def key_of(visible: QuerySet[Species], traits: Iterable[Trait]) -> Key:
    """Return the key that asks these questions of some species."""
    asked = {trait.code: [state.pk for state in trait.answers] for trait in traits}
    return Key(matrix_of(visible), asked)


@dataclass(frozen=True)
class Choice:
    """An answer one may give: `url` gives or withdraws it, `remaining` species would be left."""

    code: str
    label: str
    remaining: int
    selected: bool
    url: str


@dataclass(frozen=True)
class Question:
    """A question as the page asks it; `about` species are expected to be left by its answer."""

    code: str
    label: str
    words: str
    help: str
    choices: list[Choice]
    about: int = 0


@dataclass(frozen=True)
class Check:
    """What tells the last few apart: a trait, and the species that show each of its answers."""

    label: str
    answers: list[tuple[str, list[Species]]]


@dataclass
class Identification:
    """One step of an identification: the answers so far, and what follows from them."""

    path: str
    visible: QuerySet[Species]
    traits: Sequence[Trait]
    picked: Mapping[str, Sequence[str]]
    key: Key = field(init=False)

    def __post_init__(self):
        self.key = key_of(self.visible, self.traits)
        self._traits = {trait.code: trait for trait in self.traits}
        # In the order in which they were given; what the vocabulary does not know is left out.
        self.given: dict[str, list[TraitState]] = {}
        for code, values in self.picked.items():
            known = [state for state in self._traits[code].answers if state.code in values]
            if known:
                self.given[code] = sorted(known, key=lambda state: values.index(state.code))

    @cached_property
    def left(self) -> int:
        return self.key.fitting(self._numbers(self.given))

    @property
    def total(self) -> int:
        return len(self.key.matrix.species)

    @property
    def count(self) -> int:
        return self.left.bit_count()

    @property
    def is_settled(self) -> bool:
        """Whether one species is left of several."""
        return self.count == 1 < self.total

    @cached_property
    def _ranked(self) -> list[Ranked]:
        return self.key.rank(self.left, but=self.given) if self.count > 1 else []

    @cached_property
    def asked(self) -> list[Question]:
        """The questions that still help, the most helpful first."""
        return [self._ask(one) for one in self._ranked]

    @property
    def idle(self) -> int:
        """How many questions no longer tell the remaining species apart."""
        return len(self.traits) - len(self.given) - len(self._ranked)

    @cached_property
    def answered(self) -> list[Question]:
        """The questions that were answered; each answer withdraws itself or adds an alternative."""
        return [self._answered(code, states) for code, states in self.given.items()]

    @property
    def undo_url(self) -> str:
        """The address without the last answer."""
        code, states = list(self.given.items())[-1]
        return self._url(code, states[:-1])

    @property
    def withdrawals(self) -> list[dict]:
        """Which answers to withdraw, when no species fits all of them."""
        if self.left or not self.total:
            return []
        return [
            {
                "what": get_text_list(
                    [self._traits[code].label for code in one.questions], gettext("and")
                ),
                "remaining": one.remaining,
                "url": self._address(
                    {code: s for code, s in self.given.items() if code not in one.questions}
                ),
            }
            for one in self.key.withdrawals(self._numbers(self.given))
        ]

    @cached_property
    def _records(self) -> dict[int, Species]:
        matrix = self.key.matrix
        wanted = [
            *matrix.first(self.left, CARDS),
            *matrix.first(self.left & matrix.poisonous, POISONOUS_NAMED),
        ]
        records = self.visible.for_cards().prefetch_related(*_poisonous_doubles())
        found = {species.pk: species for species in records.filter(pk__in=wanted)}
        figures.put_on_cards([*found.values()])
        return found

    @cached_property
    def candidates(self) -> list[Species]:
        """The first species that fit, with what a card shows and their poisonous doubles."""
        return self._found(self.left, CARDS)

    @property
    def unshown(self) -> int:
        return self.count - len(self.candidates)

    @property
    def compare_query(self) -> str:
        """The query string that puts the last few side by side, where they are few enough."""
        if not 1 < self.count <= MOST:
            return ""
        return urlencode([("s", one.slug) for one in self.candidates])

    @property
    def poisonous(self) -> list[Species]:
        """The first poisonous species among those that fit."""
        return self._found(self.left & self.key.matrix.poisonous, POISONOUS_NAMED)

    @property
    def more_poisonous(self) -> int:
        """How many poisonous species fit beside those that are named."""
        return (self.left & self.key.matrix.poisonous).bit_count() - len(self.poisonous)

    @cached_property
    def checks(self) -> list[Check]:
        """What to look at to tell the last few apart."""
        if not 1 < self.count <= FEW:
            return []
        return [self._check(self._traits[one.question]) for one in self._ranked[:CHECKS]]

    def _found(self, chosen: int, most: int) -> list[Species]:
        # A record may have been withdrawn since the matrix was read.
        numbers = self.key.matrix.first(chosen, most)
        return [self._records[pk] for pk in numbers if pk in self._records]

    def _check(self, trait: Trait) -> Check:
        shown = [
            (state.label, self._found(self.left & self.key.matrix.answers.get(state.pk, 0), FEW))
            for state in trait.answers
        ]
        return Check(trait.label, [(label, species) for label, species in shown if species])

    def _ask(self, ranked: Ranked) -> Question:
        code = ranked.question
        choices = [
            Choice(
                code=state.code,
                label=state.label,
                # An answer that no species gives is no way on, even past those without one.
                remaining=self.key.after(self.left, code, state.pk).bit_count()
                if self.left & self.key.matrix.answers.get(state.pk, 0)
                else 0,
                selected=False,
                url=self._url(code, [state]),
            )
            for state in self._traits[code].answers
        ]
        return self._question(code, choices, about=max(1, round(ranked.expected)))

    def _answered(self, code: str, states: list[TraitState]) -> Question:
        numbers = self._numbers(self.given)
        choices = []
        for state in self._traits[code].answers:
            selected = state in states
            then = [s for s in states if s != state] if selected else [*states, state]
            fitting = self.key.fitting(numbers | {code: [s.pk for s in {*states, state}]})
            choices.append(
                Choice(
                    state.code, state.label, fitting.bit_count(), selected, self._url(code, then)
                )
            )
        return self._question(code, choices)

    def _question(self, code: str, choices: list[Choice], about: int = 0) -> Question:
        trait = self._traits[code]
        return Question(code, trait.label, trait.question, trait.help, choices, about)

    @staticmethod
    def _numbers(given: Mapping[str, Iterable[TraitState]]) -> dict[str, list[int]]:
        return {code: [state.pk for state in states] for code, states in given.items()}

    def _url(self, code: str, states: list[TraitState]) -> str:
        """The address with other answers to one question, which becomes the last one."""
        rest = {other: s for other, s in self.given.items() if other != code}
        return self._address(rest | {code: states})

    def _address(self, given: Mapping[str, Iterable[TraitState]]) -> str:
        pairs = [(code, state.code) for code, states in given.items() for state in states]
        return f"{self.path}?{urlencode(pairs)}" if pairs else self.path


def _poisonous_doubles() -> list[Prefetch]:
    """Prefetch the poisonous plants a species is taken for, and those for which it is one."""
    rows = LookAlike.objects
    taken_for = rows.filter(Q(is_toxic=True) | Q(other__is_toxic=True))
    takes = rows.filter(Q(is_toxic=True) | Q(species__is_toxic=True), species__live=True).annotate(
        shown_title=title_of("species")
    )
    return [
        Prefetch("look_alikes", taken_for, to_attr="poisonous_doubles"),
        Prefetch("taken_for", takes.select_related("species").order_by("pk"), to_attr="doubles_of"),
    ]
