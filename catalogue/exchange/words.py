"""The lists that rows point at: codes for keys and keys for codes, each list read once."""

from typing import Any

from django.db.models import CharField, F, Model, Value
from django.db.models.functions import Cast, Concat

from catalogue.exchange.texts import tidy
from catalogue.models import Commune, Family, Species, TraitState
from catalogue.models.places import Place
from media.models import MediaFile, MuseumDocument, MuseumImage

# How the sheets name a record: by its code, or as said here.
_NAMED: dict[type[Model], Any] = {
    Species: F("slug"),
    Family: F("name"),
    TraitState: Concat("trait__code", Value(":"), "code", output_field=CharField()),
}
# A file has no code. Its number alone would name another file in another database, unnoticed.
for _file in (MediaFile, MuseumDocument, MuseumImage):
    _NAMED[_file] = Concat(Cast("pk", CharField()), Value(" "), "title", output_field=CharField())


class Words:
    """Codes of all lists. A list is read when it is first asked for, never row by row."""

    def __init__(self):
        self._codes: dict[type[Model], dict[Any, str]] = {}
        self._pks: dict[type[Model], dict[str, Any]] = {}
        self._communes: dict[str, Commune] = {}
        self._names: dict[type[Place], dict[str, str]] = {}

    def code(self, model: type[Model], pk: Any) -> str:
        """Return the code of a record; of one that is gone by now, its number."""
        return self._of(model).get(pk) or f"#{pk}"

    def pk(self, model: type[Model], code: str) -> Any:
        """Return the key of the record with a code. Raises KeyError when there is none."""
        return self.by_code(model)[code]

    def by_code(self, model: type[Model]) -> dict[str, Any]:
        """Return the keys of all records of a list by their codes."""
        self._of(model)
        return self._pks[model]

    def add(self, model: type[Model], pk: Any, code: str) -> None:
        """Take in a record that is made along the way."""
        self._of(model)[pk] = code
        self._pks[model][code] = pk

    def commune(self, code: str | None) -> Commune | None:
        """Return a commune, so that a row that lies in it can be checked without a query."""
        if code and not self._communes:
            self._communes = Commune.objects.in_bulk()
        return self._communes.get(code)

    def place_name(self, model: type[Place], code: str) -> str:
        """Return what a place is called, or nothing when there is no such place any more."""
        if model not in self._names:
            self._names[model] = dict(model.objects.order_by().values_list("code", "full_name"))
        return self._names[model].get(code, "")

    def _of(self, model: type[Model]) -> dict[Any, str]:
        if model not in self._codes:
            rows = model.objects.order_by().annotate(_code=_NAMED.get(model, F("code")))
            pairs = rows.values_list("pk", "_code")
            self._codes[model] = {pk: tidy(code) for pk, code in pairs}
            self._pks[model] = {code: pk for pk, code in self._codes[model].items()}
        return self._codes[model]
