"""Flowers and fruits of one plant as stamps, in their forms and colours, in several sizes."""

import math
from collections.abc import Callable

from .flowers import COLOURS, FORMS, bud
from .fruits import FRUIT_COLOURS, FRUITS
from .geometry import Point
from .ink import Ink
from .record import Record

SIZES = (2.2, 4.0, 8.0, 14.0, 21.0)
Draw = Callable[[Ink, float, str, bool], None]


def _paired(first: list[str], second: list[str], most: int) -> list[tuple[str, str]]:
    """Pair two lists of answers, the shorter one going round."""
    count = max(len(first), len(second))
    first, second = first or [""], second or [""]
    return [(first[k % len(first)], second[k % len(second)]) for k in range(min(count, most))]


class Blossoms:
    """What blooms and ripens on one plant. Several answers take turns."""

    def __init__(self, ink: Ink, record: Record):
        self.ink = ink
        most = (4, 3, 2, 1)[ink.thrift]
        self.forms = record.all("flower-form", FORMS)
        self.flowers = _paired(self.forms, record.all("flower-colour", COLOURS), most)
        self.fruits = _paired(
            record.all("fruit", FRUITS), record.all("fruit-colour", FRUIT_COLOURS), most
        )
        self.used = "used" if record.uses("flower", "flower-bud", "inflorescence") else ""
        self.ripe = "used" if record.uses("fruit", "seed") else ""
        self.count = 0

    @property
    def blooms(self) -> bool:
        return self.forms != ["none"]

    @property
    def heads(self) -> bool:
        """Tell whether what is recorded as the flower is itself a head of florets."""
        return any(form in ("disc", "ray") for form in self.forms)

    def _put(
        self, name: str, draw: Draw, at: Point, angle: float, r: float, tones: tuple[str, str]
    ) -> None:
        """Put down a stamp of one of a few sizes, brought to the size that is wanted."""
        sizes = SIZES if self.ink.thrift < 2 else SIZES[1:2]
        size = min(sizes, key=lambda known: abs(math.log(known / r)))

        def drawn(ink: Ink) -> None:
            with ink.group(width=0.25 if size < 3 else 0.38 if size < 6 else 0.6):
                draw(ink, size, tones[0], size > 12)

        stamp = self.ink.stamp(f"{name}{round(size)}", drawn)
        self.ink.put(stamp, at, angle, r / size, tone=tones[1])

    def bloom(self, at: Point, angle: float, r: float) -> None:
        """Put one flower here; where no form is known, a bud."""
        if not self.blooms:
            return
        flowers = self.flowers or [("", "")]
        kind = self.count % len(flowers)
        self.count += 1
        form, colour = flowers[kind]
        draw = FORMS.get(form, bud)
        self._put(f"f{kind}", draw, at, angle, r, (colour or "paper", self.used))

    def ripen(self, at: Point, angle: float, r: float) -> bool:
        """Put one fruit here, if a fruit is known; spores are too small to be seen."""
        fruits = [pair for pair in self.fruits if pair[0] not in ("", "spores")]
        if not fruits:
            return False
        kind = self.count % len(fruits)
        self.count += 1
        fruit, colour = fruits[kind]
        self._put(f"r{kind}", FRUITS[fruit], at, angle, r, (colour or "paper", self.ripe))
        return True

    def grow(self, at: Point, angle: float, r: float, age: float) -> None:
        """Put a flower here, or a fruit where the inflorescence is oldest (age near 1)."""
        if age < 0.72 or not self.ripen(at, angle, r * 1.1):
            self.bloom(at, angle, r)
