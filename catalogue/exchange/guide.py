"""The sheet that explains the other sheets, in every language of the site."""

from collections.abc import Iterator

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override

from catalogue.exchange.kinds import Code, Flag
from catalogue.exchange.tables import SHEETS, Column, Sheet
from catalogue.exchange.words import Words
from catalogue.models import Species

MOST_CODES = 80  # of a list that is written out; longer ones are named


def guide(words: Words) -> Iterator[list[str]]:
    """Yield the lines of the guide: sheet, column, what it is in each language, what may stand."""
    languages = [code for code, _name in settings.LANGUAGES]
    yield ["sheet", "column", *languages, "codes"]
    yield ["", "", *(_in(code, _rules) for code in languages), ""]
    for sheet in SHEETS:
        yield [sheet.name, "", *(_in(code, _title, sheet) for code in languages), ""]
        yield [sheet.name, sheet.headers[0], *(_in(code, _key, sheet) for code in languages), ""]
        for column in sheet.columns:
            # Columns of a language are explained once, and the language is in their header.
            headers = [h for h in sheet.headers if h.partition("[")[0] == column.name]
            if not headers:
                continue
            said = [_in(code, _meaning, sheet, column) for code in languages]
            yield [sheet.name, ", ".join(headers), *said, _codes(sheet, column, words)]


def _in(language: str, say, *about) -> str:
    with override(language):
        return say(*about)


def _rules() -> str:
    return _(
        "A species that stands on the first sheet is described by all sheets of the file: rows "
        "that are missing on them are removed. A sheet or a species that is missing changes "
        "nothing. Try with --dry-run first."
    )


def _title(sheet: Sheet) -> str:
    return str(capfirst(sheet.model._meta.verbose_name_plural))


def _key(sheet: Sheet) -> str:
    return _("The address of the species; never change it.")


def _meaning(sheet: Sheet, column: Column) -> str:
    field = sheet.model._meta.get_field(column.name)
    words = [str(capfirst(field.verbose_name)), str(field.help_text)]
    return ". ".join(filter(None, words))


def _codes(sheet: Sheet, column: Column, words: Words) -> str:
    field = sheet.model._meta.get_field(column.name)
    if isinstance(column.kind, Flag):
        return "yes, no"
    if isinstance(column.kind, Code):
        known = sorted(words.by_code(column.kind.model))
        some = ", ".join(known[:MOST_CODES]) + (" …" if len(known) > MOST_CODES else "")
        return "species.slug" if column.kind.model is Species else some
    return ", ".join(str(value) for value, _label in field.choices or ())
