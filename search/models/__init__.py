"""What the search keeps: news for the index, and what people want to be told of."""

from search.models.outbox import Change, Lease, Rebuild
from search.models.saved import Alert, SavedSearch

__all__ = ["Alert", "Change", "Lease", "Rebuild", "SavedSearch"]
