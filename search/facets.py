"""The words for facets: a value and its count come from the engine, labels from the vocabulary."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db.models import TextChoices
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from catalogue.models import Commune, Establishment, OcopProduct
from catalogue.words import labels
from core.facets import Facet, FacetChoice, Shape, build_facets
from core.money import format_money
from core.shares import format_percent
from core.weights import format_kg
from market.models import Lot
from search.documents import bands
from search.engines.base import Bucket, Results

OF_ALL = ("kind", "family", "part", "group", "province", "certificate")
# Asked only within one province: the whole country has more than three thousand.
WITHIN_A_PROVINCE = "commune"
OF_SPECIES = ("on_sale", "harvest", "conservation")
OF_LOTS = ("form", "grade", "seller", "price", "kg", "assay", "ocop", "harvested")
SHAPES = {"on_sale": Shape.SWITCH, "harvest": Shape.CELLS}


def facet_words() -> dict[str, str]:
    """Return what each facet asks, in the reader's language."""
    return {
        "kind": pgettext("search", "What"),
        "on_sale": _("On sale"),
        "price": _("Price per kilogram"),
        "kg": _("Kilograms left, at least"),
        "form": _("Form"),
        "grade": _("Grade"),
        "assay": _("Assay, at least"),
        "ocop": _("OCOP stars"),
        "harvested": _("Harvested in"),
        "seller": _("Seller"),
        "certificate": _("Certificate held"),
        "part": _("Part used"),
        "harvest": _("Harvest"),
        "group": _("Strategic group"),
        "conservation": _("Conservation status"),
        "family": _("Family"),
        "province": _("Province"),
        "commune": _("Commune"),
        "species": _("Species"),
    }


