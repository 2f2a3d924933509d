"""Whole leaves: simple and compound ones, each drawn once as a stamp along +x from its foot."""

import math
from collections.abc import Callable
from dataclasses import replace

from .blades import MARGINS, SHAPES, UNSURE, Blade
from .geometry import Point, Track, bow, polar
from .ink import Ink, brush, flow
from .record import Record
from .surfaces import SURFACES, Look, draw_blade
from .veins import VENATION

LEAF_QUESTIONS = {
    "leaf-shape": SHAPES,
    "leaf-margin": MARGINS,
    "venation": VENATION,
    "leaf-surface": SURFACES,
}


class Foliage:
    """The leaves of one plant, of a common length; several answers give several kinds of leaf."""

    def __init__(self, ink: Ink, record: Record, length: float):
        self.ink, self.record, self.length = ink, record, length
        self.types = record.all("leaf-type", LEAF_TYPES)
        self.chosen = {q: record.all(q, known) for q, known in LEAF_QUESTIONS.items()}
        most = max(len(self.types), *(len(answers) for answers in self.chosen.values()))
        self.kinds = max(1, min(most, (3, 2, 2, 1)[ink.thrift]))
        self.known = bool(self.types or any(self.chosen.values()))
        self.used = "used" if record.uses("leaf", "leafy-twig") else ""
        self.turns = self.sori or any(SURFACES[code].below for code in self.chosen["leaf-surface"])
        self.count = 0

    @property
    def sori(self) -> bool:
        return self.record.says("inflorescence", "sori") or (
            self.record.says("flower-position", "leaf-underside")
        )

    def look(self, kind: int) -> Look:
        """Return the answers for one kind of leaf, each question going its own round."""
        picked = [a[kind % len(a)] if a else "" for a in self.chosen.values()]
        return Look(*picked, sori=self.sori)

    def type(self, kind: int) -> str:
        return self.types[kind % len(self.types)] if self.types else ""

    def blade(
        self, kind: int, length: float, turn: float = 24.0, turned: bool = False, slim: float = 1.0
    ) -> str:
        """Return the stamp of one blade or leaflet of this length."""
        look = self.look(kind)
        name = f"b{kind}{round(length)}{'t' if turned else ''}{round(abs(turn))}"
        shown = Blade(
            look.shape,
            look.margin,
            length,
            turn * (1.6 if turned else 1),
            far=0.5 if turned else slim,
            near=(0.9 if turned else 0.94) * slim,
        )
        return self.ink.stamp(name, lambda ink: draw_blade(ink, shown, look, turned))

    def leaf(self, kind: int, view: int) -> str:
        """Return the stamp of a whole leaf: view 0 is flat, 1 more bent, 2 turned over."""
        draw = LEAF_TYPES.get(self.type(kind), _simple)
        return self.ink.stamp(f"l{kind}{view}", lambda ink: draw(self, ink, kind, view))

    def put(self, at: Point, direction: float, scale: float = 1.0, view: int | None = None) -> None:
        """Put one leaf on the plant, kinds and views taking turns."""
        k = self.count
        self.count += 1
        if view is None:
            view = 2 if self.turns and k % 3 == 1 else k % 2
        flat = self.type(k % self.kinds) in COMPOUND or self.ink.thrift > 0
        if view == 1 and flat:
            view = 0
        self.ink.put(self.leaf(k % self.kinds, view), at, direction, scale, tone=self.used)


GREAT = 170.0  # from this length on a leaf is a frond
COMPOUND = ("trifoliate", "palmate", "pinnate", "bipinnate")
Draw = Callable[[Foliage, Ink, int, int], None]
TURNS = (16.0, 40.0, 30.0)


def _stalk(ink: Ink, length: float, turn: float, width: float = 1.6) -> Track:
    """Draw a leaf stalk or rachis along +x, bending clockwise, and return it."""
    track = bow((0, 0), polar(turn / 2, length), -math.radians(turn) / 8)
    ink.path(brush(track, width, width * 0.55, 5), "solid")
    return track


def _stalk_share(foliage: Foliage, kind: int) -> float:
    look = foliage.look(kind)
    share = SHAPES.get(look.shape, UNSURE).stalk
    return max(share, 0.28) if look.margin == "palmately-cut" else share


def _simple(foliage: Foliage, ink: Ink, kind: int, view: int) -> None:
    share = _stalk_share(foliage, kind)
    length = foliage.length
    name = foliage.blade(kind, length * (1 - share), TURNS[view], view == 2)
    track = _stalk(ink, length * share + 0.5, 8)
    if foliage.type(kind):
        ink.path(flow([(1, -1), (5, -4.5), (6.5, -1.2)], True), "paper", 0.5)
    ink.put(name, track.at(1), track.angle(1) if share else 4, flip=False)


def _fingers(foliage: Foliage, ink: Ink, kind: int, view: int, plan: tuple) -> None:
    length = foliage.length
    track = _stalk(ink, length * plan[0], TURNS[view] * 0.4)
    hand, along = track.at(1), track.angle(1)
    for angle, part in plan[1]:
        turned = view == 2 and angle > 0
        name = foliage.blade(kind, length * 0.56, 17, turned, plan[2])
        small = length * 0.05 * part
        root = polar(along + angle, small, hand)
        ink.strokes([[hand, root]], 1.0)
        ink.put(name, root, along + angle, part, flip=angle < 0)


