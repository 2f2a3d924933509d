"""The vocabulary of the museum: which records exist for whom, and on which day they hold."""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import reduce
from operator import or_
from typing import Self

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    Max,
    OuterRef,
    Prefetch,
    Q,
    Subquery,
    Sum,
    Value,
    When,
)
from django.utils import timezone

from catalogue.conservation import THREATENED
from catalogue.decisions import UNDER_REVIEW, Decision
from core import roles
from core.languages import in_language
from core.text import bare, fold


class TermQuerySet(models.QuerySet):
    """Words about vocabularies."""

    def labelled(self) -> Self:
        """Fetch each term's label in the reader's language along with it."""
        labels = self.model._meta.get_field("labels").related_model.objects
        return self.annotate(shown_label=in_language(labels, "text", of="term"))


def labelled(relation: str, model: str) -> Prefetch:
    """Return a prefetch of a record's terms with their labels, in one query."""
    return Prefetch(relation, apps.get_model("catalogue", model).objects.labelled())


class SpeciesQuerySet(models.QuerySet):
    """Words about species."""

    def visible_to(self, person) -> Self:
        """Return the species a person may see: everybody the published ones, editors all."""
        if roles.holds(person, roles.CURATOR) or roles.holds(person, roles.EDITOR):
            return self.all()
        return self.filter(live=True)

    def for_cards(self) -> Self:
        """Fetch what a specimen card shows, in a fixed number of queries."""
        photographs = apps.get_model("catalogue", "Figure").objects.filter(
            species=OuterRef("pk"), image__isnull=False
        )
        return (
            self.select_related("family")
            .prefetch_related("names", labelled("parts", "Part"))
            .annotate(has_photographs=Exists(photographs))
        )

    def threatened(self) -> Self:
        """Keep species that a list names as threatened; the mirror of Species.is_threatened."""
        listed = Q()
        for authority, categories in THREATENED.items():
            listed |= Q(authority=authority, category__in=categories)
        statuses = apps.get_model("catalogue", "ConservationStatus").objects.filter(listed)
        return self.filter(Exists(statuses.filter(species=OuterRef("pk"))))

    def in_season(self, month: int, kind: str) -> Self:
        """Keep species that flower, fruit or are harvested in a month (1 to 12)."""
        seasons = apps.get_model("catalogue", "Season").objects.in_month(month).filter(kind=kind)
        return self.filter(Exists(seasons.filter(species=OuterRef("pk"))))


def covers_month(month: int) -> Q:
    """Return the condition on a season that a month (1 to 12) belongs to it, over new year too."""
    within = Q(first_month__lte=month, last_month__gte=month)
    over_new_year = Q(first_month__gt=F("last_month")) & (
        Q(first_month__lte=month) | Q(last_month__gte=month)
    )
    return within | over_new_year


class SeasonQuerySet(models.QuerySet):
    """Words about seasons."""

    def in_month(self, month: int) -> Self:
        """Keep the seasons that a month (1 to 12) belongs to, also those over new year."""
        return self.filter(covers_month(month))

    def species_by_month(self) -> Self:
        """Return one row per kind of season: its kind, and per month m1 … m12 how many species."""
        months = {
            f"m{month}": Count("species", distinct=True, filter=covers_month(month))
            for month in range(1, 13)
        }
        return self.order_by().values("kind").annotate(**months)


class SpeciesTextQuerySet(models.QuerySet):
    """Words about the texts of species."""

    def stale(self) -> Self:
        """Keep translations made from other words than the first language says now."""
        source = self.model._default_manager.filter(
            species=OuterRef("species"), language=settings.LANGUAGE_CODE
        )
        return (
            self.exclude(language=settings.LANGUAGE_CODE)
            .annotate(source_digest=Subquery(source.values("digest")[:1]))
            .exclude(made_from=F("source_digest"))
        )


class KnowledgeQuerySet(models.QuerySet):
    """Words about indigenous knowledge."""

    def with_consent(self, on: date | None = None) -> Self:
        """Keep records whose community consents to their being shown on a day (default today)."""
        on = on or timezone.localdate()
        return self.filter(
            Q(consent__withdrawn_on__isnull=True) | Q(consent__withdrawn_on__gt=on),
            Q(consent__expires_on__isnull=True) | Q(consent__expires_on__gte=on),
            consent__given_on__lte=on,
            consent__community=F("community"),
        )

    def visible_to(self, person) -> Self:
        """Return what a person may see; later rules of communities extend this word alone.

        Open records with consent are everybody's, a members' record is for members of its
        community, and stewards see all that is theirs. Roles of the museum open nothing here.
        """
        shown = self.with_consent()
        if person is None or not person.is_authenticated:
            return shown.filter(audience=self.model.Audience.OPEN)
        theirs = person.communities.all()
        member_of = theirs.values("community")
        steward_of = theirs.filter(role="steward").values("community")
        visible = shown.filter(
            Q(audience=self.model.Audience.OPEN)
            | Q(audience=self.model.Audience.MEMBERS, community__in=member_of)
        )
        return self.filter(Q(pk__in=visible.values("pk")) | Q(community__in=steward_of))

    def for_record(self) -> Self:
        """Fetch what a page shows of the records: title, body, their language and
        community_name, in one query."""
        texts = apps.get_model("catalogue", "KnowledgeText").objects
        names = apps.get_model("catalogue", "CommunityText").objects
        return self.select_related("source", "consent", "community").annotate(
            title=in_language(texts, "title", of="record"),
            body=in_language(texts, "body", of="record"),
            language=in_language(texts, "language", of="record"),
            is_consented=Exists(
                self.model._default_manager.with_consent().filter(pk=OuterRef("pk"))
            ),
            community_name=in_language(names, "name", of="community", record="community"),
        )


