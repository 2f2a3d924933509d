"""The vocabulary of the market: what is on sale, what proves it, and who may see which record."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q, Subquery
from django.utils import timezone

from catalogue.querysets import labelled
from core import roles
from core.languages import in_language


class SellerQuerySet(models.QuerySet):
    """Words about sellers."""

    def visible_to(self, person) -> Self:
        """Return the sellers a person may see: vetted ones, their own, and all for staff."""
        if roles.holds(person, roles.MARKET_STAFF):
            return self.all()
        vetted = Q(vetting=self.model.Vetting.ACCEPTED)
        if person is None or not person.is_authenticated:
            return self.filter(vetted)
        return self.filter(vetted | Q(pk__in=person.sellermembers.values("seller")))

    def of(self, person) -> Self:
        """Return the sellers a person works for."""
        return self.filter(members__person=person)


class BuyerQuerySet(models.QuerySet):
    """Words about buyers."""

    def of(self, person) -> Self:
        """Return the organisations a person buys for."""
        return self.filter(members__person=person)


def from_stopped_area() -> Exists:
    """Return a condition that the code of one of a lot's growing areas is not in force.

    What grew there cannot be told from the rest of the lot.
    """
    areas = apps.get_model("catalogue", "GrowingArea").objects
    return Exists(areas.not_active().filter(lots=OuterRef("pk")))


def valid_proof(on: date, *, of_cultivation: bool = False) -> Exists:
    """Return a condition that one of a lot's certificates is valid on a day for its species."""
    certificate = apps.get_model("catalogue", "Certificate")
    proofs = certificate.objects.valid(on).filter(lots=OuterRef("pk"), species=OuterRef("species"))
    if of_cultivation:
        proofs = proofs.filter(activity=certificate.Activity.CULTIVATION)
    return Exists(proofs)


class MovementQuerySet(models.QuerySet):
    """Movements are only ever added."""

    def update(self, **kwargs):
        raise TypeError("A movement is never changed; post another one.")

    def delete(self):
        raise TypeError("A movement is never deleted; post another one.")


class LotProofQuerySet(models.QuerySet):
    """Words about the certificates lots were listed with."""

    def with_coverage(self) -> Self:
        """Fetch the certificates, and whether each covers the species of its lot."""
        covered = apps.get_model("catalogue", "Certificate").species.through.objects.filter(
            certificate=OuterRef("certificate"), species=OuterRef("lot__species")
        )
        areas = apps.get_model("catalogue", "GrowingArea").objects
        stopped = areas.not_active().filter(lots=OuterRef("lot"))
        return self.select_related("certificate").annotate(
            covers_species=Exists(covered), is_of_stopped_area=Exists(stopped)
        )


