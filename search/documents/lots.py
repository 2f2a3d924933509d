"""Lots: found by their code, by the species' names, by who sells them and where they grew."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import attrgetter
from typing import Any

from django.db.models import Prefetch, QuerySet

from catalogue.facets import YES
from catalogue.models import Certificate, GrowingArea, OcopProduct, Part, Species
from market.assays import Assay, by_lot
from market.models import AnalysisResult, Lot, LotProof, LotText, Seller
from search.documents import bands
from search.documents.base import Document, DocumentType, Maker, distinct, languages, lines
from search.documents.lot_facts import (
    AreaFacts,
    PaperFacts,
    PartFacts,
    PlaceFacts,
    SellerFacts,
    SpeciesFacts,
    kind_words,
)
from search.documents.shelf import Shelf, grouped


class LotDocument(DocumentType[Lot]):
    """A lot on sale. Price, kilograms and certificates are shown from the record, not from here."""

    label = "lots"
    noun = "lot"

    @classmethod
    def queryset(cls) -> QuerySet[Lot]:
        return Lot.objects.visible_to(None).on_sale()

    @classmethod
    def from_model(cls, record: Lot) -> Document:
        return next(iter(cls.maker()([record])))

    @classmethod
    def maker(cls) -> Maker:
        return _LotMaker()

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
        return [" · ".join(distinct(_places(record))), record.note]


class _LotMaker:
    """Makes documents of lots, a chunk at a time; remembers what is around them."""

    def __init__(self) -> None:
        self.species = Shelf(_species, SpeciesFacts.of)
        self.parts = Shelf(lambda: Part.objects.prefetch_related("labels"), PartFacts.of)
        self.sellers = Shelf(_sellers, SellerFacts.of)
        self.areas = Shelf(lambda: GrowingArea.objects.with_places(), AreaFacts.of)
        self.papers = Shelf(lambda: Certificate.objects.prefetch_related("species"), PaperFacts.of)

    def __call__(self, lots: Sequence[Lot]) -> Iterator[Document]:
        of_lots = {"lot__in": [lot.pk for lot in lots]}
        assays_of = by_lot(AnalysisResult.objects.of_lots(lots))
        areas_of = _pairs(Lot.areas.through.objects.filter(**of_lots), "growingarea")
        papers_of = _pairs(LotProof.objects.filter(**of_lots), "certificate")
        notes = LotText.objects.filter(**of_lots).values_list("lot", "language", "note")
        notes_of = {(lot, language): note for lot, language, note in notes}
        species = self.species.of(lot.species_id for lot in lots)
        parts = self.parts.of(lot.part_id for lot in lots)
        sellers = self.sellers.of(lot.seller_id for lot in lots)
        areas = self.areas.of(chain.from_iterable(areas_of.values()))
        papers = self.papers.of(chain.from_iterable(papers_of.values()))
        for lot in lots:
            # An area or a certificate may be taken off a lot between two of these queries.
            grown_in = [areas[pk] for pk in areas_of[lot.pk] if pk in areas]
            listed_with = [papers[pk] for pk in papers_of[lot.pk] if pk in papers]
            yield _document(
                _Around(
                    lot=lot,
                    species=species[lot.species_id],
                    part=parts[lot.part_id],
                    seller=sellers[lot.seller_id],
                    areas=sorted(grown_in, key=_by_code),
                    papers=sorted(
                        (one for one in listed_with if one.proves(lot.species_id)), key=_by_number
                    ),
                    notes={code: notes_of.get((lot.pk, code), "") for code in languages()},
                    assays=assays_of[lot.pk],
                )
            )


def _species() -> QuerySet[Species]:
    return Species.objects.select_related("family").prefetch_related(
        "names", "synonyms", "groups", "conservation"
    )


def _sellers() -> QuerySet[Seller]:
    graded = Prefetch("establishment__ocop_products", OcopProduct.objects.valid())
    return Seller.objects.select_related("establishment__commune__province").prefetch_related(
        graded
    )


def _pairs(rows: QuerySet, column: str) -> Mapping[int, list[int]]:
    return grouped(rows.order_by().values_list("lot", column))


_by_code = attrgetter("code")
_by_number = attrgetter("number")


@dataclass(frozen=True, kw_only=True)
class _Around:
    """A lot and what is around it: `papers` are the certificates that hold for it today."""

    lot: Lot
    species: SpeciesFacts
    part: PartFacts
    seller: SellerFacts
    areas: Sequence[AreaFacts]
    papers: Sequence[PaperFacts]
    notes: Mapping[str, str]
    assays: Mapping[str, Assay]

    @property
    def stars(self) -> int | None:
        """The most OCOP stars of its seller's products of its species."""
        return self.seller.stars.get(self.lot.species_id)

    @property
    def places(self) -> Sequence[PlaceFacts]:
        """Where the lot grew; where its seller is when no growing area is named."""
        return [area.place for area in self.areas] or [self.seller.place]


def _document(around: _Around) -> Document:
    lot = around.lot
    assays = {code: assay.ppm for code, assay in around.assays.items()}
    titles = {
        code: f"{around.species.called[code]}, {around.part.called[code]}" for code in languages()
    }
    return Document(
        kind=LotDocument.label,
        pk=lot.pk,
        id=lot.code,
        titles=titles,
        names=around.species.names,
        codes=(lot.code, *(area.code for area in around.areas)),
        bodies={code: _body(around, code, title) for code, title in titles.items()},
        facets={
            "family": (around.species.family,),
            "part": (around.part.code,),
            "group": around.species.groups,
            "province": distinct(place.province for place in around.places),
            "commune": distinct(place.commune for place in around.places if place.commune),
            "certificate": distinct(paper.standard for paper in around.papers),
            "conservation": around.species.listings,
            "on_sale": (YES,) if lot.available_grams else (),
            "species": (around.species.slug,),
            "form": (lot.form,),
            "grade": (lot.grade,) if lot.grade else (),
            "seller": (around.seller.kind,),
            "price": bands.of_price(lot.price_minor_per_kg, lot.currency),
            "kg": bands.of_weight(lot.available_grams),
            "assay": bands.of_assays(assays),
            "ocop": (str(around.stars),) if around.stars else (),
            "harvested": (f"{lot.harvested_on:%Y-%m}",),
        },
        numbers=_numbers(lot) | _leading(assays),
        assays=assays,
        certified=bool(around.papers),
    )


def _numbers(lot: Lot) -> dict[str, int]:
    """Return what lots are put in order by. Prices in another currency are not compared."""
    numbers = {"kg": lot.available_grams // 1000}
    if lot.currency == bands.CURRENCY:
        numbers["price"] = lot.price_minor_per_kg
    if lot.published_at:
        numbers["listed"] = int(lot.published_at.timestamp()) // 60
    return numbers


def _leading(assays: Mapping[str, int]) -> dict[str, int]:
    """Return the assay that lots are put in order by: the largest of any compound."""
    return {"assay": max(assays.values())} if assays else {}


def _places(lot: Lot) -> list[str]:
    """Where the lot grew, as _Around.places has it for the index."""
    grown = [area.public_place for area in lot.areas.all()]
    return grown or [str(lot.seller.establishment.commune)]


def _body(around: _Around, language: str, title: str) -> tuple[str, ...]:
    return lines(
        [
            around.notes[language],
            title,
            *kind_words(around.lot.form, around.lot.grade, language),
            around.seller.name,
            *(area.line for area in around.areas),
            *(place.line for place in around.places),
            *(paper.lines[language] for paper in around.papers),
        ]
    )
