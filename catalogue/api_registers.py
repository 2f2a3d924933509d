"""The public registers as open data, read only."""

from datetime import date, datetime
from typing import Literal

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from ninja import Field, Query, Router, Schema

from catalogue.decisions import Decision
from catalogue.models import Certificate, GrowingArea
from catalogue.registers import browse
from core.api import Code, Page, listing

router = Router(tags=["registers"])


class CertificateOut(Schema):
    number: str
    standard: str
    authority: str
    holder: str = Field(alias="establishment.name")
    state: str = Field(description="Derived for today: valid, due, expired, suspended, withdrawn.")
    issued_on: date
    expires_on: date
    species: list[str]
    areas: list[str]
    is_demonstration: bool

    @staticmethod
    def resolve_species(certificate: Certificate) -> list[str]:
        return [species.slug for species in certificate.species.all()]

    @staticmethod
    def resolve_areas(certificate: Certificate) -> list[str]:
        return [area.code for area in certificate.areas.all()]


class AreaOut(Schema):
    code: str
    name: str = Field(alias="public_name", description="Empty where the place is withheld.")
    establishment: str = Field(alias="establishment.name")
    commune: str | None = Field(
        alias="public_commune.full_name",
        default=None,
        description="Left out of threatened species.",
    )
    commune_code: str | None = Field(alias="public_commune.code", default=None)
    province: str = Field(alias="commune.province.name")
    province_code: str = Field(alias="commune.province.code")
    species: list[str]
    area_m2: int
    expected_yield_grams: int | None = Field(description="A year, of all species together.")
    households: int
    under_canopy: bool
    state: str
    is_demonstration: bool

    @staticmethod
    def resolve_species(area: GrowingArea) -> list[str]:
        return [species.slug for species in area.species.all()]


class DecisionOut(Schema):
    """What the register decided; steps before a record was vouched for are not public."""

    decision: str = Field(description="accepted, suspended or withdrawn")
    made_at: datetime
    reason: str


class CertificateRecordOut(CertificateOut):
    activity: str
    certified_m2: int | None = Field(description="Area as printed, where the paper names one.")
    scan_url: str | None = Field(description="A PDF of the paper without what is private.")
    is_valid: bool = Field(description="Whether the paper holds today.")
    is_proof: bool = Field(
        description="Whether it proves anything today: the paper holds, and the code of one of "
        "the growing areas that it names is in force."
    )
    history: list[DecisionOut]

    @staticmethod
    def resolve_scan_url(certificate: Certificate) -> str | None:
        return f"{settings.BASE_URL}{certificate.scan_url}" if certificate.public_scan else None

    @staticmethod
    def resolve_history(certificate: Certificate) -> list:
        return list(certificate.decisions.public())


class AreaRecordOut(AreaOut):
    certificates: list[str] = Field(description="Numbers of the certificates that name it.")
    history: list[DecisionOut]

    @staticmethod
    def resolve_certificates(area: GrowingArea) -> list[str]:
        named = area.certificates.decided().order_by("number")
        return list(named.values_list("number", flat=True))

    @staticmethod
    def resolve_history(area: GrowingArea) -> list:
        return list(area.decisions.public())


class CertificatePage(Schema):
    count: int
    items: list[CertificateOut]


class AreaPage(Schema):
    count: int
    items: list[AreaOut]


Span = Literal["30", "90", "180"]
State = Literal["valid", "due", "expired", "suspended", "withdrawn"]


class CertificateFilters(Page):
    q: str = Field("", max_length=200, description="Text in the number, holder or a species.")
    standard: list[Certificate.Standard] = Field([], description="Kinds of certificates.")
    state: list[State] = Field([], description="What certificates are today.")
    expiring: list[Literal["30", "90", "180"]] = Field(
        [], description="Run out within so many days."
    )
    species: list[Code] = Field([], description="Species ids, for example que.")
    province: list[Code] = Field([], description="Official codes of provinces.")


class AreaFilters(Page):
    q: str = Field("", max_length=200, description="Text in the code, name or commune.")
    state: list[Literal["active", "suspended", "withdrawn"]] = Field([])
    species: list[Code] = Field([], description="Species ids, for example que.")
    province: list[Code] = Field([], description="Official codes of provinces.")

    def asked(self) -> dict:
        """Return the filters as the register's own words, which know decisions."""
        decided = [Decision.ACCEPTED if one == "active" else one for one in self.state]
        return {**self.dict(), "state": decided}


@router.get("/certificates", response=CertificatePage, summary="List the certificates")
def list_certificates(request: HttpRequest, filters: Query[CertificateFilters]):
    visible = Certificate.objects.visible_to(request.user)
    return listing(browse.certificates(visible, filters.dict()).for_data(), filters)


@router.get(
    "/certificates/{path:number}", response=CertificateRecordOut, summary="Read one certificate"
)
def read_certificate(request: HttpRequest, number: str):
    visible = Certificate.objects.visible_to(request.user).for_data()
    return get_object_or_404(visible, number=number)


@router.get("/areas", response=AreaPage, summary="List the growing areas")
def list_areas(request: HttpRequest, filters: Query[AreaFilters]):
    visible = GrowingArea.objects.visible_to(request.user)
    return listing(browse.areas(visible, filters.asked()).for_data(), filters)


@router.get("/areas/{path:code}", response=AreaRecordOut, summary="Read one growing area")
def read_area(request: HttpRequest, code: str):
    visible = GrowingArea.objects.visible_to(request.user).for_data()
    return get_object_or_404(visible, code=code)
