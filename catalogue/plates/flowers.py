"""Single flowers. Each is drawn from its stalk at the origin along +x, about 2 r long.

With rich=True it is the enlarged detail, with veins, stamens and calyx; else a small stamp.
"""

import math
from collections.abc import Callable

from .geometry import Point, mirrored, moved, polar, turned
from .ink import Ink, flow, oval

Draw = Callable[[Ink, float, str, bool], None]

COLOURS = ("white", "yellow", "orange", "red", "pink", "purple", "blue", "green", "brown")
ROUND = ((0.1, 0.05), (0.42, 0.78), (0.72, 1.0), (0.93, 0.66), (1.0, 0.0))
NOTCHED = ((0.1, 0.05), (0.42, 0.8), (0.78, 1.0), (1.02, 0.52), (0.93, 0.0))
POINTED = ((0.1, 0.08), (0.35, 0.9), (0.6, 0.95), (0.85, 0.42), (1.02, 0.0))
STRAP = ((0.1, 0.1), (0.4, 0.8), (0.72, 1.0), (0.95, 0.7), (1.0, 0.0))


def _petals(
    ink: Ink, at: Point, r: float, count: int, tone: str, *, wide: float, half=ROUND, start=-90.0
) -> None:
    """Draw petals round a centre, each with its edge, in one path."""
    small = r < 4.5
    if small or count > 7:
        half = (half[0], half[2], half[-1])
    outline = [(x * r, y * wide * r) for x, y in mirrored(half)]
    petals = [turned(outline, start + 360 * k / count, at) for k in range(count)]
    if small:
        ink.path("".join(flow(petal, closed=True) for petal in petals), tone)
        return
    with ink.group(tone):
        for petal in petals:
            ink.shape(petal, "")


def _petal_veins(
    ink: Ink, at: Point, r: float, count: int, spread: float, start: float = -90.0
) -> None:
    lines = []
    for k in range(count):
        angle = start + 360 * k / count
        for off, reach in ((-spread, 0.66), (0, 0.8), (spread, 0.66)):
            lines.append(
                [polar(angle + off * 0.4, r * 0.24, at), polar(angle + off, r * reach, at)]
            )
    ink.strokes(lines, 0.35)


def _stamens(ink: Ink, at: Point, r: float, count: int, start: float = -72.0) -> None:
    tips = [polar(start + 360 * k / count, r, at) for k in range(count)]
    ink.strokes([[at, tip] for tip in tips], 0.5)
    ink.dots(tips, max(1.4, r * 0.2))
    ink.path(oval(*at, r * 0.22, r * 0.22), "green", 0.5)


def _open_flower(count: int, wide: float, half=ROUND) -> Draw:
    """Return the drawing of a flat flower seen from above."""

    def draw(ink: Ink, r: float, tone: str, rich: bool) -> None:
        at = (r * 0.8, 0.0)
        if rich:
            _petals(
                ink, at, r * 0.8, count, "leaf", wide=0.16, half=POINTED, start=-90 + 180 / count
            )
        _petals(ink, at, r, count, tone, wide=wide, half=half)
        if rich:
            _petal_veins(ink, at, r, count, 150 * wide / count + 6)
            _stamens(ink, at, r * 0.4, max(count, 4) if count < 8 else 10)
        elif r > 2.5:
            ink.dots([at], r * 0.45)

    return draw


def _six_parted(ink: Ink, r: float, tone: str, rich: bool) -> None:
    at = (r * 0.8, 0.0)
    _petals(ink, at, r, 3, tone, wide=0.24, half=POINTED, start=90)
    _petals(ink, at, r * 1.02, 3, tone, wide=0.32, half=POINTED)
    if rich:
        _petal_veins(ink, at, r, 6, 7)
        _stamens(ink, at, r * 0.5, 6)
    elif r > 2.5:
        ink.dots([at], r * 0.4)


def _many_parted(ink: Ink, r: float, tone: str, rich: bool) -> None:
    at = (r * 0.8, 0.0)
    _petals(ink, at, r * 1.05, 9 if rich else 6, tone, wide=0.25, half=STRAP)
    _petals(ink, at, r * 0.72, 8 if rich else 5, tone, wide=0.2, half=STRAP, start=-70)
    if rich:
        _petal_veins(ink, at, r, 9, 5)
        _stamens(ink, at, r * 0.32, 14)


