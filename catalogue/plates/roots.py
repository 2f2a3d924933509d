"""What is under the ground: drawn downwards from the foot of the plant at the origin."""

from collections.abc import Callable

from .geometry import Point, Track, mirrored, moved, polar, turned
from .ink import Ink, brush, flow, oval

Draw = Callable[[Ink], None]


def rootlets(ink: Ink, feet: list[Point], length: float, lean: float = 22) -> None:
    """Draw thin wandering roots downwards from these points."""
    lines = []
    for k, foot in enumerate(feet):
        angle = 90 + ink.hand.between(-lean, lean)
        reach = length * ink.hand.between(0.6, 1.05)
        middle = polar(angle + ink.hand.between(-18, 18), reach * 0.5, foot)
        lines.append([foot, middle, polar(angle + (8 if k % 2 else -8), reach, foot)])
    ink.lines(lines, 0.6)


def _rhizome(ink: Ink) -> None:
    """A knotty creeping stock with scars, rings and rootlets, and a shoot bud at its end."""
    rootlets(ink, [(-44 + 9.5 * k, 22 + 2 * (k % 2)) for k in range(9)], 40)
    knots = [
        (-52, 21),
        (-46, 10),
        (-36, 13),
        (-27, 5),
        (-15, 11),
        (-5, 1),
        (6, 0),
        (15, 9),
        (28, 6),
    ]
    knots += [
        (38, 13),
        (50, 11),
        (58, 17),
        (52, 25),
        (40, 24),
        (28, 30),
        (14, 24),
        (0, 31),
        (-14, 26),
    ]
    ink.shape([*knots, (-28, 31), (-42, 27)], "earth", 1.0)
    ink.lines([[(-46, 26), (-28, 30), (-14, 25), (0, 30), (14, 23), (28, 29), (48, 24)]], 1.3)
    rings = []
    for x, top, low in ((-39, 12, 27), (-33, 10, 29), (-20, 9, 27), (-10, 6, 29), (9, 4, 25)):
        rings.append([(x, top + 2), (x + 2.4, (top + low) / 2), (x, low - 2)])
    for x, top, low in ((20, 9, 26), (32, 9, 28), (42, 14, 23)):
        rings.append([(x, top + 2), (x + 2.4, (top + low) / 2), (x, low - 2)])
    ink.lines(rings, 0.5)
    for x, y in ((-27, 11), (27, 13), (-3, 14)):
        ink.path(oval(x, y, 4.2, 2.7), "paper", 0.7)
        ink.dots([(x - 1, y), (x + 1, y + 0.4)], 0.8)
    ink.shape([(52, 12), (58, 2), (62, -2), (63, 6), (59, 16)], "paper", 0.7)


def _tuber(ink: Ink) -> None:
    rootlets(ink, [(-26 + 9 * k, 56 - abs(k - 3) * 6) for k in range(7)], 26, 40)
    body = [
        (-4, 2),
        (-22, 8),
        (-35, 26),
        (-31, 48),
        (-12, 62),
        (12, 62),
        (31, 47),
        (34, 25),
        (21, 8),
    ]
    ink.shape([*body, (4, 2)], "earth", 1.0)
    ink.lines([[(14, 61), (31, 47), (34, 25), (22, 9)]], 1.5)
    ink.lines([[(28, 20), (29, 34), (24, 47)], [(23, 17), (24, 32), (18, 50)]], 0.4)
    eyes = [
        [(x - 4, y), (x, y + 2.4), (x + 4, y)] for x, y in ((-18, 24), (4, 36), (-9, 47), (13, 19))
    ]
    ink.lines(eyes, 0.8)
    ink.dots([polar(137.5 * k, 4.6 * k**0.5, (-3, 33)) for k in range(2, 24)], 0.8)


def _tuberous_roots(ink: Ink) -> None:
    half = mirrored([(0, 0.02), (0.16, 0.04), (0.34, 0.15), (0.6, 0.17), (0.82, 0.08), (1, 0)])
    for angle, length in ((150, 56), (30, 58), (122, 74), (58, 76), (90, 84)):
        points = turned(moved(half, scale=length), angle, (0, 2))
        ink.shape(points, "earth")
        ink.lines([points[2:6]], 1.2)
        rings = []
        for k in range(5):
            t = 0.32 + 0.1 * k
            rings.append(
                turned(moved([(t, -0.11), (t + 0.02, 0), (t, 0.09)], scale=length), angle, (0, 2))
            )
        ink.lines(rings, 0.4)
    rootlets(ink, [polar(a, 60, (0, 2)) for a in (40, 75, 105, 140)], 16)


def _taproot(ink: Ink) -> None:
    side = [
        ((-9, 24), (-22, 34), (-33, 48)),
        ((8, 36), (20, 44), (28, 60)),
        ((-6, 50), (-14, 60), (-17, 74)),
    ]
    for line in [*side, ((8, 18), (22, 22), (36, 32))]:
        ink.path(brush(Track(line), 2.6, 0.5, 4), "solid")
    body = [
        (-6, 0),
        (-12, 6),
        (-11, 24),
        (-8, 46),
        (-3, 68),
        (3, 88),
        (3, 66),
        (8, 46),
        (12, 24),
        (13, 7),
        (6, 0),
    ]
    ink.shape(body, "earth", 1.0)
    ink.lines([[(3, 88), (4, 66), (8, 46), (12, 24), (13, 7)]], 1.5)
    rings = []
    for k in range(9):
        y, wide = 7 + 8 * k, 9.5 - 0.9 * k
        start, end = (-wide, wide * 0.1) if k % 2 else (-wide * 0.2, wide * 0.9)
        rings.append([(start, y), ((start + end) / 2, y + 1.6), (end, y)])
    ink.lines(rings, 0.5)
    ink.lines([[(8, 12), (7, 34), (4, 58)]], 0.4)


