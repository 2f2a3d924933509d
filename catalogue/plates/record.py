"""What is recorded of a plant, brought into one order, and the digest that names its plate."""

import json
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256

VERSION = "1"  # raise this when the drawing changes: plates are kept under their signature


class Record:
    """Traits and used parts of one plant; the order in which they were given does not matter."""

    def __init__(self, traits: Mapping[str, Sequence[str]], parts: Iterable[str] = ()):
        self.traits = {
            question: sorted({str(answer) for answer in answers})
            for question, answers in sorted(traits.items())
            if answers
        }
        self.parts = sorted({str(part) for part in parts})

    def all(self, question: str, known: Iterable[str]) -> list[str]:
        """Return the answers among the known ones, in the order of the known ones."""
        given = self.traits.get(question, ())
        return [answer for answer in known if answer in given]

    def first(self, question: str, known: Iterable[str], default: str = "") -> str:
        return next(iter(self.all(question, known)), default)

    def says(self, question: str, *answers: str) -> bool:
        return any(answer in self.traits.get(question, ()) for answer in answers)

    def uses(self, *parts: str) -> bool:
        """Tell whether one of these parts is used, or the whole plant."""
        return "whole-plant" in self.parts or any(part in self.parts for part in parts)

    def signature(self) -> str:
        """Return a short name for the drawing: the same record always has the same one."""
        text = json.dumps([VERSION, self.traits, self.parts], ensure_ascii=True, sort_keys=True)
        return sha256(text.encode()).hexdigest()[:16]
