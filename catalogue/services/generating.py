"""Makes a collection of any size for load tests: the same size and seed give the same records.

Nothing in it is a plant. Every name begins like "Ficto…" or says "mẫu", every record is marked as a
demonstration, and every fact names a source that says it was generated.
"""

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from catalogue.models import (
    Compound,
    ConservationStatus,
    Distribution,
    Family,
    Marker,
    Part,
    Province,
    Reference,
    Season,
    Species,
    SpeciesText,
    SpeciesTrait,
    Synonym,
    TraitState,
    VernacularName,
)
from catalogue.services.loading import load_facts
from core.text import fold

CHUNK = 1000
# Questions of the identification key that a generated record answers.
TRAITS = ("habit", "habitat", "leaf-arrangement", "leaf-shape", "flower-colour", "fruit")
AREAS = ("CHC", "CHS", "LAO", "MYA", "THA", "VIE")
SYLLABLES = ("ba", "ce", "di", "fo", "gu", "la", "me", "ni", "po", "ra", "se", "ti", "vo", "xa")
KINDS_VI = ("Cây", "Cỏ", "Dây", "Lá", "Rễ", "Củ", "Hoa", "Quả")
KINDS_EN = ("tree", "grass", "vine", "leaf", "root", "tuber", "flower", "fruit")
PASSAGES = {
    "vi": {
        "description": "Bản ghi sinh tự động để thử tải, không phải một loài cây có thật. "
        "{kind} mẫu cao {height} cm, lá dài {leaf} cm, hoa nở thành cụm ở ngọn.[^{work}] ",
        "habitat": "Giả định mọc ở độ cao {low}–{high} m, nơi đất ẩm và thoát nước.",
        "uses": "Không có công dụng nào: đây là dữ liệu mẫu.[^{work}]",
        "cautions": "Dữ liệu mẫu, không dùng để nhận dạng cây thuốc.",
    },
    "en": {
        "description": "A record generated for load tests, not a real plant. "
        "The sample {kind} is {height} cm tall, with leaves {leaf} cm long and terminal "
        "flowers.[^{work}] ",
        "habitat": "Supposed to grow at {low}–{high} m, on moist and well-drained soil.",
        "uses": "No use whatever: these are sample data.[^{work}]",
        "cautions": "Sample data; do not identify plants with it.",
    },
}
LONGER = {
    "vi": "Phần mô tả lặp lại để bản ghi dài như một bản ghi thật của bộ sưu tập. ",
    "en": "This sentence repeats so that the record is as long as a real one of the collection. ",
}


def slug_of(number: int) -> str:
    """Return the address of the n-th generated taxon."""
    return f"mau-{number:06}"


def generate(
    *, taxa: int, seed: int = 0, progress: Callable[[int], None] = lambda done: None
) -> int:
    """Add the taxa of a generated collection that are not there yet; return how many were added.

    Taxon n is the same for the same seed, whatever else is asked for, so that a run that was
    interrupted is taken up again, and a larger collection contains the smaller one. `progress` is
    told how many more are done. Raises ImproperlyConfigured outside a demonstration.
    """
    if not settings.IS_DEMONSTRATION:
        raise ImproperlyConfigured("DEMONSTRATION must be on to generate a collection.")
    for _step in load_facts():
        pass
    words = _Words()
    added = 0
    for first in range(1, taxa + 1, CHUNK):
        numbers = range(first, min(first + CHUNK, taxa + 1))
        added += _add(numbers, seed, words)
        progress(len(numbers))
    return added


