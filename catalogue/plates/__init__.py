"""Botanical plates drawn from recorded traits: the same record always gives the same plate."""

from collections.abc import Mapping, Sequence

from .record import VERSION, Record
from .sheet import compose, frame
from .vocabulary import PARTS, QUESTIONS

__all__ = ["PARTS", "QUESTIONS", "VERSION", "draw", "signature"]


def draw(
    traits: Mapping[str, Sequence[str]],
    parts: Sequence[str] = (),
    *,
    title: str = "",
    description: str = "",
) -> str:
    """Return the plate as a complete SVG document.

    `traits` maps codes of questions to codes of answers, `parts` are the codes of the parts that
    are used (tinted cinnamon). What is missing is not drawn; what is unknown is written small.
    """
    record = Record(traits, parts)
    return frame(compose(record, record.signature()), title, description)


def signature(traits: Mapping[str, Sequence[str]], parts: Sequence[str] = ()) -> str:
    """Return the short, stable name of the plate, for cache keys and addresses."""
    return Record(traits, parts).signature()
