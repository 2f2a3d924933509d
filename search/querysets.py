"""The vocabulary of saved searches: whose they are, which are due, which lots are news."""

from datetime import datetime, timedelta
from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from market.models import Lot

# A digest goes out when people begin to work, or as soon as it can before noon.
MORNING, NOON = 7, 12
CLOCKS_DIFFER_BY = timedelta(minutes=1)
# However little the index seems to have heard.
LOOK_AGAIN_AFTER = timedelta(days=1)


def morning_of(at: datetime) -> datetime | None:
    """Return when the morning began in Viet Nam, or None when it is not morning there."""
    there = timezone.localtime(at)
    if not MORNING <= there.hour < NOON:
        return None
    return there.replace(hour=MORNING, minute=0, second=0, microsecond=0)


class SavedSearchQuerySet(models.QuerySet):
    """Words about saved searches."""

    def of(self, person: Any) -> Self:
        """Return what a person has saved, and nobody else's."""
        return self.filter(person=person)

    def watching(self) -> Self:
        """Keep searches whose person wants to hear of new lots and can be written to."""
        return self.exclude(frequency=self.model.Frequency.NONE).filter(
            ~Q(person__email=""), person__is_active=True
        )

    def to_look_at(self, at: datetime, heard: datetime | None) -> Self:
        """Return the searches for which the index is to be asked now.

        `heard` is when the index last heard of a lot: who was told everything since then is not
        told more by asking again. A digest asks in the morning only.
        """
        news = Q(looked_at=None) | Q(looked_at__lt=at - LOOK_AGAIN_AFTER)
        if heard:
            news |= Q(looked_at__lte=heard + CLOCKS_DIFFER_BY)
        due = Q(news, frequency=self.model.Frequency.AT_ONCE)
        if morning := morning_of(at):
            unasked = Q(looked_at=None) | Q(looked_at__lt=morning)
            due |= Q(unasked, frequency=self.model.Frequency.DAILY, digested_at__lt=morning)
        return self.watching().filter(due)

    def to_write_about(self, at: datetime) -> Self:
        """Return the searches about which a mail may have to be written now.

        Those with alerts waiting; of the daily ones only what was asked this morning.
        """
        waiting = apps.get_model("search", "Alert").objects.waiting()
        due = Q(frequency=self.model.Frequency.AT_ONCE)
        if morning := morning_of(at):
            due |= Q(
                frequency=self.model.Frequency.DAILY,
                digested_at__lt=morning,
                looked_at__gte=morning,
            )
        return self.watching().filter(due, Exists(waiting.filter(search=OuterRef("pk"))))


class AlertQuerySet(models.QuerySet):
    """Words about alerts."""

    def waiting(self) -> Self:
        """Return what was found and is not sent, of lots that can be ordered now."""
        return self.filter(sent_at=None, lot__in=Lot.objects.sellable().order_by().values("pk"))
