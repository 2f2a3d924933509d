"""Plants shown whole, from the ground up: herbs, rosettes, clumps, grasses, ferns, parasites."""

from .geometry import Point, Track, bow, polar, spiral
from .habits_climbers import side_runner
from .ink import brush
from .leaves import COMPOUND
from .stage import GROUND, Site, Stage

FOOT: Point = (200.0, GROUND)


def _low_sites(stage: Stage, track: Track, reach: float = 12) -> None:
    """Note where flowers stand that come from the ground or low on the stem."""
    for side in (-1, 1):
        stage.site("basal", (FOOT[0] + reach * side, GROUND), -90 + 46 * side, 66)
        stage.site("on-wood", track.at(0.1 + 0.06 * (side + 1)), track.angle(0.1) + 70 * side, 46)


def herb(stage: Stage) -> None:
    lean = 7 * stage.ink.hand.side()
    top = 142 if stage.crowned else 84
    main = Track([FOOT, (200 + lean, 300), (200 - lean, 210), (200 + lean, top)])
    leafy = (0.2, 0.62) if stage.single else (0.22, 0.92)
    if stage.record.says("habit", "creeper"):
        side_runner(stage)
    if stage.record.says("habit", "rosette"):
        _fan(stage, ((-150, 0.9), (-30, 0.9), (-166, 0.8), (-14, 0.8)), 4)
    stage.shoot(main, 6, 1.8, leafy=leafy, flower=106 if stage.crowned else 60)
    _low_sites(stage, main)


def rosette(stage: Stage) -> None:
    """A fan of leaves at the ground, a scape between them."""
    codes = [code for code in stage.arrangements if code not in ("basal", "tufted")]
    bare = stage.record.says("stem", "none") and not codes
    low = "basal" in stage.positions and not stage.crowned
    scaped = bool(codes) or stage.crowned or not (bare or low)
    stage.low = not scaped
    tall = ((-106, 1.3), (-72, 1.34), (-124, 1.2), (-56, 1.22)) if not scaped else ()
    _fan(stage, (*tall, (-148, 0.8), (-34, 0.8), (-122, 0.72), (-60, 0.74)), 4)
    if scaped:
        top = 150 if stage.crowned else 120
        scape = Track([FOOT, (196, 300), (203, 220), (201, top)])
        if codes:
            stage.shoot(scape, 5.5, 2, leafy=(0.4, 0.9), flower=112, scale=0.44, codes=codes)
        else:
            _scape(stage, scape, 2.6 if bare else 5.0)
        _low_sites(stage, scape, 5)
    for side in (-1, 1):
        stage.site("basal", (FOOT[0] + 5 * side, GROUND - 2), -90 + 15 * side, 120)
    short = ((-112, 0.6), (-70, 0.58)) if scaped else ()
    _fan(stage, ((-164, 1.0), (-18, 1.0), (-138, 0.95), (-44, 0.95), *short), 6)


def _scape(stage: Stage, track: Track, width: float, flower: float = 112) -> None:
    """Draw a leafless flower stalk with two small bracts."""
    stage.shoot(track, width, 2.0, flower=flower, codes=["bare"])
    for t, side in ((0.5, 1), (0.7, -1)):
        foot, along = track.at(t), track.angle(t)
        stage.ink.shape(
            [foot, polar(along + 26 * side, 9, foot), polar(along + 10 * side, 18, foot)],
            "leaf",
            0.6,
        )


def _fan(stage: Stage, plan: tuple, spread: float) -> None:
    if not stage.foliage.known or stage.arrangements == ["absent"]:
        return
    broad = any(kind in COMPOUND for kind in stage.foliage.types)
    for angle, size in plan:
        if broad and abs(angle + 90) > 40:
            angle, size = -90 + (angle + 90) * 0.88, size * 0.78
        x = FOOT[0] + (spread if angle > -90 else -spread)
        turn = angle + stage.ink.hand.between(-3, 3)
        flat = angle < -150 or angle > -30  # these must not hang far below the ground
        stage.foliage.put((x, GROUND - 2), turn, size, view=0 if flat else None)
        stage.anchors["leaf"] = polar(turn, stage.foliage.length * size * 0.5, (x, GROUND))


