"""The one form that a text has in all sheets, whoever wrote it."""

import re

from core.text import nfc

# What XML, and so a workbook, has no place for; no text of the museum needs it either.
UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LINE_ENDS = re.compile("\r\n?")


def tidy(text: str) -> str:
    """Return a text as all sheets have it: NFC, line ends as \\n, no blanks around it."""
    if text.isascii() and text.isprintable():
        return text.strip()
    return nfc(UNFIT.sub("", _LINE_ENDS.sub("\n", text))).strip()
