"""Remembers which records were public and are no more, for those who harvest the collection."""

from catalogue.models import WithdrawnSpecies


def note(*, slug: str) -> None:
    """Note that a record is not public any more, from now."""
    WithdrawnSpecies.objects.update_or_create(slug=slug)


def take_back(*, slug: str) -> None:
    """Forget that a record was withdrawn: it is public again."""
    WithdrawnSpecies.objects.filter(slug=slug).delete()
