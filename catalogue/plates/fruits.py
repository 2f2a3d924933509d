"""Single fruits. Each hangs from its stalk at the origin along +x, about 2 r long."""

import math
from collections.abc import Callable

from .geometry import Point, mirrored, moved, polar, turned
from .ink import Ink, flow, oval

Draw = Callable[[Ink, float, str, bool], None]

FRUIT_COLOURS = ("red", "orange", "yellow", "green", "brown", "black", "blue", "white")


def _shine(ink: Ink, at: Point, r: float) -> None:
    ink.lines([[polar(a, r * 0.66, at) for a in (195, 225, 255)]], max(0.7, r * 0.13), "light")
    if r > 6:
        ink.lines([[polar(a, r * 0.82, at) for a in range(-10, 81, 18)]], 0.5)
        ink.lines([[polar(a, r * 0.68, at) for a in range(5, 66, 15)]], 0.4)


def _seed(ink: Ink, x: float, y: float, rx: float, ry: float) -> None:
    with ink.group(ink.roles.get("seed", "")):
        ink.path(oval(x, y, rx, ry), "wood", 0.6)


def _berry(ink: Ink, r: float, tone: str, rich: bool) -> None:
    at = (r, 0.0)
    ink.path(oval(*at, r * 0.94, r * 0.94), tone)
    _shine(ink, at, r * 0.94)
    if rich:
        ink.strokes([[(1.94 * r, 0), polar(a, r * 0.3, (1.94 * r, 0))] for a in (-50, 0, 50)], 0.7)
        other = (r * 1.2, -r * 1.66)
        ink.path(oval(*other, r * 0.62, r * 0.62), tone)
        ink.path(oval(*other, r * 0.46, r * 0.46), "paper", 0.5)
        for angle in (10, 130, 250):
            x, y = polar(angle, r * 0.24, other)
            _seed(ink, x, y, r * 0.14, r * 0.18)


def _drupe(ink: Ink, r: float, tone: str, rich: bool) -> None:
    half = ((0, 0.2), (0.35, 0.78), (0.95, 0.9), (1.6, 0.58), (1.95, 0))
    ink.shape(moved(mirrored(half), scale=r), tone)
    _shine(ink, (r * 0.9, 0), r * 0.8)
    ink.shape(
        moved(mirrored(((-0.08, 0.3), (0.12, 0.52), (0.3, 0.42), (0.2, 0))), scale=r), "leaf", 0.6
    )
    if rich:
        at = (r * 1.1, -r * 1.8)
        ink.path(oval(*at, r * 0.85, r * 0.66), tone)
        ink.path(oval(*at, r * 0.7, r * 0.5), "paper", 0.5)
        _seed(ink, at[0], at[1], r * 0.46, r * 0.3)
        x, y = at
        ink.lines([[(x - r * 0.4, y), (x, y - r * 0.1), (x + r * 0.4, y)]], 0.4)


def _capsule(ink: Ink, r: float, tone: str, rich: bool) -> None:
    """Three valves that spring open at the tip and show the seeds."""
    if rich:
        for x, y in ((1.2, -0.3), (1.35, 0.05), (1.15, 0.34), (1.5, -0.2), (1.5, 0.3)):
            _seed(ink, x * r, y * r, r * 0.17, r * 0.14)
    for side in (-1, 1):
        valve = ((0, 0.1), (0.3, 0.75), (0.95, 0.95), (1.75, 0.98), (1.4, 0.5), (0.9, 0.2))
        ink.shape([(x * r, side * y * r) for x, y in valve], tone)
    ink.shape(moved(mirrored(((0, 0.1), (0.4, 0.3), (0.95, 0.3), (1.55, 0))), scale=r), tone)
    if r > 6:
        ribs = [[(0.2, y * 0.4), (0.8, y), (1.35, y * 1.2)] for y in (-0.72, -0.55, 0, 0.55, 0.72)]
        ink.lines([moved(line, scale=r) for line in ribs], 0.45)


def _pod(ink: Ink, r: float, tone: str, rich: bool) -> None:
    top, low = [], []
    for k in range(9):
        x = 0.1 + 2.3 * k / 8
        arch = -0.36 * math.sin(math.pi * k / 8)
        wide = 0.34 if 0 < k < 8 else 0.06
        swell = 0.06 if k % 2 else -0.04
        top.append((x * r, (arch - wide - swell) * r))
        low.append((x * r, (arch + wide + swell) * r))
    ink.shape([*top, *reversed(low)], tone)
    seeds = [(0.1 + 2.3 * k / 8, -0.36 * math.sin(math.pi * k / 8)) for k in (1, 3, 5, 7)]
    for x, y in seeds if r > 6 else ():
        _seed(ink, x * r, y * r, r * 0.2, r * 0.15)
    if rich:
        ink.lines([[(x, y - 1.2) for x, y in top[1:-1]]], 0.4, "soft")


