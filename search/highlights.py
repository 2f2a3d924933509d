"""Showing where a text says what was searched: cut from the original, never from a folded form."""

from collections.abc import Iterable

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from core.text import nfc
from search.words import Word, spans

LENGTH = 220


def highlight(passages: Iterable[str], words: Iterable[Word]) -> SafeString:
    """Return the piece of the passages that holds most of the words, as HTML with <mark>.

    Without a match it is the beginning of the first passage; everything else is escaped.
    """
    wanted = {word.folded for word in words}
    best, most = "", -1
    for passage in passages:
        text = nfc(passage)
        held = len({folded for _, _, folded in spans(text)} & wanted)
        if text and held > most:
            best, most = text, held
    return _marked(_cut(best, wanted), wanted)


def _cut(text: str, wanted: set[str]) -> str:
    """Return some of a text from shortly before its first wanted word, in whole words."""
    if len(text) <= LENGTH:
        return text
    first = next((start for start, _, folded in spans(text) if folded in wanted), 0)
    start = 0 if first < LENGTH // 2 else text.rfind(" ", 0, first - LENGTH // 4) + 1
    end = start + LENGTH
    if end < len(text):
        end = max(text.rfind(" ", start, end), start + LENGTH // 2)
    piece = text[start:end].strip()
    return f"{'… ' if start else ''}{piece}{' …' if end < len(text) else ''}"


def _marked(text: str, wanted: set[str]) -> SafeString:
    pieces, done = [], 0
    for start, end, folded in spans(text):
        if folded in wanted:
            pieces += [conditional_escape(text[done:start])]
            pieces += [format_html("<mark>{}</mark>", text[start:end])]
            done = end
    pieces.append(conditional_escape(text[done:]))
    return format_html_join("", "{}", ((piece,) for piece in pieces))
