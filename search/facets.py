"""The words for facets: a value and its count come from the engine, labels from the vocabulary."""

from collections.abc import Iterable, Mapping

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from catalogue.words import labels
from core.facets import Facet, build_facets
from search.documents.base import FACETS
from search.engines.base import Bucket, Results


def facet_words() -> dict[str, str]:
    """Return what each facet asks, in the reader's language."""
    return {
        "kind": pgettext("search", "What"),
        "family": _("Family"),
        "part": _("Part used"),
        "group": _("Strategic group"),
        "province": _("Province"),
    }


def kind_words() -> dict[str, str]:
    """Return what each kind of document is called, in the reader's language."""
    return {"species": _("Species"), "lots": _("Lots on sale"), "pages": _("Pages")}


def value_words(facets: Mapping[str, Iterable[Bucket]]) -> dict[str, dict[str, str]]:
    """Return value → label of every facet, in the reader's language, for the values that occur."""
    values = {name: [bucket.value for bucket in found] for name, found in facets.items()}
    return labels(values) | {"kind": kind_words()}


def for_page(request: HttpRequest, results: Results) -> list[Facet]:
    """Return the facets of a results page; those without any value are left out."""
    shown = {name: results.facets[name] for name in FACETS if results.facets[name]}
    asked = facet_words()
    return build_facets(
        request,
        asked={name: asked[name] for name in shown},
        counts={name: {b.value: b.count for b in found} for name, found in shown.items()},
        words=value_words(results.facets),
        picked={name: [b.value for b in found if b.selected] for name, found in shown.items()},
    )
