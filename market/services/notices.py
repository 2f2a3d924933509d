"""Telling people when what their lots rest on comes due, ends, is stopped or restored.

Putting down and writing are apart. What happens is put down in the transaction that makes it
happen; the database lets a piece of news exist once for a person. Writing claims the notices before
the mail goes out, so that two workers never send the same. Between claim and mail a process may be
killed: then that mail is lost rather than sent twice.
"""

import logging
import uuid

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.utils import timezone

from catalogue.models import Certificate, GrowingArea
from core.mail import ServerAway, connected, deliver
from market import notice_mails
from market.models import BuyerMember, Lot, Notice, Order, SellerMember

logger = logging.getLogger(__name__)

News = Notice.News
# Whoever is about to pay for a lot wants to know that it stands on less than it did.
FOR_BUYERS_TOO = frozenset({News.EXPIRED, News.RETURNED, News.SUSPENDED, News.WITHDRAWN})


def put_down(
    *, record: Certificate | GrowingArea, news: News, key: str, reason: str = ""
) -> list[int]:
    """Put down a piece of news for everybody concerned; return their keys.

    Concerned are the members of the holder's seller and of sellers with lots that rest on the
    record; of bad news also the members of buyers whose order of such a lot waits for payment.
    """
    about = {"certificate": record} if isinstance(record, Certificate) else {"area": record}
    people = sorted(_concerned(record, news))
    notices = [
        Notice(person_id=person, key=key, news=news, reason=reason, **about) for person in people
    ]
    # The day may have been followed in two places, or late.
    Notice.objects.bulk_create(notices, ignore_conflicts=True)
    return people


def _concerned(record: Certificate | GrowingArea, news: News) -> set[int]:
    lots = Lot.objects.resting_on(record)
    holder = Q(seller__establishment=record.establishment_id)
    members: list[QuerySet] = [
        SellerMember.objects.filter(holder | Q(seller__in=lots.values("seller")))
    ]
    if news in FOR_BUYERS_TOO:
        waiting = Order.objects.filter(lot__in=lots, state=Order.State.PENDING)
        members.append(BuyerMember.objects.filter(buyer__in=waiting.values("buyer")))
    return {
        person
        for rows in members
        for person in rows.filter(person__is_active=True).values_list("person", flat=True)
    }


def send_due() -> int:
    """Write to everybody whom news waits for, one mail each; return how many went out.

    Ends when the mail server cannot be reached, before anything is claimed.
    """
    waiting = Notice.objects.waiting().order_by("person").values_list("person", flat=True)
    sent = 0
    try:
        for person in get_user_model().objects.filter(pk__in=list(waiting.distinct())):
            sent += _send(person)
    except ServerAway as error:
        logger.warning("The mail server is away; notices wait: %s", error)
    return sent


def _send(person) -> bool:
    with connected() as connection:
        name = uuid.uuid4()
        return _claim(person, name) and deliver(
            connection,
            f"{name} with notices to person {person.pk}",
            write=lambda: notice_mails.notice(person, name),
            give_back=lambda: _give_back(name),
        )


def _claim(person, name: uuid.UUID) -> bool:
    """Take the notices of a person for a mail of this name; return whether any were left."""
    waiting = Notice.objects.waiting().filter(person=person)
    return bool(waiting.update(sent_at=timezone.now(), mail=name))


def _give_back(name: uuid.UUID) -> None:
    """Let the notices of a mail that certainly did not go out wait for another."""
    Notice.objects.filter(mail=name).update(sent_at=None, mail=None)