class _Words:
    """The vocabulary that generated records use, read once."""

    def __init__(self):
        self.work, _is_new = Reference.objects.get_or_create(
            code="ban-ghi-mau",
            defaults={
                "kind": Reference.Kind.DATABASE,
                "author": settings.WAGTAIL_SITE_NAME,
                "title": "Bản ghi sinh tự động để thử tải",
            },
        )
        self.families = list(Family.objects.order_by("code").values_list("pk", flat=True))
        self.parts = list(Part.objects.order_by("code").values_list("pk", flat=True))
        self.compounds = list(Compound.objects.order_by("code").values_list("pk", flat=True))
        self.provinces = list(Province.objects.order_by("code").prefetch_related("communes"))
        self.communes = {
            province.code: sorted(commune.code for commune in province.communes.all())
            for province in self.provinces
        }
        states = TraitState.objects.filter(trait__code__in=TRAITS).order_by("trait", "code")
        self.states: dict[int, list[int]] = {}
        for trait, state in states.values_list("trait", "pk"):
            self.states.setdefault(trait, []).append(state)


@dataclass
class _Drawn:
    """One taxon: its species, not saved, and its rows by model."""

    species: Species
    part: int
    rows: dict[type[Model], list[Any]] = field(default_factory=dict)


def _add(numbers: Iterable[int], seed: int, words: _Words) -> int:
    """Add a chunk of taxa in one transaction, without those that are there already."""
    numbers = list(numbers)
    slugs = [slug_of(number) for number in numbers]
    known = set(Species.objects.filter(slug__in=slugs).values_list("slug", flat=True))
    drawn = [_draw(n, seed, words) for n in numbers if slug_of(n) not in known]
    with transaction.atomic():
        Species.objects.bulk_create([one.species for one in drawn])
        _save_rows(drawn)
        _save_links(drawn, words)
    return len(drawn)


def _save_rows(drawn: list[_Drawn]) -> None:
    together: dict[type[Model], list[Any]] = {}
    for one in drawn:
        for model, rows in one.rows.items():
            for row in rows:
                row.species_id = one.species.pk
            together.setdefault(model, []).extend(rows)
    for model, rows in together.items():
        model._default_manager.bulk_create(rows)


def _save_links(drawn: list[_Drawn], words: _Words) -> None:
    parts, references = Species.parts.through, Species.references.through
    parts._default_manager.bulk_create(
        parts(species_id=one.species.pk, part_id=one.part) for one in drawn
    )
    references._default_manager.bulk_create(
        references(species_id=one.species.pk, reference_id=words.work.pk) for one in drawn
    )


def _draw(number: int, seed: int, words: _Words) -> _Drawn:
    """Return the n-th taxon of a seed, not saved."""
    chance = random.Random(f"{seed}/{number}")  # noqa: S311  a load, not a secret
    kind = chance.randrange(len(KINDS_VI))
    low = chance.randrange(1, 20) * 100
    facts = {"low": low, "high": low + chance.randrange(1, 10) * 100}
    genus, epithet = _latin(number)
    vietnamese = f"{KINDS_VI[kind]} mẫu {number}"
    now = timezone.now()
    species = Species(
        slug=slug_of(number),
        scientific_name=f"{genus} {epithet}",
        authorship="Exempl.",
        genus=genus,
        family_id=chance.choice(words.families),
        elevation_min_m=facts["low"],
        elevation_max_m=facts["high"],
        sort_name=fold(vietnamese),
        is_demonstration=True,
        live=True,
        first_published_at=now,
        last_published_at=now,
    )
    one = _Drawn(species, part=chance.choice(words.parts))
    one.rows[VernacularName] = _names(number, kind, vietnamese, chance, words.work)
    one.rows[Synonym] = _synonyms(genus, epithet, chance)
    one.rows[SpeciesText] = _texts(kind, facts, chance, words.work)
    one.rows[Distribution] = list(_places(chance, words))
    one.rows[Season] = list(_seasons(chance, words.work))
    one.rows[SpeciesTrait] = [
        SpeciesTrait(state_id=chance.choice(states)) for states in words.states.values()
    ]
    one.rows[ConservationStatus] = _conservation(chance, species.scientific_name, words.work)
    one.rows[Marker] = _markers(one.part, chance, words)
    return one


def _latin(number: int) -> tuple[str, str]:
    """Return genus and epithet of the n-th taxon; no two are the same."""
    return f"Ficto{_syllables(number // 50)}a", f"{_syllables(number)}nsis"


