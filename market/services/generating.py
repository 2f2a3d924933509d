"""Makes a market of any size for load tests: the same numbers give the same sellers and lots.

Every record is marked as a demonstration, and every name and code says "mẫu". The species are those
of the collection that may be sold; catalogue.services.generating makes more of them.
"""

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from catalogue.models import Commune, Compound, Marker, Species
from core.money import GRAMS_PER_KG
from market.models import Analysis, AnalysisResult, Lot, LotMovement, LotProof, LotText
from market.services.generating_sellers import (
    OLDEST_HARVEST_DAYS,
    Stall,
    add_sellers,
    chance_of,
    stalls_of,
    today,
)

CHUNK = 1000
# How often a lot rests on no certificate, names its area, was analysed, and has a note.
WITHOUT_PAPERS = 0.3
WITH_AREA = 0.8
ANALYSED = 0.2
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
MODELS = (LotMovement, LotText, LotProof, Lot.areas.through, Analysis, AnalysisResult)
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
    if not goods.parts or not Commune.objects.exists():
        raise ImproperlyConfigured("Load a collection first: there is no species to sell.")
    add_sellers(sellers, seed, sorted(goods.parts))
    stalls = stalls_of(sellers, goods.parts)
    added = 0
    for first in range(1, lots + 1, CHUNK):
        numbers = range(first, min(first + CHUNK, lots + 1))
        added += _add_lots(numbers, seed, stalls, goods)
        progress(len(numbers))
    return added


def code_of(number: int) -> str:
    """Return the code of the n-th generated lot."""
    return f"MAU-{number:08}"


@dataclass(frozen=True)
class Goods:
    """What may be sold by anybody: the parts of each species, and what drugs are analysed for."""

    parts: Mapping[int, list[int]]
    compounds: Sequence[int]


def _goods() -> Goods:
    used = Species.parts.through.objects.filter(
        species__live=True, species__trade=Species.Trade.FREE
    ).order_by("species__slug", "part__code")
    parts: dict[int, list[int]] = {}
    for species, part in used.values_list("species", "part"):
        parts.setdefault(species, []).append(part)
    compounds = Compound.objects.order_by("code").values_list("pk", flat=True)
    return Goods(parts, list(compounds))


def _add_lots(numbers: Iterable[int], seed: int, stalls: Sequence[Stall], goods: Goods) -> int:
    """Add a chunk of lots in one transaction, without those that are there already."""
    codes = [code_of(number) for number in numbers]
    known = set(Lot.objects.filter(code__in=codes).values_list("code", flat=True))
    lots: list[Lot] = []
    rows: list[Model] = []
    for number in numbers:
        if code_of(number) not in known:
            chance = chance_of(seed, "lot", number)
            stall = chance.choice(stalls)
            lots.append(_lot(number, chance, stall, goods))
            rows += _rows_of(lots[-1], chance, stall, goods)
    with transaction.atomic():
        Lot.objects.bulk_create(lots)
        for model in MODELS:
            model._default_manager.bulk_create(row for row in rows if type(row) is model)
    return len(lots)


def _lot(number: int, chance: random.Random, stall: Stall, goods: Goods) -> Lot:
    species = chance.choice(stall.species)
    harvested = today() - timedelta(days=chance.randrange(OLDEST_HARVEST_DAYS))
    grams = chance.randrange(5, 9_000) * GRAMS_PER_KG
    return Lot(
        code=code_of(number),
        seller_id=stall.seller,
        species_id=species,
        part_id=chance.choice(goods.parts[species]),
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


def _rows_of(lot: Lot, chance: random.Random, stall: Stall, goods: Goods) -> list[Model]:
    """Return what hangs on a lot, none of it saved, each row after those it hangs on."""
    rows: list[Model] = [
        LotMovement(lot=lot, grams=lot.listed_grams, reason=LotMovement.Reason.LISTED)
    ]
    if chance.random() > WITHOUT_PAPERS:
        rows.append(LotProof(lot=lot, certificate_id=chance.choice(stall.papers)))
    if chance.random() < WITH_AREA:
        rows.append(Lot.areas.through(lot=lot, growingarea_id=chance.choice(stall.areas)))
    rows += [
        LotText(lot=lot, language=language, note=_note(language, chance))
        for language, share in NOTED.items()
        if chance.random() < share
    ]
    if goods.compounds and chance.random() < ANALYSED:
        rows += _analysis(lot, chance, goods.compounds)
    return rows


def _analysis(lot: Lot, chance: random.Random, compounds: Sequence[int]) -> list[Model]:
    """Return a report and its results: anything in anything, since no share says what is true."""
    analysis = Analysis(
        lot=lot,
        number=lot.code,
        laboratory="Phòng thử nghiệm mẫu",
        analysed_on=lot.harvested_on,
        is_demonstration=True,
    )
    measured = chance.sample(compounds, min(len(compounds), chance.randrange(1, 3)))
    return [
        analysis,
        *(
            AnalysisResult(
                analysis=analysis,
                compound_id=compound,
                value=chance.randrange(100, 60_000),
                basis=Marker.Basis.DRIED,
                method="Phương pháp mẫu",
            )
            for compound in measured
        ),
    ]


def _note(language: str, chance: random.Random) -> str:
    facts = {
        "days": chance.randrange(3, 20),
        "share": chance.randrange(8, 14),
        "kilograms": chance.randrange(2, 60),
    }
    first, *others = NOTES[language]
    return f"{first} {chance.choice(others).format(**facts)}"
