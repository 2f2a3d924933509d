"""Search for machines: what the public index holds, and nothing that needs a person.

SearchUnavailable is left to the API that mounts the router: it answers 503 with a problem document.
"""

from dataclasses import replace
from typing import Annotated, Literal
from urllib.parse import urljoin

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from ninja import Field, Query, Router, Schema
from ninja.errors import ValidationError

from core.forms import MAX_QUERY
from search import facets
from search.documents.base import FACETS
from search.engines import get_engine
from search.engines.base import SearchQuery, StaleCursor
from search.fields import SORTS
from search.forms import MOST_MONEY
from search.results import load, suggestions

router = Router(tags=["search"])

Kind = Literal["species", "lots", "sellers", "pages"]
Text = Annotated[str, Field(max_length=MAX_QUERY, description="What to look for, in any spelling.")]
Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,80}$")]

ShareCode = Annotated[str, Field(max_length=80, pattern=r"^[A-Za-z0-9_-]+:[0-9]+(\.[0-9]+)?$")]


class SearchItem(Schema):
    """A record that matches."""

    kind: Kind = Field(description="What the record is.")
    id: str = Field(description="A species' or seller's slug, a lot's code, a page's number.")
    title: str = Field(description="Its title in the language of the request.")
    url: str = Field(description="The address of its page.")
    score: float = Field(description="How well it matches; comparable within one answer only.")
    highlight: str = Field(description="HTML: a piece of its text, matching words in <mark>.")


class FacetValue(Schema):
    """A value of a facet and how many matches carry it."""

    value: str = Field(description="The value, as the parameter of the facet's name takes it.")
    label: str = Field(description="The value in the language of the request.")
    count: int = Field(description="Matches with this value, whatever else this facet has picked.")
    selected: bool = Field(description="Whether this request picked it.")


class SearchAnswer(Schema):
    """One page of matches, best first or in the order asked for."""

    count: int = Field(description="How many records match.")
    items: list[SearchItem] = Field(description="This page of them.")
    next: str = Field(description="What `after` takes for the next page; empty on the last.")
    facets: dict[str, list[FacetValue]] = Field(
        description="Counts by kind, family, part and what else the kinds asked for have."
    )


class SuggestionItem(Schema):
    """What the letters typed so far may mean."""

    text: str = Field(description="A name to show.")
    kind: Kind = Field(description="What it is the name of.")
    url: str = Field(description="The address of its page.")


class SearchParameters(Schema):
    """What to look for. Several values of one parameter widen it, parameters narrow each other."""

    q: Text = ""
    kind: list[Kind] = Field([], description="Only records of these kinds.")
    family: list[Code] = Field([], description="Only plants of these families, by code.")
    part: list[Code] = Field([], description="Only with these parts used, by code.")
    group: list[Code] = Field([], description="Only plants of these strategic groups, by code.")
    province: list[Code] = Field([], description="Only from these provinces, by official code.")
    commune: list[Code] = Field([], description="Only from these communes, by official code.")
    certificate: list[Code] = Field([], description="Only with valid certificates of these kinds.")
    conservation: list[Code] = Field([], description="Only what lists name so.")
    harvest: list[Code] = Field([], description="Only plants harvested in these months, 1 to 12.")
    on_sale: list[Code] = Field([], description="`yes`: only what can be ordered now.")
    species: list[Code] = Field([], description="Only of these species, by slug.")
    form: list[Code] = Field([], description="Only lots in these forms, by code.")
    grade: list[Code] = Field([], description="Only lots of these grades, by code.")
    seller: list[Code] = Field([], description="Only lots of these kinds of sellers, by code.")
    price: list[Code] = Field([], description="Only lots in these bands of VND per kilogram.")
    kg: list[Code] = Field([], description="Only lots with at least so many kilograms left.")
    assay: list[ShareCode] = Field(
        [], description="Only lots with at least such an assay in per cent: essential-oil:3."
    )
    ocop: list[Code] = Field([], description="Only lots of sellers with so many OCOP stars for it.")
    harvested: list[Code] = Field([], description="Only lots harvested in these months, YYYY-MM.")
    certified: bool = Field(False, description="Only what a valid certificate covers.")
    under: int | None = Field(
        None, ge=1, le=MOST_MONEY, description="Only lots at this price per kilogram or less, VND."
    )
    sort: Literal["", *SORTS] = Field("", description="The order; by default the best match.")  # type: ignore[valid-type]
    limit: int = Field(20, ge=1, le=100, description="How many items to return.")
    offset: int = Field(0, ge=0, le=10_000, description="How many items to skip.")
    after: str = Field("", max_length=80, description="Go on after a page: its `next`.")


@router.get("/search", response=SearchAnswer, summary="Search species, lots and pages")
def search(request: HttpRequest, asked: Query[SearchParameters]) -> dict:
    """Search the public collection. Accents may be left out; exact accents come first."""
    filters = {name: tuple(getattr(asked, name)) for name in FACETS}
    picked = {name: values for name, values in filters.items() if values}
    query = SearchQuery(
        text=asked.q,
        language=get_language() or "vi",
        filters=picked,
        facets=facets.asked_of(asked.kind, picked),
        certified=asked.certified,
        at_most=asked.under,
        sort=asked.sort,
        limit=asked.limit,
        offset=asked.offset,
        after=asked.after,
    )
    try:
        found = get_engine().search(query)
    except StaleCursor as error:
        raise ValidationError([{"loc": ["query", "after"], "msg": "No page ended so."}]) from error
    shown = facets.shown(found)
    labels = facets.value_words(shown)
    return {
        "count": found.total,
        "next": found.next,
        "items": [
            {
                "kind": hit.label,
                "id": hit.id,
                "title": hit.title,
                "url": _absolute(hit.url),
                "score": hit.score,
                "highlight": hit.highlight,
            }
            for hit in load(found.hits, text=found.read_as or asked.q, person=None, request=request)
        ],
        "facets": {
            name: [
                {
                    "value": bucket.value,
                    "label": labels[name].get(bucket.value, bucket.value),
                    "count": bucket.count,
                    "selected": bucket.selected,
                }
                for bucket in shown[name]
            ]
            for name in shown
        },
    }


@router.get("/suggest", response=list[SuggestionItem], summary="Suggest names as one types")
def suggest(request: HttpRequest, q: Text = "") -> list:
    """Return species and pages with a name that begins like the text, and lots by their code."""
    language = get_language() or "vi"
    return [
        replace(suggestion, url=_absolute(suggestion.url))
        for suggestion in suggestions(q, language=language, person=None, request=request)
    ]


def _absolute(url: str) -> str:
    return urljoin(f"{settings.BASE_URL}/", url)
