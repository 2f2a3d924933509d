"""Plots as others expect them: EUDR-format plot geolocation.

One plot per feature, longitude before latitude with six decimals, a point for at most four
hectares, a counter-clockwise outline above. Property names are those of the Commission's
description of the file.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from core.areas import SQUARE_METRES_PER_HECTARE

MOST_BYTES = 25 * 1024 * 1024  # of one statement
COUNTRY = "VN"
OPENING, BETWEEN, CLOSING = b'{"type":"FeatureCollection","features":[\n', b",\n", b"\n]}\n"


@dataclass(frozen=True)
class Row:
    """One plot to be written: its kept GeoJSON geometry, whose it is and where."""

    geometry: dict[str, Any]
    area_m2: int
    producer: str
    place: str


class TooLarge(Exception):
    """The plots do not fit into one statement; `fitting` is how many do."""

    def __init__(self, fitting: int):
        super().__init__(fitting)
        self.fitting = fitting


def write(rows: Iterable[Row]) -> bytes:
    """Return the collection as UTF-8. Raises TooLarge beyond what one statement may weigh."""
    features: list[bytes] = []
    size = len(OPENING) + len(CLOSING)
    for row in rows:
        feature = _feature(row).encode()
        size += len(feature) + len(BETWEEN)
        if size > MOST_BYTES:
            raise TooLarge(len(features))
        features.append(feature)
    return OPENING + BETWEEN.join(features) + CLOSING


def _feature(row: Row) -> str:
    properties = {
        "ProducerCountry": COUNTRY,
        "ProducerName": row.producer,
        "ProductionPlace": row.place,
        "Area": round(row.area_m2 / SQUARE_METRES_PER_HECTARE, 4),
    }
    said = json.dumps(properties, ensure_ascii=False)
    return f'{{"type":"Feature","properties":{said},"geometry":{_geometry(row.geometry)}}}'


def _geometry(geometry: dict[str, Any]) -> str:
    """Write a geometry by hand: json would leave out the zeros at the end of a number."""
    return f'{{"type":"{geometry["type"]}","coordinates":{_coordinates(geometry["coordinates"])}}}'


def _coordinates(value: Any) -> str:
    if isinstance(value, (int, float)):
        return f"{value:.6f}"
    return f"[{','.join(_coordinates(one) for one in value)}]"