class DecisionQuerySet(models.QuerySet):
    """Decisions are only ever added."""

    def update(self, **kwargs):
        raise TypeError("A decision is never changed; make another one.")

    def delete(self):
        raise TypeError("A decision is never deleted; make another one.")

    def public(self) -> Self:
        """Keep what everybody may read: what the register vouched for, stopped and restored."""
        return self.exclude(decision__in=UNDER_REVIEW)

    def latest_of(self, records: Iterable[int]) -> dict[int, models.Model]:
        """Return the last decision about each of some records (by primary key), in one query."""
        return {row.record_id: row for row in self.filter(record__in=list(records))}


class DecidedQuerySet(models.QuerySet):
    """Words about records that rest on decisions."""

    def decided(self) -> Self:
        """Keep records that the register has vouched for once, also where it no longer does.

        One that is being corrected keeps its page: a printed label may lead to it.
        """
        accepted = self.model.decisions.rel.related_model.objects.filter(
            record=OuterRef("pk"), decision=Decision.ACCEPTED
        )
        return self.filter(~Q(decision__in=UNDER_REVIEW) | Exists(accepted))

    def accepted(self) -> Self:
        """Keep records that the register vouches for."""
        return self.filter(decision=Decision.ACCEPTED)

    def waiting(self) -> Self:
        """Keep records that wait for a step of the register, with when they began to wait."""
        waiting = self.filter(decision__in=(Decision.SUBMITTED, Decision.CHECKED))
        return waiting.for_review().annotate(waiting_since=Max("decisions__made_at"))


class GrowingAreaQuerySet(DecidedQuerySet):
    """Words about growing areas."""

    def visible_to(self, person) -> Self:
        """Return the areas a person may see: the public register shows what was accepted once."""
        if roles.holds(person, roles.MARKET_STAFF):
            return self.all()
        return self.decided()

    def active(self) -> Self:
        """Keep areas whose code is in force."""
        return self.accepted()

    def not_active(self) -> Self:
        """Keep areas whose code is not, or no longer, in force."""
        return self.exclude(decision=Decision.ACCEPTED)

    def with_places(self) -> Self:
        """Fetch where areas are, and whether the public is told no more than the province."""
        threatened = apps.get_model("catalogue", "Species").objects.threatened()
        return self.select_related("commune__province").annotate(
            place_is_withheld=Exists(threatened.filter(areas=OuterRef("pk")))
        )

    def for_data(self) -> Self:
        """Fetch what data say of an area, in a fixed number of queries."""
        return self.with_places().select_related("establishment").prefetch_related("species")

    def for_review(self) -> Self:
        """Fetch what whoever decides has to see of an area, with the sum of its plots."""
        plots = apps.get_model("catalogue", "Plot").objects.filter(area=OuterRef("pk"))
        together = plots.order_by().values("area").annotate(sum=Sum("area_m2")).values("sum")
        return (
            self.select_related("establishment", "commune__province")
            .prefetch_related("species__yield_limit")
            .annotate(plots_m2=Subquery(together))
        )

    def named(self, text: str) -> Self:
        """Keep areas whose code, name or commune contains the text.

        Whoever asks for a commune is not told which threatened species grow there.
        """
        if not text:
            return self
        place = Q(name__icontains=text) | Q(commune__folded_name__contains=fold(text))
        return self.with_places().filter(
            Q(code__icontains=text) | Q(place, place_is_withheld=False)
        )

    def for_rows(self) -> Self:
        """Fetch what the register shows of an area, in a fixed number of queries."""
        return self.with_places().select_related("establishment").prefetch_related("species__names")


