"""Makes a market of any size for load tests: the same numbers give the same sellers and lots.

Every record is marked as a demonstration, and every name and code says "mẫu". The species are those
of the collection that may be sold; catalogue.services.generating makes more of them.
"""

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from catalogue.models import Certificate, Commune, Establishment, GrowingArea, Species
from core.money import GRAMS_PER_KG
from market.models import Lot, LotMovement, LotProof, LotText, Seller

CHUNK = 1000
SPECIES_OF_A_SELLER = 12
AREAS_OF_A_SELLER = 3
CERTIFICATES_OF_A_SELLER = 3
OLDEST_HARVEST_DAYS = 700
# How often a lot rests on no certificate, names its area, and has a note in each language.
WITHOUT_PAPERS = 0.3
WITH_AREA = 0.8
NOTED = {"vi": 0.7, "en": 0.3}
FORMS = tuple(Lot.Form.values)
GRADES = ("", *Lot.Grade.values)
NOTES = {
    "vi": (
        "Lô mẫu sinh tự động, không phải hàng thật.",
        "Phơi trên giàn {days} ngày, độ ẩm dưới {share}%.",
        "Đóng bao {kilograms} kg, để trong kho khô.",
        "Xe {kilograms} tạ vào được tận kho.",
    ),
    "en": (
        "A lot generated for load tests, not real goods.",
        "Dried on racks for {days} days, moisture under {share}%.",
        "Packed in bags of {kilograms} kg, kept in a dry store.",
        "Samples of {kilograms} g are sent on request.",
    ),
}
# Price per kilogram in VND, in steps as sellers write them.
PRICES = (28_000, 46_000, 85_000, 120_000, 180_000, 340_000, 650_000, 1_200_000, 6_500_000)


def generate(
    *, lots: int, sellers: int, seed: int = 0, progress: Callable[[int], None] = lambda done: None
) -> int:
    """Add the sellers and lots of a generated market that are not there yet; return how many lots.

    Lot n is the same for the same seed, sellers and collection, so that a run that was interrupted
    is taken up again. `progress` is told how many more lots are done. Raises ImproperlyConfigured
    outside a demonstration, and when the collection has nothing to sell.
    """
    if not settings.IS_DEMONSTRATION:
        raise ImproperlyConfigured("DEMONSTRATION must be on to generate a market.")
    goods = _goods()
    if not goods or not Commune.objects.exists():
        raise ImproperlyConfigured("Load a collection first: there is no species to sell.")
    _add_sellers(sellers, seed, sorted(goods))
    stalls = _stalls(sellers, goods)
    added = 0
    for first in range(1, lots + 1, CHUNK):
        numbers = range(first, min(first + CHUNK, lots + 1))
        added += _add_lots(numbers, seed, stalls, goods)
        progress(len(numbers))
    return added


def code_of(number: int) -> str:
    """Return the code of the n-th generated lot."""
    return f"MAU-{number:08}"


def _goods() -> dict[int, list[int]]:
    """Return the species that may be sold by anybody, with their parts, by key."""
    used = Species.parts.through.objects.filter(
        species__live=True, species__trade=Species.Trade.FREE
    ).order_by("species__slug", "part__code")
    goods: dict[int, list[int]] = {}
    for species, part in used.values_list("species", "part"):
        goods.setdefault(species, []).append(part)
    return goods


@transaction.atomic
def _add_sellers(sellers: int, seed: int, species: Sequence[int]) -> None:
    """Add the sellers that are not there yet, each with its areas and certificates."""
    known = set(Seller.objects.values_list("slug", flat=True))
    communes = list(Commune.objects.order_by("code").values_list("code", flat=True))
    for number in range(1, sellers + 1):
        if _slug_of(number) not in known:
            _add_seller(number, _chance(seed, "seller", number), communes, species)


def _chance(seed: int, kind: str, number: int) -> random.Random:
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


def _paper(
    number: int, place: int, establishment: Establishment, chance: random.Random
) -> Certificate:
    """Some run out soon and a few already have."""
    issued = _today() - timedelta(days=OLDEST_HARVEST_DAYS + chance.randrange(300))
    return Certificate(
        number=f"MAU-{number:05}-{place}",
        standard=chance.choice(Certificate.Standard.values),
        authority="Cơ quan cấp mẫu",
        establishment=establishment,
        issued_on=issued,
        expires_on=issued + timedelta(days=chance.randrange(950, 1900)),
        decision=Certificate.Decision.ACCEPTED,
        is_demonstration=True,
    )


