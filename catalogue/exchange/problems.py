"""What is wrong with a file, said so that its editor finds the cell."""

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Problem:
    """A fault at a place of the file; the line is numbered as a spreadsheet numbers it."""

    reason: str
    sheet: str = ""
    line: int | None = None
    column: str = ""
    value: str = ""

    def __str__(self) -> str:
        place = [self.sheet]
        if self.line:
            place.append(_("row %(number)s") % {"number": self.line})
        if self.column:
            place.append(self.column)
        where = ", ".join(filter(None, place))
        value = self.value if len(self.value) <= 60 else f"{self.value[:60]}…"
        said = f" “{value}”" if value else ""
        return (
            f"{where}{':' if where and not said else ''}{said}{':' if said else ''} {self.reason}"
        )


class ExchangeError(Exception):
    """A file that cannot be read or written at all; the message says why."""
