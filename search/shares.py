"""How much of a compound a lot holds: as somebody asks for it, and as terms of an index.

A share is parts per million. An index holds every beginning of its seven digits, so that "at least"
is a handful of terms and exact for any share: 30 000 is "0030000", and what is at least that begins
with 003 to 009, 01 to 09 or 1. No bands, nothing rounded, the same on every engine.
"""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from catalogue.models import CompoundLabel
from core.shares import WHOLE, ppm_from_percent
from core.text import fold_aligned, nfc

OIL = "essential-oil"  # the compound that people also call so:
_OIL_NAMES = ("essential oil", "volatile oil", "oil", "tinh dau")

# The patterns below read folded text. What is at most so much narrows nothing.
_MORE = (
    r"(?:>=?|≥|(?<![^\W_])(?:over|above|more than|at least|from|min(?:imum)?\.?"
    r"|tren|tu|hon|lon hon|cao hon|it nhat|toi thieu|khong duoi)(?![^\W_]))"
)
_OR_MORE = r"(?:\+|(?:or more|and above|tro len)(?![^\W_]))"
_NUMBER = r"(?<![0-9.,])(?P<number>[0-9]{1,3}(?:[.,][0-9]{1,4})?)\s?%"

Share = tuple[str, int]  # the code of a compound, parts per million


def compounds_in(text: str) -> dict[str, str]:
    """Return folded name → code of all compounds, in every language; nothing without a share."""
    if "%" not in text:
        return {}
    rows = CompoundLabel.objects.values_list("text", "term__code")
    named = {fold_aligned(nfc(label.partition(" (")[0])): code for label, code in rows}
    if OIL in named.values():
        named |= dict.fromkeys(_OIL_NAMES, OIL)
    return named


def asked(text: str, compounds: Mapping[str, str]) -> Iterator[tuple[tuple[int, int], Share]]:
    """Yield where a text asks for at least a share of a compound that it names, and what it asks.

    "oil > 3 %", "≥2,5% cinnamaldehyde", "tinh dầu 3% trở lên". Without "at least" in some form or
    without a name nothing is asked.
    """
    if not compounds:
        return
    for match in _pattern(compounds).finditer(fold_aligned(text)):
        name = match["before"] or match["after"]
        ppm = ppm_from_percent(Decimal(match["number"].replace(",", ".")))
        if name and (match["more"] or match["or_more"]) and 0 < ppm <= WHOLE:
            yield match.span(), (OIL if name == "dau" else compounds[name], ppm)


def _pattern(compounds: Mapping[str, str]) -> re.Pattern[str]:
    """Return the pattern of a share, its compound named before it or, if not, behind it."""
    names = sorted(compounds, key=len, reverse=True)
    before = "|".join(map(re.escape, names))
    # Dầu behind a share is oil; before one it may be a bean or a head.
    after = f"{before}|dau" if OIL in compounds.values() else before
    return re.compile(
        rf"(?:(?:\bham luong\s{{1,3}})?(?<![^\W_])(?P<before>{before})(?![^\W_])"
        rf"(?:\s{{1,3}}(?:content|ham luong))?\s{{0,3}})?"
        rf"(?:(?P<more>{_MORE})\s{{0,3}})?{_NUMBER}"
        rf"(?(before)|(?:\s{{0,3}}(?:(?:of|ham luong)\s{{1,3}})?(?P<after>{after})(?![^\W_])"
        rf"(?:\s{{1,3}}content(?![^\W_]))?)?)"
        rf"(?:\s{{0,3}}(?P<or_more>{_OR_MORE}))?"
    )


def terms(shares: Mapping[str, int]) -> tuple[str, ...]:
    """Return what an index holds of a lot's assays."""
    return tuple(
        f"{code}:{digits[:length]}"
        for code, ppm in shares.items()
        for digits in [f"{ppm:07d}"]
        for length in range(1, len(digits) + 1)
    )


def at_least(code: str, ppm: int) -> tuple[str, ...]:
    """Return the terms of which a lot that holds at least so much of a compound has one."""
    stem = f"{ppm:07d}".rstrip("0")
    larger = (
        stem[:place] + str(digit)
        for place, least in enumerate(stem)
        for digit in range(int(least) + 1, 10)
    )
    return tuple(f"{code}:{beginning}" for beginning in (stem, *larger))
