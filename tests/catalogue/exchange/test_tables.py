"""The one table of columns: that it is whole, and that what follows from it holds."""

from itertools import product

from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint, UniqueConstraint

from wagtail.models import DraftStateMixin, LockableMixin

import pytest

from catalogue.exchange.checking import holds
from catalogue.exchange.facts import stored
from catalogue.exchange.guide import guide
from catalogue.exchange.tables import CHILDREN, RECORD, SHEETS
from catalogue.exchange.words import Words
from catalogue.models import Species
from core.languages import language_choices

NOT_OF_THE_RECORD = {
    f.name for mixin in (DraftStateMixin, LockableMixin) for f in mixin._meta.fields
} - {"live"}


def ids(sheet):
    return sheet.name


@pytest.mark.parametrize("sheet", SHEETS, ids=ids)
def test_every_field_that_an_editor_sees_is_a_column(sheet):
    fields = [*sheet.model._meta.fields, *sheet.model._meta.many_to_many]
    edited = {f.name for f in fields if f.editable and not f.primary_key}
    shown = {column.name for column in sheet.columns}
    assert edited - NOT_OF_THE_RECORD - shown - {"species", "sort_order"} == (
        {"slug"} if sheet is RECORD else set()
    )
    assert shown <= edited | {"live"}


def test_every_table_of_a_species_is_a_sheet():
    related = {r.get_accessor_name() for r in Species._meta.related_objects}
    children = {
        r.get_accessor_name()
        for r in Species._meta.related_objects
        if type(r.field).__name__ == "ParentalKey"
    }
    assert children == {sheet.relation for sheet in CHILDREN} < related


@pytest.mark.parametrize("sheet", CHILDREN, ids=ids)
def test_a_key_holds_all_that_must_be_unique(sheet):
    """So no changed row ever takes the place of another one before that is gone."""
    for constraint in sheet.model._meta.constraints:
        if isinstance(constraint, UniqueConstraint):
            assert set(constraint.fields) - {"species"} <= set(sheet.key)


def test_texts_stand_beside_one_another_in_all_languages():
    texts = next(sheet for sheet in CHILDREN if sheet.name == "texts")
    assert texts.headers[:3] == ["species", "description[vi]", "description[en]"]
    rows = [("en", "A tree.", "Forest.", "", "", "", ""), ("vi", "Cây.", "", "Ăn.", "", "", "")]
    [line] = texts.lines(rows)
    assert line[:6] == ("Cây.", "A tree.", "", "Forest.", "Ăn.", "")
    assert sorted(texts.rows(line)) == rows
    assert texts.lines([]) == []
    assert texts.rows(("",) * 12) == []


# Some values of each field that a condition may name: none, and ones on either side of a limit.
VALUES = {
    "first_month": [0, 1, 13],
    "last_month": [1, 12],
    "limit": [None, -1, 0],
    "elevation_min_m": [None, 5],
    "elevation_max_m": [None, 4, 5],
    "province": [None, "15"],
    "commune": [None, "03006"],
    "other": [None, 1, 2],
    "image": [None, 1],
    "file": [None, 1],
    "document": [None, 1],
    "part": [None, 1],
    "kind": ["harvest", "flowering"],
    "species": [1],
}


def named(condition):
    """Return the fields that a condition names."""
    for child in condition.children:
        if isinstance(child, tuple):
            yield child[0].partition("__")[0]
            if hasattr(child[1], "name"):
                yield child[1].name
        else:
            yield from named(child)


CONDITIONS = [
    (sheet.model, constraint)
    for sheet in SHEETS
    for constraint in sheet.model._meta.constraints
    if isinstance(constraint, CheckConstraint)
]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("model", "constraint"), CONDITIONS, ids=[constraint.name for _m, constraint in CONDITIONS]
)
def test_a_condition_is_worked_out_as_the_database_does_it(model, constraint):
    names = sorted(set(named(constraint.condition)))
    answers = set()
    for values in product(*(VALUES.get(name, ["", "x"]) for name in names)):
        row = model()
        for name, value in zip(names, values, strict=True):
            setattr(row, model._meta.get_field(name).attname, value)
        try:
            constraint.validate(model, row)
            is_fine = True
        except ValidationError:
            is_fine = False
        assert (holds(constraint.condition, row) is not False) == is_fine, values
        answers.add(is_fine)
    assert answers == {True, False}


def test_a_record_has_a_row_on_every_sheet(que):
    facts = stored([que.pk], Words())[que.pk]
    assert list(facts) == [sheet.name for sheet in SHEETS]
    assert all(facts.values())
    assert facts["figures"][0].cells == (f"{que.figures.get().image_id} Vỏ quế", "", "", "bark")
    assert facts["distribution"][1].cells[:5] == ("15", "03006", "", "present", "native")


def test_the_guide_explains_every_column_in_every_language(que):
    lines = list(guide(Words()))
    assert lines[0] == ["sheet", "column", *(code for code, _name in language_choices()), "codes"]
    told = {(sheet, name) for sheet, column, *_rest in lines for name in column.split(", ")}
    for sheet in SHEETS:
        assert {(sheet.name, header) for header in sheet.headers} <= told
    codes = {(line[0], line[1]): line[-1] for line in lines}
    assert codes["species", "rank"] == "species, subspecies, variety, form"
    assert codes["species", "is_toxic"] == "yes, no"
    assert codes["names", "language"] == "eng, ium, vie"
    assert codes["look_alikes", "other"] == "species.slug"
    english = {(line[0], line[1]): line[3] for line in lines}
    assert english["species", "elevation_min_m"] == "Lowest elevation (m)"
