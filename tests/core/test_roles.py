"""Roles of the whole site."""

from django.contrib.auth.models import AnonymousUser, Group

import pytest

from core import roles
from tests.factories.people import PersonFactory


@pytest.mark.parametrize("person", [None, AnonymousUser()])
def test_a_visitor_holds_no_role(person):
    assert roles.holds(person, roles.CURATOR) is False


def test_a_person_holds_the_roles_of_their_groups(db, django_assert_num_queries):
    person = PersonFactory()
    person.groups.add(Group.objects.create(name=roles.CURATOR))
    with django_assert_num_queries(1):
        assert roles.holds(person, roles.CURATOR) is True
        assert roles.holds(person, roles.MARKET_STAFF) is False


def test_a_superuser_holds_no_role_by_that(db):
    assert roles.holds(PersonFactory(is_superuser=True), roles.CURATOR) is False
