"""Saving searches: what is kept of a query, and what a person may do with it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.http import QueryDict
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from core.facets import Shape
from core.money import format_money
from market.locks import person_for_update
from search import facets
from search.documents import bands
from search.documents.base import FACETS
from search.engines.base import Bucket
from search.exceptions import SearchTooLong, TooManySaved, UnreadableSearch
from search.forms import SearchForm
from search.models import SavedSearch
from search.models.saved import LONGEST_NAME, LONGEST_QUERY

MOST_SAVED = 50
# Where a page began and who wanted to know why is no part of what was looked for.
NOT_KEPT = frozenset({"after", "explain"})
# What only species say. A lot never matches a search that asks for it.
NOT_SAID_BY_LOTS = frozenset({"harvest"})

Frequency = SavedSearch.Frequency


def canonical(query: str) -> str:
    """Return a query string as it is kept: known names in one order, each value once.

    The same search always gives the same string. Raises UnreadableSearch and SearchTooLong.
    """
    form = SearchForm(QueryDict(query))
    if not form.is_valid():
        raise UnreadableSearch
    kept = QueryDict(mutable=True)
    for name in form.fields:
        asked = form.cleaned_data[name]
        if name in NOT_KEPT or not asked:
            continue
        kept.setlist(name, sorted(set(asked)) if isinstance(asked, list) else [str(asked)])
    written = kept.urlencode()
    if len(written) > LONGEST_QUERY:
        raise SearchTooLong
    return written


def save(
    *, person: Any, query: str, language: str, name: str = "", frequency: str
) -> tuple[SavedSearch, bool]:
    """Keep a search for a person; return it and whether it is new. Kept already, it stays.

    What no lot can match is kept without e-mails. Locks the person, so that a form
    sent twice at once keeps one. Raises SavingRefused.
    """
    written = canonical(query)
    with transaction.atomic():
        person_for_update(person)
        mine = SavedSearch.objects.of(person)
        before = mine.filter(language=language, query=written).first()
        if before is not None:
            return before, False
        if mine.count() >= MOST_SAVED:
            raise TooManySaved(MOST_SAVED)
        saved = SavedSearch(
            person=person, language=language, query=written, name=name, frequency=frequency
        )
        if not can_match_lots(written):
            saved.frequency = Frequency.NONE
        saved.name = name or default_name(saved)
        saved.save()
    return saved, True


def change(*, saved: SavedSearch, name: str, frequency: str) -> None:
    """Rename a search and say how often to be told; never of what no lot can match.

    What waits to be sent is dropped with the alerts. Switched on again, they tell of what is put on
    sale from then on.
    """
    with transaction.atomic():
        if frequency == Frequency.NONE or not can_match_lots(saved.query):
            stop(saved)
        elif frequency != saved.frequency:
            _begin(saved, frequency)
        saved.name = name or default_name(saved)
        saved.save(update_fields=["name"])


def stop(saved: SavedSearch) -> None:
    """Tell nothing more of a search. Safe to repeat."""
    SavedSearch.objects.filter(pk=saved.pk).update(frequency=Frequency.NONE)
    saved.alerts.filter(sent_at=None).delete()
    saved.frequency = Frequency.NONE


@transaction.atomic
def delete(saved: SavedSearch) -> None:
    """Delete a search. What its person was told of stays known, so that it is not told again."""
    stop(saved)
    saved.delete()


def can_match_lots(query: str) -> bool:
    """Return whether a lot could ever match a query string."""
    return not NOT_SAID_BY_LOTS & QueryDict(query).keys()


def words_of(searches: Iterable[SavedSearch]) -> dict[int, list[str]]:
    """Return search → what it asks for, in the reader's language; one look for all of them."""
    asked = {saved.pk: saved.asked for saved in searches}
    wanted: dict[str, set[str]] = {}
    for query in asked.values():
        for name in FACETS:
            wanted.setdefault(name, set()).update(query.getlist(name))
    labels = facets.value_words(
        {name: [Bucket(value, 0, True) for value in values] for name, values in wanted.items()}
    )
    return {pk: _words(query, labels) for pk, query in asked.items()}


def default_name(saved: SavedSearch) -> str:
    """Return what a search is called when nobody names it: the words and choices it asks for."""
    words = words_of([saved])[saved.pk]
    return Truncator(" · ".join(words) or _("Everything")).chars(LONGEST_NAME)


def _words(query: QueryDict, labels: Mapping[str, Mapping[str, str]]) -> list[str]:
    words = [query["q"]] if "q" in query else []
    questions = facets.facet_words()
    for name in FACETS:
        for value in query.getlist(name):
            word = labels[name].get(value, value)
            # A cell says little without its question.
            is_cell = facets.SHAPES.get(name) == Shape.CELLS
            words.append(f"{questions[name]}: {word}" if is_cell else word)
    if "under" in query:
        price = format_money(int(query["under"]), bands.CURRENCY)
        words.append(_("at most %(price)s") % {"price": price})
    return words


def _begin(saved: SavedSearch, frequency: str) -> None:
    now = timezone.now()
    begun = {"frequency": frequency, "digested_at": now}
    if not saved.wants_alerts:
        saved.alerts.filter(sent_at=None).delete()
        begun |= {"watched_since": now, "looked_at": None}
    SavedSearch.objects.filter(pk=saved.pk).update(**begun)
    saved.frequency = frequency
