"""People with a role, on a site with its first pages."""

from django.contrib.auth.models import Group

import pytest

from core import roles
from herbarium.setup import set_up
from tests.factories.people import PersonFactory


@pytest.fixture
def site(db):
    """Roles and first pages, as an installation has them."""
    set_up()


def _with_role(role):
    person = PersonFactory()
    person.groups.add(Group.objects.get(name=role))
    return person


@pytest.fixture
def curator(site):
    return _with_role(roles.CURATOR)


@pytest.fixture
def market_staff(site):
    return _with_role(roles.MARKET_STAFF)


@pytest.fixture
def editor(site):
    return _with_role(roles.EDITOR)
