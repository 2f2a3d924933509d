"""Turns a record's texts into HTML: paragraphs, numbered notes, words of the glossary."""

import re

from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from catalogue.footnotes import Notes, pieces
from catalogue.glossary import Linker

_PARAGRAPHS = re.compile(r"\n\s*\n")


class Prose:
    """The texts of one page: notes are numbered and words linked across all of them."""

    def __init__(self, known: set[str], language: str | None = None):
        self.notes = Notes()
        self._known = known
        self._linker = Linker(language)
        self._glossary = reverse("catalogue:glossary")

    def html(self, text: str) -> SafeString:
        """Return a text as paragraphs. Marks of works that do not exist are left out."""
        paragraphs = [self._line(part.strip()) for part in _PARAGRAPHS.split(text) if part.strip()]
        return mark_safe("".join(f"<p>{paragraph}</p>" for paragraph in paragraphs))  # noqa: S308  built from escaped pieces

    def mark(self, code: str, locator: str = "") -> SafeString:
        """Return the numbered mark of a work that a fact or text comes from."""
        number = self.notes.number(code)
        return format_html(
            '<sup class="note"><a href="#note-{}"{}>{}</a></sup>',
            number,
            format_html(' title="{}"', locator) if locator else "",
            number,
        )

    def _line(self, text: str) -> str:
        line = ""
        for words, code, locator in pieces(text):
            line += "".join(self._linked(*piece) for piece in self._linker.pieces(words))
            if code in self._known:
                line += self.mark(code, locator)
        return line

    def _linked(self, words: str, code: str) -> str:
        if not code:
            return escape(words)
        return format_html('<a class="term" href="{}#{}">{}</a>', self._glossary, code, words)
