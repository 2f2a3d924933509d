"""Species side by side: what they share, what sets them apart, and what is only partly known."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import combinations

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from catalogue.footnotes import without_marks
from catalogue.models import ConservationStatus, Season, Species, Trait, VernacularName

MOST = 4


class Verdict(StrEnum):
    """What a row says of the species in it."""

    SAME = "same"
    OVERLAP = "overlap"
    DIFFERENT = "different"
    UNKNOWN = "unknown"
    NONE = ""


@dataclass(frozen=True)
class Word:
    """One thing said in a cell, with its language where that is not the reader's."""

    text: str
    lang: str = ""
    is_poison: bool = False


@dataclass(frozen=True)
class Cell:
    """What is recorded of one species; `tokens` are what is compared, nothing when not recorded."""

    words: list[Word] = field(default_factory=list)
    tokens: frozenset = frozenset()


@dataclass(frozen=True)
class Row:
    """One fact of each species. A row that is prose has no verdict."""

    label: str
    cells: list[Cell]
    verdict: Verdict
    always: bool = False
    prose: bool = False


@dataclass(frozen=True)
class Section:
    """Rows that belong together."""

    title: str
    rows: list[Row]


def verdict(tokens: Iterable[frozenset]) -> Verdict:
    """Return whether some answers are the same, overlap, or exclude each other.

    Only two that exclude each other tell plants apart for certain. Where something is not recorded
    nobody can say that all are the same.
    """
    every = list(tokens)
    known = [one for one in every if one]
    if any(not (a & b) for a, b in combinations(known, 2)):
        return Verdict.DIFFERENT
    if any(a != b for a, b in combinations(known, 2)):
        return Verdict.OVERLAP
    return Verdict.SAME if len(known) == len(every) else Verdict.UNKNOWN


def sections(species: Sequence[Species], traits: Iterable[Trait]) -> list[Section]:
    """Return the whole comparison of some records, read by catalogue.records."""
    plan = [
        (_("Caution"), _caution_rows),
        (_("What one sees"), lambda records: _trait_rows(records, traits)),
        (_("The year"), _season_rows),
        (_("Place"), _place_rows),
        (_("Classification and names"), _name_rows),
        (_("Use and protection"), _use_rows),
    ]
    return [Section(title, rows(species)) for title, rows in plan]


def only_differences(found: Iterable[Section]) -> list[Section]:
    """Keep the rows that set the species apart, and the cautions."""
    telling = (Verdict.DIFFERENT, Verdict.OVERLAP)
    kept = (
        Section(one.title, [row for row in one.rows if row.always or row.verdict in telling])
        for one in found
    )
    return [section for section in kept if section.rows]


def mistaken_pairs(species: Iterable[Species]) -> list[tuple[Species, Species]]:
    """Return the pairs of which one record names the other as a look-alike."""

    def names(one: Species, other: Species) -> bool:
        return any(row.other_id == other.pk for row in one.look_alikes.all())

    return [(a, b) for a, b in combinations(species, 2) if names(a, b) or names(b, a)]


def is_dangerous(species: Species) -> bool:
    """Return whether it is poisonous, or a record names it as a poisonous double."""
    return species.is_toxic or any(row.is_toxic for row in species.taken_for.all())


def suggestions(species: Iterable[Species]) -> list[Species]:
    """Return the look-alikes with a record of their own that do not stand in the comparison yet."""
    found: dict[int, Species] = {}
    for one in species:
        taken_for = [row.other for row in one.look_alikes.all() if row.other and row.other.live]
        for other in [*taken_for, *(row.species for row in one.taken_for.all())]:
            found.setdefault(other.pk, other)
    for one in species:
        found.pop(one.pk, None)
    return list(found.values())


def _row(
    label: str, species: Sequence[Species], cell: Callable[[Species], Cell], always: bool = False
) -> Row:
    cells = [cell(one) for one in species]
    return Row(label, cells, verdict(one.tokens for one in cells), always=always)


def _listing(label: str, species: Sequence[Species], words: Callable[[Species], list]) -> Row:
    """A row that is read and not compared."""
    return Row(label, [Cell(words(one)) for one in species], Verdict.NONE)


def _prose(label: str, species: Sequence[Species], passage: str, always: bool = False) -> Row:
    """A row of texts in sentences; its citations stand in the record itself."""

    def cell(one: Species) -> Cell:
        text = one.text
        said = without_marks(getattr(text, passage)).strip() if text else ""
        return Cell([Word(said, text.language)] if said else [])

    cells = [cell(one) for one in species]
    return Row(label, cells, Verdict.NONE, always=always, prose=True)


def _coded(pairs: Iterable[tuple[object, str]]) -> Cell:
    """A cell of words that are compared by their codes."""
    pairs = list(pairs)
    return Cell([Word(word) for _code, word in pairs], frozenset(code for code, _word in pairs))


