"""Buyers, sellers and the facts that a refusal must leave as they were."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth import get_user_model
from django.test import Client

import pytest

from market.models import Buyer, Lot, LotMovement, Order, Payment, Seller, SellerMember, StripeEvent
from tests.factories.market import BuyerMemberFactory, SellerMemberFactory


@pytest.fixture(autouse=True)
def _no_index(settings: Any) -> None:
    """The market does not wait for the index; tests/functional shows them together."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}


@pytest.fixture
def facts() -> Callable[[], tuple]:
    """Return all that money and kilograms consist of; the same before and after a refusal."""

    def read() -> tuple:
        return (
            list(Lot.objects.order_by("pk").values_list("pk", "state", "available_grams")),
            list(LotMovement.objects.values_list("lot", "grams", "reason", "order")),
            list(Order.objects.order_by("pk").values_list("pk", "state", "grams")),
            list(
                Payment.objects.order_by("pk").values_list(
                    "pk", "state", "received_minor", "checkout_url"
                )
            ),
            list(StripeEvent.objects.order_by("pk").values_list("event_id", flat=True)),
        )

    return read


@pytest.fixture
def person(buyer: Buyer) -> Any:
    """Somebody who buys for the buyer."""
    return buyer.members.get().person


@pytest.fixture
def seller(lot: Lot) -> Seller:
    """The seller of the lot, with one member."""
    SellerMemberFactory(seller=lot.seller)
    return lot.seller


@pytest.fixture
def salesman(seller: Seller) -> Any:
    """Somebody who works for the seller of the lot."""
    return SellerMember.objects.get(seller=seller).person


@pytest.fixture
def sign_in() -> Callable[[Any], Client]:
    """Return a browser in which somebody is signed in."""

    def call(person: Any) -> Client:
        client = Client()
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return call


@pytest.fixture
def buying(sign_in: Callable[[Any], Client], person: Any) -> Client:
    """The buyer's browser."""
    return sign_in(person)


@pytest.fixture
def selling(sign_in: Callable[[Any], Client], salesman: Any) -> Client:
    """The browser of the lot's seller."""
    return sign_in(salesman)


@pytest.fixture
def stranger(db: None) -> Any:
    """Somebody who buys for another organisation."""
    return BuyerMemberFactory().person


@pytest.fixture
def nobody(db: None) -> Any:
    """Somebody with an account and without an organisation."""
    return get_user_model().objects.create_user("alone@example.org", "alone@example.org")