def asked_of(kinds: Sequence[str], picked: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Return the facets of a page that shows some kinds; what is picked is always among them."""
    own = {"species": OF_SPECIES, "lots": OF_LOTS}
    fit = {*OF_ALL, *picked, *(own.get(kinds[0], ()) if len(kinds) == 1 else ())}
    if len(picked.get("province", ())) == 1:
        fit.add(WITHIN_A_PROVINCE)
    return tuple(name for name in facet_words() if name in fit)


def kind_words() -> dict[str, str]:
    """Return what each kind of document is called, in the reader's language."""
    return {
        "species": _("Species"),
        "lots": _("Lots on sale"),
        "sellers": _("Sellers"),
        "pages": _("Pages"),
    }


def value_words(facets: Mapping[str, Iterable[Bucket]]) -> dict[str, dict[str, str]]:
    """Return value → label of every facet, in the reader's language, for the values that occur."""
    values = {name: [bucket.value for bucket in found] for name, found in facets.items()}
    assays = values.get("assay", [])
    words = labels(values | {"compound": {value.partition(":")[0] for value in assays}})
    compounds = words.pop("compound")
    return words | {
        "kind": kind_words(),
        "form": _words_of(Lot.Form),
        "grade": _words_of(Lot.Grade),
        "seller": _words_of(Establishment.Kind),
        "price": {code: _price(*limits) for code, limits in bands.price_bands().items()},
        "kg": {str(weight): format_kg(weight * bands.GRAMS) for weight in bands.WEIGHTS},
        "assay": {value: _assay(value, compounds) for value in assays},
        "ocop": {str(stars): _stars(stars) for stars in OcopProduct.Stars.values},
        "harvested": {value: _month(value) for value in values.get("harvested", ())},
    }


def shown(results: Results) -> dict[str, tuple[Bucket, ...]]:
    """Return the facets of results, of the communes only those of the province picked.

    What grows in one province may grow in another, too.
    """
    found = dict(results.facets)
    communes = found.get(WITHIN_A_PROVINCE, ())
    if any(not commune.selected for commune in communes):
        provinces = [bucket.value for bucket in found.get("province", ()) if bucket.selected]
        inside = Commune.objects.filter(
            pk__in=[commune.value for commune in communes], province__in=provinces
        )
        near = set(inside.order_by().values_list("pk", flat=True))
        found[WITHIN_A_PROVINCE] = tuple(c for c in communes if c.selected or c.value in near)
    return found


def for_page(request: HttpRequest, results: Results) -> list[Facet]:
    """Return the facets of a results page; those without any value are left out."""
    full = {name: found for name, found in shown(results).items() if found}
    if "assay" in full:
        full["assay"] = tuple(_telling(full["assay"]))
    asked = {name: label for name, label in facet_words().items() if name in full}
    words = value_words(full)
    built = build_facets(
        request,
        asked=asked,
        counts={name: {b.value: b.count for b in found} for name, found in full.items()},
        words=words,
        picked={name: [b.value for b in found if b.selected] for name, found in full.items()},
        shapes=SHAPES,
        clears={"province": [WITHIN_A_PROVINCE]},
    )
    for facet in built:
        _put_in_order(facet)
    return built


def _words_of(choices: type[TextChoices]) -> dict[str, str]:
    return {value: str(label) for value, label in choices.choices}


def _put_in_order(facet: Facet) -> None:
    """Prices, weights and assays go upwards, harvests from the last one back."""
    if facet.name == "harvested":
        facet.choices.sort(key=lambda choice: choice.value, reverse=True)
    elif facet.name == "assay":
        _put_assays_in_order(facet)
    elif facet.name in ("price", "kg"):
        places = {code: place for place, code in enumerate(_steps()[facet.name])}
        facet.choices.sort(key=lambda choice: places.get(choice.value, len(places)))


def _assay(value: str, compounds: Mapping[str, str]) -> str:
    """Return an assay in words; a compound stands without what is explained in brackets."""
    code, _colon, share = value.partition(":")
    if share not in bands.SHARES:
        return value
    name = compounds.get(code, code).partition(" (")[0]
    return f"{name[:1].upper()}{name[1:]} ≥ {format_percent(bands.ppm(share))}"


def _telling(found: Iterable[Bucket]) -> list[Bucket]:
    """Leave out an assay when the next higher of the compound holds of exactly the same lots."""
    kept: list[Bucket] = []
    counts: dict[str, int] = {}
    for bucket in sorted(found, key=lambda bucket: _strength(bucket.value), reverse=True):
        code = _strength(bucket.value)[0]
        if bucket.selected or counts.get(code) != bucket.count:
            kept.append(bucket)
        counts[code] = bucket.count
    return kept


def _strength(value: str) -> tuple[str, int]:
    """Return the compound of an assay, and its place among the shares."""
    code, _colon, share = value.partition(":")
    return code, bands.SHARES.index(share) if share in bands.SHARES else -1


def _put_assays_in_order(facet: Facet) -> None:
    """What is picked first, then the compounds known of most lots, each upwards."""
    most: Counter[str] = Counter()
    for choice in facet.choices:
        code = _strength(choice.value)[0]
        most[code] = max(most[code], choice.count)

    def place(choice: FacetChoice) -> tuple[bool, int, tuple[str, int]]:
        strength = _strength(choice.value)
        return not choice.selected, -most[strength[0]], strength

    facet.choices.sort(key=place)


def _steps() -> dict[str, list[str]]:
    return {"price": [*bands.price_bands()], "kg": [str(weight) for weight in bands.WEIGHTS]}


def _stars(stars: int) -> str:
    return ngettext("OCOP %(stars)s star", "OCOP %(stars)s stars", stars) % {"stars": stars}


def _price(low: int, high: int | None) -> str:
    if high is None:
        return _("from %(low)s") % {"low": format_money(low, bands.CURRENCY)}
    if not low:
        return _("under %(high)s") % {"high": format_money(high, bands.CURRENCY)}
    return f"{format_money(low, bands.CURRENCY)} – {format_money(high, bands.CURRENCY)}"


def _month(value: str) -> str:
    year, _dash, month = value.partition("-")
    if not (year.isdecimal() and month.isdecimal() and 1 <= int(month) <= 12 and int(year)):
        return value
    return date_format(date(int(year), int(month), 1), "YEAR_MONTH_FORMAT")
