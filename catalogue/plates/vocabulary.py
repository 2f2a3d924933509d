"""All that the drawing knows: every question with its answers, and the parts that are used."""

from collections.abc import Collection

from .arrangements import ARRANGEMENTS
from .flowers import COLOURS, FORMS
from .fruits import FRUIT_COLOURS, FRUITS
from .ground import HABITATS, SCENTS
from .habits import HABITS
from .inflorescences import INFLORESCENCES
from .leaves import LEAF_QUESTIONS, LEAF_TYPES
from .roots import UNDERGROUND
from .stage import POSITIONS
from .stems import STEMS

QUESTIONS: dict[str, Collection[str]] = {
    "habit": HABITS,
    "stem": STEMS,
    "leaf-arrangement": ARRANGEMENTS,
    "leaf-type": LEAF_TYPES,
    **LEAF_QUESTIONS,
    "inflorescence": INFLORESCENCES,
    "flower-position": POSITIONS,
    "flower-form": FORMS,
    "flower-colour": COLOURS,
    "fruit": FRUITS,
    "fruit-colour": FRUIT_COLOURS,
    "underground": UNDERGROUND,
    "habitat": HABITATS,
    "scent": SCENTS,
}
PARTS = (
    "bark",
    "root-bark",
    "root",
    "tuberous-root",
    "tuber",
    "rhizome",
    "stem",
    "wood",
    "leaf",
    "leafy-twig",
    "flower",
    "flower-bud",
    "inflorescence",
    "fruit",
    "seed",
    "whole-plant",
    "essential-oil",
)
# Every answer has its own place on the rule along the lower edge of the sheet.
PLACES = [(question, answer) for question, answers in QUESTIONS.items() for answer in answers]
PLACES += [("part", part) for part in PARTS]
