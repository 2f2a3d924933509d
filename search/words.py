"""Text as the words it is searched by: the same for every document, query and engine.

A word has two forms. The exact one keeps its accents, because tone marks carry meaning; the folded
one is what somebody types without them. No engine analyses text of its own accord.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from core.text import fold, fold_aligned, nfc

MAX_WORD = 64
MAX_QUERY_WORDS = 32

_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_MARKS = "\u0300-\u036f"
_LETTER = rf"[^\W_{_HAN}]"
# A Han character is a word of its own. An apostrophe inside a word (H'Mông) belongs to it, and so
# does a mark for which there is no composed letter.
_WORD = re.compile(rf"[{_HAN}]|{_LETTER}(?:[{_MARKS}]|['’ʼ]?{_LETTER})*")
_APOSTROPHES = str.maketrans("", "", "'’ʼ")
# Two schools write the tone of an open syllable on different vowels: hoà or hòa, khoẻ or khỏe,
# thuỷ or thủy. The older way is kept; after q the u is no vowel, and quý is quý for both.
_TONES = {"oa": "òa óa ỏa õa ọa", "oe": "òe óe ỏe õe ọe", "uy": "ùy úy ủy ũy ụy"}
_LATER = {"oa": "oà oá oả oã oạ", "oe": "oè oé oẻ oẽ oẹ", "uy": "uỳ uý uỷ uỹ uỵ"}
_OLDER = {
    later: older
    for pair in _TONES
    for later, older in zip(_LATER[pair].split(), _TONES[pair].split(), strict=True)
}
# Sounds that many speakers do not tell apart, and so write one for another.
_ALIKE = (("tr", "ch"), ("gi", "d"), ("r", "d"), ("x", "s"), ("l", "n"), ("y", "i"))


@dataclass(frozen=True)
class Word:
    """One word in its two forms."""

    exact: str
    folded: str


def words(text: str, limit: int | None = None) -> list[Word]:
    """Return the words of a text in order, at most `limit`. Any text at all is welcome."""
    found: list[Word] = []
    for match in _WORD.finditer(nfc(text).lower()):
        if limit is not None and len(found) >= limit:
            break
        word = _word(match.group())
        if word.folded:
            found.append(word)
    return found


@lru_cache(maxsize=1 << 16)
def _word(text: str) -> Word:
    exact = _one_school(text.translate(_APOSTROPHES)[:MAX_WORD])
    return Word(exact, fold(exact))


def _one_school(word: str) -> str:
    """Return a word with its tone where the older school puts it."""
    ending = _OLDER.get(word[-2:])
    return word if ending is None or word[-3:-2] == "q" else word[:-2] + ending


def query_words(text: str) -> list[Word]:
    """Return the words of what somebody typed; words beyond the thirty-second are left out."""
    return words(text, MAX_QUERY_WORDS)


def exact_key(parts: Sequence[Word]) -> str:
    """Return the words as one string with accents, to compare a whole name."""
    return " ".join(word.exact for word in parts)


def folded_key(parts: Sequence[Word]) -> str:
    """Return the words as one string without accents, to compare a whole name."""
    return " ".join(word.folded for word in parts)


def tight_key(parts: Sequence[Word]) -> str:
    """Return the words as one without accents and spaces: "a ti sô" is "atiso"."""
    return "".join(word.folded for word in parts)


def heard_key(parts: Sequence[Word]) -> str:
    """Return the letters as many hear them, without spaces: "đảng xâm" is heard as đảng sâm."""
    heard = tight_key(parts)
    for sound, same in _ALIKE:
        heard = heard.replace(sound, same)
    return heard


def spans(text: str) -> list[tuple[int, int, str]]:
    """Return (start, end, folded word) of each word; positions count in the NFC text."""
    return [
        (match.start(), match.end(), fold(match.group().translate(_APOSTROPHES))[:MAX_WORD])
        for match in _WORD.finditer(fold_aligned(text))
    ]
