"""Says in the museum's own words what Wagtail and the database report of its records."""

from typing import Any

from django.db.models.signals import m2m_changed, post_delete, pre_delete

from wagtail.signals import published, unpublished

from catalogue.exports.tasks import put_down
from catalogue.models import Certificate, GrowingArea, OcopProduct, Species
from catalogue.services import decisions, ocop, withdrawals
from catalogue.signals import species_changed
from media.receivers import tidy_up


def connect() -> None:
    """Listen to what editors do by hand; called once, when the apps are ready."""
    for signal in (published, unpublished, post_delete):
        signal.connect(announce_species, sender=Species, dispatch_uid="catalogue")
    published.connect(note_published, sender=Species, dispatch_uid="catalogue withdrawals")
    unpublished.connect(note_withdrawn, sender=Species, dispatch_uid="catalogue withdrawals")
    post_delete.connect(note_deleted, sender=Species, dispatch_uid="catalogue withdrawals")
    species_changed.connect(follow_species, dispatch_uid="catalogue exports")
    # Before, because afterwards nobody knows which species and lots the record was for.
    pre_delete.connect(announce_record, sender=Certificate, dispatch_uid="catalogue")
    pre_delete.connect(announce_record, sender=GrowingArea, dispatch_uid="catalogue")
    post_delete.connect(announce_ocop, sender=OcopProduct, dispatch_uid="catalogue")
    tidy_up(Certificate, "scan", "public_scan")
    m2m_changed.connect(
        announce_covered, sender=Certificate.species.through, dispatch_uid="catalogue"
    )


def announce_species(sender: Any, *, instance: Species, **kwargs: Any) -> None:
    species_changed.send(sender=Species, pk=instance.pk)


def note_published(sender: Any, *, instance: Species, **kwargs: Any) -> None:
    withdrawals.take_back(slug=instance.slug)


def note_withdrawn(sender: Any, *, instance: Species, **kwargs: Any) -> None:
    withdrawals.note(slug=instance.slug)


def note_deleted(sender: Any, *, instance: Species, **kwargs: Any) -> None:
    """A draft that nobody has seen leaves nothing behind."""
    if instance.live:
        withdrawals.note(slug=instance.slug)


def follow_species(sender: Any, *, pk: int, **kwargs: Any) -> None:
    """The exports hold every record, so any change is one of theirs."""
    put_down()


def announce_record(sender: Any, *, instance: decisions.Record, **kwargs: Any) -> None:
    decisions.announce(instance)


def announce_ocop(sender: Any, *, instance: OcopProduct, **kwargs: Any) -> None:
    ocop.announce(instance)


def announce_covered(sender: Any, *, action: str, pk_set: set[int] | None, **kwargs: Any) -> None:
    """A species that enters or leaves a certificate wins or loses its badge."""
    if action in ("post_add", "post_remove"):
        for pk in pk_set or ():
            species_changed.send(sender=Species, pk=pk)
