"""How flowers stand together: each drawing starts at a point and grows along an angle."""

from collections.abc import Callable

from .blossoms import Blossoms
from .geometry import Point, Track, bow, mirrored, moved, polar, turned
from .ink import Ink, brush, oval

Draw = Callable[[Blossoms, Point, float, float], None]


def _axis(
    ink: Ink, at: Point, angle: float, length: float, width: float, sag: float = 0.05
) -> Track:
    track = bow(at, polar(angle, length, at), sag if abs(angle + 90) < 90 else -sag)
    ink.path(brush(track, width, width * 0.5, 4), "solid")
    return track


def _solitary(b: Blossoms, at: Point, angle: float, size: float) -> None:
    r = min(22.0, max(11.0, size * 0.25))
    track = _axis(b.ink, at, angle, size * 0.36, 1.5, 0.1)
    b.bloom(track.at(1), track.angle(1), r)


def _cluster(b: Blossoms, at: Point, angle: float, size: float) -> None:
    r = max(4.4, min(9.0, size * 0.12))
    stem = _axis(b.ink, at, angle, size * 0.16, 1.3)
    for k, lean in enumerate((-64, -30, 2, 34, 66)):
        track = _axis(b.ink, stem.at(1), angle + lean, size * (0.22 + 0.05 * (k % 2)), 0.7)
        b.grow(track.at(1), angle + lean, r, 0.8 if k in (0, 4) else 0.2)


def _spike(b: Blossoms, at: Point, angle: float, size: float) -> None:
    r = max(2.8, min(5.4, size * 0.066))
    track = _axis(b.ink, at, angle, size, 2.2)
    count = max(5, min(11, round(size * 0.8 / (r * 1.45))))
    for k in range(count):
        t = 0.24 + 0.74 * k / (count - 1)
        size_here = r * (1 - 0.3 * t)
        for side in (-1, 1):
            spot, along = track.beside(t, side * 0.8), track.angle(t)
            b.grow(spot, along + side * (62 - 26 * t), size_here, 1 - t * 1.3)
        if k % 2:
            b.grow(track.at(t), track.angle(t) + 14, size_here, 1 - t * 1.3)


def _raceme(b: Blossoms, at: Point, angle: float, size: float) -> None:
    r = max(3.2, min(7.6, size * 0.084))
    track = _axis(b.ink, at, angle, size, 1.8, 0.1)
    count = max(5, min(9, round(size / (r * 1.9))))
    for k in range(count):
        t = 0.26 + 0.72 * k / (count - 1)
        side = 1 if k % 2 else -1
        stalk = size * 0.13 * (1.25 - t)
        for way in (side, -side) if k % 3 == 0 and t < 0.9 else (side,):
            lean = track.angle(t) + way * (66 - 20 * t)
            end = polar(lean, stalk, track.at(t))
            b.ink.strokes([[track.at(t), end]], 0.7)
            b.grow(end, lean, r * (1.1 - 0.45 * t), 1 - t * 1.2)


def _panicle(b: Blossoms, at: Point, angle: float, size: float) -> None:
    r = max(2.2, min(3.8, size * 0.042))
    track = _axis(b.ink, at, angle, size, 1.8, 0.08)
    count = 7 if size > 60 else 5
    reach = size * 0.46
    for k in range(count):
        t = 0.2 + 0.68 * k / (count - 1)
        lean = track.angle(t) + (1 if k % 2 else -1) * (56 - 14 * t)
        name = b.ink.stamp(
            f"w{round(size)}{k < 2:d}", lambda _, old=k < 2: _spray(b, reach, r, old)
        )
        b.ink.stand(name, track.at(t), lean, 1.1 - 0.85 * t)
    b.bloom(track.at(1), track.angle(1), r)


def _spray(b: Blossoms, reach: float, r: float, old: bool) -> None:
    """One branch of a panicle, drawn upright; the lowest ones are in fruit."""
    branch = _axis(b.ink, (0, 0), -90, reach, 0.9)
    stalks = []
    for j, u in enumerate((0.42, 0.66, 0.86, 1.0)):
        lean = branch.angle(u) + (0 if u == 1 else (46 if j % 2 else -46))
        spot = polar(lean, r * 1.4, branch.at(u))
        stalks.append([branch.at(u), spot])
        b.grow(spot, lean, r, 0.9 if old and j < 2 else 0)
    b.ink.strokes(stalks, 0.5)


def _rays(b: Blossoms, at: Point, angle: float, count: int, length: float, spread: float) -> list:
    """Draw rays from one point; return their ends and directions, the outer ones first."""
    ends = []
    for k in range(count):
        share = -1 + 2 * k / (count - 1)
        lean = angle + spread * share
        reach = length * (1 - 0.12 * share * share) * (0.93 if k % 2 else 1)
        ends.append((abs(share), polar(lean, reach, at), lean))
    b.ink.strokes([[at, end] for _, end, _ in ends], 0.65)
    return sorted(ends, reverse=True)


