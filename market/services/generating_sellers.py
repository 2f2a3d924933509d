"""The sellers of a generated market, each with its areas, certificates and graded products."""

import random
from collections.abc import Collection, Sequence
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from catalogue.decisions import Decision
from catalogue.models import Certificate, Commune, Establishment, GrowingArea, OcopProduct
from core.text import bare
from market.models import Seller

SPECIES_OF_A_SELLER = 12
AREAS_OF_A_SELLER = 3
CERTIFICATES_OF_A_SELLER = 3
WITH_STARS = 0.3  # how often one of its products is graded
OLDEST_HARVEST_DAYS = 700


@transaction.atomic
def add_sellers(sellers: int, seed: int, species: Sequence[int]) -> None:
    """Add the sellers that are not there yet, each with what belongs to it."""
    known = set(Seller.objects.values_list("slug", flat=True))
    communes = list(Commune.objects.order_by("code").values_list("code", flat=True))
    for number in range(1, sellers + 1):
        if _slug_of(number) not in known:
            _add_seller(number, chance_of(seed, "seller", number), communes, species)


def chance_of(seed: int, kind: str, number: int) -> random.Random:
    """Return what decides about the n-th record of a kind, whatever else is drawn."""
    return random.Random(f"{seed}/{kind}/{number}")  # noqa: S311  a load, not a secret


def _slug_of(number: int) -> str:
    return f"co-so-mau-{number:05}"


def _add_seller(
    number: int, chance: random.Random, communes: Sequence[str], species: Sequence[int]
) -> None:
    establishment = Establishment.objects.create(
        slug=_slug_of(number),
        kind=chance.choice(Establishment.Kind.values),
        name=f"Cơ sở mẫu số {number}",
        commune_id=chance.choice(communes),
        is_demonstration=True,
    )
    Seller.objects.create(
        slug=establishment.slug,
        establishment=establishment,
        vetting=Seller.Vetting.ACCEPTED,
        is_demonstration=True,
    )
    sold = chance.sample(species, min(SPECIES_OF_A_SELLER, len(species)))
    areas = GrowingArea.objects.bulk_create(
        GrowingArea(
            code=f"VN-MAU-{number:05}-{place}",
            establishment=establishment,
            name=f"Vùng trồng mẫu {number}.{place}",
            commune_id=chance.choice(communes),
            area_m2=chance.randrange(5_000, 900_000),
            households=chance.randrange(1, 60),
            decision=Decision.ACCEPTED,
            is_demonstration=True,
        )
        for place in range(1, AREAS_OF_A_SELLER + 1)
    )
    papers = Certificate.objects.bulk_create(
        _paper(number, place, establishment, chance)
        for place in range(1, CERTIFICATES_OF_A_SELLER + 1)
    )
    for model, key, rows in (
        (GrowingArea.species.through, "growingarea_id", areas),
        (Certificate.species.through, "certificate_id", papers),
    ):
        model._default_manager.bulk_create(
            model(**{key: row.pk, "species_id": one}) for row in rows for one in sold
        )
    if chance.random() < WITH_STARS:
        _product(number, establishment, chance, sold[0]).save()


def _paper(
    number: int, place: int, establishment: Establishment, chance: random.Random
) -> Certificate:
    """Some run out soon and a few already have."""
    issued = today() - timedelta(days=OLDEST_HARVEST_DAYS + chance.randrange(300))
    printed = f"MAU-{number:05}-{place}"
    return Certificate(
        number=printed,
        folded_number=bare(printed),
        standard=chance.choice(Certificate.Standard.values),
        authority="Cơ quan cấp mẫu",
        establishment=establishment,
        issued_on=issued,
        expires_on=issued + timedelta(days=chance.randrange(950, 1900)),
        decision=Decision.ACCEPTED,
        is_demonstration=True,
    )


def _product(
    number: int, establishment: Establishment, chance: random.Random, species: int
) -> OcopProduct:
    """Some of the stars do not count any more."""
    decided = today() - timedelta(days=chance.randrange(1_200))
    return OcopProduct(
        establishment=establishment,
        species_id=species,
        name=f"Sản phẩm mẫu số {number}",
        stars=chance.choice(OcopProduct.Stars.values),
        decision_number=f"MAU-{number:05}",
        decided_on=decided,
        valid_until=decided + timedelta(days=3 * 365),
        is_demonstration=True,
    )


class Stall:
    """What the lots of one seller are made of, by key."""

    def __init__(self, seller: int):
        self.seller = seller
        self.species: list[int] = []
        self.areas: list[int] = []
        self.papers: list[int] = []


def stalls_of(sellers: int, goods: Collection[int]) -> list[Stall]:
    """Return the stalls of the sellers, but for those whose species may not be sold any more."""
    wanted = [_slug_of(number) for number in range(1, sellers + 1)]
    rows = Seller.objects.order_by("slug").values_list("slug", "pk", "establishment")
    by_slug = {slug: (pk, establishment) for slug, pk, establishment in rows}
    stalls = {by_slug[slug][1]: Stall(by_slug[slug][0]) for slug in wanted}
    for establishment, area in GrowingArea.objects.order_by("code").values_list(
        "establishment", "pk"
    ):
        if establishment in stalls:
            stalls[establishment].areas.append(area)
    sold: dict[int, set[int]] = {}
    of_papers = Certificate.species.through.objects.order_by("certificate__number")
    for establishment, paper, species in of_papers.values_list(
        "certificate__establishment", "certificate", "species"
    ):
        if establishment in stalls:
            stalls[establishment].papers.append(paper)
            sold.setdefault(establishment, set()).add(species)
    for establishment, stall in stalls.items():
        stall.papers = list(dict.fromkeys(stall.papers))
        stall.species = sorted(sold[establishment].intersection(goods))
    return [stall for stall in stalls.values() if stall.species]


def today() -> date:
    """Return the day from which every date of a generated market is counted back."""
    return timezone.localdate()
