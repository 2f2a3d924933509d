"""Scientific names as editors enter them: parsed and questioned, never silently changed."""

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

import nameparser


@dataclass(frozen=True)
class NameParts:
    """A name taken apart; empty where the name has no such part."""

    genus: str = ""
    species: str = ""
    infraspecies: str = ""
    rank: str = ""


# Ranks the parser finds in a name, as the collection calls them.
_RANKS = {"SPECIES": "species", "SUBSPECIES": "subspecies", "VARIETY": "variety", "FORM": "form"}
# What stands in a name without its authors: letters, ranks, hyphens, the sign of a hybrid.
_LETTERS = re.compile(r"[^\W\d_][\w .×ë-]*", re.UNICODE)
# What the parser calls a name below the species whose rank is not written.
_BELOW_SPECIES = "INFRASPECIFIC_NAME"


def take_apart(name: str) -> NameParts:
    """Return the parts of a scientific name; all empty when it cannot be read."""
    try:
        parsed = nameparser.parse(name)
    except (nameparser.UnparsableNameError, ValueError):
        return NameParts()
    if not isinstance(parsed, nameparser.ParsedName):  # "Amomum sp."
        return NameParts()
    return NameParts(
        genus=parsed.genus or parsed.uninomial or "",
        species=parsed.specific_epithet or "",
        infraspecies=parsed.infraspecific_epithet or "",
        rank=_RANKS.get(parsed.rank, ""),
    )


def check_name(name: str, authorship: str = "", rank: str = "", field: str = "name") -> None:
    """Refuse a name that is not a determined scientific name, or not one of this rank.

    Raises ValidationError that says of `field` or `authorship` what is wrong and what to do.
    """
    fault = _fault_of_name(name, rank)
    if fault:
        raise ValidationError({field: fault})
    if authorship and not _authors(_is_read(f"{name} {authorship}")):
        raise ValidationError(
            {"authorship": _("“%(text)s” cannot be read as an authorship.") % {"text": authorship}}
        )


def _fault_of_name(name: str, rank: str) -> str:
    """Return what is wrong with a name, or nothing."""
    parsed = _is_read(name)
    if not parsed or not _LETTERS.fullmatch(name):
        return _("“%(name)s” cannot be read as a scientific name.") % {"name": name}
    if not name[0].isupper():
        return _("The genus is written with a capital letter: “%(name)s”.") % {
            "name": name[0].upper() + name[1:]
        }
    authors = _authors(parsed)
    if authors:
        return _("“%(author)s” is read as an author: write it in the field of the authorship.") % {
            "author": ", ".join(authors)
        }
    if not parsed.specific_epithet:
        return _("The name needs a genus and an epithet, as “Cinnamomum cassia” has them.")
    if parsed.rank == _BELOW_SPECIES:
        return _("Write the rank before the last epithet: subsp., var. or f.")
    found = _RANKS.get(parsed.rank, "")
    if rank and found != rank:
        return _("The name is read as one of another rank (%(found)s) than is chosen.") % {
            "found": found or parsed.rank.lower()
        }
    return ""


def _authors(parsed) -> list[str]:
    """Return the authors that were found in a name; none when it could not be read."""
    if parsed is None:
        return []
    return [*parsed.basionym_authorship.authors, *parsed.combination_authorship.authors]


def _is_read(text: str):
    """Return what the parser makes of a text, or None when it understands it only in part."""
    try:
        parsed = nameparser.parse(text)
    except (nameparser.UnparsableNameError, ValueError):
        return None
    whole = isinstance(parsed, nameparser.ParsedName) and parsed.type == "SCIENTIFIC"
    return parsed if whole and parsed.state == "COMPLETE" and not parsed.doubtful else None
