"""The place: a strip of ground with a sign of the habitat, in soft lines; and the scent."""

import math
from collections.abc import Callable

from .geometry import Point, bow, moved, polar
from .ink import Hand, Ink, flow, oval, trace

Strip = Callable[[Ink, float, float, float], None]


def _tuft(x: float, y: float, height: float, count: int = 5) -> list[list[Point]]:
    blades = []
    for k in range(count):
        share = -1 + 2 * k / (count - 1)
        tip = (x + share * height * 0.62, y - height * (1 - 0.3 * abs(share)))
        blades.append(bow((x + share * 1.5, y), tip, 0.12 * share).part(count=2))
    return blades


def _crown(x: float, y: float, r: float) -> list[Point]:
    """Return a cloud-like outline."""
    return [polar(30 * k, r * (1.0 if k % 2 else 0.82), (x, y)) for k in range(12)]


def _every(x0: float, x1: float, distance: float) -> list[float]:
    count = max(1, int((x1 - x0) / distance))
    return [x0 + (x1 - x0) * (k + 0.5) / count for k in range(count)]


def _understorey(ink: Ink, x0: float, x1: float, y: float) -> None:
    """Trunks that pass out of sight above, ferns between them."""
    bark, trunks = [], []
    for k, x in enumerate(_every(x0, x1, 19)):
        wide, tall = (2.6, 62 + 7 * (k % 3)) if k % 2 else (4.2, 78)
        for side in (-1, 1):
            trunks.append(
                [
                    (x + side * wide * 1.5, y),
                    (x + side * wide, y - 12),
                    (x + side * wide * 0.8, y - tall),
                ]
            )
        for j in range(6):
            bark.append((x + wide * (0.5 - 0.25 * (j % 3)), y - 10 - (tall - 18) * j / 6))
    ink.lines(trunks, 0.6, "hair")
    if not ink.thrift:
        ink.strokes([[at, (at[0], at[1] - 4)] for at in bark], 0.5, "hair")
    ink.lines([b for x in _every(x0, x1, 30) for b in _tuft(x + 11, y, 9)], 0.5, "soft")


def _forest_edge(ink: Ink, x0: float, x1: float, y: float) -> None:
    for k, x in enumerate(_every(x0, x1, 21)):
        ink.path(flow(_crown(x, y - 9, 10 + 5 * (k % 2)), closed=True), "mist")
    ink.lines([b for x in _every(x0, x1, 40) for b in _tuft(x, y, 8)], 0.5, "soft")


def _canopy(ink: Ink, x0: float, x1: float, y: float) -> None:
    for k, x in enumerate(_every(x0, x1, 26)):
        high = 34 + 9 * (k % 2)
        ink.path(
            trace([(x - 1.4, y), (x - 0.8, y - high), (x + 0.8, y - high), (x + 1.4, y)], True),
            "mist",
        )
        ink.path(flow(_crown(x, y - high - 5, 13), closed=True), "mist")


def _grassland(ink: Ink, x0: float, x1: float, y: float) -> None:
    ink.lines([b for x in _every(x0, x1, 15) for b in _tuft(x, y, 13)], 0.5, "soft")


def _streamside(ink: Ink, x0: float, x1: float, y: float) -> None:
    waves = []
    for row, (shift, share) in enumerate(((0, 1.0), (6, 0.7), (3, 0.5))):
        start, end = x0 + shift, x0 + shift + (x1 - x0 - shift) * share
        steps = max(4, int((end - start) / 9))
        waves.append(
            [
                (start + (end - start) * k / steps, y + 5 + 4 * row + (1 if k % 2 else -1))
                for k in range(steps + 1)
            ]
        )
    ink.lines(waves, 0.6, "soft")
    for x, r in ((x0 + 8, 5), (x1 - 10, 4)):
        ink.path(
            flow([(x - r, y), (x - r * 0.5, y - r), (x + r * 0.6, y - r * 0.8), (x + r, y)]),
            "soft",
            0.7,
        )
    ink.strokes(
        [[(x0 + 18 + d, y), (x0 + 18 + d * 1.8, y - 20 - d)] for d in (0, 2, 4)], 0.6, "soft"
    )


def _limestone(ink: Ink, x0: float, x1: float, y: float) -> None:
    """Karst towers with their upright clefts."""
    for k, x in enumerate(_every(x0, x1, 33)):
        tall = 46 if k % 2 else 32
        peak = [
            (x - 15, y),
            (x - 12, y - tall * 0.6),
            (x - 5, y - tall),
            (x + 3, y - tall * 0.92),
            (x + 10, y - tall * 0.5),
            (x + 14, y),
        ]
        ink.path(flow(peak), "mist")
        clefts = [
            [(x + d, y - tall * h), (x + d + 1, y - tall * (h - 0.26))]
            for d, h in ((-7, 0.7), (-1, 0.86), (4, 0.6), (8, 0.36), (-4, 0.36))
        ]
        ink.strokes(clefts, 0.5, "soft")


def _mossy(ink: Ink, x0: float, x1: float, y: float) -> None:
    """A fallen, moss-grown log."""
    wide = x1 - x0
    ink.path(
        flow([(x0, y), (x0 + 3, y - 11), (x0 + wide / 2, y - 13), (x1 - 4, y - 10), (x1, y)]),
        "mist",
    )
    ink.path(oval(x1 - 3, y - 5, 3, 5), "soft", 0.6)
    moss = [(x, y - 12 - (3 if k % 2 else 0)) for k, x in enumerate(_every(x0 + 3, x1 - 6, 4))]
    ink.dots(moss, 1.4, "soft")
    ink.lines([b for x in _every(x0, x1, 34) for b in _tuft(x, y - 12, 6)], 0.45, "soft")


