"""Texts as table cells and XML take them, whatever an editor has pasted into them."""

import re
from collections.abc import Sequence

# What XML 1.0 cannot hold, even escaped.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def cell(text: str) -> str:
    """Return a text as one cell of a table without quoting: no tabs, line breaks or controls."""
    if text.isprintable():
        return text
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def line(row: Sequence[str]) -> str:
    """Return texts as a line of a table without quoting, apart by tabs."""
    # Nearly every row is clean as a whole, and asking once is a good deal cheaper than per cell.
    return "\t".join(row if "".join(row).isprintable() else map(cell, row))


def xml_safe(text: str) -> str:
    """Return a text without the characters that XML cannot hold."""
    return _NOT_XML.sub("", text)