def _calyx(ink: Ink, r: float, wide: float = 0.36, long: float = 0.6) -> None:
    """Draw a toothed cup round the foot of a flower."""
    half = ((0, 0.12), (0.3, 0.3), (0.62, 0.36), (1, 0.46), (0.84, 0.18), (0.94, 0))
    ink.shape([(x * long * r, y * wide / 0.4 * r) for x, y in mirrored(half)], "leaf")


def _side(ink: Ink, points: list[Point], r: float, tone: str, width: float = 0.0) -> None:
    ink.shape(moved(points, scale=r), tone, width)


def _two_lipped(ink: Ink, r: float, tone: str, rich: bool) -> None:
    if rich:
        threads = [
            [(1.1, -0.2), (1.6, -0.5), (2.05, -0.34)],
            [(1.1, -0.1), (1.7, -0.34), (2.1, -0.1)],
        ]
        ink.lines([moved(line, scale=r) for line in threads], 0.6)
        ink.dots([(2.05 * r, -0.34 * r), (2.1 * r, -0.1 * r)], r * 0.13)
    lower = [(0.2, 0.14), (0.9, 0.3), (1.2, 0.5), (1.5, 0.92), (1.9, 1.0), (2.12, 0.7), (1.8, 0.4)]
    _side(ink, [*lower, (1.45, 0.2), (1.1, -0.05), (0.2, -0.1)], r, tone)
    upper = [(0.2, -0.12), (0.9, -0.3), (1.25, -0.72), (1.7, -0.92), (2.1, -0.66), (1.85, -0.42)]
    _side(ink, [*upper, (1.5, -0.3), (1.15, 0.02), (0.9, 0.28), (0.2, 0.13)], r, tone)
    if rich:
        lines = [[(0.6, -0.1), (1.2, -0.3), (1.7, -0.7)], [(0.6, 0.08), (1.2, 0.3), (1.75, 0.78)]]
        lines += [[(0.6, 0.14), (1.2, 0.42), (1.5, 0.8)]]
        ink.lines([moved(line, scale=r) for line in lines], 0.4)
    _calyx(ink, r, 0.36, 0.75)


def _pea(ink: Ink, r: float, tone: str, rich: bool) -> None:
    banner = [(0.4, -0.1), (0.35, -0.75), (0.72, -1.25), (1.3, -1.22), (1.55, -0.75), (1.2, -0.2)]
    _side(ink, banner, r, tone)
    _side(ink, [(0.4, 0.1), (1.0, 0.72), (1.6, 0.7), (1.92, 0.1), (1.5, 0.2), (1.0, 0.1)], r, tone)
    _side(
        ink, [(0.4, 0), (0.9, -0.3), (1.55, -0.25), (1.85, 0.1), (1.5, 0.46), (0.9, 0.34)], r, tone
    )
    if rich:
        lines = [
            [(0.5, -0.3), (0.7, -0.8), (0.9, -1.1)],
            [(0.6, -0.25), (0.95, -0.7), (1.25, -1.0)],
        ]
        lines += [[(0.6, 0), (1.1, 0.0), (1.6, 0.1)], [(0.7, 0.3), (1.1, 0.55), (1.5, 0.55)]]
        ink.lines([moved(line, scale=r) for line in lines], 0.4)
    _calyx(ink, r, 0.34, 0.55)


def _bell(ink: Ink, r: float, tone: str, rich: bool) -> None:
    back = mirrored([(1.5, 0.78), (1.78, 0.5), (1.62, 0.24), (1.85, 0)])
    ink.shape(moved(back[:], scale=r), tone)
    half = (
        (0.1, 0.24),
        (0.4, 0.6),
        (0.95, 0.66),
        (1.4, 0.8),
        (1.9, 1.12),
        (1.6, 0.56),
        (1.98, 0.0),
    )
    if rich:
        ink.lines([[(1.2 * r, 0), (2.2 * r, -0.1 * r)]], 1.1)
        ink.dots([(2.2 * r, -0.1 * r)], r * 0.22)
    ink.shape(moved(mirrored(half), scale=r), tone)
    if rich:
        lines = [[(0.3, y * 0.5), (0.95, y), (1.5, y * 1.25)] for y in (-0.42, -0.2, 0, 0.2, 0.42)]
        ink.lines([moved(line, scale=r) for line in lines], 0.4)
    _calyx(ink, r, 0.42, 0.5)


