"""A person, a plant, and lots put on sale."""

from django.utils import timezone

import pytest

from search import indexing
from tests.factories.people import PersonFactory


@pytest.fixture
def cassia(add_species):
    return add_species("Cinnamomum cassia", "Quế", parts=["bark", "leaf"])


@pytest.fixture
def person(db):
    return PersonFactory(email="nguoi.mua@example.org")


@pytest.fixture
def put_on_sale(add_lot, cassia):
    """Put a lot on sale and tell the index."""

    def put(code, species=None, *, at=None, **values):
        lot = add_lot(species or cassia, code, published_at=at or timezone.now(), **values)
        indexing.rebuild()
        return lot

    return put
