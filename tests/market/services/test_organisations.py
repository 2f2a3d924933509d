"""One organisation per person, however often the form is sent."""

import pytest

from market.models import Buyer, BuyerMember
from market.services import organisations

pytestmark = pytest.mark.django_db


def test_a_person_names_their_organisation(nobody):
    buyer = organisations.name_buyer(person=nobody, name="Công ty Dược Mẫu", kind="pharma")

    assert Buyer.objects.get() == buyer
    assert (buyer.name, buyer.kind, buyer.is_demonstration) == ("Công ty Dược Mẫu", "pharma", False)
    assert buyer.members.get().person == nobody


@pytest.mark.parametrize("name", ["Công ty Dược Mẫu", "Một tên khác"])
def test_named_again_it_is_the_one_there_is(name, nobody):
    first = organisations.name_buyer(person=nobody, name="Công ty Dược Mẫu", kind="pharma")

    assert organisations.name_buyer(person=nobody, name=name, kind="other") == first

    first.refresh_from_db()
    assert (first.name, first.kind) == ("Công ty Dược Mẫu", "pharma")
    assert Buyer.objects.count() == BuyerMember.objects.count() == 1


def test_an_organisation_of_the_same_name_stays_another(buyer, person, nobody):
    """Whoever types the name of a firm does not get into its orders."""
    own = organisations.name_buyer(person=nobody, name=buyer.name, kind=buyer.kind)

    assert own != buyer
    assert list(buyer.members.values_list("person", flat=True)) == [person.pk]
    assert list(Buyer.objects.of(nobody)) == [own]