def _tube(ink: Ink, r: float, tone: str, rich: bool) -> None:
    if rich or r > 5:
        threads = [[(1.6, 0), (2.2, y), (2.55, y * 1.6)] for y in (-0.2, 0.06, 0.28)]
        ink.lines([moved(line, scale=r) for line in threads], 0.5)
        ink.dots([(2.55 * r, y * 1.6 * r) for y in (-0.2, 0.06, 0.28)], r * 0.14)
    half = (
        (0, 0.12),
        (0.7, 0.16),
        (1.4, 0.26),
        (1.8, 0.44),
        (2.1, 0.85),
        (2.24, 0.55),
        (1.98, 0.24),
    )
    ink.shape(moved(mirrored([*half, (2.2, 0.0)]), scale=r), tone)
    if rich:
        lines = [[(0.5, y), (1.3, y * 1.6), (1.9, y * 3)] for y in (-0.1, 0.0, 0.1)]
        ink.lines([moved(line, scale=r) for line in lines], 0.35)
    _calyx(ink, r, 0.24, 0.42)


def _hooded(ink: Ink, r: float, tone: str, rich: bool) -> None:
    _side(ink, [(0.55, 0.3), (0.8, 0.9), (1.15, 1.25), (1.4, 0.95), (1.1, 0.3)], r, tone)
    _side(ink, [(0.35, 0.2), (0.35, 0.8), (0.7, 1.2), (0.95, 0.85), (0.8, 0.2)], r, tone)
    _side(ink, [(0.4, 0), (0.75, -0.5), (1.4, -0.45), (1.7, 0.1), (1.3, 0.55), (0.7, 0.5)], r, tone)
    hood = [(0.15, 0), (0.02, -0.7), (0.35, -1.4), (0.95, -1.6), (1.5, -1.2), (1.95, -0.5)]
    _side(ink, [*hood, (1.45, -0.62), (1.05, -0.42), (0.6, -0.1)], r, tone)
    if rich:
        lines = [
            [(0.2, -0.4), (0.45, -1.0), (0.9, -1.35)],
            [(0.4, -0.4), (0.7, -0.9), (1.25, -1.0)],
        ]
        lines += [[(0.7, 0), (1.1, 0.0), (1.5, 0.1)], [(0.7, 0.2), (1.0, 0.3), (1.3, 0.35)]]
        ink.lines([moved(line, scale=r) for line in lines], 0.4)
        ink.dots([(1.2 * r, -0.3 * r), (1.34 * r, -0.22 * r), (1.08 * r, -0.24 * r)], r * 0.12)


def _orchid(ink: Ink, r: float, tone: str, rich: bool) -> None:
    at = (r * 0.8, 0.0)
    for angle, wide, size in ((-90, 0.24, 1.0), (140, 0.26, 0.95), (40, 0.26, 0.95)):
        _petals(ink, at, r * size, 1, tone, wide=wide, half=POINTED, start=angle)
    for angle in (-158, -22):
        _petals(ink, at, r * 0.95, 1, tone, wide=0.18, half=POINTED, start=angle)
    lip = [(0, 0.08), (0.3, 0.16), (0.5, 0.14), (0.72, 0.5), (1.0, 0.62), (1.2, 0.36), (1.06, 0.0)]
    ink.shape(turned(moved(mirrored(lip), scale=r), 90, at), tone)
    ink.path(oval(*at, r * 0.16, r * 0.2), "yellow", 0.6)
    if rich:
        lines = [
            [polar(90 + a * 0.5, r * 0.3, at), polar(90 + a, r * 0.95, at)] for a in (-22, 0, 22)
        ]
        lines += [
            [polar(a, r * 0.25, at), polar(a, r * 0.8, at)] for a in (-90, 40, 140, -22, -158)
        ]
        ink.strokes(lines, 0.35)
        fringe = [a for k in range(5) for a in [(0.5 + 0.1 * k, 0.3 + 0.06 * k)]]
        ink.dots([(at[0] + s * y * r, x * r) for x, y in fringe for s in (-1, 1)], 0.9)


