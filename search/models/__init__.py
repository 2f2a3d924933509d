"""What the search keeps: news for the index, and what people want to be told of."""

from search.models.outbox import Change, FollowedDay, Lease, Rebuild
from search.models.saved import Alert, SavedSearch

__all__ = ["Alert", "Change", "FollowedDay", "Lease", "Rebuild", "SavedSearch"]
