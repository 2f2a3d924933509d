"""The table of columns: which sheets a record has, and how each column reads and writes a field.

Export, import, comparison, history and provenance all follow this one declaration; a new column of
a model is one line here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db.models import Field, Model

from catalogue.exchange.kinds import Amount, Code, Codes, Flag, Number, Text, Word
from catalogue.exchange.words import Words
from catalogue.models import (
    Commune,
    Compound,
    ConservationStatus,
    Distribution,
    Family,
    Figure,
    Language,
    LookAlike,
    Marker,
    Part,
    Preparation,
    PreparationForm,
    Province,
    Reference,
    Season,
    Species,
    SpeciesText,
    SpeciesTrait,
    StrategicGroup,
    Synonym,
    TraitState,
    VernacularName,
)
from catalogue.models.texts import PASSAGES
from media.models import MediaFile, MuseumDocument, MuseumImage

Cells = tuple[str, ...]

TEXT = Text()

KEY = "species"  # the first column of every sheet but the first: the address of the record


@dataclass(frozen=True)
class Column:
    """A column of a sheet, and the field of the model that it shows."""

    name: str
    kind: Text = TEXT
    # False for what a revision does not hold, and so has no history.
    has_history: bool = True


@dataclass(frozen=True, eq=False)
class Sheet:
    """The rows of one kind that a record has; of the first sheet it has exactly one.

    `key` names the columns by which a changed row is known again. They hold all that must be
    unique among the rows of a record, so that no row ever takes the place of another. Rows without
    an order are sorted, so that their order is never a change.
    """

    name: str
    model: type[Model]
    columns: Sequence[Column]
    key: Sequence[str] = ()
    label: Sequence[str] = ()  # what names a row to a reader, when it is not the key
    is_ordered: bool = True
    # False where the columns say already all that the model's clean() asks the database again.
    is_cleaned: bool = True

    key_kind = TEXT  # of the first column
    is_single = False  # whether each record has one line

    @property
    def relation(self) -> str:
        return self.name

    @cached_property
    def headers(self) -> list[str]:
        """The first line of the sheet."""
        return [KEY, *(column.name for column in self.columns)]

    @cached_property
    def fields(self) -> list[Field]:
        """The model's fields, in the order of the columns."""
        return [self.model._meta.get_field(column.name) for column in self.columns]

    def position(self, name: str) -> int:
        return [column.name for column in self.columns].index(name)

    def key_of(self, cells: Cells) -> Cells:
        return tuple(cells[self.position(name)] for name in self.key)

    def label_of(self, cells: Cells) -> str:
        """Name a row to a reader: its first word, and what else tells it from others."""
        first, *others = [cells[self.position(name)] for name in self.label or self.key] or [""]
        others = [word for word in others if word]
        if not first:
            return " · ".join(others)
        return f"{first} ({', '.join(others)})" if others else first

    def covers(self, cells: Cells) -> bool:
        """Return whether the sheet shows this row, and so may replace it."""
        return True

    def lines(self, rows: Sequence[Cells]) -> list[Cells]:
        """Return the lines of the sheet that say what these rows of a record say."""
        return list(rows)

    def rows(self, line: Cells) -> list[Cells]:
        """Return what one line of the sheet says as rows of the model."""
        return [line]

    def header_of(self, cells: Cells, name: str) -> str:
        """Return the header over the cell in which a row of the model has this column."""
        return name

    def line_kinds(self) -> list[Text]:
        """Return the kind of every cell of a line, after the key."""
        return [column.kind for column in self.columns]


@dataclass(frozen=True, eq=False)
class RecordSheet(Sheet):
    """The sheet with one line per record; the address itself is its first column."""

    is_single = True

    @cached_property
    def headers(self) -> list[str]:
        return ["slug", *(column.name for column in self.columns)]


@dataclass(frozen=True, eq=False)
class TextSheet(Sheet):
    """Texts of all languages beside one another: a line per record, a column per language."""

    is_single = True
    passages: Sequence[str] = PASSAGES

    @cached_property
    def _languages(self) -> list[str]:
        return [code for code, _name in settings.LANGUAGES]

    @cached_property
    def headers(self) -> list[str]:
        return [KEY, *(f"{p}[{code}]" for p in self.passages for code in self._languages)]

    def covers(self, cells: Cells) -> bool:
        return cells[0] in self._languages and any(cells[1:])

    def lines(self, rows: Sequence[Cells]) -> list[Cells]:
        said = {cells[0]: cells[1:] for cells in rows if self.covers(cells)}
        if not said:
            return []
        nothing = ("",) * len(self.passages)
        return [
            tuple(
                said.get(code, nothing)[n]
                for n in range(len(self.passages))
                for code in self._languages
            )
        ]

    def rows(self, line: Cells) -> list[Cells]:
        step = len(self._languages)
        rows = [(code, *line[n::step]) for n, code in enumerate(self._languages)]
        return [cells for cells in rows if any(cells[1:])]

    def header_of(self, cells: Cells, name: str) -> str:
        return f"{name}[{cells[0]}]" if name in self.passages else name

    def line_kinds(self) -> list[Text]:
        return [TEXT] * (len(self.headers) - 1)