def _disc(ink: Ink, r: float, tone: str, rich: bool) -> None:
    """A thistle-like head: a scaly cup with a brush of tubular florets."""
    count = 13 if rich else 7
    edge: list[Point] = [(0.75, -0.55)]
    for k in range(count):
        share = -1 + 2 * (k + 0.5) / count
        tip = polar(share * 42, 1.5, (0.5, 0))
        notch = polar((share + 1 / count) * 42, 1.3, (0.5, 0))
        edge += [tip, notch]
    edge[-1] = (0.75, 0.55)
    ink.shape(moved(edge, scale=r), tone, 0.6)
    if r > 6:
        lines = [[polar(a, 0.5, (0.5, 0)), polar(a, 1.25, (0.5, 0))] for a in range(-36, 37, 8)]
        ink.strokes([moved(line, scale=r) for line in lines], 0.4)
    cup = ((0.02, 0.1), (0.1, 0.55), (0.42, 0.8), (0.8, 0.78), (1.02, 0.6), (0.95, 0.0))
    ink.shape(moved(mirrored(cup), scale=r), "leaf")
    if r > 6:
        _bracts(ink, r)


def _bracts(ink: Ink, r: float) -> None:
    scales = []
    for row, (x, half) in enumerate(((0.72, 0.62), (0.46, 0.66), (0.2, 0.46))):
        count = 4 - (row == 2)
        for k in range(count):
            y = -half + 2 * half * (k + 0.5) / count
            wide = half / count
            scales.append([(x - 0.16, y - wide), (x + 0.2, y * 1.04), (x - 0.16, y + wide)])
    ink.strokes([moved(line, scale=r) for line in scales], 0.55)


def _ray(ink: Ink, r: float, tone: str, rich: bool) -> None:
    at = (r * 0.8, 0.0)
    _petals(ink, at, r * 1.05, 15 if rich else 9, tone, wide=0.13 if rich else 0.2, half=STRAP)
    ink.path(oval(*at, r * 0.36, r * 0.36), "yellow", 0.6)
    if rich:
        _petal_veins(ink, at, r * 1.05, 15, 2)
        seeds = [polar(137.5 * k, r * 0.32 * math.sqrt(k / 26), at) for k in range(26)]
        ink.dots(seeds, 1.2)


def _naked(ink: Ink, r: float, tone: str, rich: bool) -> None:
    """Stamens and styles without petals; the colour is that of the anthers."""
    threads = [(0, -0.7), (18, -0.3), (-24, 0.2), (36, 0.6), (-42, 0.5), (54, 0.1), (-58, -0.2)]
    tips = [polar(angle, (1.7 + 0.2 * s) * r) for angle, s in threads[: 7 if rich else 5]]
    ink.strokes([[(0.3 * r, 0), tip] for tip in tips], 0.5 if rich else 0.4)
    for x, y in tips:
        ink.path(oval(x, y, r * 0.17, r * 0.24), tone, 0.5 if rich else 0.35)
    ink.path(oval(r * 0.45, 0, r * 0.4, r * 0.32), "leaf", 0.7)
    if rich:
        ink.lines([[(0.8 * r, 0), (1.1 * r, -0.1 * r), (1.2 * r, -0.3 * r)]], 1.0)


def _none(ink: Ink, r: float, _tone: str, rich: bool) -> None:
    """Looked for and not there: an empty ring, in the detail only."""
    if rich:
        empty(ink, r * 0.8)


def empty(ink: Ink, radius: float) -> None:
    """Draw the sign for "looked for and not there"."""
    ink.path(oval(radius, 0, radius * 0.5, radius * 0.5), "soft pl-unsure", 0.7)


def bud(ink: Ink, r: float, tone: str, _rich: bool) -> None:
    """A closed bud, where the form of the flower is not known."""
    ink.shape([(0, 0.1 * r), (r * 0.8, r * 0.55), (r * 1.7, 0), (r * 0.8, -r * 0.55)], tone)


FORMS: dict[str, Draw] = {
    "three-parted": _open_flower(3, 0.5),
    "four-parted": _open_flower(4, 0.46),
    "five-parted": _open_flower(5, 0.44, NOTCHED),
    "six-parted": _six_parted,
    "many-parted": _many_parted,
    "two-lipped": _two_lipped,
    "pea": _pea,
    "bell": _bell,
    "tube": _tube,
    "hooded": _hooded,
    "orchid": _orchid,
    "disc": _disc,
    "ray": _ray,
    "naked": _naked,
    "none": _none,
}
