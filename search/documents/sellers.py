"""Sellers: found by their name and where they are."""

from typing import Any

from django.db.models import QuerySet
from django.utils import translation

from market.models import Seller
from search.documents.base import Document, DocumentType, languages, lines


class SellerDocument(DocumentType[Seller]):
    """A vetted seller, whose storefront lists its lots."""

    label = "sellers"
    noun = "seller"

    @classmethod
    def queryset(cls) -> QuerySet[Seller]:
        return cls.records(None)

    @classmethod
    def from_model(cls, record: Seller) -> Document:
        name = record.establishment.name
        return Document(
            kind=cls.label,
            pk=record.pk,
            id=record.slug,
            titles=dict.fromkeys(languages(), name),
            names=(name,),
            bodies={code: _body(record, code) for code in languages()},
            facets={
                "province": (record.establishment.commune.province_id,),
                "seller": (record.establishment.kind,),
            },
        )

    @classmethod
    def records(cls, person: Any) -> QuerySet[Seller]:
        return (
            Seller.objects.visible_to(person)
            .select_related("establishment__commune__province")
            .prefetch_related("texts")
        )

    @classmethod
    def title(cls, record: Seller) -> str:
        return str(record.establishment.name)

    @classmethod
    def passages(cls, record: Seller) -> list[str]:
        commune = record.establishment.commune
        return [record.about, f"{commune.full_name}, {commune.province.name}"]


def _body(seller: Seller, language: str) -> tuple[str, ...]:
    commune = seller.establishment.commune
    about = next((row.about for row in seller.texts.all() if row.language == language), "")
    with translation.override(language):
        kind = seller.establishment.get_kind_display()
    return lines([about, kind, f"{commune.full_name}, {commune.province.name}"])
