"""A short word for the state of all that is public: as long as it is the same, so are the exports.

Whatever takes something back from the public changes it: a species unpublished, deleted or edited,
a list that makes one threatened, a recording whose speaker no longer consents, files locked away.
An export carries the stamp of the state it was made from in its name and is served only under the
stamp of now. So nothing that was taken back is ever served, whichever way it was done, and there is
no list of reasons to keep up to date.
"""

import hashlib

from django.conf import settings
from django.db.models import Count, Max, Model, QuerySet, Sum

from wagtail.models import CollectionViewRestriction

from catalogue.models import ConservationStatus, Distribution, Figure, Species
from media.models import MediaFile

# Raise it when the files change their form: what an older version has built is then not served.
FORM = 1


def current_stamp() -> str:
    """Return the stamp of now, in a handful of queries that count and sum."""
    state = (
        FORM,
        settings.BASE_URL,
        _state(Species.objects.visible_to(None), Max("changed_at")),
        _lists(),
        _state(Distribution.objects.exclude(commune=None)),
        _state(Figure.objects.all()),
        _state(MediaFile.objects.with_consent(), Max("changed_at")),
        _state(CollectionViewRestriction.objects.all(), Sum("collection")),
    )
    return hashlib.blake2b(repr(state).encode(), digest_size=12).hexdigest()


def _state(rows: QuerySet[Model], *more: Max | Sum) -> tuple:
    """Return how many rows there are and which, as far as a sum of their keys tells."""
    counted = rows.order_by().aggregate(
        rows=Count("pk"), keys=Sum("pk"), **{f"more_{n}": one for n, one in enumerate(more)}
    )
    return tuple(str(value) for value in counted.values())


def _lists() -> list[tuple]:
    """Return how many species each list names in each category, which makes some threatened."""
    named = ConservationStatus.objects.values_list("authority", "category")
    return list(named.annotate(Count("pk"), Sum("pk")).order_by("authority", "category"))
