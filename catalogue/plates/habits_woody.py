"""Trees and shrubs: a bough at large scale, and the whole plant as a small figure beside it."""

from collections.abc import Callable

from .geometry import Point, Track, polar
from .habits_climbers import side_runner
from .ink import Ink, brush, flow, plain
from .record import Record
from .stage import GROUND, Stage

SMALL_FOOT: Point = (66.0, 456.0)


def _bough(stage: Stage, main: Track, twigs: list[tuple[list[Point], float]], width: float) -> None:
    """Draw a bough with its twigs; old wood low on it, flowers at the tips."""
    for line, share in twigs:
        stage.shoot(
            Track([main.at(share), *line]),
            width * 0.42,
            1.6,
            leafy=(0.3, 0.95),
            woody=True,
            flower=64,
            axil=30,
        )
    stage.shoot(main, width, 2.2, leafy=(0.5, 0.97), woody=True, flower=66, axil=30)
    foot, along = main.at(0), main.angle(0)
    cut = [
        polar(along + a, r, foot)
        for a, r in ((90, width * 0.55), (180, 2.5), (-90, width * 0.55), (0, 2))
    ]
    stage.ink.shape(cut, "paper", 0.9)
    for k, t in enumerate((0.12, 0.24, 0.36, 0.47)):
        side = 1 if k % 2 else -1
        stage.site("on-wood", main.beside(t, side * width * 0.3), main.angle(t) + side * 74, 40)
    for side in (-1, 1):
        stage.site("basal", (SMALL_FOOT[0] + 9 * side, SMALL_FOOT[1]), -90 + 40 * side, 26)
    stage.anchors["stem"] = main.at(0.2)
    stage.foot = (SMALL_FOOT, 0.36)


def tree(stage: Stage) -> None:
    main = Track([(28, 340), (96, 300), (172, 222), (224, 112 if stage.crowned else 84)])
    twigs: list[tuple[list[Point], float]] = [
        ([(104, 226), (88, 130)], 0.34),
        ([(230, 292), (306, 286)], 0.3),
        ([(262, 196), (314, 148)], 0.56),
    ]
    _bough(stage, main, twigs, 11)
    _small(stage, _conifer if stage.record.says("leaf-type", "scale") else _tree)


def shrub(stage: Stage) -> None:
    main = Track([(330, 352), (262, 306), (206, 226), (184, 112 if stage.crowned else 84)])
    twigs: list[tuple[list[Point], float]] = [
        ([(314, 236), (322, 146)], 0.32),
        ([(156, 302), (86, 298)], 0.36),
        ([(134, 196), (82, 152)], 0.6),
    ]
    _bough(stage, main, twigs, 8)
    _small(stage, _bush)


def subshrub(stage: Stage) -> None:
    """A woody foot from which green shoots rise."""
    top = 132 if stage.crowned else 74
    for x, tip in ((-1, (104, top + 62)), (1, (300, top + 48))):
        foot = (200 + 7 * x, GROUND - 34)
        line = [foot, (200 + 46 * x, 292), (tip[0] - 14 * x, tip[1] + 70), tip]
        stage.shoot(Track(line), 4, 1.5, leafy=(0.34, 0.93), flower=66, scale=0.8, axil=32)
    if stage.record.says("habit", "creeper"):
        side_runner(stage)
    main = Track([(200, GROUND - 30), (196, 270), (205, 190), (202, top)])
    stage.shoot(main, 4.6, 1.7, leafy=(0.24, 0.93), flower=84, scale=0.9)
    stock = Track([(198, GROUND + 3), (203, GROUND - 18), (199, GROUND - 44)])
    with stage.ink.group("used" if stage.record.uses("bark", "wood", "stem") else ""):
        stage.ink.path(brush(stock, 15, 7, 5), "wood", 1.0)
        stage.ink.lines(
            [[stock.beside(t, s) for t in (0.05, 0.4, 0.9)] for s in (-3, 0, 3, 5)], 0.5
        )
    for side in (-1, 1):
        stage.site("on-wood", stock.beside(0.6, 5 * side), -90 + 62 * side, 44)
        stage.site("basal", (200 + 12 * side, GROUND), -90 + 50 * side, 56)


