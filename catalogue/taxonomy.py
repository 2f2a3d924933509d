"""The collection as a tree, from the kingdom down to the species.

All ranks down to the family stand on every page; genera and species only of the family that is
open, so that the page stays small when the collection grows.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, QuerySet
from django.http import HttpRequest

from catalogue.models import Family, HigherTaxon, Species
from core.paging import replace_query

# Genera whose species go beyond this are led on to the browse page instead.
SPECIES_SHOWN = 120


@dataclass
class Taxon:
    """A taxon of the tree; `count` is the number of its species that this person may see."""

    code: str
    rank: str
    name: str
    label: str
    url: str = ""
    is_open: bool = False
    own: int = 0
    children: list["Taxon"] = field(default_factory=list)

    @property
    def count(self) -> int:
        """The species of this taxon and of all that stand in it."""
        return self.own + sum(child.count for child in self.children)


@dataclass(frozen=True)
class Genus:
    """A genus of the open family, with its species when they fit on the page."""

    name: str
    count: int
    species: list[Species]


def tree(request: HttpRequest, visible: QuerySet[Species], family: str) -> list[Taxon]:
    """Return the tree down to the families, without branches that carry no species.

    Families whose order is not recorded stand at the end, beside the kingdoms. Three queries.
    """
    taxa = {
        taxon.pk: (taxon.parent_id, Taxon(taxon.code, taxon.rank, taxon.name, taxon.label))
        for taxon in HigherTaxon.objects.labelled().order_by("position", "name")
    }
    roots: list[Taxon] = []
    for parent, taxon in taxa.values():
        (taxa[parent][1].children if parent else roots).append(taxon)
    for order, taxon in _families(request, visible, family):
        (taxa[order][1].children if order else roots).append(taxon)
    return _grown(roots)


def _families(request: HttpRequest, visible: QuerySet[Species], is_open: str):
    """Yield each family that has species, with the key of its order."""
    counts = dict(visible.order_by().values_list("family").annotate(n=Count("pk")))
    for family in Family.objects.labelled().filter(pk__in=counts).order_by("name"):
        opened = family.code == is_open
        yield (
            family.order_id,
            Taxon(
                code=family.code,
                rank="family",
                name=family.name,
                label=family.label,
                url=replace_query(request, family=None if opened else family.code),
                is_open=opened,
                own=counts[family.pk],
            ),
        )


def _grown(taxa: Iterable[Taxon]) -> list[Taxon]:
    """Cut off what carries no species, and open what leads to the open family."""
    grown = []
    for taxon in taxa:
        taxon.children = _grown(taxon.children)
        taxon.is_open = taxon.is_open or any(child.is_open for child in taxon.children)
        if taxon.own or taxon.children:
            grown.append(taxon)
    return grown


def genera(visible: QuerySet[Species], family: str) -> list[Genus]:
    """Return the genera of a family with their species, in three queries."""
    if not family:
        return []
    own = visible.filter(family__code=family)
    counts = own.order_by("genus").values_list("genus").annotate(n=Count("pk"))
    shown: dict[str, list[Species]] = {}
    species = own.order_by("genus", "scientific_name").prefetch_related("names")
    for one in species[:SPECIES_SHOWN]:
        shown.setdefault(one.genus, []).append(one)
    return [
        Genus(name, n, shown.get(name, []) if len(shown.get(name, [])) == n else [])
        for name, n in counts
    ]