def _caution_rows(species: Sequence[Species]) -> list[Row]:
    def poisonous(one: Species) -> Cell:
        danger = is_dangerous(one)
        if one.is_toxic:
            words = _("poisonous")
        else:
            words = _("a poisonous double") if danger else _("not recorded as poisonous")
        return Cell([Word(words, is_poison=danger)], frozenset([danger]))

    def doubles(one: Species) -> list[Word]:
        return [
            Word(row.vernacular or row.scientific_name, "vi" if row.vernacular else "la", toxic)
            for row in one.look_alikes.all()
            for toxic in [row.is_toxic or bool(row.other and row.other.is_toxic)]
        ]

    return [
        _row(_("Poisonous"), species, poisonous, always=True),
        Row(_("Taken for"), [Cell(doubles(one)) for one in species], Verdict.NONE, always=True),
        _prose(_("Cautions"), species, "cautions", always=True),
        _prose(_("Telling look-alikes apart"), species, "look_alikes", always=True),
    ]


def _trait_rows(species: Sequence[Species], traits: Iterable[Trait]) -> list[Row]:
    return [
        _row(
            trait.label,
            species,
            lambda one, code=trait.code: _coded(
                (row.state_id, row.state.label)
                for row in one.traits.all()
                if row.trait_code == code
            ),
        )
        for trait in traits
    ]


def _season_rows(species: Sequence[Species]) -> list[Row]:
    return [
        _row(kind.label, species, lambda one, kind=kind: _months(one, kind)) for kind in Season.Kind
    ]


def _months(species: Species, kind: Season.Kind) -> Cell:
    seasons = [row for row in species.seasons.all() if row.kind == kind]
    words = [Word(_season(row)) for row in seasons]
    return Cell(words, frozenset(month for row in seasons for month in row.months))


def _season(row: Season) -> str:
    """A season in words: "months 6–8 (bark)"."""
    span = {"first": row.first_month, "last": row.last_month}
    if row.first_month == row.last_month:
        months = _("month %(first)s") % span
    else:
        months = _("months %(first)s–%(last)s") % span
    return f"{months} ({row.part.label})" if row.part else months


def _place_rows(species: Sequence[Species]) -> list[Row]:
    def elevation(one: Species) -> Cell:
        low, high = one.elevation_min_m, one.elevation_max_m
        if low is None or high is None:
            return Cell()
        return Cell([Word(f"{low}–{high} m")], frozenset(range(low, high + 1)))

    # Provinces only: communes of threatened species are told to nobody.
    return [
        _row(_("Elevation"), species, elevation),
        _row(_("Provinces"), species, lambda one: _coded((p.pk, p.name) for p in one.provinces)),
        _prose(_("Where it grows"), species, "habitat"),
    ]


def _name_rows(species: Sequence[Species]) -> list[Row]:
    kinds = VernacularName.Kind

    def in_language(language: str) -> Callable[[Species], list[Word]]:
        return lambda one: [
            Word(row.name, row.bcp47)
            for row in one.names.all()
            if row.language == language and row.kind in (kinds.VERNACULAR, kinds.TRADE)
        ]

    def drugs(one: Species) -> list[Word]:
        return [
            Word(row.name, row.bcp47)
            for row in one.names.all()
            if row.kind in (kinds.DRUG, kinds.PHARMACEUTICAL)
        ]

    def family(one: Species) -> Cell:
        words = [Word(one.family.name, "la"), Word(one.family.label)]
        return Cell(words if one.family_label else words[:1], frozenset([one.family_id]))

    def genus(one: Species) -> Cell:
        return Cell([Word(one.genus, "la")], frozenset([one.genus]))

    own, other = ("vie", "eng") if get_language() == "vi" else ("eng", "vie")
    labels = {"vie": _("Vietnamese names"), "eng": _("English names")}
    return [
        _row(_("Family"), species, family),
        _row(_("Genus"), species, genus),
        _listing(labels[own], species, in_language(own)),
        _listing(labels[other], species, in_language(other)),
        _listing(_("Names as a drug"), species, drugs),
    ]


def _use_rows(species: Sequence[Species]) -> list[Row]:
    def listed(row: ConservationStatus) -> str:
        authority = f"{row.get_authority_display()} {row.edition}"
        return f"{authority}: {row.category}, {row.category_label}"

    def status(one: Species) -> Cell:
        return _coded(
            ((row.authority, row.category), listed(row)) for row in one.conservation.all()
        )

    return [
        _row(
            _("Parts used"), species, lambda one: _coded((p.pk, p.label) for p in one.parts.all())
        ),
        _row(_("Conservation"), species, status),
        _row(_("Trade"), species, lambda one: _coded([(one.trade, one.get_trade_display())])),
    ]


def count_of_differences(found: Iterable[Section]) -> str:
    """Say how many rows exclude each other, for a sentence above the table."""
    n = sum(row.verdict == Verdict.DIFFERENT for section in found for row in section.rows)
    return ngettext("%(n)s plain difference", "%(n)s plain differences", n) % {"n": n}
