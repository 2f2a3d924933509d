"""Stems: the tapering body, and what one sees and feels on it."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from .geometry import Point, Points, Track, moved, polar
from .ink import Ink, brush, flow, oval
from .record import Record


@dataclass(frozen=True)
class Body:
    """A stem as it is drawn: its line and its width at both ends."""

    track: Track
    start: float
    end: float
    most: int = 40  # repetitions of a mark along it

    def half(self, t: float) -> float:
        return (self.start + (self.end - self.start) * t) / 2

    def along(self, share: float, start: float = 0.02, end: float = 0.98) -> list[Point]:
        """Return a line that follows the stem at a part of its half width."""
        return [
            self.track.beside(t, share * self.half(t))
            for t in (start + (end - start) * k / 4 for k in range(5))
        ]

    def steps(self, distance: float) -> list[float]:
        count = max(2, min(self.most, int(self.track.length / distance)))
        return [(k + 0.5) / count for k in range(count)]


def _round(ink: Ink, body: Body) -> None:
    ink.lines([body.along(0.45, 0.05, 0.9)], 0.35, "vein")


def _square(ink: Ink, body: Body) -> None:
    ink.lines([body.along(-0.2)], 0.7)
    ink.strokes(
        [
            [body.track.beside(t, -0.1 * body.half(t)), body.track.beside(t, 0.9 * body.half(t))]
            for t in body.steps(6)
        ],
        0.3,
        "vein",
    )


def _ridged(ink: Ink, body: Body) -> None:
    ink.lines([body.along(share) for share in (-0.5, 0, 0.5)], 0.45)


def _hairy(ink: Ink, body: Body) -> None:
    hairs = []
    for k, t in enumerate(body.steps(6)):
        for side in (-1, 1):
            foot = body.track.beside(t, side * body.half(t))
            hairs.append([foot, polar(body.track.angle(t) + side * (70 + 20 * (k % 2)), 3.0, foot)])
    ink.strokes(hairs, 0.4)


def _prickly(ink: Ink, body: Body) -> None:
    thorns = []
    for k, t in enumerate(body.steps(17)):
        side = 1 if k % 2 else -1
        wide = 2.2 / body.track.length
        low, high = (body.track.beside(t + d, side * body.half(t) * 0.9) for d in (-wide, wide))
        tip = polar(
            body.track.angle(t) + side * 100, 5.5, body.track.beside(t, side * body.half(t))
        )
        thorns.append([low, tip, high])
    ink.strokes(thorns, 0.8, "paper")


def _jointed(ink: Ink, body: Body) -> None:
    rings = []
    for t in body.steps(34):
        half = body.half(t) * 1.35
        for shift in (-1.1, 1.1):
            u = t + shift / body.track.length
            rings.append([body.track.beside(u, -half), body.track.beside(u, half)])
    ink.strokes(rings, 0.8)


def _sheathed(ink: Ink, body: Body) -> None:
    seams = []
    for k, t in enumerate(body.steps(30)):
        side = 1 if k % 2 else -1
        rise = 16 / body.track.length
        seams.append(
            [
                body.track.beside(t, -side * body.half(t)),
                body.track.beside(t + rise * 0.6, 0.1 * side * body.half(t)),
                body.track.beside(t + rise, side * body.half(t) * 1.05),
            ]
        )
    ink.lines(seams, 0.6)
    ink.lines([body.along(0.5), body.along(-0.4)], 0.3, "vein")


def _fleshy(ink: Ink, body: Body) -> None:
    ink.lines([body.along(-0.45, 0.05, 0.95)], 1.2, "light")
    ink.dots(
        [
            body.track.beside(t, (0.2 + 0.5 * (k % 2)) * body.half(t))
            for k, t in enumerate(body.steps(9))
        ],
        0.7,
    )


STEMS: dict[str, Callable[[Ink, Body], None]] = {
    "round": _round,
    "square": _square,
    "ridged": _ridged,
    "hairy": _hairy,
    "prickly": _prickly,
    "jointed": _jointed,
    "pseudostem": _sheathed,
    "fleshy": _fleshy,
    "none": lambda _ink, _body: None,
}
STOUT = {"fleshy": 1.6, "pseudostem": 1.35, "square": 1.15}


def draw_stem(
    ink: Ink, record: Record, track: Track, start: float, end: float, woody: bool = False
) -> Body:
    """Draw a stem along a track, this wide at its foot and at its tip."""
    codes = record.all("stem", STEMS)
    shown = codes[: 9 - 4 * ink.thrift] if ink.thrift < 3 else []
    stout = max([STOUT.get(code, 1.0) for code in codes], default=1.0)
    body = Body(track, start * stout, end * (1 + (stout - 1) / 2), 40 - 14 * min(2, ink.thrift))
    used = record.uses("stem", *(("bark", "wood") if woody else ()))
    with ink.group("used" if used else ""):
        ink.path(brush(track, body.start, body.end, 4), "wood" if woody else "leaf")
        ink.lines([body.along(1.0)], 1.1)
        if woody and body.start > 5 and ink.thrift < 2:
            _bark(ink, body)
        for code in shown:
            STEMS[code](ink, body)
    return body


def _bark(ink: Ink, body: Body) -> None:
    """Short curved strokes in the shade of a bough, some lenticels in its light."""
    strokes = []
    for k, t in enumerate(body.steps(8)):
        reach = 0.1 + 0.4 * ((k * 7) % 5) / 5
        strokes.append(
            [
                body.track.beside(t, body.half(t) * 0.96),
                body.track.beside(t + 0.004, body.half(t) * (0.96 - reach)),
            ]
        )
    ink.strokes(strokes, 0.4)
    ink.dots([body.track.beside(t, -body.half(t) * 0.4) for t in body.steps(19)], 0.9, "soft")


def section(ink: Ink, record: Record) -> None:
    """Draw a piece of stem, cut across, as a detail about 60 high round the origin."""
    codes = record.all("stem", STEMS)
    body = Body(Track([(0, 28), (0.6, 0), (0, -19)]), 19, 19)
    plain = [code for code in codes if code != "none"]
    woody = bool({"bark", "wood"} & set(record.parts))
    if not plain and not woody:
        ink.path(oval(0, 20, 13, 4), "soft pl-unsure", 0.7)
        return
    with ink.group("used" if record.uses("stem", "bark", "wood") else ""):
        ink.path(brush(body.track, 19, 19, 3), "wood" if woody else "leaf", 0.9)
        ink.lines([body.along(0.97)], 1.3)
        for code in plain:
            STEMS[code](ink, body)
        ink.path(_face(plain), "paper", 0.9)
        _core(ink, plain)
        if "bark" in record.parts:
            _curl(ink)


def _face(codes: list[str]) -> str:
    """Return the cut across: round, four-edged or fluted, seen from a little above."""
    if "square" in codes:
        return "M-10.5-19l7.5-5.5 13.5 3-7.5 6z"
    if "ridged" in codes:
        points = [polar(15 * k, 10.4 if k % 2 else 8.6) for k in range(24)]
        return flow([(x, y * 0.42 - 19) for x, y in points], closed=True)
    return oval(0, -19, 9.6, 4.2)


def _core(ink: Ink, codes: list[str]) -> None:
    rings = (0.75, 0.5, 0.25) if "pseudostem" in codes else (0.62,)
    for share in rings:
        ink.path(oval(0, -19, 9 * share, 3.9 * share), "", 0.4)
    if "fleshy" in codes:
        ink.dots(moved([polar(60 * k, 4) for k in range(6)], 0, -19), 0.9)
    if "jointed" in codes:
        ink.lines([[(-12, 3), (0, 5.5), (12, 3)]], 1.3)


def _curl(ink: Ink) -> None:
    """A strip of bark that comes away and rolls in."""
    strip: Points = [
        (9.6, -17),
        (17, -12),
        (21, 2),
        (19, 20),
        (24, 23),
        (27, 8),
        (24, -10),
        (17, -18),
    ]
    ink.shape(list(strip), "shade", 0.9)
    curl = [
        (24 + 3.4 * math.cos(a), 21 + 3 * math.sin(a) - a * 0.3)
        for a in (0.4 * k for k in range(12))
    ]
    ink.lines([curl], 0.7)
    ink.lines([[(15, -13), (19, 2), (18, 17)], [(20, -12), (23, 4), (22, 18)]], 0.35)
