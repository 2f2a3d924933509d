"""What tests of alerts do again and again: keep a search, look and send, see who was told."""

from datetime import datetime
from zoneinfo import ZoneInfo

from search import alerts, saved
from search.models import Alert, SavedSearch

Frequency = SavedSearch.Frequency
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


def keep(person, query="q=que", frequency=Frequency.AT_ONCE, language="vi"):
    """Save a search; return it."""
    return saved.save(person=person, query=query, language=language, frequency=frequency)[0]


def run():
    """Look and send; return how many were found and sent."""
    return alerts.find_new(), alerts.send_due()


def told():
    """Return (search, lot) of the alerts that were sent."""
    rows = Alert.objects.filter(sent_at__isnull=False)
    return sorted(rows.values_list("search__name", "lot__code"))


def at(day, hour, minute=0):
    """Return a moment of a month, in Hanoi."""
    return datetime(2026, 11, day, hour, minute, tzinfo=HANOI)
