"""Which records exist for whom."""

from datetime import timedelta

from django.contrib.auth.models import AnonymousUser, Group
from django.core.exceptions import ValidationError
from django.utils import timezone

import pytest

from catalogue.decisions import Decision
from catalogue.models import KnowledgeRecord, Species
from core import roles
from tests.factories.catalogue import (
    CertificateFactory,
    CommunityFactory,
    CommunityMemberFactory,
    ConsentFactory,
    GrowingAreaFactory,
    KnowledgeFactory,
    SpeciesFactory,
)
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    """People of the site; a role is membership of its group and nothing else."""

    def holder(role):
        person = PersonFactory()
        person.groups.add(Group.objects.create(name=role))
        return person

    return {
        "nobody": None,
        "visitor": AnonymousUser(),
        "person": PersonFactory(),
        "superuser": PersonFactory(is_superuser=True, is_staff=True),
        "market staff": holder(roles.MARKET_STAFF),
        "curator": holder(roles.CURATOR),
        "editor": holder(roles.EDITOR),
    }


ORDINARY = ("nobody", "visitor", "person", "superuser")


def test_an_unpublished_species_is_for_those_who_work_on_the_collection(people):
    SpeciesFactory(slug="shown")
    SpeciesFactory(slug="draft", live=False)
    seen = {
        name: set(Species.objects.visible_to(person).values_list("slug", flat=True))
        for name, person in people.items()
    }
    assert seen.pop("curator") == seen.pop("editor") == {"shown", "draft"}
    assert set(map(frozenset, seen.values())) == {frozenset({"shown"})}


@pytest.mark.parametrize("factory", [CertificateFactory, GrowingAreaFactory])
def test_what_is_under_review_is_market_staffs_alone(people, factory):
    records = {factory(decision=decision).decision for decision in Decision}
    model = factory._meta.model
    seen = {
        name: frozenset(model.objects.visible_to(person).values_list("decision", flat=True))
        for name, person in people.items()
    }
    assert seen.pop("market staff") == records == set(Decision)
    assert set(seen.values()) == {frozenset({"accepted", "suspended", "withdrawn"})}


@pytest.fixture
def community():
    return CommunityFactory()


@pytest.fixture
def readers(people, community):
    """People of the site, of this community and of another one."""

    def member(of, role):
        return CommunityMemberFactory(community=of, role=role, person=PersonFactory()).person

    other = CommunityFactory()
    return people | {
        "member": member(community, "member"),
        "steward": member(community, "steward"),
        "other member": member(other, "member"),
        "other steward": member(other, "steward"),
    }


EVERYBODY = {
    *ORDINARY,
    "market staff",
    "curator",
    "editor",
    "member",
    "steward",
    "other member",
    "other steward",
}


def consent_for(community, *, given=-50, expires=None, withdrawn=None, of_another=False):
    """Make a consent whose days are given relative to today."""
    today = timezone.localdate()

    def day(shift):
        return None if shift is None else today + timedelta(days=shift)

    return ConsentFactory(
        community=CommunityFactory() if of_another else community,
        given_on=day(given),
        expires_on=day(expires),
        withdrawn_on=day(withdrawn),
    )


CONSENTED = [
    ("given long ago", {}),
    ("given today", {"given": 0}),
    ("its last day", {"expires": 0}),
    ("until tomorrow", {"expires": 1}),
    ("withdrawn from tomorrow", {"withdrawn": 1}),
]
NOT_CONSENTED = [
    ("none", None),
    ("from tomorrow", {"given": 1}),
    ("until yesterday", {"expires": -1}),
    ("withdrawn today", {"withdrawn": 0}),
    ("withdrawn yesterday", {"withdrawn": -1}),
    ("withdrawn although not expired", {"withdrawn": -1, "expires": 10}),
    ("another community's", {"of_another": True}),
]
AUDIENCES = [
    ("open", EVERYBODY),
    ("members", {"member", "steward"}),
    ("nobody", {"steward"}),
]


def seen_by(readers):
    return {
        name
        for name, person in readers.items()
        if KnowledgeRecord.objects.visible_to(person).exists()
    }


@pytest.mark.parametrize(("audience", "expected"), AUDIENCES)
@pytest.mark.parametrize(("_case", "consent"), CONSENTED)
def test_with_consent_the_audience_decides(readers, community, _case, consent, audience, expected):
    KnowledgeFactory(
        community=community, audience=audience, consent=consent_for(community, **consent)
    )
    assert seen_by(readers) == expected


@pytest.mark.parametrize("audience", ["open", "members", "nobody"])
@pytest.mark.parametrize(("_case", "consent"), NOT_CONSENTED)
def test_without_consent_the_stewards_alone_see_it(readers, community, _case, consent, audience):
    given = None if consent is None else consent_for(community, **consent)
    KnowledgeFactory(community=community, audience=audience, consent=given)
    assert seen_by(readers) == {"steward"}
    assert not KnowledgeRecord.objects.with_consent().exists()


def test_a_person_of_two_communities_sees_each_record_once(community):
    person = PersonFactory()
    for of in (community, CommunityFactory()):
        CommunityMemberFactory(community=of, person=person, role="steward")
        KnowledgeFactory(community=of)
    assert KnowledgeRecord.objects.visible_to(person).count() == 2


def test_withdrawal_takes_the_words_off_the_species_page_at_once(client, community):
    record = KnowledgeFactory(community=community, consent=consent_for(community))
    address = f"/vi/species/{record.species.slug}/"
    api = f"/api/v1/species/{record.species.slug}"
    title = record.texts.get(language="vi").title
    assert title in client.get(address).content.decode()
    assert [one["title"] for one in client.get(api).json()["knowledge"]] == [title]

    record.consent.withdrawn_on = timezone.localdate()
    record.consent.save()

    assert title not in client.get(address).content.decode()
    assert client.get(api).json()["knowledge"] == []


def test_a_record_refuses_the_consent_of_another_community(community):
    record = KnowledgeFactory(community=community, consent=consent_for(community))
    record.consent = ConsentFactory()
    with pytest.raises(ValidationError) as refused:
        record.full_clean()
    assert set(refused.value.message_dict) == {"consent"}
