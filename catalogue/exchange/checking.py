"""The models' own rules, asked of many rows without asking the database for each of them.

Fields, `clean()` and constraints are the models'. Two things differ from `full_clean()`: foreign
keys were looked up in lists that are read once, and the conditions of constraints are worked out
here, because Django asks the database to work out each of them.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import CheckConstraint, F, ForeignKey, Model, Q, UniqueConstraint
from django.utils.translation import gettext as _

from catalogue.exchange.words import Words
from catalogue.footnotes import unknown_codes

Fault = tuple[str, str]  # the field, or nothing for the whole row; and what is wrong


def faults_of(instance: Model, fields: Sequence[str], *, cleaned: bool = True) -> Iterator[Fault]:
    """Yield what the model refuses of a row: its fields, its clean(), its check constraints."""
    keys = [f.name for f in instance._meta.get_fields() if isinstance(f, ForeignKey)]
    lists = [f.name for f in instance._meta.many_to_many]
    others = [f.name for f in instance._meta.fields if f.name not in fields and not f.primary_key]
    faults = [*_missing_keys(instance, fields)]
    faults += _raised(lambda: instance.clean_fields(exclude={*keys, *lists, *others}))
    if cleaned and not faults:
        faults += _raised(instance.clean)
    yield from faults
    if not faults:
        yield from _broken_constraints(instance)


def _missing_keys(instance: Model, fields: Sequence[str]) -> Iterator[Fault]:
    for name in fields:
        field = instance._meta.get_field(name)
        is_asked = isinstance(field, ForeignKey) and not field.null
        if is_asked and getattr(instance, field.attname) is None:
            yield name, str(field.error_messages["blank"])


def _raised(check: Callable[[], None]) -> list[Fault]:
    try:
        check()
    except ValidationError as error:
        if not hasattr(error, "error_dict"):
            return [("", message) for message in error.messages]
        return [
            ("" if name == NON_FIELD_ERRORS else name, message)
            for name, messages in error.message_dict.items()
            for message in messages
        ]
    return []


def _broken_constraints(instance: Model) -> Iterator[Fault]:
    for constraint in instance._meta.constraints:
        is_check = isinstance(constraint, CheckConstraint)
        if is_check and holds(constraint.condition, instance) is False:
            yield "", str(constraint.get_violation_error_message())


def repeated(rows: Sequence[Model]) -> Iterator[tuple[Model, Model]]:
    """Yield rows of one record that a unique constraint refuses, each with the row before it."""
    constraints = rows[0]._meta.constraints if rows else []
    for constraint in constraints:
        if not isinstance(constraint, UniqueConstraint):
            continue
        seen: dict[tuple, Model] = {}
        for row in rows:
            if constraint.condition is not None and not holds(constraint.condition, row):
                continue
            values = tuple(_value(row, name) for name in constraint.fields if name != "species")
            first = seen.setdefault(values, row)
            if first is not row:
                yield row, first


def uncited(text: str, words: Words, works: type[Model]) -> str:
    """Return what is wrong with the works that a text cites, or nothing."""
    known = words.by_code(works)
    unknown = sorted(unknown_codes([text], set(known)))
    if not unknown:
        return ""
    return _("No reference has the code %(codes)s.") % {
        "codes": ", ".join(f"[^{code}]" for code in unknown)
    }


def holds(condition: Q, row: Model) -> bool | None:
    """Return whether a row fulfils a condition as a database says it: yes, no or unknown."""
    answers = [
        holds(child, row) if isinstance(child, Q) else _compare(row, *child)
        for child in condition.children
    ]
    decisive = condition.connector == Q.OR
    if decisive in answers:
        answer: bool | None = decisive
    elif None in answers:
        answer = None
    else:
        answer = not decisive
    return answer if answer is None or not condition.negated else not answer


def _compare(row: Model, lookup: str, wanted: Any) -> bool | None:
    name, _sep, how = lookup.partition("__")
    value = _value(row, name)
    if how == "isnull":
        return (value is None) == wanted
    wanted = _value(row, wanted.name) if isinstance(wanted, F) else wanted
    if value is None or wanted is None:
        return None
    if how == "range":
        return wanted[0] <= value <= wanted[1]
    return _COMPARISONS[how](value, wanted)


_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "": lambda value, wanted: value == wanted,
    "gte": lambda value, wanted: value >= wanted,
    "gt": lambda value, wanted: value > wanted,
    "lte": lambda value, wanted: value <= wanted,
    "lt": lambda value, wanted: value < wanted,
}


def _value(row: Model, name: str) -> Any:
    return getattr(row, row._meta.get_field(name).attname)
