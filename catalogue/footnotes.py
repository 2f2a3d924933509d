"""Works cited in running text: `[^code]` or `[^code: page 12]` becomes a numbered note."""

import re
from collections.abc import Iterable, Iterator

MARK = re.compile(r"\[\^([a-z0-9-]+)(?::\s*([^\]]*))?\]")


def codes(text: str) -> list[str]:
    """Return the codes of the works that a text cites, in their order."""
    return [match[1] for match in MARK.finditer(text)]


def without_marks(text: str) -> str:
    """Return the text as it is read aloud or searched, without its marks."""
    return MARK.sub("", text)


def unknown_codes(texts: Iterable[str], known: set[str]) -> list[str]:
    """Return the codes that the texts cite and that no work has, each once."""
    cited = (code for text in texts for code in codes(text))
    return [code for code in dict.fromkeys(cited) if code not in known]


def pieces(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield the text in pieces of (words, code, locator); the last one may have no code."""
    end = 0
    for match in MARK.finditer(text):
        yield text[end : match.start()], match[1], (match[2] or "").strip()
        end = match.end()
    if text[end:]:
        yield text[end:], "", ""


class Notes:
    """The works a page cites, numbered in the order in which a reader meets them."""

    def __init__(self):
        self._numbers: dict[str, int] = {}

    def number(self, code: str) -> int:
        """Return the number of a work, the next one when it is met for the first time."""
        return self._numbers.setdefault(code, len(self._numbers) + 1)

    def codes(self) -> list[str]:
        """Return the codes of all works that were met, by number."""
        return list(self._numbers)
