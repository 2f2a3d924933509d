"""Decisions about certificates. What follows from them is derived, never written elsewhere."""

from django.db import transaction

from wagtail.log_actions import log

from catalogue.models import Certificate
from catalogue.signals import certificate_changed


@transaction.atomic
def decide(*, certificate: Certificate, decision: str, reason: str, person=None) -> Certificate:
    """Accept, suspend or withdraw a certificate, and say so to whoever follows.

    The row is read again, so that two decisions at once end in the later one. A suspension or
    withdrawal needs a reason: ValueError without one.
    """
    decision = Certificate.Decision(decision)
    if decision in Certificate.NEEDS_REASON and not reason.strip():
        raise ValueError("A suspension or withdrawal needs a reason.")
    current = Certificate.objects.get(pk=certificate.pk)
    current.decision = decision
    current.decision_reason = reason.strip()
    current.save(update_fields=["decision", "decision_reason", "changed_at"])
    log(
        instance=current,
        action="catalogue.certificate.decided",
        user=person,
        data={"decision": decision.value, "reason": current.decision_reason},
    )
    announce(current)
    return current


def announce(certificate: Certificate) -> None:
    """Tell whoever follows that a certificate changed."""
    certificate_changed.send(sender=Certificate, pk=certificate.pk)
