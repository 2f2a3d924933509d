"""What all records share – places, works, words, ranks – read once for an export."""

from dataclasses import dataclass

from django.utils.translation import override

from wagtail.models import CollectionViewRestriction

from catalogue.citations import reference_text
from catalogue.models import (
    Commune,
    Compound,
    Family,
    HigherTaxon,
    Part,
    Province,
    Reference,
    TraitState,
)

RANKS = tuple(HigherTaxon.Rank.values)
# The vocabularies of an archive for the whole world are said in English.
WORDS = "en"


@dataclass(frozen=True)
class Shelf:
    """Small tables by key: `ranks` by family, from the kingdom down to the family's name."""

    provinces: dict[str, str]
    communes: dict[str, str]
    works: dict[int, Reference]
    works_by_code: dict[str, Reference]
    citations: dict[int, str]
    ranks: dict[int, tuple[str, ...]]
    parts: dict[int, str]
    compounds: dict[int, str]
    states: dict[int, tuple[str, str]]
    closed_collections: frozenset[int]

    @classmethod
    def read(cls) -> "Shelf":
        """Read everything, in a fixed number of queries."""
        works = Reference.objects.in_bulk()
        provinces = dict(Province.objects.values_list("code", "name"))
        with override(WORDS):
            return cls(
                provinces=provinces,
                communes={
                    code: f"{name}, {provinces[province]}"
                    for code, name, province in Commune.objects.values_list(
                        "code", "full_name", "province"
                    )
                },
                works=works,
                works_by_code={work.code: work for work in works.values()},
                citations={pk: reference_text(work) for pk, work in works.items()},
                ranks=_ranks(),
                parts={part.pk: part.label for part in Part.objects.labelled()},
                compounds={one.pk: one.label for one in Compound.objects.labelled()},
                states={
                    state.pk: (state.trait.code, state.label)
                    for state in TraitState.objects.labelled().select_related("trait")
                },
                closed_collections=closed_collections(),
            )

    def source(self, work: int, locator: str) -> str:
        """Return a work and the place in it from which a fact is taken."""
        return f"{self.citations[work]} [{locator}]" if locator else self.citations[work]


def _ranks() -> dict[int, tuple[str, ...]]:
    """Return family → kingdom, phylum, class, order, family; empty where a rank is not known."""
    above = HigherTaxon.objects.in_bulk()
    found = {}
    for family in Family.objects.all():
        names = dict.fromkeys(RANKS, "")
        taxon = above.get(family.order_id)
        while taxon is not None:
            names[taxon.rank] = taxon.name
            taxon = above.get(taxon.parent_id)
        found[family.pk] = (*names.values(), family.name)
    return found


def closed_collections() -> frozenset[int]:
    """Return the collections of files that not everybody may see, with those inside them."""
    closed: set[int] = set()
    for restriction in CollectionViewRestriction.objects.select_related("collection"):
        inside = restriction.collection.get_descendants(inclusive=True)
        closed.update(inside.values_list("pk", flat=True))
    return frozenset(closed)
