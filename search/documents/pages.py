"""Pages: stories and the home page, each for the readers of its own language."""

from typing import Any

from django.db.models import QuerySet

from wagtail.models import Page
from wagtail.rich_text import get_text_for_indexing

from catalogue.models import HomePage, StoryPage
from search.documents.base import Document, DocumentType, lines

PAGE_TYPES = (HomePage, StoryPage)


class PageDocument(DocumentType[Page]):
    """A live page that everybody may read. A translation is a page and so a document of its own."""

    label = "pages"
    noun = "page"

    @classmethod
    def queryset(cls) -> QuerySet[Page]:
        return Page.objects.type(PAGE_TYPES).live().public().specific()

    @classmethod
    def from_model(cls, record: Page) -> Document:
        language = record.locale.language_code
        return Document(
            kind=cls.label,
            pk=record.pk,
            id=str(record.pk),
            titles={language: record.title},
            names=(record.title,),
            bodies={language: lines(cls.passages(record))},
            language=language,
            boost=1.1,
        )

    @classmethod
    def records(cls, person: Any) -> QuerySet[Page]:
        return cls.queryset()

    @classmethod
    def title(cls, record: Page) -> str:
        return str(record.title)

    @classmethod
    def passages(cls, record: Page) -> list[str]:
        if isinstance(record, StoryPage):
            return [record.introduction, get_text_for_indexing(record.body)]
        return [record.lead] if isinstance(record, HomePage) else []

    @classmethod
    def url(cls, record: Page, request: Any = None) -> str:
        return str(record.get_url(request) or "")
