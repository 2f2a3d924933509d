"""Lots: found by their code, by the species' names, by who sells them and where they grew."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import translation

from catalogue.facets import YES
from core.languages import pick
from market.models import Lot, LotProof
from search.documents import bands
from search.documents.base import Document, DocumentType, distinct, joined, languages
from search.documents.species import abbreviations, listings, species_name, species_names


class LotDocument(DocumentType[Lot]):
    """A lot on sale. Price, kilograms and certificates are shown from the record, not from here."""

    label = "lots"
    noun = "lot"

    @classmethod
    def queryset(cls) -> QuerySet[Lot]:
        return (
            Lot.objects.visible_to(None)
            .on_sale()
            .select_related("part", "species__family", "seller__establishment__commune__province")
            .prefetch_related(
                "texts",
                "part__labels",
                "species__names",
                "species__synonyms",
                "species__groups",
                "species__conservation",
                Prefetch("proofs", LotProof.objects.with_coverage()),
                "areas__commune__province",
            )
        )

    @classmethod
    def from_model(cls, record: Lot) -> Document:
        return Document(
            kind=cls.label,
            pk=record.pk,
            id=record.code,
            titles={code: lot_title(record, code) for code in languages()},
            names=(*species_names(record.species), *abbreviations(record.species)),
            codes=(record.code, *(area.code for area in record.areas.all())),
            bodies={code: _body(record, code) for code in languages()},
            facets={
                "family": (record.species.family.code,),
                "part": (record.part.code,),
                "group": tuple(group.code for group in record.species.groups.all()),
                "province": distinct(commune.province_id for commune in _communes(record)),
                "commune": distinct(commune.pk for commune in _communes(record)),
                "certificate": distinct(c.standard for c in record.valid_certificates),
                "conservation": listings(record.species),
                "on_sale": (YES,) if record.available_grams else (),
                "species": (record.species.slug,),
                "form": (record.form,),
                "grade": (record.grade,) if record.grade else (),
                "seller": (record.seller.establishment.kind,),
                "price": bands.of_price(record.price_minor_per_kg, record.currency),
                "kg": bands.of_weight(record.available_grams),
                "harvested": (f"{record.harvested_on:%Y-%m}",),
            },
            numbers=_numbers(record),
            certified=bool(record.valid_certificates),
        )

    @classmethod
    def records(cls, person: Any) -> QuerySet[Lot]:
        return (
            Lot.objects.visible_to(person)
            .on_sale()
            .for_record()
            .select_related("seller__establishment__commune__province")
        )

    @classmethod
    def title(cls, record: Lot) -> str:
        return f"{record.species.title}, {record.part.label}"

    @classmethod
    def names(cls, record: Lot) -> tuple[str, ...]:
        return (record.code,)

    @classmethod
    def passages(cls, record: Lot) -> list[str]:
        # What it is, its code and its seller are shown of the record itself.
        return [" · ".join(distinct(str(commune) for commune in _communes(record))), record.note]


def lot_title(lot: Lot, language: str) -> str:
    """Return what a lot is called in one language: the species and the part, "Quế, vỏ thân"."""
    part = pick(lot.part.labels.all(), language)
    return f"{species_name(lot.species, language)}, {part.text if part else lot.part.code}"


def _numbers(lot: Lot) -> dict[str, int]:
    """Return what lots are put in order by. Prices in another currency are not compared."""
    numbers = {"kg": lot.available_grams // 1000}
    if lot.currency == bands.CURRENCY:
        numbers["price"] = lot.price_minor_per_kg
    if lot.published_at:
        numbers["listed"] = int(lot.published_at.timestamp()) // 60
    return numbers


def _communes(lot: Lot) -> list:
    """Where the lot grew; where its seller is when no growing area is named."""
    grown = [area.commune for area in lot.areas.all()]
    return grown or [lot.seller.establishment.commune]


def _body(lot: Lot, language: str) -> str:
    note = next((row.note for row in lot.texts.all() if row.language == language), "")
    with translation.override(language):
        kinds = [lot.get_form_display(), lot.get_grade_display()]
    return joined(
        [
            note,
            lot_title(lot, language),
            *kinds,
            lot.seller.establishment.name,
            *(f"{area.code} {area.name}" for area in lot.areas.all()),
            *(f"{c.full_name}, {c.province.name}" for c in _communes(lot)),
            *(f"{c.get_standard_display()} {c.number}" for c in lot.valid_certificates),
        ]
    )
