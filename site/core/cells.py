"""Cells of a CSV file that somebody opens in a spreadsheet."""

import re

# What a spreadsheet takes for a formula; one that is guarded and looked at again is one still.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")


def guarded(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: with an apostrophe before it."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """Return a cell without the apostrophe that guarded() put before it."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
