"""Links the words of the glossary where they first stand in the texts of a page."""

import re
from collections.abc import Iterator

from django.core.cache import cache
from django.utils.translation import get_language

from catalogue.models import GlossaryText

KEEP_SECONDS = 300


def forms(language: str) -> dict[str, str]:
    """Return form of a word in lower case → code of its entry, in a language."""
    return cache.get_or_set(f"glossary:{language}", lambda: _read(language), KEEP_SECONDS)


def forget() -> None:
    """Read the glossary anew at the next page; called when an entry changes."""
    cache.delete_many([f"glossary:{code}" for code in _languages()])


def _read(language: str) -> dict[str, str]:
    rows = GlossaryText.objects.filter(language=language).select_related("entry")
    return {form.lower(): row.entry.code for row in rows for form in row.forms}


def _languages() -> list[str]:
    return list(GlossaryText.objects.order_by().values_list("language", flat=True).distinct())


class Linker:
    """Finds the glossary's words in a page's texts, each entry once."""

    def __init__(self, language: str | None = None):
        self._forms = forms(language or get_language() or "vi")
        # The longest first, so that "palmately compound leaf" is not linked as "leaf".
        longest = sorted(self._forms, key=len, reverse=True)
        words = "|".join(re.escape(form) for form in longest)
        self._pattern = re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE) if words else None
        self._linked: set[str] = set()

    def pieces(self, text: str) -> Iterator[tuple[str, str]]:
        """Yield the text in pieces of (words, code of the entry to link them to, or "")."""
        end = 0
        for match in self._pattern.finditer(text) if self._pattern else ():
            code = self._forms[match[0].lower()]
            if code in self._linked:
                continue
            self._linked.add(code)
            yield text[end : match.start()], ""
            yield match[0], code
            end = match.end()
        yield text[end:], ""
