"""Labels to print: a QR code that opens the record, and what it is, on sheets of sticky labels.

A label outlives what it says, so it promises nothing: it asks to be scanned.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from catalogue.models import Certificate, GrowingArea, Species
from core import qr
from core.days import format_day
from core.pdf import PdfUnavailable, render

# 3 × 7 labels of 70 × 42.3 mm fill an A4 sheet without margins: the size that shops have.
COLUMNS, ROWS = 3, 7
PER_SHEET = COLUMNS * ROWS
MOST = 10 * PER_SHEET


@dataclass(frozen=True)
class Label:
    """One label: what it is, its number, some lines, and the address that its code opens."""

    kind: str
    number: str
    address: str
    lines: list[str] = field(default_factory=list)
    species: list[str] = field(default_factory=list)
    is_demonstration: bool = False

    @property
    def code(self) -> str:
        """The QR code as inline SVG."""
        return qr.svg(self.address)

    @property
    def short_address(self) -> str:
        """The address as somebody types it."""
        return self.address.partition("://")[2]


def short_address(kind: str, number: str) -> str:
    """Return the permanent address of a record, without a language: /certificate/12/GCN."""
    return f"{settings.BASE_URL}/{kind}/{quote(number)}"


def of_certificate(record: Certificate) -> Label:
    """Return the label of a certificate fetched as for_rows() does."""
    until = _("Valid to %(day)s") % {"day": format_day(record.expires_on)}
    return Label(
        kind=capfirst(record.get_standard_display()),
        number=record.number,
        address=short_address("certificate", record.number),
        lines=[record.establishment.name, until],
        species=_species(record.species.all()),
        is_demonstration=record.is_demonstration,
    )


def of_area(record: GrowingArea) -> Label:
    """Return the label of a growing area fetched as for_rows() does."""
    return Label(
        kind=_("Growing area"),
        number=record.code,
        address=short_address("area", record.code),
        lines=[record.establishment.name, record.public_place],
        species=_species(record.species.all()),
        is_demonstration=record.is_demonstration,
    )


def _species(species: Sequence[Species]) -> list[str]:
    return [one.scientific_name for one in species]


def sheet(labels: Sequence[Label], *, skip: int = 0) -> str:
    """Return sheets of labels as a page; `skip` leaves out the labels of a sheet begun before."""
    spoken = []
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            spoken.append((language, _("Scan to see whether it holds today")))
    cells = [None] * skip + list(labels)
    context = {
        "sheets": [cells[start : start + PER_SHEET] for start in range(0, len(cells), PER_SHEET)],
        "scan": spoken,
    }
    return render_to_string("catalogue/labels.html", context)


def answer(labels: Sequence[Label], *, skip: int = 0) -> HttpResponse:
    """Return sheets as PDF; where this machine makes none, as a page that the browser prints."""
    html = sheet(labels[:MOST], skip=skip)
    try:
        response = HttpResponse(render(html), content_type="application/pdf")
    except PdfUnavailable:
        return HttpResponse(html)
    response["Content-Disposition"] = 'inline; filename="labels.pdf"'
    return response
