"""The registers as files: CSV, JSON and GeoJSON, streamed, of what a filter keeps.

A file says what its page says: it asks the same words, and tells no place more exactly.
"""

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue.exports.licence import LICENCE_NAME, LICENCE_URL
from catalogue.models import Certificate, GrowingArea
from catalogue.registers.area_map import geometry_of
from catalogue.registers.statistics import Line
from core.cells import guarded
from core.problems import unreadable

CHUNK = 500
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "geojson": "application/geo+json",
}

Row = dict[str, Any]


@dataclass(frozen=True)
class Table:
    """A register as a file: its name and columns, and how records are fetched and written."""

    name: str
    columns: tuple[str, ...]
    fetch: Callable[[QuerySet], QuerySet]
    values: Callable[[Any], tuple]
    geometry: Callable[[Any], dict | None] | None = None

    def row(self, record: Any) -> Row:
        """Return what the file says of a record, by column."""
        return dict(zip(self.columns, self.values(record), strict=True))


def _certificate(record: Certificate) -> tuple:
    return (
        record.number,
        record.standard,
        record.authority,
        record.establishment.name,
        record.activity,
        [species.slug for species in record.species.all()],
        [area.code for area in record.areas.all()],
        record.issued_on.isoformat(),
        record.expires_on.isoformat(),
        record.state.value,
        record.is_proof,
        record.is_demonstration,
    )


def _area(record: GrowingArea) -> tuple:
    commune = record.public_commune
    return (
        record.code,
        record.public_name,
        record.establishment.name,
        commune.full_name if commune else "",
        commune.pk if commune else "",
        record.commune.province.name,
        record.commune.province_id,
        [species.slug for species in record.species.all()],
        record.hectares,
        record.households,
        record.under_canopy,
        record.state.value,
        record.is_demonstration,
    )


CERTIFICATES = Table(
    name="certificates",
    columns=(
        "number",
        "standard",
        "authority",
        "holder",
        "activity",
        "species",
        "areas",
        "issued_on",
        "expires_on",
        "state",
        "is_proof",
        "is_demonstration",
    ),
    fetch=lambda found: found.order_by("number").for_data(),
    values=_certificate,
)
AREAS = Table(
    name="areas",
    columns=(
        "code",
        "name",
        "establishment",
        "commune",
        "commune_code",
        "province",
        "province_code",
        "species",
        "hectares",
        "households",
        "under_canopy",
        "state",
        "is_demonstration",
    ),
    fetch=lambda found: found.order_by("code").for_data(),
    values=_area,
    geometry=geometry_of,
)


def links(request: HttpRequest, name: str, suffixes: Iterable[str]) -> list[tuple[str, str]]:
    """Return the addresses of a register as files, with what the page is narrowed to."""
    query = request.GET.copy()
    for machine in ("after", "sort"):
        query.pop(machine, None)
    asked = f"?{query.urlencode()}" if query else ""
    view = "certificate_download" if name == CERTIFICATES.name else "area_download"
    return [
        (suffix.upper(), reverse(f"catalogue:{view}", args=[suffix]) + asked) for suffix in suffixes
    ]


def answer(
    request: HttpRequest,
    suffix: str,
    *,
    form: Form,
    narrowed: Callable[[dict], QuerySet],
    table: Table,
):
    """Return the file, or 400 for a query that cannot be read."""
    if not form.is_valid():
        return unreadable(form)
    records = _in_chunks(table.fetch(narrowed(form.cleaned_data)))
    write = {"csv": _csv, "json": _json, "geojson": _geojson}[suffix]
    response = StreamingHttpResponse(write(table, records), content_type=TYPES[suffix])
    day = timezone.localdate()
    name = f"{table.name}-{day:%Y-%m-%d}.{suffix}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _in_chunks(records: QuerySet) -> Iterator[Any]:
    """Give records with what is fetched along, a few hundred at a time, in a settled order."""
    keys = list(records.values_list("pk", flat=True))
    for start in range(0, len(keys), CHUNK):
        chunk = keys[start : start + CHUNK]
        found = {record.pk: record for record in records.filter(pk__in=chunk)}
        yield from (found[key] for key in chunk if key in found)


def _csv(table: Table, records: Iterator[Any]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    # Without the mark spreadsheets take the file for another encoding.
    yield "\ufeff" + writer.writerow(table.columns)
    for record in records:
        yield writer.writerow([guarded(_cell(value)) for value in table.values(record)])


class _Echo:
    """A file that hands on what is written to it."""

    def write(self, text: str) -> str:
        return text


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return " | ".join(value)
    if isinstance(value, bool):
        return "1" if value else "0"
    return str(value)


def _about() -> Row:
    return {
        "source": _("Hoàng Liên, public registers"),
        "day": timezone.localdate().isoformat(),
        "license": {"name": LICENCE_NAME, "url": LICENCE_URL},
    }


def _json(table: Table, records: Iterator[Any]) -> Iterator[str]:
    yield from _listed({"about": _about()}, "items", (table.row(record) for record in records))


def _geojson(table: Table, records: Iterator[Any]) -> Iterator[str]:
    features = (
        {"type": "Feature", "properties": table.row(one), "geometry": table.geometry(one)}
        for one in records
    )
    opening = {"type": "FeatureCollection", "about": _about()}
    yield from _listed(opening, "features", features)


def _listed(opening: Row, name: str, rows: Iterator[Row]) -> Iterator[str]:
    """Write an object with a list at its end, one row to a line."""
    yield f"{json.dumps(opening, ensure_ascii=False)[:-1]}, {json.dumps(name)}: [\n"
    for number, row in enumerate(rows):
        yield (",\n" if number else "") + json.dumps(row, ensure_ascii=False)
    yield "\n]}\n"


def statistics_file(name: str, lines: Iterable[Line]) -> HttpResponse:
    """Return a table of the statistics as CSV, hectares with four decimals."""
    response = HttpResponse(content_type=TYPES["csv"])
    day = timezone.localdate()
    filename = f"{name}-{day:%Y-%m-%d}.csv"
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    response.write("\ufeff")
    writer = csv.writer(response)
    writer.writerow(["code", "label", "hectares", "certified_hectares", "share_percent"])
    for line in lines:
        measured = f"{line.land:.4f}", f"{line.certified:.4f}", f"{line.share:.1f}"
        writer.writerow([line.code, guarded(line.label), *measured])
    return response