def _syllables(number: int) -> str:
    """Write a number in syllables, at least two of them."""
    said = ""
    while number or len(said) < 4:
        number, rest = divmod(number, len(SYLLABLES))
        said = SYLLABLES[rest] + said
    return said


def _names(
    number: int, kind: int, vietnamese: str, chance: random.Random, work: Reference
) -> list[VernacularName]:
    said = [(vietnamese, "vie"), (f"Sample {KINDS_EN[kind]} {number}", "eng")]
    if chance.random() < 0.5:
        said.append((f"{chance.choice(KINDS_VI)} mẫu khác {number}", "vie"))
    return [
        VernacularName(
            name=name, folded_name=fold(name), language=language, source=work, sort_order=position
        )
        for position, (name, language) in enumerate(said)
    ]


def _synonyms(genus: str, epithet: str, chance: random.Random) -> list[Synonym]:
    names = [f"{genus}ea {epithet}", f"{genus} {epithet[:-4]}oides"][: chance.randrange(3)]
    return [
        Synonym(name=name, folded_name=fold(name), authorship="Exempl.", sort_order=position)
        for position, name in enumerate(names)
    ]


def _texts(
    kind: int, facts: dict[str, int], chance: random.Random, work: Reference
) -> list[SpeciesText]:
    facts = facts | {"height": chance.randrange(10, 900), "leaf": chance.randrange(2, 40)}
    longer = chance.randrange(1, 7)
    rows = []
    for language, passages in PASSAGES.items():
        kinds = KINDS_VI if language == "vi" else KINDS_EN
        said = {
            name: text.format(kind=kinds[kind], work=work.code, **facts)
            for name, text in passages.items()
        }
        said["description"] = said["description"] + (LONGER[language] * longer).strip()
        rows.append(SpeciesText(language=language, **said))
    SpeciesText.follow_source(rows)
    return rows


def _places(chance: random.Random, words: _Words) -> Iterator[Distribution]:
    provinces = chance.sample(words.provinces, chance.randrange(1, 4))
    rows: list[dict[str, Any]] = [{"province_id": place.code} for place in provinces]
    if chance.random() < 0.3:
        code = provinces[0].code
        rows.append({"province_id": code, "commune_id": chance.choice(words.communes[code])})
    rows += [{"area_code": area} for area in chance.sample(AREAS, chance.randrange(3))]
    for position, row in enumerate(rows):
        yield Distribution(
            **row,
            status=chance.choice(Distribution.Status.values),
            means=chance.choice(Distribution.Means.values),
            source=words.work,
            sort_order=position,
        )


def _seasons(chance: random.Random, work: Reference) -> Iterator[Season]:
    for position, kind in enumerate((Season.Kind.FLOWERING, Season.Kind.HARVEST)):
        first = chance.randrange(1, 13)
        last = (first + chance.randrange(4)) % 12 + 1
        yield Season(
            kind=kind, first_month=first, last_month=last, source=work, sort_order=position
        )


def _conservation(chance: random.Random, name: str, work: Reference) -> list[ConservationStatus]:
    if chance.random() > 0.15:
        return []
    category = chance.choice(("CR", "EN", "VU", "NT", "LC"))
    return [
        ConservationStatus(
            authority=ConservationStatus.Authority.IUCN,
            edition="3.1",
            category=category,
            year=2020,
            scope=ConservationStatus.Scope.GLOBAL,
            name_as_assessed=name,
            source=work,
        )
    ]


def _markers(part: int, chance: random.Random, words: _Words) -> list[Marker]:
    if not words.compounds or chance.random() > 0.2:
        return []
    return [
        Marker(
            part_id=part,
            compound_id=chance.choice(words.compounds),
            bound=Marker.Bound.AT_LEAST,
            limit=chance.randrange(1, 500) / 100,
            unit="%",
            basis=Marker.Basis.DRIED,
            edition="Bản mẫu",
            source=words.work,
        )
    ]
