"""The pen: short path data, tapering strokes, stamps, and a hand that always trembles alike."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import pairwise

from .geometry import Point, Points, Track, polar


class Hand:
    """A small generator of its own, so that a plate is the same on every machine."""

    def __init__(self, seed: str):
        self.state = int.from_bytes(seed.encode(), "big") % 2**64 or 1

    def between(self, low: float, high: float) -> float:
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return low + (high - low) * (self.state >> 33) / 2**31

    def side(self) -> int:
        return 1 if self.between(-1, 1) > 0 else -1


def number(tenths: int) -> str:
    """Write a length given in tenths as briefly as SVG allows."""
    sign, tenths = ("-", -tenths) if tenths < 0 else ("", tenths)
    whole, rest = divmod(tenths, 10)
    if not rest:
        return f"{sign}{whole}" if whole else "0"
    return f"{sign}{whole or ''}.{rest}"


def plain(value: float) -> str:
    """Write a length with one decimal."""
    return number(round(value * 10))


def fine(value: float) -> str:
    """Write a factor with two decimals."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text


def _join(values: list[int]) -> str:
    text = last = ""
    for value in values:
        word = number(value)
        glued = not text or word[0] == "-" or (word[0] == "." and "." in last)
        text += word if glued else f" {word}"
        last = word
    return text


def _tenths(points: Points) -> list[tuple[int, int]]:
    return [(round(x * 10), round(y * 10)) for x, y in points]


def trace(points: Points, closed: bool = False) -> str:
    """Return path data of straight lines."""
    return _moved(points[0]) + _straight(points) + "z" * closed


def flow(points: Points, closed: bool = False) -> str:
    """Return path data of a smooth line through the points."""
    return _moved(points[0]) + _smooth(points, closed) + "z" * closed


def many(lines: Iterable[Points], smooth: bool) -> str:
    """Return path data of several open lines, each moved to from the end of the one before."""
    data, here = "", None
    for points in lines:
        if len(points) == 1 or points[0] == points[-1]:
            body = "h0"
        else:
            body = _smooth(points, False) if smooth else _straight(points)
        data += _moved(points[0], here) + body
        here = points[-1]
    return data


def _moved(point: Point, here: Point | None = None) -> str:
    x, y = _tenths([point])[0]
    if here is None:
        return f"M{_join([x, y])}"
    x0, y0 = _tenths([here])[0]
    return f"m{_join([x - x0, y - y0])}"


def _straight(points: Points) -> str:
    tenths = _tenths(points)
    steps = [(x1 - x0, y1 - y0) for (x0, y0), (x1, y1) in pairwise(tenths)]
    if len(steps) == 1 and not all(steps[0]):
        dx, dy = steps[0]
        return f"v{number(dy)}" if dy else f"h{number(dx)}"
    return f"l{_join([v for step in steps for v in step])}"


def scallops(points: Points) -> str:
    """Return path data of arcs: every second point is what an arc bends to, then a straight end.

    The points are those of one outline; the last three are joined by straight lines.
    """
    arcs, rest = points[:-3], points[-4:]
    here, data = _tenths(arcs[:1])[0], _moved(arcs[0]) + "q"
    for k in range(1, len(arcs) - 1, 2):
        bend, end = _tenths(arcs[k : k + 2])
        steps = [v - o for point in (bend, end) for v, o in zip(point, here, strict=True)]
        data += _follow(steps, k > 1)
        here = end
    return data + _straight(rest) + "z"


def _smooth(points: Points, closed: bool) -> str:
    """Neighbouring handles mirror each other: all but the first need be written only once."""
    count = len(points)
    if count == 3 and not closed:
        return _bend(points)
    here = _tenths(points[:1])[0]
    data = ""
    for k in range(count if closed else count - 1):
        a = points[(k - 1) % count if closed else max(k - 1, 0)]
        b, c = points[k], points[(k + 1) % count]
        d = points[(k + 2) % count if closed else min(k + 2, count - 1)]
        handles = [(c[0] - (d[0] - b[0]) / 6, c[1] - (d[1] - b[1]) / 6), c]
        if k == 0:
            handles.insert(0, (b[0] + (c[0] - a[0]) / 6, b[1] + (c[1] - a[1]) / 6))
        steps = [value for x, y in _tenths(handles) for value in (x - here[0], y - here[1])]
        data += "cs"[k > 0] * (k < 2) + _follow(steps, k > 1)
        here = _tenths([c])[0]
    return data


def _follow(steps: list[int], more: bool) -> str:
    """Write further numbers of a command that is already there."""
    text = _join(steps)
    return f" {text}" if more and not text.startswith("-") else text


def _bend(points: Points) -> str:
    """Return one curve from the first to the last point through the middle one."""
    (x0, y0), (x1, y1), (x2, y2) = points
    start, control, end = _tenths(
        [(x0, y0), (2 * x1 - (x0 + x2) / 2, 2 * y1 - (y0 + y2) / 2), (x2, y2)]
    )
    steps = [v - o for point in (control, end) for v, o in zip(point, start, strict=True)]
    return f"q{_join(steps)}"


