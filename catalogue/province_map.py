"""A schematic map of the provinces: a tile each, placed roughly where the province lies.

Tiles need no outlines of provinces, are read at a glance on a phone, and never suggest a place more
exact than the record has.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from catalogue.models import Distribution, Province

# Official codes, north to south, west to east; a dot is an empty place.
ROWS = (
    ".  12 15 08 04",
    "11 14 25 19 20",
    ".  .  01 24 22",
    ".  .  37 33 31",
    ".  .  38 .  . ",
    ".  .  40 .  . ",
    ".  .  42 .  . ",
    ".  .  .  44 . ",
    ".  .  .  46 . ",
    ".  .  .  .  48",
    ".  .  .  .  51",
    ".  .  .  .  52",
    ".  .  .  .  66",
    ".  .  .  68 56",
    ".  80 75 79 . ",
    "91 82 86 .  . ",
    "96 92 .  .  . ",
)
TILE_WIDTH, TILE_HEIGHT = 58, 26


@dataclass(frozen=True)
class Tile:
    """One province on the map; `means` is empty where the species is not recorded."""

    name: str
    x: int
    y: int
    means: str


def tiles(places: Iterable[Distribution], provinces: Iterable[Province]) -> list[Tile]:
    """Return the tiles of all provinces, with how the species comes to be in each."""
    names = {province.code: province.name for province in provinces}
    means = {row.province_id: row.means for row in places if row.province_id}
    return [
        Tile(
            name=_short(names[code]),
            x=column * TILE_WIDTH,
            y=line * TILE_HEIGHT,
            means=means.get(code, ""),
        )
        for line, row in enumerate(ROWS)
        for column, code in enumerate(row.split())
        if code in names
    ]


def _short(name: str) -> str:
    """Return what people call the place, without "Thành phố"."""
    return name.removeprefix("Thành phố ")
