"""Certificates begin and end by the day without anybody changing them: a day is followed, too."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from catalogue.models import Certificate
from catalogue.signals import certificate_changed
from search.models import FollowedDay


def follow_today() -> int:
    """Announce the certificates that began or ended since the last day followed; say how many.

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
        changed = list(
            _begun_or_ended(last.day if last else today, today).values_list("pk", flat=True)
        )
        for pk in changed:
            certificate_changed.send(sender=Certificate, pk=pk)
        FollowedDay.objects.filter(day__lt=today).delete()
    return len(changed)


def _begun_or_ended(since: date, today: date) -> QuerySet[Certificate]:
    """Certificates whose first day, or the day after their last, lies in (since, today]."""
    day = timedelta(days=1)
    begun = Q(issued_on__gt=since, issued_on__lte=today)
    ended = Q(expires_on__gt=since - day, expires_on__lte=today - day)
    return Certificate.objects.filter(begun | ended)
