"""The whole plant as the main figure of a sheet: one entry for each habit."""

from collections.abc import Callable
from dataclasses import dataclass

from . import habits_climbers as climbers
from . import habits_herbs as herbs
from . import habits_woody as woody
from .stage import Stage


@dataclass(frozen=True)
class Habit:
    """How a habit is drawn, how long its leaves are, and which layout the sheet takes."""

    draw: Callable[[Stage], None]
    leaf: float = 96.0
    layout: str = "whole"


HABITS = {
    "tree": Habit(woody.tree, 84, "bough"),
    "shrub": Habit(woody.shrub, 78, "bough"),
    "subshrub": Habit(woody.subshrub, 76),
    "herb": Habit(herbs.herb, 104),
    "rosette": Habit(herbs.rosette, 168),
    "clump": Habit(herbs.clump, 96),
    "grass": Habit(herbs.grass, 148),
    "twiner": Habit(climbers.twiner, 96),
    "tendril-climber": Habit(climbers.tendril_climber, 90),
    "creeper": Habit(climbers.creeper, 78),
    "fern": Habit(herbs.fern, 262),
    "parasite": Habit(herbs.parasite, 60),
}
UNKNOWN = Habit(herbs.sprig, 96, "loose")
