"""A form sent twice at once: a double click in an account or at the desk makes one of each."""

import time
import uuid
from functools import partial

from django.db import connection
from django.test import Client
from django.utils import timezone

import pytest

from market.models import Buyer, BuyerMember, Lot
from market.services import listing, organisations
from tests.factories.catalogue import SpeciesFactory
from tests.factories.market import SellerMemberFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def person(transactional_db):
    return PersonFactory()


@pytest.fixture
def lingering(monkeypatch):
    """Make an organisation take its time between the look and the writing."""
    create = Buyer.objects.create

    def slowly(**said):
        time.sleep(0.15)
        return create(**said)

    monkeypatch.setattr(Buyer.objects, "create", slowly)


def test_an_organisation_named_twice_at_once_is_one(person, at_once, lingering):
    named = [
        partial(organisations.name_buyer, person=person, name=f"Công ty {n}", kind="pharma")
        for n in range(4)
    ]

    results = at_once(*named)

    assert set(results) == {Buyer.objects.get()}
    assert BuyerMember.objects.get().person == person


def test_what_the_lock_of_the_person_is_for(person, at_once, lingering, monkeypatch):
    """Without it, on PostgreSQL both look before either writes."""
    monkeypatch.setattr(organisations, "person_for_update", lambda person: None)

    at_once(*[partial(organisations.name_buyer, person=person, name="Công ty", kind="pharma")] * 2)

    made = 2 if connection.vendor == "postgresql" else 1
    assert Buyer.objects.count() == BuyerMember.objects.count() == made


def test_two_people_name_their_organisations_at_once(person, at_once, lingering):
    people = [person, PersonFactory()]

    results = at_once(
        *(partial(organisations.name_buyer, person=one, name="Chung", kind="other")
          for one in people)
    )  # fmt: skip

    assert len(set(results)) == Buyer.objects.count() == 2
    assert set(BuyerMember.objects.values_list("person", flat=True)) == {p.pk for p in people}


def test_the_account_page_sent_twice_at_once_makes_one_organisation(person, at_once, lingering):
    def send():
        browser = Client()
        browser.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        answer = browser.post("/vi/account/", {"name": "Công ty Dược Mẫu", "kind": "pharma"})
        return answer.status_code

    assert at_once(send, send) == [302, 302]
    assert Buyer.objects.get().members.get().person == person


@pytest.fixture
def draft(transactional_db):
    species = SpeciesFactory()
    return listing.LotDraft(
        species=species,
        part=species.parts.get(),
        form=Lot.Form.DRIED_CUT,
        grade="",
        harvested_on=timezone.localdate(),
        grams=500_000,
        price_minor_per_kg=75_000,
        minimum_grams=5_000,
        token=uuid.uuid4(),
    )


@pytest.mark.parametrize("publish", [True, False])
def test_a_new_lot_sent_twice_at_once_is_listed_once(publish, draft, at_once, monkeypatch):
    seller = SellerMemberFactory().seller
    new_code = listing.new_code

    def slowly(species):
        time.sleep(0.15)  # between the look for the token and the writing
        return new_code(species)

    monkeypatch.setattr(listing, "new_code", slowly)
    save = partial(listing.save_lot, seller=seller, draft=draft, publish=publish)

    results = at_once(save, save)

    lot = Lot.objects.get()
    assert results == [lot, lot]
    assert lot.available_grams == (500_000 if publish else 0)
    assert lot.movements.count() == (1 if publish else 0)
