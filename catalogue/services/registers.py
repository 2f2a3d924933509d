"""Changes of what a register says, beside the decisions about it."""

from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Manager, Model

from wagtail.log_actions import log

from core.days import format_day


def facts_of(pk: int | None, model: type[Model], names: Iterable[str]) -> dict[str, str]:
    """Return some stored fields of a record as words; of a record that is not stored, nothing."""
    stored = model._default_manager.filter(pk=pk).first() if pk else None
    return {name: said(stored, name) for name in names} if stored else {}


def note_changes(*, record: Model, before: Mapping[str, str], person) -> None:
    """Write into the record's history what was changed, from what to what."""
    after = facts_of(record.pk, type(record), before)
    changes = {name: [before[name], after[name]] for name in before if before[name] != after[name]}
    if changes:
        log(
            instance=record,
            action="catalogue.register.changed",
            user=person,
            data={"changes": changes},
        )


def said(record: Model, name: str) -> str:
    """Return what a field of a record holds, in words."""
    value = getattr(record, name)
    if isinstance(value, Manager):
        return ", ".join(sorted(str(one) for one in value.all()))
    if hasattr(value, "isoformat"):
        return format_day(value)
    display = getattr(record, f"get_{name}_display", None)
    if display:
        return str(display())
    return "" if value is None else str(value)


def said_of_change(model: type[Model], changes: Mapping[str, Sequence[str]]) -> str:
    """Return noted changes as words for the history of a record."""
    return "; ".join(
        f"{model._meta.get_field(name).verbose_name}: {before} → {after}"
        for name, (before, after) in changes.items()
    )
