"""Changes of accepted records: proposed by one person, accepted or refused by another."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Field, ManyToManyField, Model
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail.log_actions import log

from catalogue.locks import records_for_update
from catalogue.models import AreaAmendment, CertificateAmendment
from catalogue.models.amendments import Amendment
from catalogue.services.decisions import Record, announce
from catalogue.services.registers import said

Value = Any  # what JSON can hold
MEANWHILE = gettext_lazy("This is no longer possible: something changed in the meantime.")


class AmendmentRefused(Exception):
    """A change that cannot be proposed or settled; `str()` is the sentence to show."""


@transaction.atomic
def propose(*, record: Record, wanted: Mapping[str, Any], reason: str, person) -> Amendment:
    """Put down what is to be changed of a record, as cleaned form data give it.

    The record holds as it is meanwhile. Raises AmendmentRefused while it may be edited by hand or
    is being verified, while another change waits, and when nothing differs.
    """
    current = records_for_update(type(record)).get(pk=record.pk)
    if current.is_under_review:
        raise AmendmentRefused(_("This record is being verified; it is changed by hand then."))
    if current.amendments.filter(outcome=Amendment.Outcome.PENDING).exists():
        raise AmendmentRefused(_("Another change of this record waits to be settled."))
    changes = {
        name: [before, after]
        for name, value in wanted.items()
        if (before := stored_value(current, name)) != (after := plain(value))
    }
    if not changes:
        raise AmendmentRefused(_("Nothing is different from what the register holds."))
    words = {
        name: [said(current, name), _in_words(current, name, wanted[name])] for name in changes
    }
    return current.amendments.create(
        changes=changes, words=words, reason=reason.strip(), proposed_by=person
    )


@transaction.atomic
def settle(*, amendment: Amendment, accept: bool, note: str = "", person) -> Record:
    """Accept or refuse a proposed change; what is accepted is written and announced.

    Locks the record, so that of two at once the later one sees the earlier. Raises
    AmendmentRefused for the person who proposed it, for a refusal without a word, when the record
    has changed since, and when it would not be right any more.
    """
    record = records_for_update(type(amendment.record)).get(pk=amendment.record_id)
    amendment = type(amendment).objects.get(pk=amendment.pk)
    _require_settling(amendment, accept=accept, note=note, person=person)
    if accept:
        _require_unchanged(record, amendment)
        _write(record, {name: after for name, (_before, after) in amendment.changes.items()})
        log(
            instance=record,
            action="catalogue.register.changed",
            user=person,
            data={"changes": amendment.words},
        )
    amendment.outcome = Amendment.Outcome.ACCEPTED if accept else Amendment.Outcome.REFUSED
    amendment.note, amendment.settled_by = ("" if accept else note.strip()), person
    amendment.settled_at = timezone.now()
    amendment.save()
    if accept:
        announce(record)
    return record


def _require_settling(amendment: Amendment, *, accept: bool, note: str, person) -> None:
    if not amendment.is_pending:
        raise AmendmentRefused(MEANWHILE)
    if accept and amendment.proposed_by_id == person.pk:
        raise AmendmentRefused(_("You proposed this change. Somebody else has to accept it."))
    if not accept and not note.strip():
        raise AmendmentRefused(_("Say why it is refused."))


def _require_unchanged(record: Record, amendment: Amendment) -> None:
    moved = any(
        stored_value(record, name) != before for name, (before, _after) in amendment.changes.items()
    )
    if record.is_under_review or moved:
        raise AmendmentRefused(
            _("The record has changed since. Refuse this change and propose it anew.")
        )


def _write(record: Record, values: Mapping[str, Value]) -> None:
    """Write values into a record. Raises AmendmentRefused when they are not right any more."""
    many = {name for name in values if isinstance(_field(record, name), ManyToManyField)}
    for name in values.keys() - many:
        field = _field(record, name)
        setattr(record, field.attname, field.to_python(values[name]))
    try:
        record.full_clean()
        record.save()
    except ValidationError as error:
        raise AmendmentRefused(" ".join(error.messages)) from error
    except IntegrityError as error:  # somebody was quicker with the same number
        raise AmendmentRefused(MEANWHILE) from error
    for name in many:
        found = _field(record, name).related_model._default_manager.in_bulk(values[name])
        if len(found) < len(values[name]):
            raise AmendmentRefused(_("Something that it names is no longer there."))
        getattr(record, name).set(found.values())


def stored_value(record: Record, name: str) -> Value:
    """Return what a field of a record holds, as JSON can hold it."""
    field = _field(record, name)
    if isinstance(field, ManyToManyField):
        return sorted(getattr(record, name).values_list("pk", flat=True))
    return plain(getattr(record, field.attname))


def plain(value: Any) -> Value:
    """Return a cleaned value as JSON can hold it: keys for records, text for days."""
    if isinstance(value, Model):
        return value.pk
    if hasattr(value, "values_list"):
        return sorted(value.values_list("pk", flat=True))
    return value.isoformat() if hasattr(value, "isoformat") else value


def _in_words(record: Record, name: str, value: Any) -> str:
    if hasattr(value, "values_list"):
        return ", ".join(sorted(str(one) for one in value))
    changed = type(record)(**{name: value})
    return said(changed, name)


def _field(record: Record, name: str) -> Field:
    return record._meta.get_field(name)


def pending() -> list[Amendment]:
    """Return the proposed changes that wait, those that wait longest first."""
    found = [
        amendment
        for model in (CertificateAmendment, AreaAmendment)
        for amendment in model.objects.filter(outcome=Amendment.Outcome.PENDING).select_related(
            "record__establishment", "proposed_by"
        )
    ]
    return sorted(found, key=lambda amendment: amendment.proposed_at)
