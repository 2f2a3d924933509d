"""Certificates and OCOP stars begin, come due and end by the day without anybody changing them: a
day is followed, too.
"""

from datetime import date, timedelta
from typing import TypeVar

from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from catalogue.models import Certificate, FollowedDay, OcopProduct
from catalogue.signals import (
    certificate_changed,
    certificate_due,
    certificate_expired,
    ocop_changed,
)

Dated = TypeVar("Dated", bound=Model)
DAY = timedelta(days=1)


def follow_today() -> int:
    """Announce what began, came due or ended since the last day followed; say how many records.

    Safe to run at any time, late, and in two places at once: a day is followed once.
    """
    today = timezone.localdate()
    if FollowedDay.objects.filter(day__gte=today).exists():
        return 0
    with transaction.atomic():
        _row, is_ours = FollowedDay.objects.get_or_create(day=today)
        if not is_ours:
            return 0
        last = FollowedDay.objects.filter(day__lt=today).order_by("-day").first()
        announced = _announce(last.day if last else today, today)
        FollowedDay.objects.filter(day__lt=today).delete()
    return announced


def _announce(since: date, today: date) -> int:
    changed = _pks(_begun_or_ended(Certificate.objects, "issued_on", "expires_on", since, today))
    expired = _pks(_passed(Certificate.objects.accepted(), DAY, since, today))
    soon = timedelta(days=-Certificate.DUE_DAYS)
    due = _pks(_passed(Certificate.objects.accepted(), soon, since, today))
    products = _begun_or_ended(OcopProduct.objects, "decided_on", "valid_until", since, today)
    starred = list(products.values_list("establishment", "species"))
    for signal, pks in (
        (certificate_changed, changed),
        (certificate_due, due),
        (certificate_expired, expired),
    ):
        for pk in pks:
            signal.send(sender=Certificate, pk=pk)
    for establishment, species in starred:
        ocop_changed.send(sender=OcopProduct, establishment=establishment, species=species)
    return len({*changed, *due}) + len(starred)


def _pks(records: QuerySet) -> list[int]:
    return list(records.order_by().values_list("pk", flat=True))


def _passed(
    certificates: QuerySet[Certificate], after: timedelta, since: date, today: date
) -> QuerySet[Certificate]:
    """Keep certificates of which the day so long after their last one lies in (since, today]."""
    return certificates.filter(expires_on__gt=since - after, expires_on__lte=today - after)


def _begun_or_ended(
    records: QuerySet[Dated], first: str, last: str, since: date, today: date
) -> QuerySet[Dated]:
    """Keep records whose first day, or the day after their last, lies in (since, today]."""
    begun = Q(**{f"{first}__gt": since, f"{first}__lte": today})
    ended = Q(**{f"{last}__gt": since - DAY, f"{last}__lte": today - DAY})
    return records.filter(begun | ended)