def _small(stage: Stage, figure: Callable[[Ink, Record], None]) -> None:
    """Draw the whole plant small; one that grows as tree or shrub is shown in both ways."""
    ink, record = stage.ink, stage.record
    if not {"tree", "shrub"} <= {*record.traits["habit"]}:
        figure(ink, record)
        return
    x, y = SMALL_FOOT
    for draw, scale, dx in ((figure, 0.84, -14), (_bush, 0.5, 34)):
        with ink.group(
            place=f"translate({plain(x + dx - x * scale)} {plain(y - y * scale)})scale({scale})"
        ):
            draw(ink, record)


def _cloud(ink: Ink, x: float, y: float, r: float) -> None:
    """A cloud of foliage: a scalloped outline, darker at the lower right, with scribbled leaves."""
    ink.put(ink.stamp("y", _foliage), (x, y), 0, r / 14, flip=False)


def _foliage(ink: Ink) -> None:
    edge = [polar(24 * k + 7, 14.5 if k % 2 else 12) for k in range(15)]
    ink.path(flow(edge, closed=True), "leaf", 0.7)
    ink.lines([edge[0:7]], 1.1)
    arcs = []
    for k in range(15):
        at = polar(137.5 * k, 11.5 * (k / 15) ** 0.5, (1, 1))
        arcs.append([polar(200, 2.2, at), polar(270, 1.8, at), polar(340, 2.2, at)])
    ink.lines(arcs, 0.5)


def _trunk(ink: Ink, record: Record, line: list[Point], width: float) -> None:
    used = record.uses("bark", "wood", "stem")
    with ink.group("used" if used else ""):
        ink.path(brush(Track(line), width, width * 0.5, 5), "wood")


def _tree(ink: Ink, record: Record) -> None:
    x, y = SMALL_FOOT
    _trunk(ink, record, [(x, y), (x + 1, y - 22), (x - 1, y - 44)], 7)
    for to in ((x - 17, y - 46), (x + 18, y - 48)):
        ink.path(brush(Track([(x, y - 24), to]), 2.8, 1.2, 3), "solid")
    for dx, dy, r in ((-19, -46, 15), (20, -48, 15), (0, -42, 13), (-9, -64, 16), (11, -66, 15)):
        _cloud(ink, x + dx, y + dy, r)


def _conifer(ink: Ink, record: Record) -> None:
    x, y = SMALL_FOOT
    _trunk(ink, record, [(x, y), (x, y - 30), (x, y - 76)], 6)
    for row in range(5):
        wide, base = 31 - 5.6 * row, y - 14 - 14 * row
        tier = [
            (x - wide, base + 4),
            (x - wide * 0.4, base - 9),
            (x, base - 22),
            (x + wide * 0.4, base - 9),
            (x + wide, base + 4),
        ]
        fringe = [(x + wide * (1 - 0.4 * k), base + (5 if k % 2 else 0)) for k in range(1, 5)]
        ink.path(flow([*tier, *fringe], closed=True), "leaf", 0.7)
        ink.strokes(
            [
                [(x + wide * s, base + 1), (x + wide * s * 0.6, base - 7)]
                for s in (-0.6, -0.3, 0, 0.3, 0.45, 0.6, 0.75)
            ],
            0.45,
        )


def _bush(ink: Ink, record: Record) -> None:
    x, y = SMALL_FOOT
    for to in ((-24, -34), (-9, -44), (9, -46), (25, -32)):
        _trunk(ink, record, [(x, y), (x + to[0] * 0.4, y - 16), (x + to[0], y + to[1])], 3.2)
    for dx, dy, r in ((-26, -32, 13), (27, -30, 13), (-12, -44, 14), (13, -46, 14), (0, -30, 12)):
        _cloud(ink, x + dx, y + dy, r)
