"""Kinds of cells: how a stored value is written in a sheet, and how a cell of one is read.

Each kind goes three ways. `text` turns a stored value into the one text it has in every sheet,
`read` turns what a spreadsheet hands back into that same text, `value` turns the text into what is
stored. Records are compared by their texts, so what a spreadsheet does to a cell without changing
its meaning – 900 as 900.0, 03640 as 3640, other line ends – is no change.
"""

import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from catalogue.exchange.texts import UNFIT, tidy
from catalogue.exchange.words import Words

_WHOLE = re.compile(r"\d{1,9}")
_DECIMAL = re.compile(r"\d{1,12}(?:[.,]\d{1,12})?")
_THOUSANDS = re.compile(r"\d{1,3},\d{3}")


class Unreadable(ValueError):
    """A cell that says nothing this column can mean; the message is for the editor."""


@dataclass(frozen=True)
class Text:
    """Words as they are, and values that a list of choices of the model names."""

    def text(self, raw: Any, words: Words) -> str:
        return "" if raw is None else tidy(str(raw))

    def read(self, cell: Any) -> str:
        """Return a cell's text, whatever type the spreadsheet has made of it."""
        if isinstance(cell, float):
            return format(cell, ".15g") if cell % 1 else str(int(cell))
        if isinstance(cell, date | time | timedelta):  # a datetime is a date
            raise Unreadable(
                _("The spreadsheet has made a date of this: format the cell as text, write again.")
            )
        text = str(cell)
        unfit = None if text.isprintable() else UNFIT.search(text)
        if unfit:
            raise Unreadable(
                _("The sign U+%(code)s is not text.") % {"code": f"{ord(unfit.group()):04X}"}
            )
        # Most cells are codes that stand in a file thousands of times: keep each once.
        return sys.intern(tidy(text))

    def value(self, text: str, words: Words) -> Any:
        return text


@dataclass(frozen=True)
class Flag(Text):
    """Yes or no, also as a spreadsheet or a Vietnamese editor writes it."""

    YES = frozenset({"yes", "có", "true", "1"})
    NO = frozenset({"no", "không", "false", "0"})

    def text(self, raw: Any, words: Words) -> str:
        return "" if raw is None else "yes" if raw else "no"

    def read(self, cell: Any) -> str:
        said = super().read(cell).casefold()
        if said not in self.YES | self.NO:
            raise Unreadable(_("Write yes or no."))
        return "yes" if said in self.YES else "no"

    def value(self, text: str, words: Words) -> bool:
        return text == "yes"


@dataclass(frozen=True)
class Number(Text):
    """A whole number, or nothing."""

    def read(self, cell: Any) -> str:
        said = super().read(cell)
        if said and not _WHOLE.fullmatch(said):
            raise Unreadable(_("This is not a whole number."))
        return said and str(int(said))

    def value(self, text: str, words: Words) -> int | None:
        return int(text) if text else None


@dataclass(frozen=True)
class Amount(Text):
    """A decimal number, or nothing; 0.50 and 0,5 are the same amount."""

    def text(self, raw: Any, words: Words) -> str:
        if raw is None or raw == "":
            return ""
        try:
            plain = format(Decimal(raw), "f")
        except InvalidOperation:  # in a revision of a time when the field was another one
            return tidy(str(raw))
        return plain.rstrip("0").rstrip(".") if "." in plain else plain

    def read(self, cell: Any) -> str:
        said = super().read(cell)
        if not said:
            return ""
        if not _DECIMAL.fullmatch(said) or _THOUSANDS.fullmatch(said):
            raise Unreadable(_("This is not a number; write decimals after a point, as in 0.5."))
        return self.text(said.replace(",", "."), None)

    def value(self, text: str, words: Words) -> Decimal | None:
        return Decimal(text) if text else None


@dataclass(frozen=True)
class Code(Text):
    """One record of a list by its code; `width` brings back zeros that a spreadsheet dropped."""

    model: type[Model]
    width: int = 0

    def text(self, raw: Any, words: Words) -> str:
        return "" if raw is None else words.code(self.model, raw)

    def read(self, cell: Any) -> str:
        said = super().read(cell)
        return said.zfill(self.width) if said.isdecimal() else said

    def value(self, text: str, words: Words) -> Any:
        return self._pk(text, words) if text else None

    def _pk(self, text: str, words: Words) -> Any:
        try:
            return words.pk(self.model, text)
        except KeyError:
            raise Unreadable(
                _("“%(code)s” is not in the list: %(list)s.")
                % {"code": text, "list": self.model._meta.verbose_name_plural}
            ) from None


@dataclass(frozen=True)
class Word(Code):
    """A code of a list that is stored as it is, without a foreign key."""

    def text(self, raw: Any, words: Words) -> str:
        return Text.text(self, raw, words)

    def value(self, text: str, words: Words) -> str:
        if text:
            self._pk(text, words)
        return text


@dataclass(frozen=True)
class Codes(Code):
    """Several records of a list by their codes, in no order that means anything."""

    def text(self, raw: Iterable[Any] | None, words: Words) -> str:
        return _joined(words.code(self.model, pk) for pk in raw or ())

    def read(self, cell: Any) -> str:
        return _joined(re.split(r"[,;|\s]+", Text.read(self, cell)))

    def value(self, text: str, words: Words) -> list[Any]:
        return [self._pk(code, words) for code in text.split(", ")] if text else []


def _joined(codes: Iterable[str]) -> str:
    return ", ".join(sorted({code for code in codes if code}))