def brush(track: Track, start: float, end: float, count: int = 7) -> str:
    """Return the outline of a stroke that is this wide at its start and at its end."""
    left, right = [], []
    for k in range(count + 1):
        t = k / count
        half = (start + (end - start) * t) / 2
        angle, (x, y) = track.angle(t), track.at(t)
        left.append(polar(angle - 90, half, (x, y)))
        right.append(polar(angle + 90, half, (x, y)))
    return flow([*left, *reversed(right)], closed=True)


def oval(x: float, y: float, rx: float, ry: float) -> str:
    """Return path data of an ellipse."""
    half = f"{plain(rx)} {plain(ry)} 0 1 0"
    return f"M{plain(x - rx)} {plain(y)}a{half} {plain(2 * rx)} 0a{half} {plain(-2 * rx)} 0z"


class Ink:
    """Collects what is drawn. Stamps are drawn once and then put down many times."""

    def __init__(self, seed: str, prefix: str, thrift: int = 0):
        self.thrift = thrift  # 0 draws everything; from 1 to 3 the finest strokes are spared
        self.hand = Hand(seed)
        self.prefix = prefix
        self.out: list[str] = []
        self.stamps: dict[str, str] = {}
        self.roles: dict[str, str] = {}  # tones of small parts that may be the used ones

    def path(self, data: str, tone: str = "", width: float = 0.0) -> None:
        """Draw a path; a tone is a class of paper.py, without it only the line is drawn."""
        look = f' class="pl-{tone}"' if tone else ""
        look += f' stroke-width="{fine(width)}"' if width else ""
        self.out.append(f'<path d="{data}"{look}/>')

    def lines(self, lines: list[Points], width: float = 0.5, tone: str = "") -> None:
        """Draw several smooth lines with one pen."""
        if lines:
            self.path(many(lines, smooth=True), tone, width)

    def strokes(self, lines: list[Points], width: float = 0.5, tone: str = "") -> None:
        """Draw several straight or broken lines with one pen."""
        if lines:
            self.path(many(lines, smooth=False), tone, width)

    def shape(self, points: Points, tone: str, width: float = 0.0) -> None:
        """Fill a smooth closed outline."""
        self.path(flow(points, closed=True), tone, width)

    def dots(self, points: Points, width: float = 1.0, tone: str = "") -> None:
        """Set round dots of this width."""
        if points:
            self.path(many([[point] for point in points], smooth=False), tone, width)

    @contextmanager
    def group(self, tone: str = "", place: str = "", width: float = 0.0) -> Iterator[None]:
        """Draw a number of things in one tone, at one place, with one pen."""
        look = f' class="pl-{tone}"' if tone else ""
        look += f' stroke-width="{fine(width)}"' if width else ""
        look += f' transform="{place}"' if place else ""
        mark = len(self.out)
        yield
        if look and len(self.out) > mark:
            self.out[mark:] = [f"<g{look}>", *self.out[mark:], "</g>"]

    def stamp(self, name: str, draw: Callable[["Ink"], None]) -> str:
        """Draw something once, at the origin along +x, under a name to put it down by."""
        if name not in self.stamps:
            kept, self.out = self.out, []
            self.stamps[name] = ""
            draw(self)
            self.stamps[name] = f'<g id="{self.prefix}{name}">{"".join(self.out)}</g>'
            self.out = kept
        return name

    def put(
        self,
        name: str,
        at: Point,
        angle: float = 0.0,
        scale: float = 1.0,
        flip: bool | None = None,
        tone: str = "",
    ) -> None:
        """Put a stamp down along an angle; left of the stem it is mirrored, so gravity holds.

        With flip given, it is (not) mirrored across its own axis instead.
        """
        angle = (angle + 180) % 360 - 180
        if flip is None:
            left = abs(angle) > 90
            turn, sx, sy = (180 - angle, -1, 1) if left else (angle, 1, 1)
        else:
            turn, sx, sy = angle, 1, -1 if flip else 1
        turn = (turn + 180) % 360 - 180
        place = f"translate({_join(list(_tenths([at])[0]))})"
        if sx < 0:
            place += "scale(-1 1)"
        if round(turn):
            place += f"rotate({round(turn)})"
        if sy < 0:
            place += f"scale({fine(scale)} {fine(-scale)})"
        elif fine(scale) != "1":
            place += f"scale({fine(scale)})"
        look = f' class="pl-{tone}"' if tone else ""
        self.out.append(f'<use href="#{self.prefix}{name}"{look} transform="{place}"/>')

    def stand(self, name: str, at: Point, angle: float, scale: float = 1.0) -> None:
        """Put a stamp that was drawn upright (-90) along this angle; to the left it is mirrored."""
        lean = round((angle + 90 + 180) % 360 - 180)
        place = f"translate({_join(list(_tenths([at])[0]))})"
        place += "scale(-1 1)" if lean < -4 else ""
        place += f"rotate({abs(lean)})" if abs(lean) > 4 else f"rotate({lean})" if lean else ""
        place += f"scale({fine(scale)})" if fine(scale) != "1" else ""
        self.out.append(f'<use href="#{self.prefix}{name}" transform="{place}"/>')

    def definitions(self) -> str:
        return f"<defs>{''.join(self.stamps.values())}</defs>" if self.stamps else ""
