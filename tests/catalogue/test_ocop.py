"""OCOP products: whether their stars count on a day, and who hears that they changed."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

import pytest

from catalogue.models import OcopProduct
from catalogue.signals import ocop_changed
from tests.factories.catalogue import EstablishmentFactory, OcopProductFactory, SpeciesFactory

pytestmark = pytest.mark.django_db

DECIDED, LAST = date(2026, 1, 10), date(2026, 12, 31)
DAY = timedelta(days=1)


@pytest.fixture
def told():
    """What the signal said, in order."""
    heard = []

    def follow(sender, establishment, species, **kwargs):
        heard.append((establishment, species))

    ocop_changed.connect(follow)
    yield heard
    ocop_changed.disconnect(follow)


@pytest.mark.parametrize(
    ("_case", "day", "counts"),
    [
        ("the day before the decision", DECIDED - DAY, False),
        ("the day of the decision", DECIDED, True),
        ("the last day", LAST, True),
        ("the day after", LAST + DAY, False),
    ],
)
def test_stars_count_from_the_decision_to_the_last_day(_case, day, counts):
    product = OcopProductFactory(decided_on=DECIDED, valid_until=LAST)

    assert product.is_valid_on(day) is counts
    assert OcopProduct.objects.valid(day).exists() is counts


def test_today_is_the_day_when_none_is_named():
    today = timezone.localdate()
    current, _past = (
        OcopProductFactory(valid_until=today),
        OcopProductFactory(valid_until=today - DAY),
    )

    assert list(OcopProduct.objects.valid()) == [current]
    assert current.is_valid


@pytest.mark.parametrize(
    ("_case", "other"),
    [("establishment", EstablishmentFactory), ("species", SpeciesFactory)],
)
def test_a_product_keeps_its_holder_and_its_herb(_case, other):
    product = OcopProductFactory()
    product.full_clean()
    setattr(product, _case, other())

    with pytest.raises(ValidationError) as refused:
        product.full_clean()

    assert list(refused.value.message_dict) == [_case]


def test_who_follows_hears_of_a_product_that_is_gone(told):
    product = OcopProductFactory()
    pair = (product.establishment_id, product.species_id)

    product.delete()

    assert told == [pair]


def test_market_staff_keep_the_register(client, market_staff, told):
    client.force_login(market_staff)
    establishment, species = EstablishmentFactory(), SpeciesFactory()
    form = {
        "establishment": establishment.pk,
        "species": species.pk,
        "name": "Bột quế",
        "stars": 5,
        "decision_number": "12/QĐ",
        "decided_on": "2026-01-10",
        "valid_until": "2029-01-09",
    }

    answer = client.post(_address("add"), form)

    assert answer.status_code == 302
    product = OcopProduct.objects.get()
    assert (product.stars, str(product)) == (5, "Bột quế, 5 sao")
    answer = client.post(_address("edit", product.pk), form | {"stars": 4})
    product.refresh_from_db()
    assert product.stars == 4
    assert told == [(establishment.pk, species.pk)] * 2
    assert client.get(_address("list")).status_code == 200


def _address(view, *args):
    return reverse(OcopProduct.snippet_viewset.get_url_name(view), args=args)
