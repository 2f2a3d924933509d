"""Organisations that buy."""

from django.db import transaction

from market.locks import person_for_update
from market.models import Buyer, BuyerMember


def name_buyer(*, person, name: str, kind: str) -> Buyer:
    """Return the organisation a person buys for, made from this name when there is none yet.

    Locks the person, so that a form sent twice at once makes one organisation.
    """
    with transaction.atomic(durable=True):
        person_for_update(person)
        buyer = Buyer.objects.of(person).first()
        if buyer is None:
            buyer = Buyer.objects.create(name=name, kind=kind)
            BuyerMember.objects.create(buyer=buyer, person=person)
    return buyer
