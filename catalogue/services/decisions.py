"""Decisions of the register. What follows from them is derived, never written elsewhere."""

from django.db import transaction
from django.utils.translation import gettext as _

from wagtail.log_actions import log

from catalogue.decisions import FOUR_EYES, MOVES, UNDER_REVIEW, Decision, needs_reason
from catalogue.locks import records_for_update
from catalogue.models import Certificate, GrowingArea
from catalogue.signals import area_changed, certificate_changed, register_decided

Record = Certificate | GrowingArea


class DecisionRefused(Exception):
    """A step that cannot be taken; `str()` is the sentence to show. Nothing has been changed."""


@transaction.atomic
def decide(*, record: Record, decision: str, reason: str = "", person) -> Record:
    """Take the next step with a certificate or a growing area, and say so to whoever follows.

    The row is locked and read again, so that of two decisions at once the later one sees the
    earlier. Acceptance and withdrawal need another person than the step before. Raises
    DecisionRefused.
    """
    step = Decision(decision)
    current = records_for_update(type(record)).get(pk=record.pk)
    before = Decision(current.decision)
    refusal = refusal_of(current, step, reason=reason, person=person)
    if refusal:
        raise DecisionRefused(refusal)
    current.decision = step
    current.save(update_fields=["decision", *_stamps(current)])
    row = current.decisions.create(decision=step, reason=reason.strip(), person=person)
    log(
        instance=current,
        action="catalogue.register.decided",
        user=person,
        data={"decision": step.value, "reason": row.reason},
    )
    announce(current)
    if Decision.ACCEPTED in (before, step) or step not in UNDER_REVIEW:
        register_decided.send(sender=type(current), record=current, row=row)
    return current


def possible_steps(record: Record, person) -> list[Decision]:
    """Return the steps that a person could take with a record now, in the order of the process."""
    return [
        step
        for step in Decision
        if step in MOVES[Decision(record.decision)] and not _has_two_eyes(record, step, person)
    ]


def refusal_of(record: Record, step: Decision, *, reason: str, person) -> str:
    """Return why a step cannot be taken, as a sentence for the person; "" when it can."""
    before = Decision(record.decision)
    if step not in MOVES[before]:
        return _("This is no longer possible: something changed in the meantime.")
    if needs_reason(before, step) and not reason.strip():
        return _("Say why; of a check, say against what it was made.")
    if _has_two_eyes(record, step, person):
        return _("You took the step before. Somebody else has to take this one.")
    return ""


def _has_two_eyes(record: Record, step: Decision, person) -> bool:
    if step not in FOUR_EYES:
        return False
    last = record.decisions.last()
    return last is not None and last.person_id == person.pk


def _stamps(record: Record) -> list[str]:
    """Return the columns that say when a record last changed, where it has one."""
    return ["changed_at"] if isinstance(record, Certificate) else []


def announce(record: Record) -> None:
    """Tell whoever follows that a certificate or a growing area changed."""
    signal = certificate_changed if isinstance(record, Certificate) else area_changed
    signal.send(sender=type(record), pk=record.pk)
