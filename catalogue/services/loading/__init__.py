"""Loads the plain files under catalogue/data/ into the database.

What is already there stays as it is: a curator may have improved it since. So loading twice, or
after an interruption, adds only what is missing.
"""

from collections.abc import Callable, Iterator

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from catalogue.services.loading.development import (
    load_audits,
    load_chains,
    load_facilities,
    load_protected_names,
)
from catalogue.services.loading.knowledge import load_knowledge
from catalogue.services.loading.places import load_places
from catalogue.services.loading.plots import load_plots
from catalogue.services.loading.programmes import load_programmes
from catalogue.services.loading.registers import (
    load_areas,
    load_certificates,
    load_establishments,
    load_ocop_products,
)
from catalogue.services.loading.species import load_species
from catalogue.services.loading.vocabulary import (
    load_glossary,
    load_references,
    load_traits,
    load_vocabulary,
)

Step = tuple[str, Callable[[], int]]

# What is so whatever the collection holds, in the order in which they point at one another.
FACTS: list[Step] = [
    ("places", load_places),
    ("programmes and targets", load_programmes),
    ("vocabulary", load_vocabulary),
    ("traits", load_traits),
    ("glossary", load_glossary),
    ("references", load_references),
]

# Records that nobody has reviewed, for a demonstration.
DEMONSTRATION: list[Step] = [
    ("species", load_species),
    ("establishments", load_establishments),
    ("growing areas", load_areas),
    ("plots", load_plots),
    ("certificates", load_certificates),
    ("audits", load_audits),
    ("OCOP products", load_ocop_products),
    ("facilities", load_facilities),
    ("linkage chains", load_chains),
    ("protected names", load_protected_names),
    ("knowledge records", load_knowledge),
]


def load_facts() -> Iterator[tuple[str, int]]:
    """Load places, programmes and words; after each step yield its name and how many it added."""
    for name, load in FACTS:
        yield name, load()


def load_collection() -> Iterator[tuple[str, int]]:
    """Load the facts and the demonstration collection, as load_facts does.

    Raises ImproperlyConfigured outside a demonstration: certificates among it were never issued.
    """
    if not settings.IS_DEMONSTRATION:
        raise ImproperlyConfigured("DEMONSTRATION must be on to load the demonstration collection.")
    for name, load in [*FACTS, *DEMONSTRATION]:
        yield name, load()
