"""One leaf blade: its outline by shape and margin, laid along a bent midrib."""

import math
from dataclasses import dataclass
from functools import lru_cache

from .geometry import Point, Points, Track, polar, resampled, spline


@dataclass(frozen=True)
class Shape:
    """Width as a part of the length, and half an outline from base to tip (along, across)."""

    ratio: float
    half: tuple[Point, ...]
    stalk: float = 0.12


UNSURE = Shape(
    0.46, ((0, 0.05), (0.06, 0.5), (0.25, 0.95), (0.5, 1), (0.75, 0.93), (0.95, 0.5), (1, 0))
)
SHAPES = {
    "linear": Shape(
        0.11, ((0, 0.3), (0.08, 0.75), (0.3, 1), (0.6, 0.9), (0.85, 0.45), (1, 0)), 0.02
    ),
    "lanceolate": Shape(
        0.26,
        ((0, 0.05), (0.08, 0.52), (0.28, 1), (0.55, 0.76), (0.8, 0.32), (0.92, 0.1), (1, 0)),
        0.08,
    ),
    "elliptic": Shape(
        0.42,
        (
            (0, 0.03),
            (0.1, 0.42),
            (0.3, 0.88),
            (0.5, 1),
            (0.7, 0.8),
            (0.87, 0.34),
            (0.95, 0.1),
            (1, 0),
        ),
    ),
    "ovate": Shape(
        0.56,
        (
            (0, 0.04),
            (0.03, 0.42),
            (0.13, 0.84),
            (0.3, 1),
            (0.5, 0.84),
            (0.72, 0.46),
            (0.9, 0.14),
            (1, 0),
        ),
        0.2,
    ),
    "obovate": Shape(
        0.46,
        ((0, 0.03), (0.2, 0.3), (0.45, 0.72), (0.68, 1), (0.84, 0.86), (0.95, 0.4), (1, 0)),
        0.06,
    ),
    "round": Shape(
        0.94,
        (
            (0, 0.02),
            (0.02, 0.4),
            (0.18, 0.86),
            (0.45, 1),
            (0.72, 0.9),
            (0.92, 0.5),
            (0.98, 0.2),
            (1, 0),
        ),
        0.34,
    ),
    "heart": Shape(
        0.84,
        (
            (0, 0),
            (-0.07, 0.12),
            (-0.14, 0.4),
            (-0.07, 0.76),
            (0.1, 0.98),
            (0.3, 0.97),
            (0.52, 0.72),
            (0.77, 0.34),
            (0.92, 0.1),
            (1, 0),
        ),
        0.34,
    ),
    "arrow": Shape(
        0.62,
        (
            (0, 0.05),
            (-0.1, 0.2),
            (-0.3, 0.72),
            (-0.36, 0.98),
            (-0.16, 0.86),
            (0.08, 0.66),
            (0.3, 0.58),
            (0.6, 0.42),
            (0.85, 0.14),
            (1, 0),
        ),
        0.34,
    ),
    "scale": Shape(0.5, ((0, 0.75), (0.2, 1), (0.5, 0.72), (0.8, 0.28), (1, 0)), 0.0),
}


@lru_cache(maxsize=64)
def _dense(shape: str) -> tuple[Point, ...]:
    return tuple(resampled(spline(SHAPES.get(shape, UNSURE).half, 6), 60))


def _entire(dense: Points, fine: float) -> tuple[list[Point], str]:
    return resampled(dense, 4 if fine < 0.4 else 7), "smooth"


def _wavy(dense: Points, fine: float) -> tuple[list[Point], str]:
    points = resampled(dense, max(8, round(18 * fine)))
    out = [points[0]]
    for k, (t, w) in enumerate(points[1:-1]):
        out.append((t, w + (0.07 if k % 2 else -0.07) * min(1, w * 3)))
    return [*out, points[-1]], "smooth"


def _teeth(count: int, rise: float, lean: float, dense: Points) -> list[Point]:
    """Return a saw: from every base a tooth that leans to the tip of the leaf."""
    track = Track(dense, steps=0)
    out = []
    for k in range(count):
        base, tip = track.at(k / count), track.at((k + 0.75) / count)
        out.append(base)
        if 0 < k < count - 1:
            out.append((tip[0] + lean, tip[1] + rise))
    return [*out, dense[-1]]


def _toothed(dense: Points, fine: float) -> tuple[list[Point], str]:
    return _teeth(max(5, round(12 * fine)), 0.075 / fine**0.5, 0.012, dense), "straight"


def _spiny(dense: Points, fine: float) -> tuple[list[Point], str]:
    track = Track(dense, steps=0)
    out = [track.at(0)]
    count = max(4, round(8 * fine))
    for k in range(1, count):
        t, w = track.at((k - 0.35) / count)
        foot, inner = track.at((k - 0.5) / count), track.at(k / count)
        out += [(foot[0], foot[1] * 0.93), (t + 0.03, w + 0.24), (inner[0], inner[1] * 0.84)]
    return [*out, (1.04, 0)], "straight"


