"""Plants that lean on others or on the ground: twiners, tendril climbers, creepers."""

import math

from .geometry import Point, Track, bow, polar, spiral
from .ink import brush
from .roots import rootlets
from .stage import GROUND, Stage
from .stems import draw_stem


def _pole(stage: Stage, line: list[Point], width: float) -> None:
    """A bamboo cane for support, in soft lines."""
    track = Track(line)
    stage.ink.path(brush(track, width, width * 0.8, 3), "paper pl-soft")
    rings = [
        [track.beside(t + d, -width * 0.55), track.beside(t + d, width * 0.55)]
        for t in (0.14, 0.33, 0.52, 0.71, 0.9)
        for d in (0, 0.008)
    ]
    stage.ink.strokes(rings, 0.6, "soft")


def twiner(stage: Stage) -> None:
    """A vine that winds round a cane: behind it, then before it."""
    cane = [(203.0, GROUND + 4), (200.0, 210.0), (203.0, 24.0)]
    axis = Track([(203, GROUND), (200, 210), (202, 62)])
    turns = 3.5

    def wound(t: float) -> Point:
        """Return where the vine is; its tip swings free."""
        x, y = axis.at(t)
        swing = 17 * min(1.0, 0.3 + t * 4) * math.sin(2 * math.pi * turns * t)
        return x + swing + 260 * max(0.0, t - 0.9), y

    vine = Track([wound(k / 42) for k in range(43)], steps=0, even=False)
    flower = 46 if stage.crowned else 34
    stage.shoot(vine, 4.4, 1.5, axis=axis, leafy=(0.1, 0.9), flower=flower, axil=46)
    _pole(stage, cane, 6)
    for k in range(3):
        start, end = (0.25 + k) / turns, (0.75 + k) / turns
        front = Track([wound(start + (end - start) * j / 6) for j in range(7)])
        draw_stem(stage.ink, stage.record, front, 4.4 - 2.9 * start, 4.4 - 2.9 * end)
    _feet(stage, axis)


def _feet(stage: Stage, axis: Track) -> None:
    for side in (-1, 1):
        stage.site("basal", (200 + 10 * side, GROUND), -90 + 46 * side, 60)
        stage.site("on-wood", axis.at(0.08 + 0.05 * (side + 1)), -90 + 66 * side, 46)


def tendril_climber(stage: Stage) -> None:
    """A stem that swings between supports and holds on with coiled tendrils."""
    _pole(stage, [(92, GROUND + 2), (96, 200), (90, 28)], 4)
    _pole(stage, [(310, GROUND + 2), (306, 210), (312, 34)], 4)
    main = Track(
        [(198, GROUND), (226, 316), (176, 238), (222, 158), (190, 96 if stage.crowned else 70)]
    )
    for k, t in enumerate((0.3, 0.46, 0.62, 0.78)):
        _tendril(stage, main, t, 1 if k % 2 else -1)
    stage.shoot(main, 4.2, 1.5, leafy=(0.14, 0.95), flower=66, axil=46)
    _feet(stage, main)


def _tendril(stage: Stage, main: Track, t: float, side: int) -> None:
    start = main.at(t)
    reach = (94 if side < 0 else 308) - start[0]
    end = (start[0] + reach, start[1] - 22)
    line = bow(start, end, 0.12 * side)
    stage.ink.path(brush(line, 1.8, 1.0, 4), "solid")
    coil = [(side * x, y) for x, y in spiral((2, 0), 6, 2.2, 180)]
    name = stage.ink.stamp(f"t{side + 1}", lambda ink: ink.lines([coil], 1.0))
    stage.ink.put(name, end, flip=False)


def creeper(stage: Stage) -> None:
    """A runner along the ground that roots at its nodes and sends up shoots."""
    y = GROUND - 6
    runner = Track([(58, y - 4), (118, y + 3), (200, y), (284, y + 4), (344, y - 10)])
    rootlets(stage.ink, [runner.at(t) for t in (0.12, 0.22, 0.24, 0.34, 0.68, 0.76, 0.78, 0.9)], 18)
    top = 146 if stage.crowned else 92
    plan = (
        ([(104, y), (94, 312), (78, top + 92)], 60.0, 0.84),
        ([(296, y), (308, 306), (326, top + 74)], 60.0, 0.84),
        ([(198, y), (206, 270), (200, top)], 84.0, 1.0),
    )
    for line, flower, scale in plan:
        stage.shoot(Track(line), 3.6, 1.5, leafy=(0.16, 0.94), flower=flower, axil=32, scale=scale)
    draw_stem(stage.ink, stage.record, runner, 3.6, 2.2)
    nodes = [
        [runner.beside(t, -3), runner.beside(t, 3)]
        for t in (0.12, 0.23, 0.34, 0.5, 0.66, 0.77, 0.9)
    ]
    stage.ink.strokes(nodes, 1.0)
    if stage.foliage.known and stage.arrangements and stage.arrangements != ["absent"]:
        stage.foliage.put(runner.at(1), -40, 0.5)
        stage.foliage.put(runner.at(0), -140, 0.5)
    for x, side in ((176, -1), (226, 1)):
        stage.site("basal", (x, y), -90 + 24 * side, 52)
        stage.site("on-wood", (x - 60 * side, y), -90, 40)
    stage.anchors["stem"] = polar(0, 0, runner.at(0.3))


def side_runner(stage: Stage) -> None:
    """A runner from the foot of an upright plant that also creeps."""
    y = GROUND - 3
    line = Track([(204, y), (244, y - 7), (290, y + 1), (338, y - 9)])
    rootlets(stage.ink, [line.at(0.62), line.at(0.66)], 14)
    draw_stem(stage.ink, stage.record, line, 3.4, 1.8)
    if stage.foliage.known and stage.arrangements != ["absent"]:
        for t, angle in ((0.64, -112), (0.64, -64), (1.0, -36)):
            stage.foliage.put(line.at(t), angle, 0.36)