def _follicle(ink: Ink, r: float, tone: str, rich: bool) -> None:
    body = [(0, 0.1), (0.5, 0.62), (1.2, 0.62), (2.1, 0.1), (2.4, -0.4), (1.7, -0.34), (0.7, -0.36)]
    ink.shape(moved(body, scale=r), tone)
    slit = [(0.5, -0.1), (1.1, -0.26), (1.9, -0.2), (1.2, 0.1)]
    ink.shape(moved(slit, scale=r), "paper", 0.6)
    for k in range(4 if rich else 0):
        _seed(ink, (0.75 + 0.26 * k) * r, (-0.08 - 0.03 * k) * r, r * 0.11, r * 0.09)
    if r > 6:
        ribs = [[(0.4, 0.3), (1.1, 0.42), (1.9, 0.1)], [(0.6, 0.5), (1.2, 0.55), (1.7, 0.34)]]
        ink.lines([moved(line, scale=r) for line in ribs], 0.4)


def _star(ink: Ink, r: float, tone: str, rich: bool) -> None:
    """Eight boats round a centre, each opening on its upper seam with one shining seed."""
    at = (r, 0.0)
    boat = ((0.12, 0.06), (0.45, 0.3), (0.8, 0.26), (1.22, 0.0))
    boats = [turned(moved(mirrored(boat), scale=r * 1.05), 45 * k + 8, at) for k in range(8)]
    ink.path("".join(flow(points[1:-1], closed=True) for points in boats), tone)
    if r > 12:
        slit = moved(mirrored(((0.3, 0.0), (0.6, 0.14), (1.02, 0.0))), scale=r * 1.05)
        slits = [turned(slit, 45 * k + 8, at) for k in range(8)]
        ink.path("".join(flow(points, closed=True) for points in slits), "paper", 0.45)
    if rich:
        seeds = [polar(45 * k + 8, r * 0.64, at) for k in range(8)]
        with ink.group(ink.roles.get("seed", "")):
            ink.path("".join(oval(x, y, r * 0.11, r * 0.11) for x, y in seeds), "brown", 0.5)
    ink.dots([at], r * 0.2)


def _achene(ink: Ink, r: float, tone: str, rich: bool) -> None:
    """A dry seed-like fruit under its tuft of hairs."""
    ink.shape(moved(mirrored(((0, 0.08), (0.3, 0.3), (0.75, 0.32), (1, 0.12))), scale=r), tone)
    if r > 6:
        ink.strokes([[(0.15 * r, y * r * 0.6), (0.9 * r, y * r)] for y in (-0.14, 0, 0.14)], 0.4)
    count = 13 if rich else 5
    tips = [polar(-52 + 104 * k / (count - 1), r * 1.25, (0.98 * r, 0)) for k in range(count)]
    ink.strokes([[(0.98 * r, 0), tip] for tip in tips], 0.4)
    if rich:
        ink.dots(tips, 0.9)


def _nutlet(ink: Ink, r: float, tone: str, rich: bool) -> None:
    """Four nutlets seen in their open calyx."""
    at = (r, 0.0)
    points = []
    for k in range(10):
        points.append(polar(36 * k - 90, r * (1.25 if k % 2 == 0 else 0.82), at))
    ink.shape(points, "leaf")
    for k in range(4):
        x, y = polar(45 + 90 * k, r * 0.36, at)
        ink.path(oval(x, y, r * 0.33, r * 0.33), tone, 0.7)
        if rich:
            ink.lines([[polar(a, r * 0.2, (x, y)) for a in (190, 230, 270)]], 0.6, "light")


def _split_fruit(ink: Ink, r: float, tone: str, rich: bool) -> None:
    """Two ribbed halves hanging from a forked thread."""
    ink.lines([[(0, 0), (0.5 * r, s * 0.1 * r), (1.0 * r, s * 0.4 * r)] for s in (-1, 1)], 0.6)
    for side in (-1, 1):
        half = [(0.5, 0.16), (0.7, 0.62), (1.4, 0.86), (2.0, 0.62), (1.95, 0.36), (1.2, 0.2)]
        ink.shape([(x * r, side * y * r) for x, y in half], tone)
        if rich:
            ribs = [[(0.75, y * 0.7), (1.3, y), (1.88, y * 0.85)] for y in (0.36, 0.52, 0.68)]
            ink.lines([[(x * r, side * y * r) for x, y in line] for line in ribs], 0.5)