def _field(ink: Ink, x0: float, x1: float, y: float) -> None:
    """Furrows that run to the horizon, young plants along them."""
    furrows = [
        [(x, y + 10), (x0 + (x1 - x0) * (0.3 + 0.4 * k / 6), y - 10)]
        for k, x in enumerate(_every(x0, x1, (x1 - x0) / 7))
    ]
    ink.strokes(furrows, 0.5, "soft")
    ink.strokes([[(x0, y - 10), (x1, y - 10)]], 0.5, "soft")
    ink.strokes(
        [[(x - 2.5, y - 3), (x, y), (x + 2.5, y - 3)] for x in _every(x0, x1, 14)], 0.6, "soft"
    )


def _garden(ink: Ink, x0: float, x1: float, y: float) -> None:
    """A fence of split bamboo."""
    pales = [
        [(x, y), (x, y - 19), (x + 1.6, y - 22), (x + 3.2, y - 19), (x + 3.2, y)]
        for x in _every(x0, x1, 9)
    ]
    ink.strokes(pales, 0.5, "soft")
    ink.strokes([[(x0, y - d), (x1, y - d - 0.6)] for d in (6, 14.5)], 0.9, "soft")


def _wasteland(ink: Ink, x0: float, x1: float, y: float) -> None:
    for k, x in enumerate(_every(x0, x1, 12)):
        r = 1.6 + (k * 5 % 4)
        ink.path(
            flow(
                [
                    (x - r, y + 3),
                    (x - r * 0.4, y + 3 - r),
                    (x + r * 0.7, y + 3 - r * 0.7),
                    (x + r, y + 3),
                ]
            ),
            "soft",
            0.6,
        )
    ink.lines([b for x in _every(x0, x1, 38) for b in _tuft(x, y, 10, 3)], 0.5, "soft")
    ink.strokes(
        [
            [(x0, y + 8), (x0 + (x1 - x0) * 0.6, y + 9)],
            [(x0 + (x1 - x0) * 0.4, y + 13), (x1, y + 12)],
        ],
        0.5,
        "soft",
    )


HABITATS: dict[str, Strip] = {
    "understorey": _understorey,
    "forest-edge": _forest_edge,
    "canopy": _canopy,
    "grassland": _grassland,
    "streamside": _streamside,
    "limestone": _limestone,
    "mossy-trees": _mossy,
    "field": _field,
    "garden": _garden,
    "wasteland": _wasteland,
}


def draw_ground(ink: Ink, codes: list[str], strips: list[tuple[float, float]], y: float) -> None:
    """Draw the habitats on the strips of ground, taking turns; a strip is split when short of."""
    pieces, codes = list(strips), codes[: 6 - 2 * min(2, ink.thrift)]
    while len(pieces) < len(codes) and len(pieces) < 6:
        x0, x1 = max(pieces, key=lambda piece: piece[1] - piece[0])
        k = pieces.index((x0, x1))
        pieces[k : k + 1] = [(x0, (x0 + x1) / 2 - 3), ((x0 + x1) / 2 + 3, x1)]
    for k, (x0, x1) in enumerate(pieces if codes else ()):
        HABITATS[codes[k % len(codes)]](ink, x0, x1, y)


def soil(ink: Ink, x0: float, x1: float, y: float, hand: Hand) -> None:
    """Draw the line of the ground, broken and a little uneven, with strokes of soil below."""
    lines, x = [], x0
    while x < x1:
        end = min(x1, x + hand.between(24, 52))
        rise = hand.between(-0.8, 0.8)
        lines.append([(x, y + rise), ((x + end) / 2, y - rise), (end, y + rise * 0.5)])
        x = end + hand.between(3, 7)
    ink.lines(lines, 0.8)
    if ink.thrift:
        return
    grains = [(hand.between(x0, x1), y + hand.between(2, 6)) for _ in range(14)]
    ink.strokes([[(gx, gy), (gx + 4, gy)] for gx, gy in grains], 0.4, "soft")


def _wisps(ink: Ink, at: Point, turn: float) -> None:
    """Fine dots that rise and curl, as scent does."""
    for shift, length in ((-6, 34), (0, 42), (6, 30)):
        points = []
        for k in range(13):
            t = k / 12
            points.append((at[0] + shift + 3.4 * math.sin(t * 6 + turn), at[1] - length * t))
        ink.dots(points[::2], 1.3, "soft")
        ink.dots(points[1::2], 0.8, "soft")


def _rank(ink: Ink, at: Point, _turn: float) -> None:
    """A dense, restless cloud of dots for a rank smell."""
    cloud = [polar(137.5 * k, 3.1 * math.sqrt(k), (at[0], at[1] - 20)) for k in range(1, 34)]
    ink.dots(cloud[::2], 1.2, "soft")
    ink.dots(cloud[1::2], 1.9, "soft")


def _no_scent(ink: Ink, at: Point, _turn: float) -> None:
    ink.path(oval(at[0], at[1] - 14, 5, 5), "soft pl-unsure", 0.6)


SCENTS: dict[str, Callable[[Ink, Point, float], None]] = {
    "aromatic": _wisps,
    "strong": _rank,
    "none": _no_scent,
}


def drop(ink: Ink, at: Point) -> None:
    """A drop of essential oil."""
    ink.shape(
        moved([(0, -9), (4.6, 1), (3.6, 6), (0, 8), (-3.6, 6), (-4.6, 1)], *at), "orange", 0.8
    )
    ink.lines([moved([(-2, 2), (-1.4, 4.6), (0.4, 5.6)], *at)], 0.8, "light")
