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

from core.forms import MAX_QUERY
from search import facets
from search.engines import get_engine
from search.engines.base import SearchQuery
from search.results import load, suggestions

router = Router(tags=["search"])

Kind = Literal["species", "lots", "pages"]
Text = Annotated[str, Field(max_length=MAX_QUERY, description="What to look for, in any spelling.")]
Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,80}$")]


class SearchItem(Schema):
    """A record that matches."""

    kind: Kind = Field(description="What the record is.")
    id: str = Field(description="A species' slug, a lot's code or a page's number.")
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
    """One page of matches, best first."""

    count: int = Field(description="How many records match.")
    items: list[SearchItem] = Field(description="This page of them.")
    facets: dict[str, list[FacetValue]] = Field(
        description="Counts by kind, family, part, group and province."
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
    certified: bool = Field(False, description="Only what a valid certificate covers.")
    limit: int = Field(20, ge=1, le=100, description="How many items to return.")
    offset: int = Field(0, ge=0, le=10_000, description="How many items to skip.")


@router.get("/search", response=SearchAnswer, summary="Search species, lots and pages")
def search(request: HttpRequest, asked: Query[SearchParameters]) -> dict:
    """Search the public collection. Accents may be left out; exact accents come first."""
    filters = {name: tuple(getattr(asked, name)) for name in facets.facet_words()}
    query = SearchQuery(
        text=asked.q,
        language=get_language() or "vi",
        filters={name: values for name, values in filters.items() if values},
        certified=asked.certified,
        limit=asked.limit,
        offset=asked.offset,
    )
    found = get_engine().search(query)
    labels = facets.value_words(found.facets)
    return {
        "count": found.total,
        "items": [
            {
                "kind": hit.label,
                "id": hit.id,
                "title": hit.title,
                "url": _absolute(hit.url),
                "score": hit.score,
                "highlight": hit.highlight,
            }
            for hit in load(found.hits, text=asked.q, person=None, request=request)
        ],
        "facets": {
            name: [
                {
                    "value": bucket.value,
                    "label": labels[name].get(bucket.value, bucket.value),
                    "count": bucket.count,
                    "selected": bucket.selected,
                }
                for bucket in found.facets[name]
            ]
            for name in found.facets
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
