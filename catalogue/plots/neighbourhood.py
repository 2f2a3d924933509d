"""Where plots may lie: in the country, and near the commune that they are said to be in.

Both are for checking alone and are drawn nowhere. Sources: docs/plots.md.
"""

import csv
import json
import math
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import mean

from shapely import contains_xy, prepare
from shapely.geometry import Polygon

from catalogue.plots.measuring import kilometres

DATA = Path(__file__).resolve().parents[1] / "data"
# How far a plot may lie from the middle of its commune, in radii of a circle of the same area:
# communes are long and crooked, and their borders moved in 2025. Beyond that it is another commune.
RADII, MARGIN_KM = 3, 2


@dataclass(frozen=True)
class Neighbourhood:
    """The surroundings of a commune."""

    longitude: float
    latitude: float
    reach_km: float

    def distance_km(self, place: tuple[float, float]) -> float:
        """Return how far a place lies from the middle of the commune."""
        return kilometres((self.longitude, self.latitude), place)

    def holds(self, place: tuple[float, float]) -> bool:
        """Return whether a place lies in or around the commune."""
        return self.distance_km(place) <= self.reach_km


@cache
def neighbourhoods() -> dict[str, Neighbourhood]:
    """Return the surroundings of every commune that is known, by its official code."""
    with (DATA / "commune_points.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["commune"]: Neighbourhood(
                longitude=float(row["longitude"]),
                latitude=float(row["latitude"]),
                reach_km=RADII * math.sqrt(float(row["area_km2"]) / math.pi) + MARGIN_KM,
            )
            for row in csv.DictReader(file)
        }


@cache
def province_middles() -> dict[str, tuple[float, float]]:
    """Return longitude and latitude of the middle of every province's communes, by its code."""
    places = defaultdict(list)
    with (DATA / "commune_points.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            places[row["province"]].append((float(row["longitude"]), float(row["latitude"])))
    return {
        code: (round(mean(x for x, _y in found), 2), round(mean(y for _x, y in found), 2))
        for code, found in places.items()
    }


@cache
def _mainland() -> Polygon:
    ring = json.loads((DATA / "mainland.json").read_text(encoding="utf-8"))["ring"]
    mainland = Polygon(ring)
    prepare(mainland)
    return mainland


def is_on_mainland(place: tuple[float, float]) -> bool:
    """Return whether a place lies on the mainland of Vietnam, or within some kilometres of it."""
    return bool(contains_xy(_mainland(), *place))