def _trifoliate(foliage: Foliage, ink: Ink, kind: int, view: int) -> None:
    _fingers(foliage, ink, kind, view, (0.36, ((-72, 0.84), (72, 0.84), (0, 1.05)), 0.9))


def _palmate(foliage: Foliage, ink: Ink, kind: int, view: int) -> None:
    plan = (0.38, ((-104, 0.6), (104, 0.6), (-50, 0.86), (50, 0.86), (0, 1.04)), 0.74)
    _fingers(foliage, ink, kind, view, plan)


def _pairs(length: float, count: int) -> list[tuple[float, float]]:
    """Return where pairs of leaflets sit on a rachis, and their size."""
    return [
        (0.24 + 0.68 * k / (count - 1), 1.0 - 0.5 * (k / (count - 1)) ** 1.6) for k in range(count)
    ]


def _feather(
    ink: Ink, track: Track, name: str, pairs: list[tuple[float, float]], splay: float
) -> None:
    for t, size in pairs:
        at, along = track.at(t), track.angle(t)
        lean = splay - 18 * t
        ink.put(name, at, along - lean, size, flip=True)
        ink.put(name, at, along + lean, size, flip=False)


def _pinnate(foliage: Foliage, ink: Ink, kind: int, view: int) -> None:
    length = foliage.length
    count = 9 if length > GREAT else 4 if length < 100 else 5
    part = length * (0.36 if count < 9 else 0.27)
    track = _stalk(ink, length * 0.8, TURNS[view])
    _feather(ink, track, foliage.blade(kind, part, 14, view == 2), _pairs(length, count), 66)
    ink.put(foliage.blade(kind, part, 14, view == 2), track.at(1), track.angle(1), 0.9, flip=False)


def _bipinnate(foliage: Foliage, ink: Ink, kind: int, view: int) -> None:
    length = foliage.length
    if length > GREAT:
        _great_frond(foliage, ink, kind, view)
        return
    count = 4 if length < 100 else 5
    part = length * 0.46
    small = foliage.blade(kind, part * 0.33, 10, view == 2)

    def pinna(ink: Ink) -> None:
        track = _stalk(ink, part * 0.8, 14, 0.9)
        _feather(ink, track, small, _pairs(part, 4), 58)
        ink.put(small, track.at(1), track.angle(1), 1.0, flip=False)

    name = ink.stamp(f"p{kind}{'t' if view == 2 else ''}", pinna)
    track = _stalk(ink, length * 0.78, TURNS[view])
    _feather(ink, track, name, _pairs(length, count), 60)
    ink.put(name, track.at(1), track.angle(1), 0.75, flip=False)


def _great_frond(foliage: Foliage, ink: Ink, kind: int, view: int) -> None:
    """A great frond would be lost in small leaflets: each pinna is one deeply lobed blade."""
    part = foliage.length * 0.36
    look = replace(foliage.look(kind), shape="lanceolate", margin="pinnately-cut", surface="")
    shown = Blade(look.shape, look.margin, part, 12, 0.66, 0.66)
    veins = list(VENATION).index(look.venation) if look.venation else ""
    name = ink.stamp(f"p{veins}", lambda ink: draw_blade(ink, shown, look, turned=look.sori))
    track = _stalk(ink, foliage.length * 0.78, TURNS[view])
    _feather(ink, track, name, _pairs(foliage.length, 8), 60)
    ink.put(name, track.at(1), track.angle(1), 0.75, flip=False)


def _scale(foliage: Foliage, ink: Ink, kind: int, view: int) -> None:
    """A flat spray of branchlets clad in scales, as cypresses and their kin carry it."""
    length = foliage.length

    def sprig(ink: Ink) -> None:
        _clad(ink, bow((0, 0), polar(5, length * 0.4), -0.06), 7, length * 0.034)

    name = ink.stamp(f"s{kind}", sprig)
    track = bow((0, 0), polar(TURNS[view] / 2, length * 0.85), -0.08)
    for k in range(6):
        t = 0.14 + 0.13 * k
        for side in (-1, 1):
            lean = side * (44 - 12 * t)
            ink.put(name, track.at(t), track.angle(t) + lean, 1.05 - 0.7 * t, flip=side < 0)
    _clad(ink, track, 14, length * 0.042)
    if kind or foliage.chosen["leaf-shape"] not in ([], ["scale"]):
        ink.put(foliage.blade(kind, length * 0.3, 10), track.at(0.02), 60, 0.8, flip=False)


def _clad(ink: Ink, track: Track, count: int, width: float) -> None:
    """Clad a branchlet in overlapping scales: one outline with a step at every scale."""
    left, right, chevrons = [], [], []
    for k in range(count):
        a, b = k / count, (k + 0.92) / count
        taper = 1 - 0.5 * k / count
        for side, out in ((-1, left), (1, right)):
            out += [track.beside(a, side * width * 0.62), track.beside(b, side * width * taper)]
        if k % 2:
            chevrons.append(
                [track.beside(b, -width * 0.7), track.at(a), track.beside(b, width * 0.7)]
            )
    outline = [*left, track.at(1), *reversed(right)]
    ink.path(flow(outline, closed=True), "leaf", 0.6)
    ink.strokes(chevrons, 0.4, "vein")


LEAF_TYPES: dict[str, Draw] = {
    "simple": _simple,
    "trifoliate": _trifoliate,
    "palmate": _palmate,
    "pinnate": _pinnate,
    "bipinnate": _bipinnate,
    "scale": _scale,
}
