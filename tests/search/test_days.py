"""A certificate or stars that begin or end overnight take their lots along."""

from datetime import timedelta

from django.utils import timezone

import pytest
import time_machine

from catalogue.models import FollowedDay
from catalogue.services import days
from search import indexing
from tests.factories.catalogue import OcopProductFactory

TODAY = timezone.localdate()


@pytest.fixture
def certified(add_species, add_lot, add_certificate):
    cassia = add_species("Cinnamomum cassia", "Quế")
    certificate = add_certificate(cassia)
    certificate.expires_on = TODAY
    certificate.save()
    add_lot(cassia, "QUE-1", certificates=[certificate])
    indexing.rebuild()
    days.follow_today()
    return certificate


def on(number):
    """Return the noon of the day so many days from today."""
    return time_machine.travel(timezone.now() + timedelta(days=number), tick=False)


def test_on_the_last_day_everything_is_as_it_was(certified, found):
    assert days.follow_today() == 0
    assert found("quế", certified=True) == [("species", "que"), ("lots", "QUE-1")]


def test_the_day_after_lots_and_badge_are_gone_and_once_is_enough(certified, found):
    with on(1):
        assert days.follow_today() == 1
        assert days.follow_today() == 0
        assert found("quế") == [("species", "que")]
        assert found("quế", certified=True) == []
        assert list(indexing.differences()) == []


def test_days_that_nobody_followed_are_followed_late(certified, found):
    with on(5):
        assert days.follow_today() == 1
        assert found("quế") == [("species", "que")]
    assert FollowedDay.objects.count() == 1


def test_a_certificate_that_begins_brings_its_badge(certified, found):
    certified.issued_on = TODAY + timedelta(days=2)
    certified.expires_on = TODAY + timedelta(days=300)
    certified.save()
    indexing.rebuild()
    assert found("quế", certified=True) == []

    with on(2):
        assert days.follow_today() == 1
        assert found("quế", certified=True) == [("species", "que"), ("lots", "QUE-1")]


def test_stars_come_and_go_with_their_days(add_species, add_lot, found):
    lot = add_lot(add_species("Cinnamomum cassia", "Quế"), "QUE-1")
    OcopProductFactory(
        establishment=lot.seller.establishment,
        species=lot.species,
        stars=4,
        decided_on=TODAY + timedelta(days=1),
        valid_until=TODAY + timedelta(days=2),
    )
    indexing.rebuild()
    days.follow_today()
    seen = []
    for number in range(4):
        with on(number):
            told = days.follow_today()
            seen.append((told, found(ocop="4")))
            assert list(indexing.differences()) == []

    there = [("lots", "QUE-1")]
    assert seen == [(0, []), (1, there), (0, there), (1, [])]
