"""What happens elsewhere and changes what is found.

A receiver only puts down which document to look at, as a row of the outbox. Where a service makes
the change, that is inside its transaction: the row is committed or rolled back together with it, so
that nothing is lost when the process is killed in between and nothing is indexed that was rolled
back. What is edited by hand in the admin is announced right after it is saved; the nightly rebuild
heals what a crash in between may lose.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models.signals import post_delete, post_save

from wagtail.models import Page, PageViewRestriction
from wagtail.signals import (
    page_published,
    page_unpublished,
    post_page_move,
)

from catalogue.models import Certificate
from catalogue.signals import (
    area_changed,
    certificate_changed,
    ocop_changed,
    species_changed,
    species_changed_many,
)
from market.models import Lot, Seller
from market.signals import lot_changed, seller_changed
from search import outbox
from search.documents.lots import LotDocument
from search.documents.pages import PAGE_TYPES, PageDocument
from search.documents.sellers import SellerDocument
from search.documents.species import SpeciesDocument
from search.outbox import BATCH
from search.tasks import drain


def connect() -> None:
    """Listen to the museum, the market and Wagtail; called once, when the apps are ready."""
    lot_changed.connect(follow_lot, dispatch_uid="search")
    species_changed.connect(follow_species, dispatch_uid="search")
    species_changed_many.connect(follow_many_species, dispatch_uid="search")
    certificate_changed.connect(follow_certificate, dispatch_uid="search")
    area_changed.connect(follow_area, dispatch_uid="search")
    ocop_changed.connect(follow_ocop, dispatch_uid="search")
    post_delete.connect(follow_lot_instance, sender=Lot, dispatch_uid="search")
    seller_changed.connect(follow_seller, dispatch_uid="search")
    post_delete.connect(follow_seller_instance, sender=Seller, dispatch_uid="search")
    for page_type in PAGE_TYPES:
        for signal in (page_published, page_unpublished):
            signal.connect(follow_page, sender=page_type, dispatch_uid="search")
    # A page is gone when its row of the parent table is, which goes last.
    post_delete.connect(follow_page, sender=Page, dispatch_uid="search")
    # Moving a page, or locking it away, changes what is public for everything below it.
    post_page_move.connect(follow_branch, dispatch_uid="search")
    post_save.connect(follow_restriction, sender=PageViewRestriction, dispatch_uid="search")
    post_delete.connect(follow_restriction, sender=PageViewRestriction, dispatch_uid="search")


def follow_lot(sender: Any, *, pk: int, **kwargs: Any) -> None:
    """A lot also decides whether its species is on sale."""
    _put(LotDocument.label, [pk])
    _put(SpeciesDocument.label, Lot.objects.filter(pk=pk).values_list("species", flat=True))


def follow_species(sender: Any, *, pk: int, **kwargs: Any) -> None:
    """A species' names and its publication are also those of its lots."""
    _put(SpeciesDocument.label, [pk])
    _put(LotDocument.label, Lot.objects.filter(species=pk).values_list("pk", flat=True))


def follow_many_species(sender: Any, *, pks: Sequence[int], **kwargs: Any) -> None:
    """A file has changed them."""
    _put(SpeciesDocument.label, pks)
    for start in range(0, len(pks), BATCH):
        lots = Lot.objects.filter(species__in=pks[start : start + BATCH])
        _put(LotDocument.label, lots.values_list("pk", flat=True))


def follow_certificate(sender: Any, *, pk: int, **kwargs: Any) -> None:
    """A certificate decides whether its lots are on sale, and what is certified."""
    of_certificate = Certificate.species.through.objects.filter(certificate=pk)
    _put(SpeciesDocument.label, of_certificate.values_list("species", flat=True))
    lots = Lot.objects.filter(certificates=pk)
    _put(LotDocument.label, lots.values_list("pk", flat=True))


def follow_area(sender: Any, *, pk: int, **kwargs: Any) -> None:
    """The code of an area decides whether its lots are on sale, and what its papers prove."""
    papers = Certificate.areas.through.objects.filter(growingarea=pk).values("certificate")
    covered = Certificate.species.through.objects.filter(certificate__in=papers)
    _put(SpeciesDocument.label, covered.values_list("species", flat=True))
    lots = Lot.objects.filter(areas=pk)
    _put(LotDocument.label, lots.values_list("pk", flat=True))
    _put(SpeciesDocument.label, lots.order_by().values_list("species", flat=True).distinct())


def follow_ocop(sender: Any, *, establishment: int, species: int, **kwargs: Any) -> None:
    """The stars of a product are those of its holder's lots of the same species."""
    lots = Lot.objects.filter(seller__establishment=establishment, species=species)
    _put(LotDocument.label, lots.values_list("pk", flat=True))


def follow_lot_instance(sender: Any, *, instance: Lot, **kwargs: Any) -> None:
    """The row is gone, so nobody can ask it any more which species it was of."""
    _put(LotDocument.label, [instance.pk])
    _put(SpeciesDocument.label, [instance.species_id])


def follow_seller(sender: Any, *, pk: int, **kwargs: Any) -> None:
    _put(SellerDocument.label, [pk])


def follow_seller_instance(sender: Any, *, instance: Seller, **kwargs: Any) -> None:
    follow_seller(sender, pk=instance.pk)


def follow_page(sender: Any, *, instance: Page, **kwargs: Any) -> None:
    _put(PageDocument.label, [instance.pk])


def follow_branch(sender: Any, *, instance: Page, **kwargs: Any) -> None:
    branch = Page.objects.descendant_of(instance, inclusive=True).type(PAGE_TYPES)
    _put(PageDocument.label, branch.values_list("pk", flat=True))


def follow_restriction(sender: Any, *, instance: PageViewRestriction, **kwargs: Any) -> None:
    # The page itself may be going, with its restriction before it.
    page = Page.objects.filter(pk=instance.page_id).first()
    if page is not None:
        follow_branch(sender, instance=page)


def _put(label: str, pks: Iterable[int]) -> None:
    """Put changes into the outbox and ask the worker to look into it."""
    if outbox.put(label, pks):
        drain.enqueue()
