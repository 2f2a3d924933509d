"""What a lot's document says of the records around the lot, made from them once for all lots."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from django.utils import translation

from catalogue.models import Certificate, Commune, GrowingArea, Part, Province, Species
from core.languages import pick
from market.models import Lot, Seller
from search.documents.base import languages
from search.documents.species import abbreviations, listings, species_name, species_names


@dataclass(frozen=True)
class SpeciesFacts:
    """The species of a lot."""

    slug: str
    called: Mapping[str, str]
    names: tuple[str, ...]
    family: str
    groups: tuple[str, ...]
    listings: tuple[str, ...]

    @classmethod
    def of(cls, species: Species) -> "SpeciesFacts":
        return cls(
            slug=species.slug,
            called={code: species_name(species, code) for code in languages()},
            names=(*species_names(species), *abbreviations(species)),
            family=species.family.code,
            groups=tuple(group.code for group in species.groups.all()),
            listings=listings(species),
        )


@dataclass(frozen=True)
class PartFacts:
    """The part of the plant that a lot consists of."""

    code: str
    called: Mapping[str, str]

    @classmethod
    def of(cls, part: Part) -> "PartFacts":
        labels = {code: pick(part.labels.all(), code) for code in languages()}
        return cls(
            code=part.code,
            called={code: row.text if row else part.code for code, row in labels.items()},
        )


@dataclass(frozen=True)
class PlaceFacts:
    """Where a lot grew, or where its seller is."""

    commune: str
    province: str
    line: str

    @classmethod
    def of(cls, commune: Commune) -> "PlaceFacts":
        return cls(commune.pk, commune.province_id, f"{commune.full_name}, {commune.province.name}")

    @classmethod
    def of_province(cls, province: Province) -> "PlaceFacts":
        """Return a place of which no commune may be told."""
        return cls("", province.pk, province.name)


@dataclass(frozen=True)
class SellerFacts:
    """Who sells a lot. `stars` are the most of its OCOP products today, by key of their species."""

    name: str
    kind: str
    place: PlaceFacts
    stars: Mapping[int, int]

    @classmethod
    def of(cls, seller: Seller) -> "SellerFacts":
        establishment = seller.establishment
        products = sorted(establishment.ocop_products.all(), key=lambda product: product.stars)
        return cls(
            name=establishment.name,
            kind=establishment.kind,
            place=PlaceFacts.of(establishment.commune),
            stars={product.species_id: product.stars for product in products},
        )


@dataclass(frozen=True)
class AreaFacts:
    """A growing area that a lot comes from."""

    code: str
    line: str
    place: PlaceFacts

    @classmethod
    def of(cls, area: GrowingArea) -> "AreaFacts":
        line = " ".join(filter(None, (area.code, area.public_name)))
        if area.is_place_withheld:
            return cls(area.code, line, PlaceFacts.of_province(area.commune.province))
        return cls(area.code, line, PlaceFacts.of(area.commune))


@dataclass(frozen=True)
class PaperFacts:
    """A certificate that a lot was listed with."""

    number: str
    standard: str
    lines: Mapping[str, str]
    is_valid: bool
    species: frozenset[int]

    @classmethod
    def of(cls, certificate: Certificate) -> "PaperFacts":
        return cls(
            number=certificate.number,
            standard=certificate.standard,
            lines={code: _paper_line(certificate, code) for code in languages()},
            is_valid=certificate.is_valid,
            species=frozenset(species.pk for species in certificate.species.all()),
        )

    def proves(self, species: int) -> bool:
        """Return whether the certificate is valid today and covers a species."""
        return self.is_valid and species in self.species


def _paper_line(certificate: Certificate, language: str) -> str:
    with translation.override(language):
        return f"{certificate.get_standard_display()} {certificate.number}"


@cache
def kind_words(form: str, grade: str, language: str) -> tuple[str, ...]:
    """Return what a form and a grade of lots are called in one language."""
    with translation.override(language):
        called = [str(Lot.Form(form).label), str(Lot.Grade(grade).label) if grade else ""]
    return tuple(word for word in called if word)
