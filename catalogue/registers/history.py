"""What everybody may read of what happened to a record of the registers."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from catalogue.models.amendments import Amendment
from catalogue.services.decisions import Record


@dataclass(frozen=True)
class Event:
    """Something that was decided about a record, without the names of the staff."""

    made_at: datetime
    what: str
    reason: str


def events(record: Record) -> list[Event]:
    """Return what was decided about a record and changed of it, in order; two queries.

    Of a change only the fields are named: old values may tell a place that is withheld now.
    """
    decided = [
        Event(row.made_at, row.get_decision_display(), row.reason)
        for row in record.decisions.public()
    ]
    changed = [
        Event(
            one.settled_at, _("changed: %(fields)s") % {"fields": _fields(record, one)}, one.reason
        )
        for one in record.amendments.filter(outcome=Amendment.Outcome.ACCEPTED)
    ]
    return sorted([*decided, *changed], key=lambda event: event.made_at)


def _fields(record: Record, amendment: Amendment) -> str:
    return ", ".join(str(record._meta.get_field(name).verbose_name) for name in amendment.changes)
