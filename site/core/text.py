"""Vietnamese text: one normal form, and a folded form beside it for finding things."""

import re
import unicodedata

_NOT_SLUG = re.compile(r"[^a-z0-9]+")


def nfc(text: str) -> str:
    """Return the text in the one form that is stored and compared everywhere."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """Return the text as someone types it without accents: lower case, no marks, đ as d."""
    decomposed = unicodedata.normalize("NFD", nfc(text).lower())
    return "".join(c for c in decomposed if not unicodedata.combining(c)).replace("đ", "d")


def bare(text: str) -> str:
    """Return the letters and digits of a folded text: how codes are compared."""
    return "".join(sign for sign in fold(text) if sign.isalnum())


def fold_aligned(text: str) -> str:
    """Fold letter by letter, so that position n of the result is position n of the NFC text."""
    return "".join((fold(char) or char)[0] for char in nfc(text))


def slug(text: str) -> str:
    """Return an ASCII slug folded from the text: "Chè dây" becomes "che-day"."""
    return _NOT_SLUG.sub("-", fold(text)).strip("-")


def initial(text: str) -> str:
    """Return the letter a name stands under in an index: without accents, but Đ apart from D."""
    first = nfc(text)[:1].upper()
    return first if first == "Đ" else fold(first).upper()