def _sourced(*columns: Column) -> list[Column]:
    return [*columns, Column("source", Code(Reference)), Column("locator")]


RECORD = RecordSheet(
    "species",
    Species,
    [
        Column("scientific_name"),
        Column("authorship"),
        Column("rank"),
        Column("family", Code(Family)),
        Column("parts", Codes(Part)),
        Column("groups", Codes(StrategicGroup)),
        Column("references", Codes(Reference)),
        Column("is_toxic", Flag()),
        Column("elevation_min_m", Number()),
        Column("elevation_max_m", Number()),
        Column("trade"),
        Column("is_demonstration", Flag()),
        Column("live", Flag(), has_history=False),
    ],
)

CHILDREN: list[Sheet] = [
    Sheet(
        "names",
        VernacularName,
        _sourced(
            Column("name"),
            Column("language", Word(Language)),
            Column("kind"),
            Column("spoken_as"),
            Column("commune", Code(Commune, width=5)),
            Column("giver"),
            Column("recording", Code(MediaFile)),
        ),
        key=["name", "language", "kind"],
        is_cleaned=False,
    ),
    Sheet(
        "synonyms",
        Synonym,
        [Column("name"), Column("authorship"), Column("kind")],
        key=["name"],
    ),
    TextSheet(
        "texts",
        SpeciesText,
        [Column("language"), *(Column(name) for name in PASSAGES)],
        key=["language"],
        is_ordered=False,
    ),
    Sheet(
        "traits",
        SpeciesTrait,
        [Column("state", Code(TraitState))],
        key=["state"],
        is_ordered=False,
    ),
    Sheet(
        "preparations",
        Preparation,
        _sourced(Column("part", Code(Part)), Column("form", Code(PreparationForm))),
        key=["part", "form"],
    ),
    Sheet(
        "markers",
        Marker,
        _sourced(
            Column("part", Code(Part)),
            Column("compound", Code(Compound)),
            Column("bound"),
            Column("limit", Amount()),
            Column("unit"),
            Column("basis"),
            Column("edition"),
            Column("method"),
        ),
        key=["part", "compound", "edition"],
        label=["compound", "part", "edition"],
    ),
    Sheet(
        "seasons",
        Season,
        _sourced(
            Column("kind"),
            Column("part", Code(Part)),
            Column("first_month", Number()),
            Column("last_month", Number()),
        ),
        key=["kind", "part", "first_month"],
    ),
    Sheet(
        "distribution",
        Distribution,
        _sourced(
            Column("province", Code(Province, width=2)),
            Column("commune", Code(Commune, width=5)),
            Column("area_code"),
            Column("status"),
            Column("means"),
        ),
        key=["province", "commune", "area_code"],
    ),
    Sheet(
        "conservation",
        ConservationStatus,
        _sourced(
            Column("authority"),
            Column("edition"),
            Column("category"),
            Column("criteria"),
            Column("year", Number()),
            Column("scope"),
            Column("name_as_assessed"),
        ),
        key=["authority", "edition", "scope", "name_as_assessed"],
    ),
    Sheet(
        "look_alikes",
        LookAlike,
        [
            Column("other", Code(Species)),
            Column("scientific_name"),
            Column("authorship"),
            Column("vernacular"),
            Column("is_toxic", Flag()),
        ],
        key=["scientific_name"],
    ),
    Sheet(
        "figures",
        Figure,
        [
            Column("image", Code(MuseumImage)),
            Column("file", Code(MediaFile)),
            Column("document", Code(MuseumDocument)),
            Column("part", Code(Part)),
        ],
        key=["image", "file", "document"],
    ),
]

SHEETS: list[Sheet] = [RECORD, *CHILDREN]


def cells_of(sheet: Sheet, raw: Sequence[Any], words: Words) -> Cells:
    """Return stored values, in the order of the columns, as the cells of a sheet."""
    return tuple(
        column.kind.text(value, words) for column, value in zip(sheet.columns, raw, strict=True)
    )
