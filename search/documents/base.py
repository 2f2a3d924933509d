"""What every document declares, whatever engine keeps it."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Generic, TypeVar

from django.conf import settings
from django.db.models import Model, QuerySet

# The names of the codes a document carries for narrowing and counting; its kind is counted too.
CODED = (
    "family",
    "part",
    "group",
    "province",
    "commune",
    "certificate",
    "conservation",
    "harvest",
    "on_sale",
    "species",
    "form",
    "grade",
    "seller",
    "price",
    "kg",
    "assay",
    "ocop",
    "harvested",
)
FACETS = ("kind", *CODED)

Record = TypeVar("Record", bound=Model)


@dataclass(frozen=True, kw_only=True)
class Document:
    """One record as the index knows it. None of it is shown: what is shown comes from the record.

    `pk` names the document in the index, also after its record is gone; `id` is what people and
    the API call it. `language` is empty unless the document is for readers of one language only.
    `assays` are parts per million by the code of a compound.
    `bodies` are the lines of a text by language.
    `doubles` are names of what it is taken for and tells apart from itself.
    """

    kind: str
    pk: int
    id: str
    titles: Mapping[str, str]
    names: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    doubles: tuple[str, ...] = ()
    bodies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    numbers: Mapping[str, int] = field(default_factory=dict)
    assays: Mapping[str, int] = field(default_factory=dict)
    certified: bool = False
    language: str = ""
    boost: float = 1.0

    @property
    def key(self) -> str:
        """The document's name in the index."""
        return document_key(self.kind, self.pk)


def document_key(kind: str, pk: int) -> str:
    """Return the name in the index of a record's document."""
    return f"{kind}:{pk}"


# Makes documents of some records, in their order.
Maker = Callable[[Sequence[Any]], Iterator[Document]]


class DocumentType(ABC, Generic[Record]):
    """How records of one kind become documents, and hits become records again.

    `label` is the kind in queries, facets and the API ("lots"), `noun` one of them ("lot").
    """

    label: ClassVar[str]
    noun: ClassVar[str]

    @classmethod
    @abstractmethod
    def queryset(cls) -> QuerySet[Any]:
        """Return the records that stand in the public index."""

    @classmethod
    @abstractmethod
    def from_model(cls, record: Record) -> Document:
        """Return the record's document: a pure function of the record."""

    @classmethod
    def maker(cls) -> Maker:
        """Return what makes the documents of one run, a chunk of records at a time.

        It may remember what records share; what changes during the run is told again after it.
        """
        return lambda records: (cls.from_model(record) for record in records)

    @classmethod
    @abstractmethod
    def records(cls, person: Any) -> QuerySet[Any]:
        """Return the records this person may see, with all that a hit shows."""

    @classmethod
    @abstractmethod
    def title(cls, record: Record) -> str:
        """Return the record's title in the reader's language."""

    @classmethod
    def names(cls, record: Record) -> tuple[str, ...]:
        """Return the names and codes the record is suggested by."""
        return (cls.title(record),)

    @classmethod
    @abstractmethod
    def passages(cls, record: Record) -> list[str]:
        """Return the texts a highlight may be cut from, in the reader's language, best first."""

    @classmethod
    def url(cls, record: Any, request: Any = None) -> str:
        """Return the record's address in the reader's language."""
        return str(record.get_absolute_url())


def languages() -> list[str]:
    """Return the codes of the interface's languages."""
    return [code for code, _name in settings.LANGUAGES]


def distinct(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the texts without blanks and repetitions, in order."""
    return tuple(dict.fromkeys(text for text in texts if text))


def lines(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the lines of a body: the texts in order, blanks left out."""
    return tuple(text for text in texts if text)
