"""How much land is certified: hectares by species, by province and by kind of certificate.

Land is the hectares of active coded areas. It is certified where a certificate that proves
something today names its area, and is counted once in a total however many certificates name it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, F, OuterRef, QuerySet, Sum

from catalogue.models import Certificate, GrowingArea, Province, Species
from core.areas import SQUARE_METRES_PER_HECTARE


@dataclass(frozen=True)
class Line:
    """One line of a table, in square metres; `code` is empty for the total."""

    code: str
    label: str
    land_m2: int
    certified_m2: int

    @property
    def land(self) -> Decimal:
        """Hectares of active coded areas."""
        return Decimal(self.land_m2) / SQUARE_METRES_PER_HECTARE

    @property
    def certified(self) -> Decimal:
        """Certified hectares among them."""
        return Decimal(self.certified_m2) / SQUARE_METRES_PER_HECTARE

    @property
    def share(self) -> Decimal:
        """Certified hectares in per cent of the land."""
        return Decimal(100) * self.certified_m2 / self.land_m2 if self.land_m2 else Decimal(0)

    @property
    def bar(self) -> str:
        """The share as a length of the picture, in the numbers of SVG."""
        return f"{self.share:.1f}"


@dataclass(frozen=True)
class Statistics:
    """The tables of a page: the total, and its parts with the largest certified land first."""

    total: Line
    species: list[Line]
    provinces: list[Line]
    standards: list[Line]


def statistics(province: str = "") -> Statistics:
    """Count the land of the country, or of one province by its official code."""
    land = GrowingArea.objects.active()
    if province:
        land = land.filter(commune__province=province)
    proving = Certificate.objects.proving()
    certified = land.filter(Exists(proving.filter(areas=OuterRef("pk"))))
    # What a certificate proves, it proves of the species that it names.
    grown = GrowingArea.species.through.objects.filter(growingarea__in=land.values("pk"))
    proof = proving.filter(areas=OuterRef("growingarea"), species=OuterRef("species"))
    species = "species__slug", "growingarea__area_m2"
    provinces = "commune__province", "area_m2"
    return Statistics(
        total=Line("", "", _sum(land), _sum(certified)),
        species=_lines(
            _grouped(grown, *species),
            _grouped(grown.filter(Exists(proof)), *species),
            _species_names,
        ),
        provinces=_lines(
            _grouped(land, *provinces), _grouped(certified, *provinces), _province_names
        ),
        standards=_of_standards(land, proving),
    )


def _sum(areas: QuerySet) -> int:
    return areas.order_by().aggregate(total=Sum("area_m2"))["total"] or 0


def _grouped(rows: QuerySet, path: str, area: str) -> dict[str, int]:
    grouped = rows.order_by().values(key=F(path)).annotate(total=Sum(area))
    return {row["key"]: row["total"] for row in grouped}


def _lines(land: Mapping[str, int], certified: Mapping[str, int], names) -> list[Line]:
    labels = names(land)
    lines = [
        Line(code, labels[code], total, certified.get(code, 0)) for code, total in land.items()
    ]
    return sorted(lines, key=lambda line: (-line.certified_m2, -line.land_m2, line.label))


def _species_names(slugs: Iterable[str]) -> dict[str, str]:
    named = Species.objects.filter(slug__in=list(slugs)).prefetch_related("names")
    return {one.slug: one.title for one in named}


def _province_names(codes: Iterable[str]) -> dict[str, str]:
    return dict(Province.objects.filter(pk__in=list(codes)).values_list("pk", "name"))


def _of_standards(land: QuerySet, proving: QuerySet) -> list[Line]:
    """An area with two certificates of one kind counts once for that kind."""
    pairs = (
        Certificate.areas.through.objects.filter(
            certificate__in=proving.values("pk"), growingarea__in=land.values("pk")
        )
        .order_by()
        .values_list("certificate__standard", "growingarea", "growingarea__area_m2")
        .distinct()
    )
    sums: dict[str, int] = {}
    for standard, _area, square_metres in pairs:
        sums[standard] = sums.get(standard, 0) + square_metres
    total = _sum(land)
    lines = [
        Line(one.value, str(one.label), total, sums[one.value])
        for one in Certificate.Standard
        if one.value in sums
    ]
    return sorted(lines, key=lambda line: -line.certified_m2)
