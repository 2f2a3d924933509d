"""What the lists of threatened and protected species mean, and what follows from them.

IUCN has categories of version 3.1; the Vietnam Red Data Book of 2007 has its own, among them LR,
which is not the same as NT and is never turned into it; the decree on wild forest plants has groups
IA and IIA; CITES has three appendices.
"""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

_IUCN = {
    "EX": _("extinct"),
    "EW": _("extinct in the wild"),
    "RE": _("regionally extinct"),
    "CR": _("critically endangered"),
    "EN": _("endangered"),
    "VU": _("vulnerable"),
    "NT": _("near threatened"),
    "LC": _("least concern"),
    "DD": _("data deficient"),
    "NE": _("not evaluated"),
}
CATEGORIES = {
    "iucn": _IUCN,
    "red_book": {
        "EX": _IUCN["EX"],
        "EW": _IUCN["EW"],
        "CR": _IUCN["CR"],
        "EN": _IUCN["EN"],
        "VU": _IUCN["VU"],
        "LR": _("lower risk"),
        "DD": _IUCN["DD"],
        "NE": _IUCN["NE"],
    },
    "decree": {
        "IA": _("exploitation and use for trade strictly prohibited"),
        "IIA": _("exploitation and use for trade restricted"),
    },
    "cites": {
        "I": _("Appendix I: trade in wild plants prohibited"),
        "II": _("Appendix II: trade under permit"),
        "III": _("Appendix III: protected in the country that asked for it"),
    },
}

# Listings that make a species threatened, and so its exact places secret. Which authority says so
# does not matter: one is enough.
THREATENED = {
    "iucn": {"EW", "RE", "CR", "EN", "VU"},
    "red_book": {"EW", "CR", "EN", "VU"},
    "decree": {"IA", "IIA"},
    "cites": {"I"},
}
# Listings under which wild material is not traded at all.
STRICT = {"decree": {"IA"}, "cites": {"I"}}


def is_threatened(statuses: Iterable) -> bool:
    """Return whether one of a species' conservation statuses makes it a threatened one."""
    return any(row.category in THREATENED[row.authority] for row in statuses)


def is_strictly_protected(statuses: Iterable) -> bool:
    """Return whether one of a species' conservation statuses forbids trade in wild material."""
    return any(row.category in STRICT.get(row.authority, ()) for row in statuses)
