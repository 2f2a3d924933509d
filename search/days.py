"""Certificates and OCOP stars begin and end by the day without anybody changing them: a day is
followed, too.
"""

from datetime import date, timedelta
from typing import TypeVar

from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from catalogue.models import Certificate, OcopProduct
from catalogue.signals import certificate_changed, ocop_changed
from search.models import FollowedDay

Dated = TypeVar("Dated", bound=Model)


def follow_today() -> int:
    """Announce what began or ended since the last day followed; say how many records.

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
    certificates = _begun_or_ended(
        Certificate.objects.all(), "issued_on", "expires_on", since, today
    ).values_list("pk", flat=True)
    products = _begun_or_ended(
        OcopProduct.objects.all(), "decided_on", "valid_until", since, today
    ).values_list("establishment", "species")
    changed, starred = list(certificates), list(products)
    for pk in changed:
        certificate_changed.send(sender=Certificate, pk=pk)
    for establishment, species in starred:
        ocop_changed.send(sender=OcopProduct, establishment=establishment, species=species)
    return len(changed) + len(starred)


def _begun_or_ended(
    records: QuerySet[Dated], first: str, last: str, since: date, today: date
) -> QuerySet[Dated]:
    """Keep records whose first day, or the day after their last, lies in (since, today]."""
    day = timedelta(days=1)
    begun = Q(**{f"{first}__gt": since, f"{first}__lte": today})
    ended = Q(**{f"{last}__gt": since - day, f"{last}__lte": today - day})
    return records.filter(begun | ended)
