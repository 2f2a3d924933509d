"""Citations: a work as text, footnotes as readable words, and a record as people and programs
cite it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalogue.footnotes import codes
from catalogue.models import Reference, Species
from core.days import format_day

# Marks stand behind the stop of their sentence, several in a row; in words they belong before it.
_FOOTNOTES = re.compile(r"([.,;:!?…]?)\s*((?:\[\^[^\]]+\]\s?)*\[\^[^\]]+\])")
_BIBTEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
}


def reference_text(work: Reference) -> str:
    """Return a work as one line: author, year, title, publisher, address."""
    opening = f"{work.author} ({work.year})" if work.year else work.author
    said = [part.rstrip(".") for part in (opening, work.title, work.publisher) if part]
    return " ".join([*(f"{part}." for part in said), *([work.url] if work.url else [])])


def cited_codes(text: str) -> list[str]:
    """Return the codes of the works that a text cites by [^code], each once, in their order."""
    return list(dict.fromkeys(codes(text))) if "[^" in text else []


def with_citations(text: str, works: Mapping[str, Reference]) -> str:
    """Return a text whose footnotes are words: “… oil.[^powo]” becomes “… oil (Kew).”

    The mark of a work that is not known is left out.
    """
    if "[^" not in text:
        return text

    def in_words(marks: re.Match) -> str:
        cited = [works[code].short for code in codes(marks[2]) if code in works]
        return f" ({'; '.join(cited)}){marks[1]}" if cited else marks[1]

    return _FOOTNOTES.sub(in_words, text)


@dataclass(frozen=True)
class Citation:
    """What is cited of a record: its state on the day of its last change, as read on a day."""

    slug: str
    title: str
    scientific_name: str
    publisher: str
    url: str
    language: str
    changed: date
    accessed: date

    @classmethod
    def of(cls, species: Species, accessed: date | None = None) -> "Citation":
        """Return the citation of a record in the reader's language."""
        return cls(
            slug=species.slug,
            title=species.title,
            scientific_name=" ".join(filter(None, (species.scientific_name, species.authorship))),
            publisher=settings.WAGTAIL_SITE_NAME,
            url=f"{settings.BASE_URL}{species.get_absolute_url()}",
            language=(get_language() or settings.LANGUAGE_CODE)[:2],
            changed=timezone.localtime(species.changed_at).date(),
            accessed=accessed or timezone.localdate(),
        )

    @property
    def heading(self) -> str:
        """The name in the reader's language and the scientific one, which may be the only one."""
        if self.scientific_name.startswith(self.title):
            return self.scientific_name
        return f"{self.title} – {self.scientific_name}"


def apa(cited: Citation) -> str:
    """Return the citation in the order of APA: author, date, title, kind, address."""
    return _(
        "%(author)s. (%(changed)s). %(title)s [Species record]. "
        "Retrieved %(accessed)s, from %(url)s"
    ) % {
        "author": cited.publisher,
        "changed": format_day(cited.changed),
        "title": cited.heading,
        "accessed": format_day(cited.accessed),
        "url": cited.url,
    }


def bibtex(cited: Citation) -> str:
    """Return the citation as an entry of BibTeX, in UTF-8."""
    fields = {
        # Doubled braces: a name of several words, and letters whose case means something.
        "author": f"{{{_escape(cited.publisher)}}}",
        "title": f"{{{_escape(cited.heading)}}}",
        "publisher": _escape(cited.publisher),
        "year": str(cited.changed.year),
        "month": str(cited.changed.month),
        "version": cited.changed.isoformat(),
        "url": cited.url,
        "urldate": cited.accessed.isoformat(),
        "langid": {"vi": "vietnamese", "en": "english"}.get(cited.language, cited.language),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items()]
    return "\n".join([f"@misc{{{cited.slug}-{cited.changed:%Y%m%d},", *lines, "}", ""])


def ris(cited: Citation) -> str:
    """Return the citation as a record of RIS, in UTF-8, with the line ends the format asks for."""
    fields = [
        ("TY", "ELEC"),
        ("ID", cited.slug),
        ("AU", cited.publisher),
        ("TI", cited.heading),
        ("PB", cited.publisher),
        ("PY", str(cited.changed.year)),
        ("DA", f"{cited.changed:%Y/%m/%d}/"),
        ("ET", cited.changed.isoformat()),
        ("Y2", f"{cited.accessed:%Y/%m/%d}/"),
        ("LA", cited.language),
        ("UR", cited.url),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {' '.join(value.split())}\r\n" for tag, value in fields)


def _escape(text: str) -> str:
    """Return a text as BibTeX takes it; a line break in it is a space."""
    return "".join(_BIBTEX.get(letter, letter) for letter in " ".join(text.split()))