class PlotQuerySet(models.QuerySet):
    """Words about plots."""

    def within(self, *, west: float, south: float, east: float, north: float) -> Self:
        """Keep plots whose rectangle touches a rectangle in degrees."""
        return self.filter(west__lte=east, east__gte=west, south__lte=north, north__gte=south)

    def within_any(self, boxes: Iterable) -> Self:
        """Keep plots whose rectangle touches one of some rectangles, which plots have, too."""
        touches = (
            Q(west__lte=box.east, east__gte=box.west, south__lte=box.north, north__gte=box.south)
            for box in boxes
        )
        return self.filter(reduce(or_, touches, Q(pk=None)))

    def not_withdrawn(self) -> Self:
        """Keep plots of areas whose code was not withdrawn: that land may be coded anew."""
        return self.exclude(area__decision=Decision.WITHDRAWN)


class EstablishmentQuerySet(models.QuerySet):
    """Words about establishments."""

    def known_to(self, certificates: models.QuerySet, areas: models.QuerySet) -> Self:
        """Keep establishments that hold one of some certificates or areas, or an OCOP product.

        Nobody reviews an establishment: what it holds is what the register vouches for.
        """
        products = apps.get_model("catalogue", "OcopProduct").objects
        return self.filter(
            Exists(certificates.filter(establishment=OuterRef("pk")))
            | Exists(areas.filter(establishment=OuterRef("pk")))
            | Exists(products.filter(establishment=OuterRef("pk")))
        )


class OcopProductQuerySet(models.QuerySet):
    """Words about OCOP products."""

    def valid(self, on: date | None = None) -> Self:
        """Keep products whose stars count on a day (default today)."""
        on = on or timezone.localdate()
        return self.filter(decided_on__lte=on, valid_until__gte=on)


class CertificateQuerySet(DecidedQuerySet):
    """Words about certificates."""

    def visible_to(self, person) -> Self:
        """Return the certificates a person may see: those under review are for market staff."""
        if roles.holds(person, roles.MARKET_STAFF):
            return self.all()
        return self.decided()

    def valid(self, on: date | None = None) -> Self:
        """Keep certificates whose paper holds on a day (default today): accepted, in date."""
        on = on or timezone.localdate()
        return self.accepted().filter(issued_on__lte=on, expires_on__gte=on)

    def proving(self, on: date | None = None) -> Self:
        """Keep certificates that prove something on a day: what every badge comes from.

        The paper holds, and where it names growing areas, the code of one of them is in force.
        """
        areas = apps.get_model("catalogue", "GrowingArea").objects
        named = areas.filter(certificates=OuterRef("pk"))
        return self.valid(on).filter(Exists(named.active()) | ~Exists(named))

    def with_state(self, on: date) -> Self:
        """Say of each certificate what it is on a day; the mirror of Certificate.state_on."""
        states = self.model.State
        soon = on + timedelta(days=self.model.DUE_DAYS)
        return self.annotate(
            state_then=Case(
                When(decision__in=UNDER_REVIEW, then=Value(states.DRAFT.value)),
                When(~Q(decision=Decision.ACCEPTED), then=F("decision")),
                When(expires_on__lt=on, then=Value(states.EXPIRED.value)),
                When(issued_on__gt=on, then=Value(states.DRAFT.value)),
                When(expires_on__lte=soon, then=Value(states.DUE.value)),
                default=Value(states.VALID.value),
                output_field=models.CharField(),
            )
        )

    def in_state(self, state: str, on: date) -> Self:
        """Keep certificates that are in a state on a day."""
        return self.with_state(on).filter(state_then=state)

    def named(self, text: str) -> Self:
        """Keep certificates whose number, holder or one of whose species contains the text.

        Names are found without accents, a number however its signs are typed.
        """
        if not text:
            return self
        folded, signs = fold(text), bare(text)
        species = apps.get_model("catalogue", "Species").objects
        named = species.filter(
            Q(sort_name__contains=folded) | Q(scientific_name__icontains=text)
        ).filter(certificates=OuterRef("pk"))
        found = Q(establishment__folded_name__contains=folded) | Exists(named)
        return self.filter(found | Q(folded_number__contains=signs) if signs else found)

    def for_review(self) -> Self:
        """Fetch what whoever decides has to see of a certificate."""
        return self.select_related("establishment").prefetch_related("species", "areas__species")

    def for_rows(self) -> Self:
        """Fetch what the register shows of a certificate, in a fixed number of queries."""
        return self.select_related("establishment").prefetch_related(
            "species__names", _areas_with_places()
        )

    def for_record(self) -> Self:
        """Fetch what the page of a certificate shows, in a fixed number of queries."""
        return self.for_rows().prefetch_related(labelled("part", "Part"), "audits__parts")

    def for_data(self) -> Self:
        """Fetch what the API says of a certificate, in a fixed number of queries."""
        return self.select_related("establishment").prefetch_related("species", "areas")


def _areas_with_places() -> Prefetch:
    """Return a prefetch of a certificate's areas as the public is told of them."""
    return Prefetch("areas", apps.get_model("catalogue", "GrowingArea").objects.with_places())
