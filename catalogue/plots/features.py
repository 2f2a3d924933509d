"""What a file says of one plot, before it is believed."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

# A place as it was written: longitude and latitude with all their decimals.
Position = tuple[Decimal, Decimal]

POINT, POLYGON = "Point", "Polygon"


@dataclass(frozen=True)
class Problem:
    """Something wrong, as data; catalogue.plots.words says it to a person.

    `feature` counts from one in the order of the file; 0 speaks of the file as a whole.
    """

    code: str
    feature: int = 0
    label: str = ""
    details: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Feature:
    """One plot of a file. A point has one ring of one position; a polygon its outline first."""

    number: int
    label: str
    hectares: Decimal | None
    kind: str
    rings: tuple[tuple[Position, ...], ...]

    def problem(self, code: str, **details: Any) -> Problem:
        """Return a problem of this feature."""
        return Problem(code, self.number, self.label, details)


@dataclass
class Reading:
    """What was read of a file: the features that have a shape, and what was wrong."""

    features: list[Feature] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
