"""The surface of a blade: gloss, hairs, felt, bloom, patterns, and what a turned leaf shows."""

from collections.abc import Callable
from dataclasses import dataclass

from .blades import Blade
from .ink import Ink, brush, flow, scallops, trace
from .veins import STRONG, rungs, veins


@dataclass(frozen=True)
class Look:
    """How one blade looks: the answers that were chosen for it."""

    shape: str = ""
    margin: str = ""
    venation: str = ""
    surface: str = ""
    sori: bool = False


def _smooth(ink: Ink, blade: Blade, _look: Look) -> None:
    """A few even strokes in the shaded half, as an engraver gives a plain surface."""
    _hatch(ink, blade, 7, 0.3)


def _hatch(ink: Ink, blade: Blade, count: int, depth: float) -> None:
    lines = []
    for k in range(count):
        t = 0.14 + 0.68 * k / count
        room = blade.room(t + 0.05)
        lines.append([blade.at(t, 0.05), blade.at(t + 0.05, room * depth)])
    ink.strokes(lines, 0.3, "vein")


def _glossy(ink: Ink, blade: Blade, _look: Look) -> None:
    lines = []
    for share in (0.42, 0.56):
        lines.append([blade.at(t, -blade.room(t) * share) for t in (0.3, 0.42, 0.55, 0.68)])
    ink.lines(lines, max(1.2, blade.half * 0.12), "light")


def _hairy(ink: Ink, blade: Blade, _look: Look) -> None:
    hairs = []
    for k in range(13):
        t = 0.06 + 0.07 * k
        for side in (-1, 1):
            edge = side * blade.room(t)
            scale = 3.2 / max(blade.half, 3)
            hairs.append([blade.at(t, edge), blade.at(t + 0.02, edge + side * scale)])
            hairs.append([blade.at(t, edge * 0.5), blade.at(t + 0.025, edge * 0.5 + side * 0.05)])
    ink.strokes(hairs, 0.35)


def _felted(ink: Ink, blade: Blade, _look: Look) -> None:
    dots = [
        blade.at(0.08 + 0.05 * k, blade.room(0.08 + 0.05 * k) * share)
        for k in range(17)
        for share in ((0.3, 0.62, 0.9) if k % 2 else (0.16, 0.46, 0.78))
    ]
    ink.dots(dots, 0.75, "soft")


def _glaucous(ink: Ink, blade: Blade, _look: Look) -> None:
    lines = []
    for k in range(9):
        t = 0.1 + 0.09 * k
        lines.append([blade.at(t, blade.room(t) * 0.3), blade.at(t + 0.02, blade.room(t) * 0.8)])
    ink.strokes(lines, 1.1, "light")


def _patterned(ink: Ink, blade: Blade, look: Look) -> None:
    """A net of coloured veins on a dark blade, as jewel orchids have it."""
    net = veins(blade, look.venation or "arched")
    cross = []
    for k in range(8):
        t = 0.1 + 0.1 * k
        for side in (-1, 1):
            a, b = blade.room(t) * 0.3 * side, blade.room(t + 0.06) * 0.82 * side
            cross += [[blade.at(t, 0), blade.at(t + 0.05, a), blade.at(t + 0.02, b)]]
    ink.lines(net, 1.3, "copper")
    ink.lines(cross, 0.6, "copper")


def _violet(ink: Ink, blade: Blade, _look: Look) -> None:
    _hatch(ink, blade, 12, 0.85)


@dataclass(frozen=True)
class Surface:
    """Marks on the blade, its upper tone, and the tone below where a leaf is shown turned."""

    marks: Callable[[Ink, Blade, Look], None] | None
    above: str = "leaf"
    below: str = ""


SURFACES = {
    "smooth": Surface(_smooth),
    "glossy": Surface(_glossy),
    "hairy": Surface(_hairy),
    "felted-below": Surface(_felted, below="felt"),
    "glaucous-below": Surface(_glaucous, below="bloom"),
    "patterned": Surface(_patterned, above="deep"),
    "purple-below": Surface(_violet, below="violet"),
}
PLAIN = Surface(None)
SMALL = 24.0  # leaflets shorter than this are drawn in outline only


def _half(blade: Blade, side: int) -> str:
    """Return one half of the blade, closed along the midrib."""
    shares = (0.8, 0.5, 0.2, 0) if blade.line == "smooth" else (0.66, 0.33, 0)
    points = [*blade.side(side), *(blade.at(t, 0) for t in shares)]
    if blade.line == "scalloped":
        return scallops(points)
    return flow(points, closed=True) if blade.line == "smooth" else trace(points, closed=True)


def _sori(ink: Ink, blade: Blade) -> None:
    spots = [
        blade.at(t, blade.room(t) * share)
        for t in (0.15 + 0.08 * k for k in range(9))
        for share in (0.35, 0.72)
    ]
    if blade.length < SMALL:
        spots = spots[::5]
    ink.dots(spots, max(1.4, min(3.2, blade.half * 0.16)), "rust")


def draw_blade(ink: Ink, blade: Blade, look: Look, turned: bool = False) -> None:
    """Draw one blade along +x. A turned one shows its underside right of the midrib."""
    surface = SURFACES.get(look.surface, PLAIN)
    below = turned and bool(surface.below or look.sori)
    small = blade.length < SMALL
    unsure = "" if look.margin else " pl-unsure"
    ink.path(_half(blade, -1), surface.above + unsure, 0.3 if small else 0.7)
    ink.path(_half(blade, 1), _near_tone(surface, below) + unsure, 0.4 if small else 1.0)
    if not small:
        _fill_in(ink, blade, look, surface, below)
    if look.sori and (turned or not surface.below):
        _sori(ink, blade)
    if look.venation == "hidden" or small:
        return
    ink.path(brush(blade.midrib(0, 0.8), 2.0 if blade.length > 60 else 1.5, 0.6, 3), "solid")


def _near_tone(surface: Surface, below: bool) -> str:
    if below:
        return surface.below or "shade"
    return "dark" if surface.above == "deep" else "shade"


def _fill_in(ink: Ink, blade: Blade, look: Look, surface: Surface, below: bool) -> None:
    if surface.marks and (below or not surface.below) and ink.thrift < 3:
        surface.marks(ink, blade, look)
    ink.lines(veins(blade, look.venation), 0.55 if look.venation in STRONG else 0.42, "vein")
    if not ink.thrift:
        ink.lines(rungs(blade, look.venation), 0.28, "vein")