def _umbel(b: Blossoms, at: Point, angle: float, size: float) -> None:
    r = max(2.4, min(5.0, size * 0.06))
    stem = _axis(b.ink, at, angle, size * 0.5, 1.7)
    top, along = stem.at(1), stem.angle(1)
    for reach, count, spread in ((0.38, 9, 96), (0.27, 6, 70), (0.17, 3, 46)):
        for share, end, lean in _rays(b, top, along, count, size * reach, spread):
            b.grow(end, lean, r, share if reach > 0.3 else (0.8 if reach < 0.2 else 0.2))


def _compound_umbel(b: Blossoms, at: Point, angle: float, size: float) -> None:
    stem = _axis(b.ink, at, angle, size * 0.36, 2.0)
    r = max(1.6, min(2.4, size * 0.025))
    for share, end, lean in _rays(b, stem.at(1), stem.angle(1), 9, size * 0.5, 66):
        old = share > 0.7
        name = b.ink.stamp(f"u{round(size)}{old:d}", lambda _, old=old: _umbellet(b, size, r, old))
        b.ink.stand(name, end, (lean + stem.angle(1)) / 2)


def _umbellet(b: Blossoms, size: float, r: float, old: bool) -> None:
    for _, tip, turn in _rays(b, (0, 0), -90, 7, size * 0.1, 80):
        b.grow(tip, turn, r, 0.9 if old else 0)


def _head(b: Blossoms, at: Point, angle: float, size: float) -> None:
    r = min(24.0, max(4.0, size * 0.22))
    stem = _axis(b.ink, at, angle, size * 0.4, 2.4 if r > 12 else 1.3)
    top, along = stem.at(1), stem.angle(1)
    if b.heads:
        b.bloom(top, along, r)
        return
    middle = polar(along, r * 0.9, top)
    small = max(2.2, r * 0.24)
    b.ink.path(oval(*middle, r * 0.8, r * 0.8), "leaf", 0.5)
    for ring, count in ((0.86, 11), (0.5, 7), (0.1, 1)):
        for k in range(count):
            lean = along + 360 * k / count
            age = 0.8 if ring > 0.8 and abs(k - count / 2) < 2 else 0.1
            b.grow(polar(lean, r * ring, middle), lean, small, age)


def _corymb(b: Blossoms, at: Point, angle: float, size: float) -> None:
    heads = b.heads
    r = max(2.6, min(6.0 if heads else 4.4, size * (0.075 if heads else 0.055)))
    track = _axis(b.ink, at, angle, size * 0.66, 1.8, 0.03)
    count = 7 if size > 50 else 5
    for k in range(count):
        share = -1 + 2 * k / (count - 1)
        t = 0.96 - 0.66 * abs(share)
        end = polar(angle + 90, share * size * 0.5, polar(angle, size * 0.76, at))
        branch = bow(track.at(t), end, 0.16 * (1 if share > 0 else -1))
        b.ink.path(brush(branch, 1.0, 0.6, 3), "solid")
        old = abs(share) > 0.9
        name = b.ink.stamp(f"w{round(size)}{old:d}", lambda _, old=old: _sprig(b, size, r, old))
        b.ink.stand(name, end, angle + share * 16)


def _sprig(b: Blossoms, size: float, r: float, old: bool) -> None:
    for _, tip, turn in _rays(b, (0, 0), -90, 3, size * 0.11, 40):
        b.grow(tip, turn, r, 0.9 if old else 0)


def _cyme(b: Blossoms, at: Point, angle: float, size: float) -> None:
    r = max(3.0, min(6.4, size * 0.08))

    def fork(start: Point, lean: float, length: float, depth: int) -> None:
        track = _axis(b.ink, start, lean, length, 0.7 + 0.4 * depth)
        tip = track.at(1)
        middle = polar(lean, length * 0.26, tip)
        b.ink.strokes([[tip, middle]], 0.6)
        b.grow(middle, lean, r, 0.8 if depth == 2 else 0.1)
        if depth:
            for side in (-1, 1):
                fork(tip, lean + side * 44, length * 0.66, depth - 1)

    fork(at, angle, size * 0.36, 2)


