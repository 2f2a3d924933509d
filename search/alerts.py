"""Telling people of new lots that match what they saved.

Looking and writing are apart. Looking puts down alerts, which the database lets exist once for a
person and a lot. Writing claims them before the mail goes out, so that two workers never send the
same lot. Between claim and mail a process may be killed: then that mail is lost rather than sent
twice.
"""

import logging
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from django.db.models import F, Max, Q, QuerySet
from django.utils import timezone

from core.mail import ServerAway, connected, deliver
from market.models import Lot
from search import mails
from search.documents.lots import LotDocument
from search.engines import get_engine
from search.engines.base import Hit, SearchQuery, SearchUnavailable
from search.forms import SearchForm
from search.models import Alert, Change, Rebuild, SavedSearch

logger = logging.getLogger(__name__)

PAGE = 100
BATCH = 50
# The worker has other things to do as well; the clock calls again every minute.
AT_MOST = 20  # seconds
# The index knows to the minute when a lot was put on sale.
MINUTES_ARE_ROUNDED = timedelta(minutes=2)


def find_new() -> int:
    """Put down the new lots that match the searches due; return how many.

    Ends when the index is away: a search counts as looked at when all of it was read, so that
    nothing is missed.
    """
    at, found = timezone.now(), 0
    heard = _last_heard()
    due = SavedSearch.objects.to_look_at(at, heard)
    try:
        for saved in _in_time(lambda: _unseen(due, at)):
            found += _look(saved)
    except SearchUnavailable as error:
        logger.warning("The search index is away; alerts wait: %s", error)
    return found


def send_due() -> int:
    """Write the mails that are due; return how many went out.

    Ends when the mail server cannot be reached, before anything is claimed.
    """
    at, sent, tried = timezone.now(), 0, set[int]()

    def next_ones() -> list[SavedSearch]:
        due = SavedSearch.objects.to_write_about(at).exclude(pk__in=tried)
        return list(due.select_related("person").order_by("pk")[:BATCH])

    try:
        for saved in _in_time(next_ones):
            tried.add(saved.pk)
            sent += _send(saved, at)
    except ServerAway as error:
        logger.warning("The mail server is away; alerts wait: %s", error)
    return sent


def is_due() -> bool:
    """Return whether there is anything to look for or to write."""
    at = timezone.now()
    searches = SavedSearch.objects
    return searches.to_look_at(at, _last_heard()).exists() or searches.to_write_about(at).exists()


def _in_time(next_ones: Callable[[], list[SavedSearch]]) -> Iterator[SavedSearch]:
    """Give one search after the other until none is left or it has been long enough."""
    end = time.monotonic() + AT_MOST
    while batch := next_ones():
        for saved in batch:
            yield saved
            if time.monotonic() > end:
                return


def _unseen(due: QuerySet[SavedSearch], at: datetime) -> list[SavedSearch]:
    """Return searches that this run has not looked at, those that waited longest first."""
    unseen = due.exclude(looked_at__gte=at)
    return list(unseen.order_by(F("looked_at").asc(nulls_first=True), "pk")[:BATCH])


def _last_heard() -> datetime | None:
    """Return when the index last heard of a lot or was built anew."""
    told = Change.objects.filter(label=LotDocument.label, done_at__isnull=False)
    times = [
        told.order_by("-done_at").values_list("done_at", flat=True).first(),
        Rebuild.objects.aggregate(last=Max("ended_at"))["last"],
    ]
    return max((one for one in times if one), default=None)


def _look(saved: SavedSearch) -> int:
    at = timezone.now()  # what changes while we look is looked at again
    try:
        found = _put_down_matches(saved)
    except SearchUnavailable:
        raise
    except Exception:
        # The others must not wait for the one that cannot be read.
        logger.exception("Could not look for saved search %s", saved.pk)
        found = 0
    SavedSearch.objects.filter(pk=saved.pk).update(looked_at=at)
    return found


def _put_down_matches(saved: SavedSearch) -> int:
    """Read the results page by page, the newest lots first, as far back as alerts go.

    What matches only inexactly – with a slip of the finger forgiven, or half of the words – is
    shown to who searches, but nobody is woken for it.
    """
    query: SearchQuery | None = _query(saved)
    found = 0
    while query:
        page = get_engine().search(query)
        if page.is_inexact:
            break
        new, is_all = _news_among(page.hits, saved)
        found += _put_down(saved, new)
        query = replace(query, after=page.next) if page.next and not is_all else None
    return found


def _query(saved: SavedSearch) -> SearchQuery | None:
    """Return what lots have to match, or None for what this release can no longer read."""
    form = SearchForm(saved.asked)
    if not form.is_valid():
        logger.warning("Saved search %s asks for something unknown: %s", saved.pk, form.errors)
        return None
    query = form.to_query(saved.language)
    filters = {**query.filters, "kind": (LotDocument.label,)}
    return replace(query, filters=filters, facets=(), sort="newest", limit=PAGE, after="")


def _news_among(hits: Iterable[Hit], saved: SavedSearch) -> tuple[list[int], bool]:
    """Return the new lots of one page, and whether no page after it can hold another.

    New is what was put on sale since the search is watched, can be ordered now, and of which the
    person was never told, by whichever search.
    """
    pks = [hit.pk for hit in hits if hit.kind == LotDocument.label]
    lots = Lot.objects.filter(pk__in=pks)
    since = saved.watched_since - MINUTES_ARE_ROUNDED
    is_all = lots.filter(Q(published_at=None) | Q(published_at__lt=since)).exists()
    new = lots.sellable().filter(published_at__gt=saved.watched_since)
    told = Alert.objects.filter(person=saved.person_id, lot__in=pks)
    return list(new.exclude(pk__in=told.values("lot")).values_list("pk", flat=True)), is_all


def _put_down(saved: SavedSearch, lots: Sequence[int]) -> int:
    alerts = [Alert(person_id=saved.person_id, search=saved, lot_id=lot) for lot in sorted(lots)]
    # Another worker may have been faster.
    Alert.objects.bulk_create(alerts, ignore_conflicts=True)
    return len(alerts)


def _send(saved: SavedSearch, at: datetime) -> int:
    """Claim what waits for a search, and send it; return how many mails that were."""
    with connected() as connection:
        name = uuid.uuid4()
        if not _claim(saved, name, at):
            return 0
        return deliver(
            connection,
            f"{name} of saved search {saved.pk}",
            write=lambda: mails.alert(saved, name),
            give_back=lambda: _give_back(saved, name),
        )


def _claim(saved: SavedSearch, name: uuid.UUID, at: datetime) -> bool:
    """Take the alerts of a search for a mail of this name; return whether any were left."""
    if saved.frequency == SavedSearch.Frequency.DAILY:
        as_read = SavedSearch.objects.filter(pk=saved.pk, digested_at=saved.digested_at)
        if not as_read.update(digested_at=at):
            return False
    waiting = Alert.objects.waiting().filter(search=saved)
    return bool(waiting.update(sent_at=timezone.now(), mail=name))


def _give_back(saved: SavedSearch, name: uuid.UUID) -> None:
    """Let the alerts of a mail that certainly did not go out wait for another."""
    Alert.objects.filter(mail=name).update(sent_at=None, mail=None)
    SavedSearch.objects.filter(pk=saved.pk).update(digested_at=saved.digested_at)