def _crenate(dense: Points, fine: float) -> tuple[list[Point], str]:
    track = Track(dense, steps=0)
    out = [track.at(0)]
    count = max(4, round(10 * fine))
    for k in range(count):
        (t, w), notch = track.at((k + 0.5) / count), track.at((k + 1) / count)
        out += [(t, w + 0.2 / count**0.3), notch]
    return out, "scalloped"


def _pinnately_cut(dense: Points, fine: float) -> tuple[list[Point], str]:
    track = Track(dense, steps=0)
    out = [track.at(0)]
    count = max(3, round(5 * fine))
    for k in range(count):
        for part, depth, on in (
            (0.12, 0.2, 0),
            (0.45, 0.96, 0.05),
            (0.62, 1.12, 0.1),
            (0.84, 0.5, 0.04),
        ):
            t, w = track.at((k + part) / (count + 0.4))
            out.append((t + on * (1 - t), w * depth))
    return [*out, (0.97, 0.16), (1, 0)], "smooth"


FINGER = ((11, 0.6), (4, 0.9), (0, 1.0), (-4, 0.9), (-11, 0.6))


def _palmately_cut(dense: Points, fine: float) -> tuple[list[Point], str]:
    reach = max(w for _, w in dense)
    lobes = ((138, 0.42), (86, 0.62), (42, 0.84), (0, 0.96))
    out = [(0.06, 0.02)]
    for k, (angle, length) in enumerate(lobes):
        for side, part in ((10, 0.66), (0, 1.0), (-10, 0.66)) if fine < 0.4 else FINGER:
            if angle + side < 0 or (angle == 0 and side <= 0):
                break
            x, y = polar(angle + side, length * part)
            out.append((0.08 + x, y * 2.1 * reach))
        if k < len(lobes) - 1:
            middle = (angle + lobes[k + 1][0]) / 2
            x, y = polar(middle, 0.26)
            out.append((0.08 + x, y * 2.1 * reach))
    return [*out, (1.04, 0)], "smooth"


MARGINS = {
    "entire": _entire,
    "toothed": _toothed,
    "crenate": _crenate,
    "wavy": _wavy,
    "spiny": _spiny,
    "pinnately-cut": _pinnately_cut,
    "palmately-cut": _palmately_cut,
}


@lru_cache(maxsize=256)
def _edge(shape: str, margin: str, fine: float = 1.0) -> tuple[tuple[Point, ...], str]:
    """Return half an outline; a small blade (fine below 1) has fewer, larger teeth."""
    points, line = MARGINS.get(margin, _entire)(_dense(shape), fine)
    return tuple(points), line


@dataclass(frozen=True)
class Blade:
    """A blade along +x from its base, bending clockwise by `turn` degrees towards its tip.

    `far` and `near` squeeze the halves left and right of the midrib, as a turned leaf shows them.
    """

    shape: str
    margin: str
    length: float
    turn: float = 24.0
    far: float = 1.0
    near: float = 1.0

    @property
    def half(self) -> float:
        ratio = SHAPES.get(self.shape, UNSURE).ratio
        if self.margin == "palmately-cut":
            ratio = 0.62 + 0.4 * ratio
        elif self.margin in ("pinnately-cut", "spiny"):
            ratio = 0.2 + 0.75 * ratio
        return ratio * self.length / 2

    @property
    def edge(self) -> tuple[tuple[Point, ...], str]:
        return _edge(self.shape, self.margin, max(0.2, min(1.0, round(self.length / 70, 1))))

    @property
    def line(self) -> str:
        """Return how the points of the edge are joined: smooth, straight or scalloped."""
        return self.edge[1]

    def at(self, t: float, across: float) -> Point:
        """Return the point at a part of the midrib and this many half widths beside it."""
        bend = math.radians(self.turn)
        along = t * self.length
        if abs(bend) < 0.01:
            x, y, angle = along, 0.0, 0.0
        else:
            angle = bend * t
            x = math.sin(angle) * self.length / bend
            y = (1 - math.cos(angle)) * self.length / bend
        off = across * self.half * (self.far if across < 0 else self.near)
        return x - math.sin(angle) * off, y + math.cos(angle) * off

    def room(self, t: float) -> float:
        """Return how far the blade reaches to each side here, in half widths."""
        edge = _edge(self.shape, "palmately-cut" if self.margin == "palmately-cut" else "")[0]
        track = _dense(self.shape) if self.margin != "palmately-cut" else edge
        near = min(track, key=lambda point: abs(point[0] - t) - point[1] * 0.01)
        room = near[1]
        return room * 0.55 if self.margin == "pinnately-cut" else room

    def side(self, which: int) -> list[Point]:
        """Return one edge from base to tip: -1 is left of the midrib, 1 is right of it."""
        return [self.at(t, which * w) for t, w in self.edge[0]]

    def midrib(self, start: float = 0.0, end: float = 1.0) -> Track:
        return Track([self.at(start + (end - start) * k / 6, 0) for k in range(7)], steps=2)
