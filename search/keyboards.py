"""What was typed with the program for Vietnamese letters switched off: "bacj haf" is bạc hà.

Telex writes marks with letters, VNI with digits. A word is read by either, and stays as it is
unless a syllable of Vietnamese comes of it. (The one library for this is old and of a licence that
does not suit ours; a table and a few rules are all it takes.)
"""

import re
from collections.abc import Callable, Iterable

from core.text import fold, nfc

_TYPED = re.compile(r"[^\W_]+", re.ASCII)
_LONGEST = 10  # "nghieengs" has nine letters; an IME would not take much more
_HAT, _BREVE, _HORN = "\u0302", "\u0306", "\u031b"
_TONES = {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
_TONES |= dict(zip("12345", ("\u0301", "\u0300", "\u0309", "\u0303", "\u0323"), strict=True))
_VOWELS = "aeiouy"
_WITH_VOWELS = (
    "a ă â e ê i o ô ơ u ư y ai ao au ay âu ây eo êu ia iê iu oa oă oe oi ôi ơi oo ua uâ uê ui uô"
    " uơ uy ưa ưi ươ ưu yê iêu yêu oai oao oay oeo uay uây uôi uya uyê uyu ươi ươu"
)
_NUCLEI = frozenset(_WITH_VOWELS.split())
_SYLLABLE = re.compile(
    r"(?P<onset>ngh?|nh|gh|gi(?=[aeiouy])|kh|ph|th|tr|ch|qu|[bcdghklmnprstvx])?"
    r"(?P<vowels>[aeiouy]{1,3})(?P<coda>ng|nh|ch|[cmnpt])?"
)


def as_meant(text: str) -> str:
    """Return a text with the words decoded that are Telex or VNI; mostly it is the same text."""
    return _TYPED.sub(lambda word: _decoded(word.group()), nfc(text))


def _decoded(word: str) -> str:
    if len(word) <= _LONGEST:
        for read in (_telex, _vni):
            letters, tone = read(word.lower())
            if syllable := _syllable(letters, tone):
                return syllable
    return word


def _telex(word: str) -> tuple[list[str], str]:
    """Return the letters of a word with their marks, and its tone."""
    letters: list[str] = []
    tone = ""
    for key in word:
        if key in "sfrxj" and _has_vowel(letters):
            tone = _TONES[key]
        elif key == "d" and letters[:1] == ["d"]:
            letters[0] = "đ"
        elif key in "aeo" and key in letters:
            _mark(letters, key, _HAT)
        elif key != "w" or not (_horned(letters) or _mark(letters, "a", _BREVE)):
            letters.append("u" + _HORN if key == "w" else key)
    return letters, tone


def _vni(word: str) -> tuple[list[str], str]:
    """Return the same of a word in which digits are marks; any other digit makes it none."""
    marks: dict[str, Callable[[list[str]], bool]] = {
        "6": lambda letters: any(_mark(letters, vowel, _HAT) for vowel in "aeo"),
        "7": _horned,
        "8": lambda letters: _mark(letters, "a", _BREVE),
        "9": lambda letters: _mark(letters, "d", "\u0335"),
    }
    letters: list[str] = []
    tone = ""
    for key in word:
        if key in "12345" and _has_vowel(letters):
            tone = _TONES[key]
        elif not (key in marks and marks[key](letters)):
            letters.append(key)
    return ["đ" if letter == "d\u0335" else letter for letter in letters], tone


def _has_vowel(letters: Iterable[str]) -> bool:
    return any(letter[0] in _VOWELS for letter in letters)


def _mark(letters: list[str], letter: str, mark: str) -> bool:
    """Put a mark on the last such letter that has none; return whether there was one."""
    for place in reversed(range(len(letters))):
        if letters[place] == letter:
            letters[place] += mark
            return True
    return False


def _horned(letters: list[str]) -> bool:
    """Put horns on u, o or both of uo; return whether there were any."""
    has_both = any(letters[at : at + 2] == ["u", "o"] for at in range(len(letters)))
    both = [_mark(letters, letter, _HORN) for letter in ("ou" if has_both else "o")]
    return any(both) or _mark(letters, "u", _HORN)


def _syllable(letters: list[str], tone: str) -> str:
    """Return the letters as a syllable with its tone; nothing when they are none, or unmarked."""
    plain = "".join(fold(letter) for letter in letters)
    found = _SYLLABLE.fullmatch(plain)
    is_marked = bool(tone) or any(len(letter) > 1 or letter == "đ" for letter in letters)
    if found is None or not is_marked or len(plain) != len(letters):
        return ""
    if nfc("".join(letters[slice(*found.span("vowels"))])) not in _NUCLEI:
        return ""
    if tone:
        letters = [*letters]
        letters[_bearer(letters, found)] += tone
    return nfc("".join(letters))


def _bearer(letters: list[str], found: re.Match[str]) -> int:
    """Return which letter bears the tone: one with a mark, else as the older school has it."""
    first, end = found.span("vowels")
    marked = [at for at in range(first, end) if len(letters[at]) > 1]
    if marked:
        return marked[-1]
    count = end - first
    return first + (count > 1 and (count > 2 or found["coda"] is not None))