def _winged(ink: Ink, r: float, tone: str, rich: bool) -> None:
    """A flat nut with a wing all round, notched at the tip."""
    half = ((0, 0.1), (0.3, 0.5), (1.0, 0.78), (1.8, 0.55), (2.25, 0.22), (2.05, 0.0))
    ink.shape(moved(mirrored(half), scale=r), tone)
    _seed(ink, r * 0.95, 0, r * 0.5, r * 0.24)
    if r > 6:
        lines = [
            [polar(a, 0.56 * r, (0.95 * r, 0)), polar(a, 0.9 * r, (0.95 * r, 0))]
            for a in (-40, -20, 0, 20, 40)
        ]
        lines += [[(0.9 * r, s * 0.3 * r), (0.9 * r, s * 0.66 * r)] for s in (-1, 1)]
        ink.strokes(lines, 0.4)


def _pome(ink: Ink, r: float, tone: str, rich: bool) -> None:
    half = (
        (0.12, 0.02),
        (0.04, 0.5),
        (0.45, 0.98),
        (1.15, 0.98),
        (1.75, 0.6),
        (1.82, 0.22),
        (1.7, 0),
    )
    ink.shape(moved(mirrored(half), scale=r), tone)
    _shine(ink, (0.9 * r, 0), r * 0.88)
    ink.strokes([[(1.7 * r, 0), polar(a, 0.34 * r, (1.7 * r, 0))] for a in (-60, -20, 20, 60)], 0.8)
    if r > 6:
        ink.dots([polar(57 * k, r * (0.2 + 0.05 * k), (0.95 * r, 0)) for k in range(11)], 0.8)
    ink.lines([[(-0.3 * r, -0.06 * r), (0.14 * r, 0)]], 1.2)


def _grain(ink: Ink, r: float, tone: str, rich: bool) -> None:
    half = ((0.1, 0.12), (0.4, 0.62), (0.95, 0.7), (1.5, 0.4), (1.85, 0))
    ink.shape(moved(mirrored(half), scale=r), tone)
    ink.lines(
        [[(1.8 * r, 0), (2.2 * r, s * 0.12 * r), (2.5 * r, s * 0.4 * r)] for s in (-1, 1)], 0.5
    )
    if r > 6:
        ribs = [[(0.3, y * 0.6), (0.95, y), (1.6, y * 0.4)] for y in (-0.46, -0.2, 0.1, 0.36)]
        ink.lines([moved(line, scale=r) for line in ribs], 0.4)
        ink.lines([moved([(0.2, -0.2), (0.6, -0.42), (1.0, -0.46)], scale=r)], 1.0, "light")


def _cone(ink: Ink, r: float, tone: str, rich: bool) -> None:
    """Woody scales in rows, wider below."""
    rows = 5 if rich else 3
    for row in range(rows):
        x = 2.1 - 1.75 * (row + 1) / rows
        half = (0.34, 0.62, 0.8, 0.86, 0.62)[row if rich else row + 1]
        count = 2 + (row % 2) if row else 1
        for k in range(count):
            y = -half + 2 * half * (k + 0.5) / count
            wide = half / count * 1.15
            scale = [
                (x - 0.1, y - wide * 0.7),
                (x + 0.3, y - wide),
                (x + 0.58, y),
                (x + 0.3, y + wide),
            ]
            ink.shape(moved([*scale, (x - 0.1, y + wide * 0.7)], scale=r), tone, 0.7)
            if rich:
                ink.strokes([moved([(x + 0.12, y), (x + 0.46, y)], scale=r)], 0.4)


def _spores(ink: Ink, r: float, tone: str, rich: bool) -> None:
    """A spore case: a round capsule within its ring of thick cells, scattering spores."""
    at = (r * 1.1, 0.0)
    ink.lines([[(0, 0), (0.2 * r, 0.06 * r), (0.4 * r, 0)]], 1.0)
    ink.path(oval(*at, r * 0.72, r * 0.62), tone)
    if rich:
        cells = [[polar(a, r * 0.46, at), polar(a, r * 0.7, at)] for a in range(-150, 160, 22)]
        ink.strokes(cells, 0.6)
        ink.path(oval(*at, r * 0.46, r * 0.4), "paper", 0.5)
        spores = [polar(25 * k - 80, r * (0.95 + 0.13 * (k % 4)), at) for k in range(8)]
        ink.dots(spores, 1.5)
        ink.dots([polar(80 * k, r * 0.2, at) for k in range(4)], 1.6)


FRUITS: dict[str, Draw] = {
    "berry": _berry,
    "drupe": _drupe,
    "capsule": _capsule,
    "pod": _pod,
    "follicle": _follicle,
    "star": _star,
    "achene": _achene,
    "nutlet": _nutlet,
    "split-fruit": _split_fruit,
    "winged": _winged,
    "pome": _pome,
    "grain": _grain,
    "cone": _cone,
    "spores": _spores,
}