class LotQuerySet(models.QuerySet):
    """Words about lots. A lot is certified by valid certificates alone, never by a typed word."""

    def on_sale(self, on: date | None = None) -> Self:
        """Lots shown on the market: open, of a vetted seller, not resting on lapsed papers.

        A lot listed without any certificate may be sold, but never as certified. A lot listed with
        certificates stops selling on the day the last of them stops being valid, and any lot while
        the code of one of its growing areas is not in force. Of a protected species only what was
        grown in an active coded area, and is certified so, is sold. In words: market.obstacles.
        """
        on = on or timezone.localdate()
        seller = apps.get_model("market", "Seller")
        papers = apps.get_model("market", "LotProof").objects.filter(lot=OuterRef("pk"))
        coded = self.model.areas.through.objects.filter(lot=OuterRef("pk"))
        trade = apps.get_model("catalogue", "Species").Trade
        grown = Exists(coded) & valid_proof(on, of_cultivation=True)
        return self.filter(
            valid_proof(on) | ~Exists(papers),
            ~from_stopped_area(),
            Q(species__trade=trade.FREE) | Q(grown, species__trade=trade.CULTIVATED),
            state=self.model.State.OPEN,
            seller__vetting=seller.Vetting.ACCEPTED,
            species__live=True,
        )

    def sellable(self, on: date | None = None) -> Self:
        """Lots on sale that still have kilograms for a buyer to order."""
        return self.on_sale(on).filter(available_grams__gt=0)

    def resting_on(self, record) -> Self:
        """Keep lots that were listed with a certificate, or grew in an area; closed ones are left
        out, because nothing follows for them any more.
        """
        is_area = isinstance(record, apps.get_model("catalogue", "GrowingArea"))
        through = self.model.areas.through if is_area else apps.get_model("market", "LotProof")
        name = "growingarea" if is_area else "certificate"
        named = through.objects.filter(**{name: record}).values("lot")
        return self.filter(pk__in=named).exclude(state=self.model.State.CLOSED)

    def certified(self, on: date | None = None) -> Self:
        """Keep lots that a certificate valid on a day (default today) proves."""
        return self.filter(valid_proof(on or timezone.localdate()), ~from_stopped_area())

    def certified_first(self) -> Self:
        """Order lots that are certified today before the others, the newest first in each."""
        return self.annotate(is_certified=valid_proof(timezone.localdate())).order_by(
            "-is_certified", "-published_at", "-pk"
        )

    def visible_to(self, person) -> Self:
        """Return the lots a person may see: all that were ever on sale, and their own drafts.

        A lot keeps its page when it is sold, paused or lapsed, since its printed code leads there.
        What can be bought is `on_sale`. Staff see everything.
        """
        if roles.holds(person, roles.MARKET_STAFF):
            return self.all()
        seller = apps.get_model("market", "Seller")
        shown = Q(
            ~Q(state=self.model.State.DRAFT),
            seller__vetting=seller.Vetting.ACCEPTED,
            species__live=True,
        )
        if person is None or not person.is_authenticated:
            return self.filter(shown)
        ordered = apps.get_model("market", "Order").objects.placed_for(person)
        return self.filter(
            shown
            | Q(seller__in=person.sellermembers.values("seller"))
            | Q(pk__in=ordered.values("lot"))
        )

    def with_plots_for(self, person) -> Self:
        """Keep lots with plots that concern a person: of their seller, paid by their firm, or all
        for staff. Exact places are nobody else's.
        """
        plots = apps.get_model("catalogue", "Plot").objects.filter(area__lots=OuterRef("pk"))
        lots = self.filter(Exists(plots))
        if roles.holds(person, roles.MARKET_STAFF):
            return lots
        if person is None or not person.is_authenticated:
            return lots.none()
        paid = apps.get_model("market", "Order").objects.placed_for(person).paid()
        return lots.filter(
            Q(seller__in=person.sellermembers.values("seller")) | Q(pk__in=paid.values("lot"))
        )

    def for_rows(self) -> Self:
        """Fetch what a row or card of a lot shows, in a fixed number of queries."""
        return (
            self.of_one_species()
            .select_related("species__family")
            .prefetch_related("species__names")
        )

    def of_one_species(self) -> Self:
        """Fetch what a row shows but for the species, which the caller has."""
        proofs = apps.get_model("market", "LotProof").objects.with_coverage()
        return (
            self.select_related("seller__establishment")
            .prefetch_related(labelled("part", "Part"), Prefetch("proofs", proofs))
            .with_ocop_stars()
        )

    def for_record(self) -> Self:
        """Fetch what the page and the API show of a lot, in a fixed number of queries."""
        areas = apps.get_model("catalogue", "GrowingArea").objects
        return self.for_rows().prefetch_related("texts", Prefetch("areas", areas.with_places()))

    def with_analyses(self) -> Self:
        """Fetch what the page and the API show of the analyses, and the limits in print."""
        markers = apps.get_model("catalogue", "Marker").objects.filter(limit__isnull=False)
        return self.prefetch_related(
            "analyses",
            "analyses__results",
            labelled("analyses__results__compound", "Compound"),
            Prefetch("species__markers", markers, to_attr="printed_limits"),
        )

    def with_ocop_stars(self) -> Self:
        """Fetch the stars along with each lot; Lot.ocop_stars reads them."""
        products = apps.get_model("catalogue", "OcopProduct").objects.valid()
        theirs = products.filter(
            establishment=OuterRef("seller__establishment"), species=OuterRef("species")
        )
        most = theirs.order_by("-stars").values("stars")[:1]
        return self.annotate(most_ocop_stars=Subquery(most))

    def with_ledger_differences(self) -> Self:
        """Keep lots whose cached kilograms are not the sum of their movements."""
        return self.annotate(
            ledger_grams=models.functions.Coalesce(models.Sum("movements__grams"), 0)
        ).exclude(ledger_grams=F("available_grams"))


class AnalysisResultQuerySet(models.QuerySet):
    """Words about results of analyses."""

    def of_lots(self, lots: Iterable[models.Model]) -> Self:
        """Return the results of some lots as assays_of takes them: the latest analysis first."""
        labels = apps.get_model("catalogue", "CompoundLabel").objects
        return (
            self.filter(analysis__lot__in=[lot.pk for lot in lots])
            .select_related("analysis", "compound")
            .annotate(compound_label=in_language(labels, "text", of="term", record="compound"))
            .order_by("-analysis__analysed_on", "-analysis_id", "pk")
        )


class NoticeQuerySet(models.QuerySet):
    """Words about notices."""

    def waiting(self) -> Self:
        """Return what is put down and not sent."""
        return self.filter(sent_at=None)


class OrderQuerySet(models.QuerySet):
    """Words about orders."""

    def visible_to(self, person) -> Self:
        """Return the orders a person may see: of their firm, of their lots, all for staff."""
        if person is None or not person.is_authenticated:
            return self.none()
        if roles.holds(person, roles.MARKET_STAFF):
            return self.all()
        return self.filter(
            Q(buyer__in=person.buyermembers.values("buyer"))
            | Q(lot__seller__in=person.sellermembers.values("seller"))
        )

    def placed_for(self, person) -> Self:
        """Orders of the organisations a person buys for."""
        return self.filter(buyer__in=person.buyermembers.values("buyer"))

    def paid(self) -> Self:
        """Orders whose money has come and is not paid back."""
        return self.filter(state=self.model.State.PAID)

    def refund_due(self) -> Self:
        """Orders whose money is to be paid back."""
        return self.filter(state=self.model.State.REFUND_DUE)

    def overdue(self, at: datetime | None = None) -> Self:
        """Orders still waiting for payment after their hold ran out."""
        return self.filter(state=self.model.State.PENDING, held_until__lt=at or timezone.now())

    def for_rows(self) -> Self:
        """Fetch what a row of an order shows, in a fixed number of queries."""
        return self.select_related(
            "buyer", "lot__species", "lot__seller__establishment", "payment"
        ).prefetch_related("lot__species__names", labelled("lot__part", "Part"))
