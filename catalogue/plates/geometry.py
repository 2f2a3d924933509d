"""Points and curves. Angles are in degrees, y grows downwards, so that -90 points up."""

import math
from collections.abc import Sequence
from itertools import pairwise

Point = tuple[float, float]
Points = Sequence[Point]


def polar(angle: float, radius: float, origin: Point = (0.0, 0.0)) -> Point:
    """Return the point at this angle and distance from the origin."""
    turn = math.radians(angle)
    return origin[0] + radius * math.cos(turn), origin[1] + radius * math.sin(turn)


def moved(points: Points, dx: float = 0.0, dy: float = 0.0, scale: float = 1.0) -> list[Point]:
    """Return the points scaled, then shifted."""
    return [(x * scale + dx, y * scale + dy) for x, y in points]


def turned(points: Points, angle: float, origin: Point = (0.0, 0.0)) -> list[Point]:
    """Return points drawn along +x as if they were drawn along this angle from the origin."""
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    return [(origin[0] + x * cos - y * sin, origin[1] + x * sin + y * cos) for x, y in points]


def mirrored(half: Points) -> list[Point]:
    """Close a half outline given above the x axis with its mirror image below."""
    return [*half, *((x, -y) for x, y in reversed(half) if y)]


def spline(points: Points, steps: int = 8) -> list[Point]:
    """Return a dense line that runs smoothly through all the points."""
    ends = [points[0], *points, points[-1]]
    dense = [points[0]]
    for a, b, c, d in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        for k in range(1, steps + 1):
            t = k / steps
            dense.append(
                tuple(
                    0.5
                    * (
                        2 * b[i]
                        + (c[i] - a[i]) * t
                        + (2 * a[i] - 5 * b[i] + 4 * c[i] - d[i]) * t * t
                        + (3 * b[i] - a[i] - 3 * c[i] + d[i]) * t**3
                    )
                    for i in (0, 1)
                )
            )
    return dense


def resampled(points: Points, count: int) -> list[Point]:
    """Return count + 1 points at equal distances along a line."""
    track = Track(points, steps=0)
    return [track.at(k / count) for k in range(count + 1)]


class Track:
    """A line one can walk along: 0 is its beginning, 1 its end.

    One walks at an even pace, or (even=False) from point to point in even times.
    """

    def __init__(self, points: Points, steps: int = 8, *, even: bool = True):
        self.points = spline(points, steps) if steps else list(points)
        self.lengths = [0.0]
        for a, b in pairwise(self.points):
            self.lengths.append(self.lengths[-1] + (math.dist(a, b) if even else 1.0))
        self.length = self.lengths[-1]

    def _place(self, t: float) -> tuple[int, float]:
        wanted = min(max(t, 0.0), 1.0) * self.length
        for k in range(1, len(self.lengths)):
            if self.lengths[k] >= wanted:
                step = self.lengths[k] - self.lengths[k - 1]
                return k, (wanted - self.lengths[k - 1]) / step if step else 0.0
        return len(self.points) - 1, 1.0

    def at(self, t: float) -> Point:
        k, part = self._place(t)
        (x0, y0), (x1, y1) = self.points[k - 1], self.points[k]
        return x0 + (x1 - x0) * part, y0 + (y1 - y0) * part

    def angle(self, t: float) -> float:
        """Return the direction of growth."""
        (x0, y0), (x1, y1) = self.at(t - 0.02), self.at(t + 0.02)
        return math.degrees(math.atan2(y1 - y0, x1 - x0))

    def part(self, start: float = 0.0, end: float = 1.0, count: int = 8) -> list[Point]:
        return [self.at(start + (end - start) * k / count) for k in range(count + 1)]

    def beside(self, t: float, distance: float) -> Point:
        """Return the point beside the line; a positive distance is to the right of growth."""
        return polar(self.angle(t) + 90, distance, self.at(t))


def bow(start: Point, end: Point, sag: float = 0.0) -> Track:
    """Return a line bent to one side by a part of its length (negative: to the left)."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    middle = (start[0] + dx / 2 - dy * sag, start[1] + dy / 2 + dx * sag)
    return Track([start, middle, end])


def spiral(origin: Point, radius: float, turns: float, start: float = 0.0) -> list[Point]:
    """Return points winding inwards, as a tendril or a young frond does."""
    count = max(8, int(turns * 8))
    return [
        polar(start + 360 * turns * k / count, radius * (1 - 0.85 * k / count), origin)
        for k in range(count + 1)
    ]
