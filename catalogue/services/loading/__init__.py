"""Loads the plain files under catalogue/data/ into the database.

What is already there stays as it is: a curator may have improved it since. So loading twice, or
after an interruption, adds only what is missing.
"""

from collections.abc import Callable, Iterator

from catalogue.services.loading.knowledge import load_knowledge
from catalogue.services.loading.places import load_places
from catalogue.services.loading.programmes import load_programmes
from catalogue.services.loading.registers import (
    load_areas,
    load_certificates,
    load_establishments,
)
from catalogue.services.loading.species import load_species
from catalogue.services.loading.vocabulary import load_references, load_vocabulary

# In the order in which they point at one another.
STEPS: list[tuple[str, Callable[[], int]]] = [
    ("places", load_places),
    ("programmes and targets", load_programmes),
    ("vocabulary", load_vocabulary),
    ("references", load_references),
    ("species", load_species),
    ("establishments", load_establishments),
    ("growing areas", load_areas),
    ("certificates", load_certificates),
    ("knowledge records", load_knowledge),
]


def load_collection() -> Iterator[tuple[str, int]]:
    """Load every file in order; after each step yield its name and how many records it added."""
    for name, load in STEPS:
        yield name, load()
