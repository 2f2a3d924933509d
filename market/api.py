"""The market's open data, read only; what a person may see is decided by the query sets."""

from datetime import date, datetime

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from ninja import Field, Query, Router, Schema

from core.api import Code, Label, Page, listing
from market import browse
from market.models import AnalysisResult, Lot

router = Router(tags=["market"])


class SpeciesRef(Schema):
    id: str = Field(alias="slug")
    title: str
    scientific_name: str


class SellerRef(Schema):
    id: str = Field(alias="slug")
    name: str = Field(alias="establishment.name")
    kind: str = Field(alias="establishment.kind")


class OriginOut(Schema):
    code: str
    commune: str | None = Field(
        alias="public_commune.full_name",
        default=None,
        description="Left out of threatened species.",
    )
    province: str = Field(alias="commune.province.name")


class ProofOut(Schema):
    number: str
    standard: str
    state: str = Field(description="Derived for today: valid, due, expired, suspended, withdrawn.")
    expires_on: date


class ResultOut(Schema):
    compound: Label
    ppm: int = Field(alias="value", description="Parts per million; 10,000 are one per cent.")
    basis: str = Field(description="On which drug: dried, anhydrous, as_is.")
    dried_ppm: int | None = Field(description="On the dried drug; null when nothing converts it.")
    method: str

    @staticmethod
    def resolve_dried_ppm(result: AnalysisResult) -> int | None:
        return result.dried


class AnalysisOut(Schema):
    number: str
    laboratory: str
    accreditation: str
    sampled_on: date | None
    analysed_on: date
    loss_on_drying_ppm: int | None = Field(alias="loss_on_drying")
    results: list[ResultOut]
    is_demonstration: bool


class LotOut(Schema):
    id: str = Field(alias="code")
    url: str
    species: SpeciesRef
    part: Label
    form: str
    grade: str
    harvested_on: date
    available_grams: int
    minimum_grams: int
    price_minor_per_kg: int = Field(description="In minor units of the currency; đồng are whole.")
    currency: str
    is_certified: bool = Field(description="Derived: a certificate of the lot is valid today.")
    certificates: list[ProofOut]
    analyses: list[AnalysisOut] = Field(description="Reports of laboratories, the latest first.")
    ocop_stars: int | None = Field(
        description="Derived: the most stars of the seller's valid OCOP products of the species."
    )
    areas: list[OriginOut]
    seller: SellerRef
    note: str
    state: str
    published_at: datetime | None
    is_demonstration: bool

    @staticmethod
    def resolve_url(lot: Lot) -> str:
        return f"{settings.BASE_URL}{lot.get_absolute_url()}"

    @staticmethod
    def resolve_certificates(lot: Lot) -> list:
        return [proof.certificate for proof in lot.proofs.all()]

    @staticmethod
    def resolve_is_certified(lot: Lot) -> bool:
        return bool(lot.valid_certificates)


class LotFilters(Page):
    q: str = Field("", max_length=200, description="Text in the lot code or the herb's name.")
    species: list[Code] = Field([], description="Species ids, for example que.")
    part: list[Code] = Field([], description="Codes of parts, for example bark.")
    form: list[Code] = Field([], description="Forms, for example dried_whole.")
    province: list[Code] = Field([], description="Official codes of provinces.")
    certified: bool = Field(False, description="Only lots that rest on a valid certificate.")


class LotPage(Schema):
    count: int
    items: list[LotOut]


@router.get("/lots", response=LotPage, summary="List the lots on sale")
def list_lots(request: HttpRequest, filters: Query[LotFilters]):
    lots = browse.narrowed(Lot.objects.visible_to(request.user).on_sale(), filters.dict())
    return listing(lots.for_record().with_analyses(), filters)


@router.get("/lots/{code}", response=LotOut, summary="Read one lot")
def read_lot(request: HttpRequest, code: str):
    lots = Lot.objects.visible_to(request.user).for_record().with_analyses()
    return get_object_or_404(lots, code=code)
