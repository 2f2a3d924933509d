"""Says in the market's own words what the database reports of its records."""

from typing import Any

from django.db.models.signals import post_delete

from catalogue.models import Certificate
from catalogue.models.decisions import DecisionRow
from catalogue.services.decisions import Record
from catalogue.signals import certificate_due, certificate_expired, register_decided
from market.models import Analysis, Notice
from market.services import analyses, notices
from market.tasks import tell_concerned

News = Notice.News


def connect() -> None:
    """Listen to what staff do by hand; called once, when the apps are ready."""
    post_delete.connect(announce_analysis, sender=Analysis, dispatch_uid="market")
    register_decided.connect(tell_of_decision, dispatch_uid="market")
    certificate_due.connect(tell_of_due, dispatch_uid="market")
    certificate_expired.connect(tell_of_expired, dispatch_uid="market")


def announce_analysis(sender: Any, *, instance: Analysis, **kwargs: Any) -> None:
    analyses.announce(instance)


def tell_of_decision(sender: Any, *, record: Record, row: DecisionRow, **kwargs: Any) -> None:
    """What is submitted again and checked again is news to nobody until it is accepted."""
    if row.decision in News.values:
        key = f"{row._meta.model_name}-{row.pk}"
        _tell(record=record, news=News(row.decision), key=key, reason=row.reason)


def tell_of_due(sender: Any, *, pk: int, **kwargs: Any) -> None:
    _tell_of_day(pk, News.DUE)


def tell_of_expired(sender: Any, *, pk: int, **kwargs: Any) -> None:
    _tell_of_day(pk, News.EXPIRED)


def _tell_of_day(pk: int, news: News) -> None:
    certificate = Certificate.objects.get(pk=pk)
    key = f"certificate-{pk}-{news}-{certificate.expires_on:%Y-%m-%d}"
    _tell(record=certificate, news=news, key=key)


def _tell(**about: Any) -> None:
    if notices.put_down(**about):
        tell_concerned.enqueue()
