"""What is suspicious about a record under review: for a person to look at, never a refusal."""

import re
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from catalogue.models import Certificate, GrowingArea
from catalogue.plots.checking import AREA_TOLERANCE
from catalogue.services.plots import overlaps
from core.areas import SQUARE_METRES_PER_HECTARE, format_hectares
from core.weights import format_tonnes

# The forms seen in print; the structure is not published, so another form only asks for a look.
USUAL_CODE = re.compile(r"VN[-.]?[A-Z]{2,4}(OR|PH)?[-.]?\d{3,6}")
MOST_NAMED = 5  # plots; a longer list is looked at on the map


def put_suspicions_on(records: Sequence[Certificate | GrowingArea]) -> None:
    """Note on each record what is suspicious about it, as sentences; the same queries for all."""
    certificates = [record for record in records if isinstance(record, Certificate)]
    numbers = _numbers_alike(certificates)
    shared = overlaps(record for record in records if isinstance(record, GrowingArea))
    for record in records:
        if isinstance(record, Certificate):
            record.suspicions = list(_of_certificate(record, numbers))
        else:
            record.suspicions = [*_of_area(record), *_of_ground(shared.get(record.pk, ()))]


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
    together = sum(area.area_m2 for area in record.areas.all())
    if together and record.certified_m2 and record.certified_m2 > together * (1 + AREA_TOLERANCE):
        yield _("It covers %(printed)s ha, and its growing areas have %(registered)s ha.") % {
            "printed": format_hectares(record.certified_m2),
            "registered": format_hectares(together),
        }


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
    yield from _of_yield(record)


def _of_yield(record: GrowingArea) -> Iterator[str]:
    """Compare what is expected with the highest limit, where every species here has one."""
    limits = [getattr(species, "yield_limit", None) for species in record.species.all()]
    if record.expected_yield_grams is None or not limits or not all(limits):
        return
    most = max(limit.grams_per_hectare for limit in limits)
    expected = round(record.expected_yield_grams * SQUARE_METRES_PER_HECTARE / record.area_m2)
    if expected > most:
        yield _("A hectare is to yield %(expected)s t a year; the limit is %(most)s t.") % {
            "expected": format_tonnes(expected),
            "most": format_tonnes(most),
        }


def _of_ground(others: Sequence[str]) -> Iterator[str]:
    for other in others[:MOST_NAMED]:
        yield _("A plot of it lies on plot %(other)s.") % {"other": other}
    if len(others) > MOST_NAMED:
        yield _("And on %(count)s more.") % {"count": len(others) - MOST_NAMED}