class _Stall:
    """What the lots of one seller are made of, by key."""

    def __init__(self, seller: int):
        self.seller = seller
        self.species: list[int] = []
        self.areas: list[int] = []
        self.papers: list[int] = []


def _stalls(sellers: int, goods: Mapping[int, list[int]]) -> list[_Stall]:
    """Return the stalls of the sellers, but for those whose species may not be sold any more."""
    wanted = [_slug_of(number) for number in range(1, sellers + 1)]
    rows = Seller.objects.order_by("slug").values_list("slug", "pk", "establishment")
    by_slug = {slug: (pk, establishment) for slug, pk, establishment in rows}
    stalls = {by_slug[slug][1]: _Stall(by_slug[slug][0]) for slug in wanted}
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
        stall.species = sorted(sold[establishment] & goods.keys())
    return [stall for stall in stalls.values() if stall.species]


def _add_lots(
    numbers: Iterable[int], seed: int, stalls: Sequence[_Stall], goods: dict[int, list[int]]
) -> int:
    """Add a chunk of lots in one transaction, without those that are there already."""
    codes = [code_of(number) for number in numbers]
    known = set(Lot.objects.filter(code__in=codes).values_list("code", flat=True))
    rows: dict[type[Model], list[Any]] = {
        model: [] for model in (LotMovement, LotText, LotProof, Lot.areas.through)
    }
    drawn = []
    for number in numbers:
        if code_of(number) not in known:
            chance = _chance(seed, "lot", number)
            stall = chance.choice(stalls)
            lot = _lot(number, chance, stall, goods)
            drawn.append((lot, _rows_of(lot, chance, stall)))
    with transaction.atomic():
        Lot.objects.bulk_create(lot for lot, _rows in drawn)
        for lot, of_lot in drawn:
            for row in of_lot:
                row.lot_id = lot.pk
                rows[type(row)].append(row)
        for model, together in rows.items():
            model._default_manager.bulk_create(together)
    return len(drawn)


def _lot(number: int, chance: random.Random, stall: _Stall, goods: dict[int, list[int]]) -> Lot:
    species = chance.choice(stall.species)
    harvested = _today() - timedelta(days=chance.randrange(OLDEST_HARVEST_DAYS))
    grams = chance.randrange(5, 9_000) * GRAMS_PER_KG
    return Lot(
        code=code_of(number),
        seller_id=stall.seller,
        species_id=species,
        part_id=chance.choice(goods[species]),
        form=chance.choice(FORMS),
        grade=chance.choice(GRADES),
        harvested_on=harvested,
        listed_grams=grams,
        available_grams=grams,
        price_minor_per_kg=chance.choice(PRICES) + chance.randrange(50) * 500,
        minimum_grams=GRAMS_PER_KG,
        state=Lot.State.OPEN,
        published_at=timezone.now() - timedelta(minutes=chance.randrange(500_000)),
        is_demonstration=True,
    )


def _rows_of(lot: Lot, chance: random.Random, stall: _Stall) -> list[Model]:
    """Return what hangs on a lot, not saved: its first movement, papers, area and notes."""
    rows: list[Model] = [LotMovement(grams=lot.listed_grams, reason=LotMovement.Reason.LISTED)]
    if chance.random() > WITHOUT_PAPERS:
        rows.append(LotProof(certificate_id=chance.choice(stall.papers)))
    if chance.random() < WITH_AREA:
        rows.append(Lot.areas.through(growingarea_id=chance.choice(stall.areas)))
    rows += [
        LotText(language=language, note=_note(language, chance))
        for language, share in NOTED.items()
        if chance.random() < share
    ]
    return rows


def _note(language: str, chance: random.Random) -> str:
    facts = {
        "days": chance.randrange(3, 20),
        "share": chance.randrange(8, 14),
        "kilograms": chance.randrange(2, 60),
    }
    first, *others = NOTES[language]
    return f"{first} {chance.choice(others).format(**facts)}"


def _today() -> date:
    return timezone.localdate()
