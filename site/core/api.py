"""What every list of the API shares."""

from typing import Annotated, Any

from django.db.models import QuerySet

from ninja import Field, Schema

Code = Annotated[str, Field(max_length=80, pattern=r"^[A-Za-z0-9_-]+$")]


class Page(Schema):
    """Which part of a list is asked for."""

    limit: int = Field(20, ge=1, le=100, description="How many items to return.")
    offset: int = Field(0, ge=0, le=100_000, description="How many items to leave out first.")


class Label(Schema):
    """A word of a vocabulary, in the language asked for."""

    code: str
    label: str


def listing(queryset: QuerySet, page: Page) -> dict[str, Any]:
    """Return the body of a list: how many there are, and the items of this page."""
    return {
        "count": queryset.count(),
        "items": list(queryset[page.offset : page.offset + page.limit]),
    }
