"""Enlarged details round the main figure: leaf, stem, flower, fruit, what is under the ground."""

from collections.abc import Callable

from .blades import SHAPES, UNSURE
from .flowers import FORMS, bud
from .fruits import FRUITS
from .geometry import Point, polar
from .ink import Ink, plain
from .roots import ROOT_PARTS, UNDERGROUND, peeled
from .stage import Stage
from .stems import STEMS, section

# Where up to three variants of one thing stand, and at which scale.
SPREAD: dict[int, tuple[tuple[float, float, float], ...]] = {
    1: ((0, 0, 1.0),),
    2: ((-9, -13, 0.62), (10, 14, 0.62)),
    3: ((-13, -15, 0.5), (14, -3, 0.5), (-10, 18, 0.5)),
}

# The angle at which a thing is shown and its radius; others are seen from above, or hang.
FLOWER_POSES = {
    "bell": (-62.0, 25.0),
    "disc": (-62.0, 25.0),
    "naked": (-62.0, 25.0),
    "": (-62.0, 25.0),
    "hooded": (-24.0, 25.0),
    "tube": (-24.0, 21.0),
    "two-lipped": (-24.0, 21.0),
    "pea": (-24.0, 21.0),
}
FRUIT_POSES = {
    "berry": (62.0, 15.0),
    "drupe": (62.0, 15.0),
    "cone": (-90.0, 26.0),
    "pod": (20.0, 23.0),
}


def placed(at: Point, angle: float = 0.0, scale: float = 1.0) -> str:
    """Return the transformation that brings a drawing round the origin to its place."""
    text = f"translate({plain(at[0])} {plain(at[1])})"
    text += f"rotate({round(angle)})" if round(angle) else ""
    return text + (f"scale({plain(scale)})" if scale != 1 else "")


def enlarged(ink: Ink, at: Point) -> None:
    """Set the sign × that says: shown larger than in life."""
    x, y = at
    ink.strokes([[(x - 2, y - 2), (x + 2, y + 2)], [(x - 2, y + 2), (x + 2, y - 2)]], 0.7, "soft")


def _variants(ink: Ink, draws: list[tuple[Callable, str, float, float]]) -> None:
    """Draw variants of a thing; each has its own angle and the radius it would have alone."""
    if not draws:
        return
    for (dx, dy, scale), (draw, tone, angle, r) in zip(
        SPREAD[min(3, len(draws))], draws, strict=False
    ):
        size = r * scale
        middle = polar(angle, -size * 0.95, (dx, dy))
        with ink.group(place=placed(middle, angle)):
            draw(ink, size, tone, ink.thrift < 3)


def flower(stage: Stage) -> bool:
    """Draw a single flower, large, in each of its colours."""
    draws = [
        (FORMS.get(form, bud), colour or "paper", *FLOWER_POSES.get(form, (0.0, 27.0)))
        for form, colour in stage.blossoms.flowers[:3]
    ]
    with stage.ink.group(stage.blossoms.used):
        _variants(stage.ink, draws)
    return bool(draws)


def fruit(stage: Stage) -> bool:
    """Draw the fruit, large, in each of its ripe colours."""
    draws = [
        (FRUITS.get(kind, bud), colour or "paper", *FRUIT_POSES.get(kind, (70.0, 23.0)))
        for kind, colour in stage.blossoms.fruits[:3]
    ]
    with stage.ink.group(stage.blossoms.ripe if "fruit" in stage.record.parts else ""):
        _variants(stage.ink, draws)
    return bool(draws)


def leaf(stage: Stage) -> bool:
    """Draw one blade or leaflet alone, turned where its underside is special.

    A leaf that the figure does not show is drawn whole.
    """
    foliage = stage.foliage
    if not foliage.known:
        return False
    if not foliage.count and foliage.types:
        whole = foliage.leaf(0, 2 if foliage.turns else 0)
        size = 40 / foliage.length
        stage.ink.put(whole, (-17, 34), -88, size, flip=False, tone=foliage.used)
    if not any(foliage.chosen.values()):
        return not foliage.count
    kinds = min(2 if stage.ink.thrift < 2 else 1, foliage.kinds)
    length = 66.0 if kinds == 1 else 52.0
    for kind in range(kinds):
        shape = SHAPES.get(foliage.look(kind).shape, UNSURE)
        size = min(length, 50 / max(shape.ratio, 0.4))
        name = foliage.blade(kind, round(size), 14.0, foliage.turns)
        lobes = max(0.0, -min(t for t, _ in shape.half))
        foot = (17 * (kind - (kinds - 1) / 2) - 7, size * (0.46 - lobes))
        stage.ink.put(name, foot, -84, flip=False, tone=foliage.used)
        stage.ink.strokes([[foot, (foot[0] - 1, foot[1] + 5)]], 1.2)
    return True


def stem(stage: Stage) -> bool:
    """Draw a piece of the stem, cut across."""
    if not stage.record.all("stem", STEMS) and not {"bark", "wood"} & set(stage.record.parts):
        return False
    section(stage.ink, stage.record)
    return True


def underground(stage: Stage) -> bool:
    """Draw what is under the ground, at the foot of the plant."""
    record, ink = stage.record, stage.ink
    codes = record.all("underground", UNDERGROUND)[: 4 - ink.thrift]
    (x, y), scale = stage.foot
    shifts = {1: ((0, 1.0),), 2: ((-16, 0.86), (26, 0.7)), 3: ((-26, 0.66), (26, 0.66), (0, 0.7))}
    with ink.group("used" if record.uses(*ROOT_PARTS) else ""):
        for (dx, size), code in zip(shifts[min(3, max(1, len(codes)))], codes, strict=False):
            with ink.group(place=placed((x + dx * scale, y), scale=round(size * scale, 1))):
                UNDERGROUND[code](ink)
        if codes and "root-bark" in record.parts:
            with ink.group(place=placed((x, y), scale=scale)):
                peeled(ink)
    return bool(codes)


DETAILS: dict[str, Callable[[Stage], bool]] = {
    "stem": stem,
    "leaf": leaf,
    "flower": flower,
    "fruit": fruit,
}