def _fibrous(ink: Ink) -> None:
    for angle in (28, 44, 58, 70, 82, 94, 106, 118, 133, 150):
        reach = 62 + ink.hand.between(-8, 18)
        middle = polar(angle + ink.hand.between(-9, 9), reach * 0.5, (0, 1))
        track = Track([(0, 1), middle, polar(angle * 0.8 + 18, reach, (0, 1))])
        ink.path(brush(track, 2.0, 0.4, 4), "earth", 0.5)
        ink.lines(
            [
                [track.at(t), track.beside(t + 0.12, s * 7)]
                for t, s in ((0.4, 1), (0.6, -1), (0.75, 1))
            ],
            0.4,
        )


def _woody(ink: Ink) -> None:
    limbs = [
        ([(0, 0), (-14, 16), (-34, 22), (-56, 36)], 8),
        ([(0, 0), (16, 14), (36, 20), (55, 30)], 8),
        ([(-10, 12), (-20, 34), (-26, 56)], 5),
        ([(12, 12), (20, 36), (32, 58)], 5),
        ([(0, 0), (-2, 30), (4, 76)], 9),
        ([(-34, 22), (-44, 20), (-58, 22)], 3),
        ([(36, 20), (42, 32), (52, 46)], 3),
    ]
    for line, width in limbs:
        track = Track(line)
        ink.path(brush(track, width, 0.8, 4), "earth")
        if width > 4:
            ink.lines(
                [[track.beside(t, width * 0.18 * (1 - t)) for t in (0.1, 0.3, 0.5, 0.7)]], 0.45
            )
            ink.lines([[track.beside(t, -width * 0.15 * (1 - t)) for t in (0.15, 0.35, 0.6)]], 0.35)
    rootlets(ink, [(-56, 36), (-26, 56), (4, 74), (32, 58), (54, 30)], 14, 40)


def _bulb(ink: Ink) -> None:
    rootlets(ink, [(-14 + 4 * k, 57) for k in range(8)], 30, 34)
    body = [
        (-3, -4),
        (-6, 6),
        (-22, 18),
        (-30, 36),
        (-21, 54),
        (0, 60),
        (21, 54),
        (30, 36),
        (22, 18),
        (6, 6),
        (3, -4),
    ]
    ink.shape(body, "earth", 1.0)
    ink.lines([[(2, 60), (21, 54), (30, 36), (22, 18), (6, 6)]], 1.5)
    coats = [
        [(x * 0.14, 2), (x * 0.7, 22), (x, 38), (x * 0.6, 58)] for x in (-22, -13, -4, 6, 14, 23)
    ]
    ink.lines(coats, 0.55)


def _aerial(ink: Ink) -> None:
    """Roots that leave the stem above the ground and hang or prop."""
    for x, top, low in ((-12, -44, 40), (13, -32, 52), (-30, -20, 30), (30, -12, 40), (5, -18, 62)):
        start = 1.5 if x > 0 else -1.5
        track = Track([(start, top), (x * 0.9, top * 0.4), (x * 1.1, low * 0.5), (x * 1.3, low)])
        ink.path(brush(track, 2.6, 1.1, 5), "paper", 0.7)
        tip = track.at(1)
        ink.path(oval(*tip, 1.4, 2.4), "leaf", 0.6)


def _haustoria(ink: Ink) -> None:
    """A host's root with the suckers that the plant sinks into it."""
    host = Track([(-60, 58), (-24, 50), (18, 55), (60, 46)])
    ink.path(brush(host, 15, 12, 7), "wood", 1.0)
    ink.lines(
        [
            [host.beside(t, 3) for t in (0.05, 0.3, 0.55, 0.8)],
            [host.beside(t, -2) for t in (0.2, 0.5, 0.9)],
        ],
        0.45,
    )
    for line, width in (
        ([(0, 0), (-4, 22), (-12, 44)], 8),
        ([(0, 0), (8, 24), (16, 46)], 6),
        ([(2, 0), (22, 20), (38, 42)], 3),
    ):
        track = Track(line)
        ink.path(brush(track, width, width * 0.5, 5), "earth")
        x, y = track.at(1)
        ink.shape(
            [(x - 6, y + 6), (x - 4, y - 3), (x, y - 6), (x + 4, y - 3), (x + 6, y + 6)], "earth"
        )
        ink.strokes([[(x + d, y + 3), (x + d, y + 9)] for d in (-3, 0, 3)], 0.5)
    ink.path(flow([(62, 42), (58, 46), (60, 52)]), "", 0.6)


UNDERGROUND: dict[str, Draw] = {
    "rhizome": _rhizome,
    "tuber": _tuber,
    "tuberous-roots": _tuberous_roots,
    "taproot": _taproot,
    "fibrous": _fibrous,
    "woody": _woody,
    "bulb": _bulb,
    "aerial": _aerial,
    "haustoria": _haustoria,
}
ROOT_PARTS = ("root", "root-bark", "tuberous-root", "tuber", "rhizome")


def peeled(ink: Ink) -> None:
    """Two quills of bark taken from a root."""
    for x in (-52, -44):
        ink.shape([(x, 66), (x + 5, 64), (x + 5.5, 84), (x + 1, 86)], "shade", 0.7)