def _whorls(b: Blossoms, at: Point, angle: float, size: float) -> None:
    """Rings of flowers up a stem; a short one (in a leaf axil) is half a ring."""
    r = max(3.0, min(5.0, size * 0.066))
    if size < 50:
        for lean in (-52, -18, 16, 50):
            b.grow(polar(angle + lean, 2.5, at), angle + lean, r, 0.8 if lean == 50 else 0.1)
        return
    track = _axis(b.ink, at, angle, size, 2.0, 0.03)
    for k in range(6):
        t = 0.16 + 0.8 * k / 5
        name = b.ink.stamp(f"v{round(size)}{k < 2:d}", lambda _, old=k < 2: _ring(b, r, old))
        b.ink.stand(name, track.at(t), track.angle(t), 1.12 - 0.5 * t)


def _ring(b: Blossoms, r: float, old: bool) -> None:
    """One ring of flowers over its pair of small leaves, drawn upright."""
    for side in (-1, 1):
        leaf = [(0, 0.5), (r, r * 0.6), (r * 2.6, 0), (r, -r * 0.6)]
        b.ink.shape(turned(leaf, -90 + side * 98), "leaf", 0.5)
    for lean in (-78, 78, -46, 46, -14, 16):
        spot = polar(-90 + lean, r * 0.7)
        b.grow(spot, -90 + lean, r, 0.9 if old and lean % 4 else 0)


def _spadix(b: Blossoms, at: Point, angle: float, size: float) -> None:
    """A fleshy column before its cloak; flowers sit in rows on the column."""
    ink = b.ink
    stem = _axis(ink, at, angle, size * 0.34, 2.6)
    top, along = stem.at(1), stem.angle(1)
    cloak = [
        (0, 0.03),
        (0.12, 0.24),
        (0.32, 0.3),
        (0.52, 0.16),
        (0.8, -0.04),
        (0.5, -0.14),
        (0.1, -0.12),
    ]
    tone = next((colour for _, colour in b.flowers if colour), "leaf")
    ink.shape(turned(moved(cloak, scale=size), along, top), tone, 1.0)
    column = mirrored([(0, 0.03), (0.1, 0.07), (0.36, 0.06), (0.46, 0)])
    ink.shape(turned(moved(column, scale=size), along, top), "paper")
    grains = [(0.08 + 0.045 * k, y) for k in range(8) for y in (-0.035, 0, 0.035)]
    ink.dots(turned(moved(grains, scale=size), along, top), max(0.9, size * 0.02))
    for k in range(3):
        b.grow(
            turned(moved([(0.05 + 0.06 * k, 0.06)], scale=size), along, top)[0],
            along + 80,
            2.6,
            0.9,
        )


def _cone(b: Blossoms, at: Point, angle: float, size: float) -> None:
    stem = _axis(b.ink, at, angle, size * 0.12, 1.6)
    r = max(5.0, min(12.0, size * 0.16))
    from_colour = next((colour for _, colour in b.fruits + b.flowers if colour), "wood")
    name = b.ink.stamp(f"c{round(r)}", lambda ink: _strobile(ink, r, from_colour))
    b.ink.put(name, stem.at(1), stem.angle(1), tone=b.used or b.ripe)


def _strobile(ink: Ink, r: float, tone: str) -> None:
    for row in range(5):
        x = 1.6 - 0.36 * row
        half = (0.34, 0.6, 0.72, 0.7, 0.42)[row]
        count = 2 + row % 2
        for k in range(count):
            y = -half + 2 * half * (k + 0.5) / count
            wide = half / count * 1.2
            scale = [
                (x - 0.2, y - wide * 0.6),
                (x + 0.2, y - wide),
                (x + 0.44, y),
                (x + 0.2, y + wide),
            ]
            ink.shape(moved([*scale, (x - 0.2, y + wide * 0.6)], scale=r), tone, 0.6)


def _sori(b: Blossoms, at: Point, angle: float, size: float) -> None:
    """A fertile tip: a narrow frond whose underside is set with spore patches."""
    ink = b.ink
    track = _axis(ink, at, angle, size * 0.8, 1.2)
    half = mirrored([(0, 0.02), (0.2, 0.1), (0.5, 0.13), (0.8, 0.06), (1, 0)])
    ink.shape(turned(moved(half, scale=size * 0.8), angle, at), "leaf", 0.7)
    ink.lines([track.part(0.1, 0.95, 4)], 0.7)
    spots = [
        track.beside(0.2 + 0.09 * k, side * size * 0.045) for k in range(8) for side in (-1, 1)
    ]
    ink.dots(spots, max(1.6, size * 0.035), "rust")


INFLORESCENCES: dict[str, Draw] = {
    "solitary": _solitary,
    "cluster": _cluster,
    "spike": _spike,
    "raceme": _raceme,
    "panicle": _panicle,
    "umbel": _umbel,
    "compound-umbel": _compound_umbel,
    "head": _head,
    "corymb": _corymb,
    "cyme": _cyme,
    "whorls": _whorls,
    "spadix": _spadix,
    "cone": _cone,
    "sori": _sori,
}