def clump(stage: Stage) -> None:
    """Leafy shoots side by side from a rhizome, as gingers grow."""
    plan = ((146, (84, 168)), (254, (318, 178)), (178, (150, 84)), (226, (254, 98)))
    for k, (x, tip) in enumerate(plan):
        line = [(x, GROUND), (x + (tip[0] - x) * 0.18, 296), (x + (tip[0] - x) * 0.5, 210), tip]
        top = 64 if stage.crowned and k > 1 else 0
        track = Track([(px, py + (top if py < 250 else 0) * 0.6) for px, py in line])
        stage.shoot(
            track,
            6.5,
            2.0,
            leafy=(0.26, 0.97),
            flower=72 if k > 1 else 50,
            scale=0.86 if k < 2 else 1.0,
        )
        stage.site("on-wood", track.at(0.14), -90 + (60 if x > 200 else -60), 40)
    for x, lean in ((122, -26), (278, 26), (200, 4)):
        stage.site("basal", (x, GROUND + 1), -90 + lean, 66)


def grass(stage: Stage) -> None:
    """A tuft with arching leaves and jointed culms."""
    codes = [code for code in stage.arrangements if code != "basal"]
    culms = bool(codes) or stage.crowned or not stage.positions
    stage.low = not culms
    arching = stage.foliage.known and stage.arrangements != ["absent"]
    if arching and "basal" in stage.arrangements:
        for k, angle in enumerate((-160, -20, -146, -34, -132, -48, -119, -61)):
            _blade(stage, (k % 3 - 1) * 5, angle, 1.04 - 0.02 * k, k % 2)
    top = 146 if stage.crowned else 104
    for x, tip in ((-9, (128, top + 44)), (9, (282, top + 36)), (0, (206, top))) if culms else ():
        line = [(200 + x, GROUND), (200 + x * 2.4, 290), ((200 + tip[0]) / 2 + x, 205), tip]
        _culm(stage, Track(line), codes)
    if arching:
        for k, angle in enumerate((-106, -74, -142, -38)):
            _blade(stage, (k % 2) * 6 - 3, angle, (0.8 if culms else 1.4) - 0.04 * k, int(culms))
    _low_sites(stage, Track([FOOT, (200, 250)]))
    if not culms:
        for side in (-1, 1):
            at = (FOOT[0] + 3 * side, GROUND)
            stage.sites["axillary"].append(Site(at, -90 + 12 * side, 130))


def _blade(stage: Stage, dx: float, angle: float, scale: float, view: int) -> None:
    stage.foliage.put((FOOT[0] + dx, GROUND), angle, scale, view=view)
    stage.anchors["leaf"] = polar(angle, stage.foliage.length * scale * 0.6, FOOT)


def _culm(stage: Stage, track: Track, codes: list[str]) -> None:
    """Draw a jointed stalk, with its leaves or bare."""
    if codes:
        stage.shoot(track, 3.6, 1.5, leafy=(0.16, 0.86), flower=84, scale=0.82, codes=codes)
    else:
        _scape(stage, track, 3.2, 84)
    rings = [[track.beside(t, -2.6), track.beside(t, 2.6)] for t in (0.18, 0.36, 0.55, 0.75)]
    stage.ink.strokes(rings, 1.2)


