"""What is suspicious about a record under review: for a person to look at, never a refusal."""

import re
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from catalogue.models import Certificate, GrowingArea
from catalogue.plots.checking import AREA_TOLERANCE
from core.areas import format_hectares

# The forms seen in print; the structure is not published, so another form only asks for a look.
USUAL_CODE = re.compile(r"VN[-.]?[A-Z]{2,4}(OR|PH)?[-.]?\d{3,6}")


def put_suspicions_on(records: Sequence[Certificate | GrowingArea]) -> None:
    """Note on each record what is suspicious about it, as sentences; the same queries for all."""
    certificates = [record for record in records if isinstance(record, Certificate)]
    numbers = _numbers_alike(certificates)
    for record in records:
        if isinstance(record, Certificate):
            record.suspicions = list(_of_certificate(record, numbers))
        else:
            record.suspicions = list(_of_area(record))


def _numbers_alike(certificates: Sequence[Certificate]) -> dict[str, list[str]]:
    """Return the numbers that are written alike, by what is left without signs and marks."""
    folded = {certificate.folded_number for certificate in certificates}
    found: dict[str, list[str]] = {}
    alike = Certificate.objects.filter(folded_number__in=folded).order_by("number")
    for key, number in alike.values_list("folded_number", "number"):
        found.setdefault(key, []).append(number)
    return found


def _of_certificate(record: Certificate, numbers: dict[str, list[str]]) -> Iterator[str]:
    for other in numbers[record.folded_number]:
        if other != record.number:
            yield _("Certificate %(number)s has the same number, written otherwise.") % {
                "number": other
            }
    covered = set(record.species.all())
    if not covered:
        yield _("It names no species.")
    for area in record.areas.all():
        yield from _of_named_area(record, area, covered)


def _of_named_area(record: Certificate, area: GrowingArea, covered: set) -> Iterator[str]:
    named = {"code": area.code}
    if area.establishment_id != record.establishment_id:
        yield _("Growing area %(code)s belongs to another holder.") % named
    if covered.isdisjoint(area.species.all()):
        yield _("Growing area %(code)s is registered for none of its species.") % named
    if not area.is_active:
        yield _("The code of growing area %(code)s is not in force.") % named


def _of_area(record: GrowingArea) -> Iterator[str]:
    if not USUAL_CODE.fullmatch(record.code):
        yield _("The code is not written in any form that is usual for growing areas.")
    if record.plots_m2 is None:
        yield _("No plots of it are kept.")
    elif record.area_m2 > record.plots_m2 * (1 + AREA_TOLERANCE):
        yield _("It is registered with %(registered)s ha, and its plots have %(plots)s ha.") % {
            "registered": format_hectares(record.area_m2),
            "plots": format_hectares(record.plots_m2),
        }
