"""Outlines as paths of a small picture, north up, without any map below."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from shapely.geometry.base import BaseGeometry

WIDTH, HEIGHT, MARGIN, DOT = 480, 320, 12, 5


@dataclass(frozen=True)
class Path:
    """One plot of the picture; a point is a dot with a middle and no outline."""

    label: str
    outline: str
    x: float
    y: float


def paths(shapes: Iterable[tuple[str, BaseGeometry]]) -> list[Path]:
    """Return labelled shapes as paths that together fill the picture, in their proportions."""
    shapes = list(shapes)
    if not shapes:
        return []
    boxes = [shape.bounds for _label, shape in shapes]
    west, south = min(box[0] for box in boxes), min(box[1] for box in boxes)
    east, north = max(box[2] for box in boxes), max(box[3] for box in boxes)
    # A degree of longitude is shorter than one of latitude by the cosine of the latitude.
    narrow = math.cos(math.radians((south + north) / 2))
    width, height = (east - west) * narrow, north - south
    scale = min(
        (WIDTH - 2 * MARGIN) / width if width else math.inf,
        (HEIGHT - 2 * MARGIN) / height if height else math.inf,
    )
    scale = scale if math.isfinite(scale) else 0

    def place(position: tuple[float, ...]) -> tuple[float, float]:
        x = WIDTH / 2 + (position[0] - (west + east) / 2) * narrow * scale
        y = HEIGHT / 2 - (position[1] - (south + north) / 2) * scale
        return round(x, 1), round(y, 1)

    return [_path(label, shape, place) for label, shape in shapes]


def _path(label: str, shape: BaseGeometry, place) -> Path:
    x, y = place(shape.representative_point().coords[0])
    if shape.geom_type == "Point":
        return Path(label, "", x, y)
    corners = [place(position) for position in shape.exterior.coords[:-1]]
    outline = "M" + "L".join(f"{x} {y}" for x, y in corners) + "Z"
    return Path(label, outline, x, y)
