"""The year of a plant: months in words, and the calendar that shows them."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.dates import MONTHS, MONTHS_3
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalogue.models import Season


@dataclass
class CalendarRow:
    """What happens in the year, and in which months (1 to 12)."""

    kind: str
    label: str
    months: set[int] = field(default_factory=set)
    spans: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def cells(self) -> list[dict]:
        """The twelve months; of each whether it belongs to the season and is this month."""
        now = timezone.localdate().month
        return [{"on": month in self.months, "now": month == now} for month in range(1, 13)]

    @property
    def words(self) -> str:
        """The season as one says it: "April–August"."""
        return "; ".join(self.spans)


def calendar(seasons: Iterable[Season]) -> list[CalendarRow]:
    """Return the rows of the calendar, flowering first; each part harvested has its own."""
    rows: dict[tuple, CalendarRow] = {}
    kinds = list(Season.Kind)
    for season in sorted(seasons, key=lambda season: kinds.index(season.kind)):
        label = str(season.get_kind_display())
        if season.part:
            label = _("%(what)s of %(part)s") % {"what": label, "part": season.part.label}
        row = rows.setdefault((season.kind, season.part_id), CalendarRow(season.kind, label))
        row.months.update(season.months)
        row.spans.append(span(season.first_month, season.last_month))
        if (note := getattr(season, "note", "")) and note not in row.notes:
            row.notes.append(note)
    return list(rows.values())


def span(first: int, last: int) -> str:
    """Say from which month to which: "tháng 4–8" in Vietnamese, "April–August" in English."""
    if (get_language() or "vi")[:2] == "vi":
        return f"tháng {first}" if first == last else f"tháng {first}–{last}"
    return str(MONTHS[first]) if first == last else f"{MONTHS[first]}–{MONTHS[last]}"


def month_heads() -> list[dict]:
    """Return the heads of the calendar's columns: a short sign, and the month's name."""
    vietnamese = (get_language() or "vi")[:2] == "vi"
    now = timezone.localdate().month
    return [
        {
            "sign": str(month) if vietnamese else str(MONTHS_3[month])[0].upper(),
            "name": f"tháng {month}" if vietnamese else str(MONTHS[month]),
            "now": month == now,
        }
        for month in range(1, 13)
    ]
