"""Which documents there are, by the label that queries, tasks and the API use."""

from typing import Any

from search.documents.base import DocumentType
from search.documents.lots import LotDocument
from search.documents.pages import PageDocument
from search.documents.sellers import SellerDocument
from search.documents.species import SpeciesDocument

DOCUMENTS: dict[str, type[DocumentType[Any]]] = {
    document.label: document
    for document in (SpeciesDocument, LotDocument, SellerDocument, PageDocument)
}
