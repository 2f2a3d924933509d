"""What curators decide about whole records, one at a time or many at once."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from modelcluster.models import get_all_child_relations
from wagtail.log_actions import log

from catalogue.models import Species
from catalogue.signals import species_changed


@transaction.atomic
def publish(*, species: Species, person) -> Species:
    """Publish the newest draft of a record.

    Raises PermissionDenied, and ValidationError when the draft is not complete: a draft may be
    saved with what is not known yet, and the database would refuse it.
    """
    _require_publishing(person)
    if species.live and not species.has_unpublished_changes:
        return species
    draft = species.get_latest_revision_as_object()
    check(draft)
    revision = species.get_latest_revision() if species.has_unpublished_changes else None
    # Wagtail's signal announces the change (catalogue.receivers).
    (revision or draft.save_revision(user=person)).publish(user=person)
    species.refresh_from_db()
    return species


@transaction.atomic
def unpublish(*, species: Species, person) -> Species:
    """Take a record off the site; nothing of it is lost. Raises PermissionDenied."""
    _require_publishing(person)
    species.unpublish(user=person)
    return species


@transaction.atomic
def mark(*, species: Species, as_demonstration: bool, person) -> Species:
    """Say of a record whether it is a demonstration or has been reviewed.

    A draft that waits gets the mark too and goes on waiting. Raises PermissionDenied.
    """
    _require_publishing(person)
    Species.objects.filter(pk=species.pk).update(
        is_demonstration=as_demonstration, changed_at=timezone.now()
    )
    if species.has_unpublished_changes:
        draft = species.get_latest_revision_as_object()
        draft.is_demonstration = as_demonstration
        draft.save_revision(user=person)
    species.refresh_from_db()
    log(
        instance=species,
        action="catalogue.species.marked",
        user=person,
        data={"is_demonstration": as_demonstration},
    )
    species_changed.send(sender=Species, pk=species.pk)
    return species


def check(species: Species) -> None:
    """Raise ValidationError unless the record and each of its rows is complete."""
    species.full_clean()
    for relation in get_all_child_relations(Species):
        for row in getattr(species, relation.get_accessor_name()).all():
            row.full_clean(
                exclude=[relation.field.name], validate_unique=False, validate_constraints=False
            )


def _require_publishing(person) -> None:
    if not person.has_perm("catalogue.publish_species"):
        raise PermissionDenied
