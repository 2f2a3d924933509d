"""Texts of a record are rows, one per language, so that a third language needs no migration."""

from collections.abc import Iterable
from typing import TypeVar

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from babel.core import get_global

Row = TypeVar("Row", bound="LanguageRow")


def bcp47(code: str) -> str:
    """Return the tag a browser knows a language by, from its ISO 639-3 code: "vie" is "vi"."""
    return str(get_global("language_aliases").get(code, code))


def language_choices() -> list[tuple[str, str]]:
    """Return the languages of the interface; a callable, so that migrations do not list them."""
    return [(code, str(name)) for code, name in settings.LANGUAGES]


class LanguageRow(models.Model):
    """What a record says in one language. The first row in the reader's language is shown."""

    language = models.CharField(_("language"), max_length=8, choices=language_choices)

    class Meta:
        abstract = True
        ordering = ["pk"]


def pick(rows: Iterable[Row], language: str | None = None) -> Row | None:
    """Return the row in this language, else in the site's first language, else any, else None."""
    wanted = language or get_language() or settings.LANGUAGE_CODE
    by_language: dict[str, Row] = {}
    for row in rows:
        by_language.setdefault(row.language, row)
    for code in (wanted, settings.LANGUAGE_CODE, *by_language):
        if code in by_language:
            return by_language[code]
    return None


def in_language(
    rows: QuerySet, column: str, *, of: str, record: str = "pk", language: str | None = None
) -> Coalesce:
    """Return an expression for a column of the row that `pick` would choose.

    `of` is the rows' foreign key to a record, `record` where the query that is asked names it. One
    expression instead of one more query, for what shows a word or two of each record.
    """
    wanted = language or get_language() or settings.LANGUAGE_CODE
    mine = rows.filter(**{of: OuterRef(record)}).order_by("pk")
    return Coalesce(
        Subquery(mine.filter(language=wanted).values(column)[:1]),
        Subquery(mine.filter(language=settings.LANGUAGE_CODE).values(column)[:1]),
        Subquery(mine.values(column)[:1]),
    )
