"""Veins of a blade, as lines in parts of the blade: along the midrib and across it."""

from .blades import Blade
from .geometry import Point, Points

Lines = list[list[Point]]


def _laid(blade: Blade, lines: list[Points]) -> Lines:
    return [[blade.at(t, across) for t, across in line] for line in lines]


def _both(line: Points) -> list[Points]:
    return [line, [(t, -across) for t, across in line]]


def _pinnate(blade: Blade) -> Lines:
    count = 8 if blade.length > 90 else 6 if blade.length > 45 else 4
    lines: list[Points] = []
    for k in range(count):
        t = 0.07 + 0.8 * k / count
        end = t + 0.16 * (1 - t * 0.4)
        reach = blade.room(end) * 0.93
        lines += _both([(t, 0), (t + (end - t) * 0.45, reach * 0.52), (end, reach)])
    return _laid(blade, lines)


def _ribs(blade: Blade, shares: tuple[float, ...]) -> Lines:
    lines: list[Points] = []
    for share in shares:
        line = [(0.03, 0.0)] + [
            (t, blade.room(t) * share * (1 - 0.25 * t)) for t in (0.16, 0.34, 0.52, 0.7, 0.86)
        ]
        lines += _both([*line, (0.97, 0.0)])
    return _laid(blade, lines)


def _rungs(blade: Blade, share: float) -> Lines:
    lines: list[Points] = []
    for k in range(7):
        t = 0.18 + 0.095 * k
        reach = blade.room(t) * share * 0.82
        lines += _both([(t, 0.04), (t + 0.012, reach * 0.5), (t, reach)])
    return _laid(blade, lines)


def _three_nerved(blade: Blade) -> Lines:
    return _ribs(blade, (0.56,))


def _palmate(blade: Blade) -> Lines:
    lines: list[Points] = []
    for t, share in ((-0.02, 0.8), (0.3, 0.86), (0.62, 0.82)):
        reach = blade.room(t) * share
        lines += _both([(0.04, 0), (0.04 + (t - 0.04) * 0.4, reach * 0.5), (t, reach)])
    for t, share in ((0.35, 0.5), (0.55, 0.5)):
        reach = blade.room(t + 0.15) * share
        lines += _both([(t, 0), (t + 0.08, reach * 0.55), (t + 0.15, reach)])
    return _laid(blade, lines)


def _parallel(blade: Blade) -> Lines:
    return _ribs(blade, (0.26, 0.52, 0.78) if blade.half > 7 else (0.5,))


def _arched(blade: Blade) -> Lines:
    lines: list[Points] = []
    for start, share, end in ((0.02, 0.84, 0.88), (0.12, 0.6, 0.92), (0.26, 0.38, 0.95)):
        middle = (start + end) / 2
        lines += _both(
            [
                (start, 0),
                (start + 0.16, blade.room(start + 0.16) * share * 0.72),
                (middle, blade.room(middle) * share),
                (end - 0.1, blade.room(end - 0.1) * share * 0.8),
                (end, blade.room(end) * 0.1),
            ]
        )
    return _laid(blade, lines)


VENATION = {
    "pinnate": _pinnate,
    "three-nerved": _three_nerved,
    "palmate": _palmate,
    "parallel": _parallel,
    "arched": _arched,
    "hidden": lambda _blade: [],
}
STRONG = {"three-nerved", "palmate", "arched"}


def veins(blade: Blade, code: str) -> Lines:
    """Return the side veins; nothing where it is not known how they run."""
    return VENATION[code](blade) if code in VENATION else []


def rungs(blade: Blade, code: str) -> Lines:
    """Return the fine ladder between main veins that run lengthwise."""
    return _rungs(blade, 0.56) if code == "three-nerved" and blade.length > 50 else []
