"""The index of names from A to Z: every name leads to its species, and a name that is not the
preferred or accepted one says which is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import models
from django.db.models import Case, F, Q, QuerySet, Value, When
from django.db.models.functions import Lower, Substr
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from catalogue.models import Species, Synonym, VernacularName
from catalogue.models.species import NAME_LANGUAGE
from core.facets import count_together
from core.paging import KeyPage, replace_query

NAMES_PER_PAGE = 120
LATIN = "abcdefghijklmnopqrstuvwxyz"
# Đ is a letter of its own and follows D; tone marks and the other accents do not part names.
ALPHABET = LATIN.replace("d", "dđ")
OTHER = "other"
LETTERS = [*ALPHABET, OTHER]
# Letters no Vietnamese word begins with; they are shown where a name does all the same.
NOT_VIETNAMESE = frozenset("fjwz")

COMMON, ACCEPTED, SYNONYM = range(3)
# What orders the index; every part of it has these columns, whatever table it comes from.
PLACE = ("row_folded", "row_text", "row_kind", "row_pk")
COLUMNS = (*PLACE, "row_author", "row_note", "row_species")


class Names(models.TextChoices):
    """Which index is open."""

    COMMON = "common", _("Common names")
    SCIENTIFIC = "scientific", _("Scientific names")


@dataclass(frozen=True)
class Letter:
    """A letter of the index; `url` is empty where no name begins with it."""

    value: str
    label: str
    count: int
    url: str
    is_open: bool


@dataclass(frozen=True)
class Entry:
    """A line of the index. `see` when the species goes by another name than this one."""

    name: str
    language: str
    authorship: str
    note: str
    species: Species
    see: bool


def letters(
    request: HttpRequest, visible: QuerySet[Species], *, names: str, is_open: str
) -> list[Letter]:
    """Return the alphabet with the number of names under each letter, in one query.

    Without an open letter the first one that has names is the open one.
    """
    counted = count_together(
        ("letters", part.values(value=F("row_initial")).annotate(n=models.Count("pk")))
        for part in _parts(visible, names)
    )["letters"]
    counts = dict.fromkeys(LETTERS, 0)
    for initial, n in counted.items():
        counts[initial if initial in counts else OTHER] += n
    first = next((letter for letter, n in counts.items() if n), LETTERS[0])
    return [
        Letter(
            value=letter,
            label=letter.upper() if letter != OTHER else "#",
            count=n,
            url=replace_query(request, letter=letter, after=None) if n else "",
            is_open=letter == (is_open or first),
        )
        for letter, n in counts.items()
        if n or letter == is_open or _belongs(letter, names)
    ]


def _belongs(letter: str, names: str) -> bool:
    """Whether a letter is shown although no name begins with it."""
    is_vietnamese = names == Names.COMMON and _language() == "vie"
    if letter == OTHER:
        return False
    return letter not in NOT_VIETNAMESE if is_vietnamese else letter in LATIN


def page(
    request: HttpRequest, visible: QuerySet[Species], *, names: str, letter: str, after: str
) -> KeyPage:
    """Return a page of the names under a letter, as entries."""
    parts = [_under(part, letter) for part in _parts(visible, names)]
    rows = _rows_after(parts, after)[: NAMES_PER_PAGE + 1]
    shown = list(rows)
    more = len(shown) > NAMES_PER_PAGE
    shown = shown[:NAMES_PER_PAGE]
    last = f"{shown[-1]['row_kind']}-{shown[-1]['row_pk']}" if more else ""
    return KeyPage(
        items=_entries(shown),
        next_url=replace_query(request, after=last) if more else "",
        first_url=replace_query(request, after=None) if after else "",
    )


def _parts(visible: QuerySet[Species], names: str) -> list[QuerySet]:
    """The tables an index is made of, with the same columns."""
    if names == Names.COMMON:
        own = VernacularName.objects.filter(species__in=visible.order_by(), language=_language())
        return [_columns(own, COMMON, folded=F("folded_name"), text=F("name"), species="species")]
    synonyms = Synonym.objects.filter(species__in=visible.order_by())
    return [
        _columns(
            visible,
            ACCEPTED,
            folded=Lower("scientific_name"),
            text=F("scientific_name"),
            species="pk",
            author=F("authorship"),
        ),
        _columns(
            synonyms,
            SYNONYM,
            folded=F("folded_name"),
            text=F("name"),
            species="species",
            author=F("authorship"),
            note=F("kind"),
        ),
    ]


def _columns(rows: QuerySet, kind: int, *, folded, text, species: str, author=None, note=None):
    nothing = Value("", output_field=models.CharField())
    return rows.order_by().annotate(
        row_folded=folded,
        row_text=text,
        row_kind=Value(kind),
        row_pk=F("pk"),
        row_author=author or nothing,
        row_note=note or nothing,
        row_species=F(species),
        row_initial=Case(
            When(Q(row_text__startswith="Đ") | Q(row_text__startswith="đ"), then=Value("đ")),
            default=Substr("row_folded", 1, 1),
        ),
    )


def _under(rows: QuerySet, letter: str) -> QuerySet:
    if letter == OTHER:
        return rows.exclude(row_initial__in=list(ALPHABET))
    return rows.filter(row_initial=letter)


def _rows_after(parts: Sequence[QuerySet], after: str) -> QuerySet:
    """The rows of all parts in their common order, behind the one that `after` names."""
    start = _start(parts, after)
    if start:
        parts = [part.filter(_beyond(start)) for part in parts]
    first, *others = (part.values(*COLUMNS) for part in parts)
    return first.union(*others, all=True).order_by(*PLACE) if others else first.order_by(*PLACE)


def _start(parts: Iterable[QuerySet], after: str) -> dict | None:
    if not after:
        return None
    kind, pk = after.split("-")
    found = (part.filter(row_kind=int(kind), pk=int(pk)).values(*PLACE).first() for part in parts)
    return next((row for row in found if row), None)


def _beyond(start: dict) -> Q:
    """Return the condition that a row stands behind this one: later in one column, alike before."""
    condition, alike = Q(), Q()
    for column in PLACE:
        condition |= alike & Q(**{f"{column}__gt": start[column]})
        alike &= Q(**{column: start[column]})
    return condition


def _entries(rows: list[dict]) -> list[Entry]:
    species = (
        Species.objects.filter(pk__in={row["row_species"] for row in rows})
        .only("slug", "scientific_name", "authorship")
        .prefetch_related("names")
        .in_bulk()
    )
    return [_entry(row, species[row["row_species"]]) for row in rows]


def _entry(row: dict, species: Species) -> Entry:
    if row["row_kind"] == COMMON:
        preferred = species.name_in(get_language() or "vi")
        language, see = get_language() or "vi", preferred is None or preferred.pk != row["row_pk"]
    else:
        language, see = "la", row["row_kind"] == SYNONYM
    note = Synonym.Kind.MISAPPLIED.label if row["row_note"] == Synonym.Kind.MISAPPLIED else ""
    return Entry(
        name=row["row_text"],
        language=language,
        authorship=row["row_author"],
        note=str(note),
        species=species,
        see=see,
    )


def _language() -> str:
    """The language of the common names: the reader's own."""
    return NAME_LANGUAGE.get((get_language() or "vi")[:2], "vie")
