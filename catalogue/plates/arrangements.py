"""How leaves sit on a stem: each arrangement says where, in which direction and how large."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from .geometry import Track
from .ink import Hand


@dataclass(frozen=True)
class Seat:
    """The place of one leaf: part of the stem, direction, size, and whether it is behind."""

    t: float
    direction: float
    scale: float
    behind: bool = False


@dataclass(frozen=True)
class Range:
    """The part of a stem that may carry leaves, and the length of a full-grown one."""

    track: Track
    start: float
    end: float
    leaf: float
    single: bool = False  # one whorl only, below a flower at the tip

    def count(self, spacing: float, least: int, most: int) -> int:
        """Return how many nodes fit at this distance, in parts of a leaf."""
        fit = self.track.length * (self.end - self.start) / (self.leaf * spacing)
        return max(least, min(most, round(fit)))

    def node(self, k: int, count: int) -> float:
        return self.start + (self.end - self.start) * k / max(1, count - 1)


def _size(k: int, count: int) -> float:
    """Leaves are largest below the middle of a shoot and small at its tip."""
    part = k / max(1, count - 1)
    return 0.86 + 0.3 * part if part < 0.35 else 0.97 - 0.5 * (part - 0.35)


def _spread(k: int, count: int) -> float:
    return 66 - 26 * k / max(1, count - 1)


def _alternate(room: Range, hand: Hand) -> list[Seat]:
    count = room.count(0.36, 3, 10)
    seats = []
    for k in range(count):
        side = 1 if k % 2 else -1
        t = room.node(k, count)
        angle = room.track.angle(t) + side * (_spread(k, count) + hand.between(-6, 6))
        seats.append(Seat(t, angle, _size(k, count), behind=k % 3 == 1))
    return seats


def _opposite(room: Range, hand: Hand) -> list[Seat]:
    count = room.count(0.46, 2, 6)
    seats = []
    for k in range(count):
        t = room.node(k, count)
        for side in (-1, 1):
            angle = room.track.angle(t) + side * (_spread(k, count) + hand.between(-4, 4))
            seats.append(Seat(t, angle, _size(k, count), behind=k % 2 == 1))
    return seats


def _whorled(room: Range, hand: Hand) -> list[Seat]:
    count = 1 if room.single else room.count(0.5, 3, 5)
    seats = []
    for k in range(count):
        t = room.end if count == 1 else room.node(k, count)
        for j in range(5):
            turn = math.radians(72 * j + 18 + 36 * (k % 2) + hand.between(-5, 5))
            x, y = math.cos(turn), 0.42 * math.sin(turn)
            size = (0.62 + 0.38 * abs(x)) * (_size(k, count) if count > 1 else 1.0)
            angle = math.degrees(math.atan2(y - 0.16, x)) + room.track.angle(t) + 90
            seats.append(Seat(t, angle, size, behind=y < 0))
    return seats


def _two_ranked(room: Range, hand: Hand) -> list[Seat]:
    count = room.count(0.24, 5, 12)
    seats = []
    for k in range(count):
        side = 1 if k % 2 else -1
        t = room.node(k, count)
        angle = room.track.angle(t) + side * (54 - 16 * k / count + hand.between(-2, 2))
        seats.append(Seat(t, angle, min(1.0, _size(k, count) * 1.02), behind=True))
    return seats


def _basal(room: Range, hand: Hand) -> list[Seat]:
    fit = min(1.0, 100 / room.leaf)  # they must not hang far below the ground
    plan = ((-146, 0.9), (-34, 0.9), (-118, 0.78), (-64, 0.78), (-160, 0.92), (-20, 0.92))
    return [
        Seat(0.03, angle + hand.between(-4, 4), size * fit, behind=k < 4)
        for k, (angle, size) in enumerate(plan)
    ]


def _tufted(room: Range, hand: Hand) -> list[Seat]:
    up = room.track.angle(room.end)
    plan = ((-30, 0.62), (34, 0.62), (-66, 0.84), (62, 0.86), (-100, 1.0), (104, 1.0), (-134, 0.9))
    return [
        Seat(room.end - 0.012 * k, up + angle + hand.between(-5, 5), size, behind=k < 2)
        for k, (angle, size) in enumerate(plan)
    ]


ARRANGEMENTS: dict[str, Callable[[Range, Hand], list[Seat]]] = {
    "alternate": _alternate,
    "opposite": _opposite,
    "whorled": _whorled,
    "two-ranked": _two_ranked,
    "basal": _basal,
    "tufted": _tufted,
    "absent": lambda _room, _hand: [],
}


def seats(codes: list[str], room: Range, hand: Hand) -> list[Seat]:
    """Seat the leaves; several arrangements share the stem from below upwards."""
    codes = [code for code in codes if code in ARRANGEMENTS]
    stacked = [code for code in codes if code not in ("basal", "tufted")]
    step = (room.end - room.start) / max(1, len(stacked))
    found = []
    for code in codes:
        if code in stacked:
            k = stacked.index(code)
            start = room.start + step * k
            part = Range(room.track, start, start + step * 0.92, room.leaf, room.single)
            found += ARRANGEMENTS[code](part, hand)
        else:
            found += ARRANGEMENTS[code](room, hand)
    return found