def fern(stage: Stage) -> None:
    """Great fronds from the ground, young ones still coiled."""
    spread = {"tufted": 1.0, "basal": 5.0, "whorled": 8.0}.get(
        next(iter(stage.arrangements), ""), 13.0
    )
    plan = ((-139, 0.56), (-41, 0.58), (-117, 0.84), (-63, 0.86), (-93, 1.12))
    order = (4, 0, 1, 2, 3)
    for k in (0, 1):
        _crozier(
            stage, (FOOT[0] + (-1) ** k * spread * 0.8, GROUND), -90 + 14 * (-1) ** k, 74 - 22 * k
        )
    if stage.foliage.known and stage.arrangements != ["absent"]:
        for k in order:
            angle, size = plan[k]
            x = FOOT[0] + spread * (-1 if angle < -90 else 1) * (0.4 + 0.5 * (k < 2))
            stage.foliage.put((x, GROUND), angle + stage.ink.hand.between(-3, 3), size)
        stage.anchors["leaf"] = polar(-64, stage.foliage.length * 0.6, FOOT)
    stem = Track([(200, GROUND), (200, 330)])
    stage.site("terminal", polar(-103, stage.foliage.length, FOOT), -80, 46)
    for side in (-1, 1):
        stage.site("axillary", (FOOT[0] + 4 * side, GROUND - 6), -90 + 30 * side, 62)
    _low_sites(stage, stem)
    stage.anchors["stem"] = (200, GROUND - 12)


def _crozier(stage: Stage, foot: Point, angle: float, length: float) -> None:
    track = bow(foot, polar(angle, length, foot), 0.06)
    end, side = track.at(1), 1 if angle > -90 else -1
    coil = [(end[0] + side * (x - end[0]), y) for x, y in spiral((end[0] + 9, end[1]), 9, 1.6, 180)]
    line = Track([*track.part(0, 0.96, 5), *coil])
    stage.ink.path(brush(line, 4.2, 1.6, 18), "leaf", 0.7)
    hairs = [
        [line.beside(t, 2), line.beside(t + 0.02, 5)] for t in (0.06 * k for k in range(2, 11))
    ]
    stage.ink.strokes(hairs, 0.4)


def parasite(stage: Stage) -> None:
    """Fleshy columns in scales that rise from the root of another plant."""
    tops = ((172, 214, 96), (232, 250, 80), (204, 178, 118))
    for x, top, size in tops:
        line = [(200 + (x - 200) * 0.4, GROUND), ((200 + x) / 2, 320), (x + (x - 200) * 0.3, top)]
        track = Track(line)
        if stage.arrangements and stage.arrangements != ["absent"]:
            stage.shoot(track, 13, 9, flower=size, leafy=(0.3, 0.9), scale=0.6)
        else:
            _column(stage, track, size)
    _low_sites(stage, Track([FOOT, (200, 300)]))


def _column(stage: Stage, track: Track, size: float) -> None:
    stage.shoot(track, 13, 9, flower=size, codes=["bare"])
    if stage.arrangements != ["absent"]:
        return
    scales = []
    for row in range(9):
        t = 0.06 + 0.1 * row
        for side in (-0.9, 0, 0.9) if row % 2 else (-0.5, 0.5):
            foot = track.beside(t, side * 6)
            tip = polar(track.angle(t) + side * 24, 13, foot)
            scales.append(
                [polar(track.angle(t) - 90, 4, foot), tip, polar(track.angle(t) + 90, 4, foot)]
            )
    for scale in scales:
        stage.ink.shape(scale, "wood", 0.7)


def sprig(stage: Stage) -> None:
    """A cut shoot, where it is not recorded how the whole plant grows."""
    shoots = ("stem", "leaf-arrangement", "inflorescence", "flower-position")
    if not any(question in stage.record.traits for question in shoots):
        return
    top = 150 if stage.crowned else 92
    main = Track([(192, 372), (203, 300), (198, 215), (204, top)])
    leafy = (0.2, 0.62) if stage.single else (0.18, 0.92)
    stage.shoot(main, 4.5, 1.7, leafy=leafy, flower=100 if stage.crowned else 60)
    stage.ink.strokes([[(187, 374), (197, 370)]], 1.2)
    _low_sites(stage, main)
