"""Species: found by every name they have in any language."""

from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from catalogue.facets import THREATENED, YES
from catalogue.footnotes import without_marks
from catalogue.models import Certificate, Season, Species, SpeciesText
from catalogue.models.texts import PASSAGES
from catalogue.places import public_places
from core.languages import pick
from market.models import Lot
from search.documents.base import Document, DocumentType, distinct, languages, lines

RANKS = frozenset({"var.", "subsp.", "ssp.", "f.", "cv.", "×"})


class SpeciesDocument(DocumentType[Species]):
    """A published species. What communities know of it is theirs and is never put in the index."""

    label = "species"
    noun = "species"

    @classmethod
    def queryset(cls) -> QuerySet[Species]:
        # A document has the words of all languages, where a page of the site has the reader's.
        return (
            Species.objects.visible_to(None)
            .select_related("family")
            .prefetch_related(
                "names",
                "synonyms",
                "texts",
                "look_alikes",
                "distribution__province",
                "conservation",
                "seasons",
                "certificates__areas",
                "family__labels",
                "parts__labels",
                "groups__labels",
            )
            .annotate(is_on_sale=Exists(Lot.objects.sellable().filter(species=OuterRef("pk"))))
        )

    @classmethod
    def from_model(cls, record: Species) -> Document:
        titles = {code: species_name(record, code) for code in languages()}
        return Document(
            kind=cls.label,
            pk=record.pk,
            id=record.slug,
            titles=titles,
            names=(*species_names(record), *abbreviations(record)),
            doubles=_doubles(record),
            bodies={code: _body(record, code) for code in languages()},
            facets={
                "family": (record.family.code,),
                "part": tuple(part.code for part in record.parts.all()),
                "group": tuple(group.code for group in record.groups.all()),
                "province": tuple(province.code for province in record.provinces),
                # Of a threatened species the public is told no more than the province.
                "commune": distinct(row.commune_id for row in public_places(record)),
                "certificate": distinct(certificate.standard for certificate in _valid(record)),
                "conservation": listings(record),
                "harvest": _harvest_months(record),
                "on_sale": (YES,) if record.is_on_sale else (),
                "species": (record.slug,),
            },
            certified=bool(_valid(record)),
            boost=1.25,
        )

    @classmethod
    def records(cls, person: Any) -> QuerySet[Species]:
        proof = Certificate.objects.proving().filter(species=OuterRef("pk"))
        lots = Lot.objects.sellable().filter(species=OuterRef("pk")).order_by().values("species")
        on_sale = Subquery(lots.annotate(n=Count("pk")).values("n"), output_field=IntegerField())
        return (
            Species.objects.visible_to(person)
            .for_cards()
            .prefetch_related("synonyms", "texts")
            .annotate(certified=Exists(proof), on_sale_count=Coalesce(on_sale, 0))
        )

    @classmethod
    def title(cls, record: Species) -> str:
        return str(record.title)

    @classmethod
    def names(cls, record: Species) -> tuple[str, ...]:
        return species_names(record)

    @classmethod
    def passages(cls, record: Species) -> list[str]:
        text = record.text
        names = ", ".join(species_names(record))
        if text is None:
            return [names]
        return [*_passages(text), names]


def species_name(species: Species, language: str) -> str:
    """Return what a species is called in one language of the interface."""
    name = species.name_in(language)
    return str(name.name if name else species.scientific_name)


def species_names(species: Species) -> tuple[str, ...]:
    """Return every name a species is found by: of peoples, of trade, of science."""
    return distinct(
        [
            *(name.name for name in species.names.all()),
            species.scientific_name,
            *(synonym.name for synonym in species.synonyms.all()),
        ]
    )


def abbreviations(species: Species) -> tuple[str, ...]:
    """Return the scientific names in short: "P. vietnamensis", and without "var." and the like."""
    names = [species.scientific_name, *(synonym.name for synonym in species.synonyms.all())]
    plain = [" ".join(part for part in name.split() if part not in RANKS) for name in names]
    parts = (name.partition(" ") for name in [*names, *plain])
    short = (f"{genus[0]}. {rest}" for genus, _space, rest in parts if rest)
    return distinct([*(one for one in plain if one not in names), *short])


def listings(species: Species) -> tuple[str, ...]:
    """Return what lists say of a species, by the codes of the collection's own facet."""
    listed = distinct(f"{row.authority}-{row.category}" for row in species.conservation.all())
    return (*listed, THREATENED) if species.is_threatened else listed


def _valid(species: Species) -> list[Certificate]:
    return [certificate for certificate in species.certificates.all() if certificate.is_proof]


def _harvest_months(species: Species) -> tuple[str, ...]:
    harvests = [row for row in species.seasons.all() if row.kind == Season.Kind.HARVEST]
    return distinct(str(month) for row in harvests for month in row.months)


def _passages(text: SpeciesText) -> list[str]:
    """Return the texts of a record without the marks of the works they cite."""
    return [without_marks(getattr(text, name)) for name in PASSAGES]


def _doubles(species: Species) -> tuple[str, ...]:
    """Return what plants that are taken for the species are called."""
    return distinct(
        name
        for other in species.look_alikes.all()
        for name in (other.scientific_name, other.vernacular)
    )


def _body(species: Species, language: str) -> tuple[str, ...]:
    text = next((row for row in species.texts.all() if row.language == language), None)
    terms = [species.family, *species.parts.all(), *species.groups.all()]
    labels = [label.text for term in terms if (label := pick(term.labels.all(), language))]
    return lines(
        [
            *(_passages(text) if text else []),
            f"{species.scientific_name} {species.authorship}",
            *(f"{other.name} {other.authorship}" for other in species.synonyms.all()),
            species.family.name,
            *labels,
            *(province.name for province in species.provinces),
            # Whoever searches a poisonous double should meet the page that tells them apart.
            *_doubles(species),
        ]
    )
