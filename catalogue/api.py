"""The museum's open data, read only; what a person may see is decided by the query sets."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated

from django.conf import settings
from django.http import Http404, HttpRequest

from ninja import Field, Query, Router, Schema

from catalogue import browse, records
from catalogue.api_registers import CertificateOut
from catalogue.models import Certificate, KnowledgeRecord, Species
from catalogue.places import public_places
from core.api import Code, Label, Page, listing

router = Router(tags=["museum"])

Month = Annotated[int, Field(ge=1, le=12)]


class FamilyOut(Schema):
    code: str
    name: str
    label: str
    order: str | None = Field(alias="order.name", default=None)


class NameOut(Schema):
    name: str
    language: str = Field(description="ISO 639-3 code.")
    kind: str
    source: str = Field(alias="source.code", description="Code of the reference.")
    locator: str
    is_preferred: bool = Field(description="Whether it is the first name of its language.")
    spoken_as: str


class SynonymOut(Schema):
    name: str
    authorship: str
    kind: str


class TraitOut(Schema):
    trait: str = Field(alias="trait_code")
    state: str = Field(alias="state.code")
    label: str = Field(alias="state.label")


class SourcedOut(Schema):
    source: str = Field(alias="source.code", description="Code of the reference.")


class SeasonOut(SourcedOut):
    kind: str
    part: str | None = Field(alias="part.code", default=None)
    months: list[int]


class PlaceOut(SourcedOut):
    province: str | None = Field(alias="province_id", description="Official code.")
    commune: str | None = Field(alias="commune_id", description="Left out of threatened species.")
    area: str = Field(alias="area_code", description="WGSRPD code of level 3.")
    status: str
    means: str


class ConservationOut(SourcedOut):
    authority: str
    edition: str
    category: str
    criteria: str
    year: int | None
    scope: str
    name_as_assessed: str


class PreparationOut(SourcedOut):
    part: str = Field(alias="part.code")
    form: str = Field(alias="form.code")


class MarkerOut(SourcedOut):
    part: str = Field(alias="part.code")
    compound: str = Field(alias="compound.code")
    bound: str
    limit: Decimal | None
    unit: str
    basis: str
    edition: str
    method: str


class LookAlikeOut(Schema):
    scientific_name: str
    authorship: str
    vernacular: str
    is_toxic: bool


class TextOut(Schema):
    language: str
    description: str = Field(description="Works are cited as [^code of the reference].")
    habitat: str
    uses: str
    contraindications: str
    cautions: str
    look_alikes: str


class ReferenceOut(Schema):
    code: str
    kind: str
    author: str
    year: int | None
    title: str
    publisher: str
    url: str


class ProvinceOut(Schema):
    code: str
    name: str


class KnowledgeOut(Schema):
    code: str
    community: str = Field(alias="community_name")
    title: str
    body: str
    source: str = Field(alias="source.code")
    is_demonstration: bool


class SpeciesRow(Schema):
    id: str = Field(alias="slug")
    title: str = Field(description="Name in the language asked for.")
    scientific_name: str
    authorship: str
    family: str = Field(alias="family.name")
    parts: list[Label]
    url: str
    is_demonstration: bool

    @staticmethod
    def resolve_url(species: Species) -> str:
        return f"{settings.BASE_URL}{species.get_absolute_url()}"


class SpeciesOut(SpeciesRow):
    rank: str
    family: FamilyOut
    names: list[NameOut]
    synonyms: list[SynonymOut]
    groups: list[Label]
    provinces: list[ProvinceOut]
    texts: list[TextOut]
    is_toxic: bool
    elevation_min_m: int | None
    elevation_max_m: int | None
    traits: list[TraitOut]
    seasons: list[SeasonOut]
    distribution: list[PlaceOut] = Field(alias="public_places")
    conservation: list[ConservationOut]
    preparations: list[PreparationOut]
    markers: list[MarkerOut]
    look_alikes: list[LookAlikeOut]
    references: list[ReferenceOut]
    certificates: list[CertificateOut]
    knowledge: list[KnowledgeOut]
    trade: str
    changed_at: datetime


class SpeciesFilters(Page):
    q: str = Field("", max_length=200, description="Text in a name.")
    family: list[Code] = Field([], description="Codes of families, for example lauraceae.")
    part: list[Code] = Field([], description="Codes of parts, for example bark.")
    group: list[Code] = Field([], description="Codes of strategic groups.")
    province: list[Code] = Field([], description="Official codes of provinces.")
    genus: list[Code] = Field([], description="Genera, for example Cinnamomum.")
    habit: list[Code] = Field([], description="Codes of life forms, for example tree.")
    conservation: list[Code] = Field(
        [], description="Authority and category, for example red_book-EN; or threatened."
    )
    certificate: list[Code] = Field(
        [], description="Standards of certificates valid today, for example gacp_who."
    )
    flowering: list[Month] = Field([], description="Months (1 to 12) in which it flowers.")
    fruiting: list[Month] = Field([], description="Months in which it fruits.")
    harvest: list[Month] = Field([], description="Months in which it is harvested.")
    toxic: bool = Field(False, description="Poisonous plants alone.")
    on_sale: bool = Field(False, description="Only plants of which a lot is on sale.")


class SpeciesPage(Schema):
    count: int
    items: list[SpeciesRow]


@router.get("/species", response=SpeciesPage, summary="List the species")
def list_species(request: HttpRequest, filters: Query[SpeciesFilters]):
    visible = Species.objects.visible_to(request.user)
    return listing(browse.narrowed(visible, filters.dict()).for_cards(), filters)


@router.get("/species/{slug}", response=SpeciesOut, summary="Read one species")
def read_species(request: HttpRequest, slug: str):
    try:
        species = records.read(Species.objects.visible_to(request.user), slug)
    except Species.DoesNotExist as error:
        raise Http404 from error
    return RecordShown(species, request.user)


class RecordShown:
    """A species as one person may see it: the record, its valid certificates, its knowledge."""

    def __init__(self, species: Species, person):
        self._species = species
        self.public_places = public_places(species)
        self.certificates = (
            Certificate.objects.visible_to(person).proving().filter(species=species.pk).for_data()
        )
        self.knowledge = (
            KnowledgeRecord.objects.visible_to(person).filter(species=species.pk).for_record()
        )

    def __getattr__(self, name: str):
        return getattr(self._species, name)
