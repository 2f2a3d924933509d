"""The plant while it is being drawn: shoots with leaves, and the places where flowers may stand."""

import math
from dataclasses import dataclass

from .arrangements import ARRANGEMENTS, Range, Seat, seats
from .blossoms import Blossoms
from .geometry import Point, Track, polar
from .inflorescences import INFLORESCENCES
from .ink import Ink
from .leaves import Foliage
from .record import Record
from .stems import draw_stem

GROUND = 384.0
SIZES = (36.0, 62.0, 94.0)  # of inflorescences, as they are drawn
POSITIONS = ("terminal", "axillary", "basal", "on-wood", "leaf-underside")


@dataclass(frozen=True)
class Site:
    """A place for an inflorescence: where it starts, where it grows to, how long it may be."""

    at: Point
    angle: float
    size: float


class Stage:
    """Everything the drawing of a habit needs, and what it leaves for the sheet to use."""

    def __init__(self, ink: Ink, record: Record, leaf: float):
        self.ink, self.record = ink, record
        self.foliage = Foliage(ink, record, leaf * (_stretch(record) if leaf < 120 else 1.0))
        self.blossoms = Blossoms(ink, record)
        spared = (7, 3, 2, 1)[ink.thrift]
        self.arrangements = record.all("leaf-arrangement", ARRANGEMENTS)[:spared]
        self.kinds = record.all("inflorescence", INFLORESCENCES)[: 4 - ink.thrift]
        self.positions = record.all("flower-position", POSITIONS)
        self.sites: dict[str, list[Site]] = {code: [] for code in POSITIONS}
        self.anchors: dict[str, Point] = {}
        self.foot: tuple[Point, float] = ((200.0, GROUND), 1.0)
        self.drawn: dict[str, float] = {}  # the size of each inflorescence, if one must do
        self.low = False  # a low plant leaves the upper part of the sheet to its details
        self.ink.roles["seed"] = "used" if "seed" in record.parts else ""

    @property
    def crowned(self) -> bool:
        """Tell whether the shoots end in flowers."""
        return "terminal" in self.positions and bool(self.kinds)

    @property
    def single(self) -> bool:
        """Tell whether the plant carries one whorl of leaves below its flowers."""
        return "terminal" in self.positions and self.arrangements == ["whorled"]

    def site(self, position: str, at: Point, angle: float, size: float) -> None:
        self.sites[position].append(Site(at, angle, size))

    def shoot(
        self,
        track: Track,
        start: float,
        end: float,
        *,
        leafy: tuple[float, float] = (0.2, 0.94),
        axis: Track | None = None,
        woody: bool = False,
        flower: float = 0.0,
        axil: float = 40.0,
        scale: float = 1.0,
        codes: list[str] | None = None,
    ) -> None:
        """Draw a stem with its leaves; note where it may flower. The axis directs the leaves."""
        codes = self.arrangements if codes is None else codes
        room = Range(axis or track, *leafy, self.foliage.length * scale, self.single)
        placed = seats(codes, room, self.ink.hand) if self.foliage.known else []
        step = max(1, -(-len(placed) // (99, 24, 14, 8)[self.ink.thrift]))
        placed = [Seat(s.t, s.direction, s.scale * scale, s.behind) for s in placed[::step]]
        self._leaves(track, [seat for seat in placed if seat.behind])
        body = draw_stem(self.ink, self.record, track, start, end, woody)
        self._nodes(body.track, codes)
        self._leaves(track, [seat for seat in placed if not seat.behind])
        if flower:
            self.site("terminal", track.at(1), track.angle(1), flower)
            if (
                not self.crowned
                and placed
                and not {"basal", "tufted"} & set(codes)
                and not self.single
            ):
                self.foliage.put(track.at(1), track.angle(1) - 8, 0.42 * scale, view=0)
        self._axils(track, axis or track, placed, axil, leafy)
        self.anchors.setdefault("stem", track.at(0.16))
        if placed:
            seat = placed[len(placed) // 2]
            middle = polar(
                seat.direction, self.foliage.length * seat.scale * 0.55, track.at(seat.t)
            )
            self.anchors.setdefault("leaf", middle)

    def _leaves(self, track: Track, placed: list[Seat]) -> None:
        for seat in placed:
            self.foliage.put(track.at(seat.t), seat.direction, seat.scale)

    def _nodes(self, track: Track, codes: list[str]) -> None:
        """Draw scales where there are no green leaves, bare scars where nothing is known."""
        if codes == ["absent"] or (codes and codes[0] == "absent"):
            for k in range(9):
                t, side = 0.08 + 0.09 * k, 1 if k % 2 else -1
                foot, along = track.beside(t, side * 2.2), track.angle(t)
                tip = polar(along + side * 16, 13, foot)
                self.ink.shape([foot, polar(along + side * 60, 6, foot), tip], "wood", 0.7)
        elif not codes:
            marks = [[track.beside(t, -3), track.beside(t, 3)] for t in (0.3, 0.5, 0.7)]
            self.ink.strokes(marks, 0.6)

    def _axils(
        self, track: Track, axis: Track, placed: list[Seat], size: float, leafy: tuple[float, float]
    ) -> None:
        found = [seat for seat in placed if 0.1 < seat.t < 0.97]
        for seat in found:
            lean = (seat.direction - axis.angle(seat.t) + 180) % 360 - 180
            angle = axis.angle(seat.t) + lean * 0.42
            self.site("axillary", track.at(seat.t), angle, size * (0.75 + 0.25 * seat.scale))
        if not found:
            for k in range(4):
                t = leafy[0] + (leafy[1] - leafy[0]) * (0.4 + 0.18 * k)
                side = 1 if k % 2 else -1
                self.site("axillary", track.at(t), axis.angle(t) + 42 * side, size)

    def flower(self) -> None:
        """Let the inflorescences stand at all the recorded places."""
        if not self.positions:
            for k, kind in enumerate(self.kinds[:2]):
                self._stand(kind, Site((350.0, 130.0 + 100.0 * k), -90.0, 62.0))
        k = 0
        for position in self.positions:
            for site in self._chosen(position) if self.kinds else ():
                kind = self.kinds[k % len(self.kinds)]
                k += 1
                self._stand(kind, site)
                self.anchors.setdefault("flower", polar(site.angle, site.size * 0.7, site.at))
                self.anchors["fruit"] = polar(site.angle, site.size * 0.5, site.at)

    def _stand(self, kind: str, site: Site) -> None:
        """Put an inflorescence down; those of about one size share a stamp."""
        size = min(SIZES, key=lambda known: abs(math.log(known / site.size)))
        if self.ink.thrift:
            size = self.drawn.setdefault(kind, size)

        def upright(ink: Ink) -> None:
            with ink.group(self.blossoms.used):
                INFLORESCENCES[kind](self.blossoms, (0.0, 0.0), -90.0, size)

        name = self.ink.stamp(f"i{self.kinds.index(kind)}{round(size)}", upright)
        self.ink.stand(name, site.at, site.angle, site.size / size)

    def _chosen(self, position: str) -> list[Site]:
        """Thin out the places where there are many, keeping the plate light."""
        sites = self.sites[position]
        light = set(self.kinds) <= {
            "solitary",
            "cluster",
            "whorls",
            "spike",
            "head",
            "sori",
            "cone",
        }
        most = {"axillary": 8 if light else 5, "terminal": 3}.get(position, 4)
        step = max(1, -(-len(sites) // max(1, most - 2 * max(0, self.ink.thrift - 1))))
        return sites[::-1][::step][::-1]  # the last one is the main shoot's


def _stretch(record: Record) -> float:
    """Compound leaves are drawn longer than simple ones, broad blades shorter than narrow ones."""
    habits = record.traits.get("habit", ())
    by_type = {"trifoliate": 1.2, "palmate": 1.25, "pinnate": 1.45, "bipinnate": 1.55, "scale": 1.0}
    by_shape = {"linear": 1.2, "round": 0.86, "heart": 0.92, "arrow": 0.95}
    kind = next((by_type[t] for t in record.traits.get("leaf-type", ()) if t in by_type), 0)
    if kind:
        return kind * ((0.72 if kind > 1.4 else 0.84) if {"tree", "shrub"} & {*habits} else 1.0)
    return next((by_shape[s] for s in record.traits.get("leaf-shape", ()) if s in by_shape), 1.0)
