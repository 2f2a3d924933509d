"""What the database itself refuses, whoever asks."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone

import pytest

from catalogue.models import (
    Certificate,
    CommunityMember,
    CommunityText,
    Consent,
    GrowingArea,
    KnowledgeText,
    Programme,
    SpeciesText,
    Target,
)
from tests.factories.catalogue import (
    CertificateFactory,
    CommunityFactory,
    CommunityMemberFactory,
    ConsentFactory,
    GrowingAreaFactory,
    KnowledgeFactory,
    PartFactory,
    ProvinceFactory,
    SpeciesFactory,
)
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

DAY = date(2026, 5, 1)
BEFORE = DAY - timedelta(days=1)


def target(**figures: Any) -> Target:
    programme, _ = Programme.objects.get_or_create(
        code="p", defaults={"province": ProvinceFactory(), "title": "P"}
    )
    return Target.objects.create(programme=programme, code="t", label="T", unit="ha", **figures)


def label_twice(model: type) -> Callable[[], Any]:
    """Return an action that gives a term of a model two labels in one language."""

    def call() -> None:
        term = model._meta.get_field("term").related_model.objects.create(code="twice")
        model.objects.create(term=term, language="vi", text="một")
        model.objects.create(term=term, language="vi", text="hai")

    return call


# constraint → an action that it must refuse
REFUSED: dict[str, Callable[[], Any]] = {
    "consent_ends_after_it_is_given": lambda: ConsentFactory(given_on=DAY, expires_on=BEFORE),
    "consent_withdrawn_after_it_is_given": lambda: ConsentFactory(
        given_on=DAY, withdrawn_on=BEFORE
    ),
    "one_community_text_per_language": lambda: CommunityText.objects.create(
        community=CommunityFactory(), language="vi", name="again"
    ),
    "one_knowledge_text_per_language": lambda: KnowledgeText.objects.create(
        record=KnowledgeFactory(), language="en", title="again", body="again"
    ),
    "one_membership_per_community": lambda: [
        CommunityMember.objects.create(community=community, person=person, role=role)
        for community, person in [(CommunityFactory(), PersonFactory())]
        for role in CommunityMember.Role
    ],
    "one_target_per_code": lambda: [target(value=1), target(value=2)],
    "target_range_in_order": lambda: target(value=10, value_high=9),
    "area_has_a_size": lambda: GrowingAreaFactory(area_m2=0),
    "certificate_ends_after_issue": lambda: CertificateFactory(issued_on=DAY, expires_on=BEFORE),
    "one_species_text_per_language": lambda: SpeciesText.objects.bulk_create(
        [SpeciesText(species=SpeciesFactory(), language="vi", description="again")]
    ),
}


LABELS = {
    constraint.name: label_twice(model)
    for model in apps.get_app_config("catalogue").get_models()
    for constraint in model._meta.constraints
    if model.__name__.endswith("Label")
}


def _all_constraints() -> set[str]:
    return {
        constraint.name
        for model in apps.get_app_config("catalogue").get_models()
        for constraint in model._meta.constraints
    }


def test_every_constraint_is_shown_to_refuse_something():
    assert _all_constraints() - set(REFUSED) - set(LABELS) == set()


@pytest.mark.parametrize("name", [*REFUSED, *LABELS])
def test_the_database_refuses(name):
    with pytest.raises(IntegrityError), transaction.atomic():
        (REFUSED | LABELS)[name]()


@pytest.mark.parametrize(
    ("_case", "make"),
    [
        ("a species' address", lambda: [SpeciesFactory(slug="que"), SpeciesFactory(slug="que")]),
        (
            "a scientific name",
            lambda: [SpeciesFactory(scientific_name="A b"), SpeciesFactory(scientific_name="A b")],
        ),
        (
            "a certificate's number",
            lambda: [CertificateFactory(number="1"), CertificateFactory(number="1")],
        ),
        ("an area's code", lambda: [GrowingAreaFactory(code="A"), GrowingAreaFactory(code="A")]),
        (
            "a knowledge record's code",
            lambda: [KnowledgeFactory(code="k"), KnowledgeFactory(code="k")],
        ),
    ],
)
def test_two_records_never_share(_case, make):
    with pytest.raises(IntegrityError), transaction.atomic():
        make()


@pytest.mark.parametrize("kind", ["part", "family", "strategicgroup"])
def test_a_term_has_one_label_per_language(kind):
    """`pick` and `in_language` show one row of a language; two of them would be a lottery."""
    label = apps.get_model("catalogue", f"{kind}label")
    with pytest.raises(IntegrityError), transaction.atomic():
        label_twice(label)()


def test_a_species_with_knowledge_cannot_be_deleted():
    record = KnowledgeFactory()
    with pytest.raises(ProtectedError):
        record.species.delete()
    record.refresh_from_db()
    assert record.species.live


@pytest.mark.parametrize(
    ("_case", "make", "model"),
    [
        (
            "one day of validity",
            lambda: CertificateFactory(issued_on=DAY, expires_on=DAY),
            Certificate,
        ),
        ("one square metre", lambda: GrowingAreaFactory(area_m2=1), GrowingArea),
        (
            "withdrawn on the day it was given",
            lambda: ConsentFactory(given_on=DAY, withdrawn_on=DAY),
            Consent,
        ),
        ("a range of one value", lambda: target(value=1, value_high=1), Target),
        (
            "a person in two communities",
            lambda: [CommunityMemberFactory(person=PersonFactory()) for _ in "12"],
            CommunityMember,
        ),
    ],
)
def test_the_boundary_is_allowed(_case, make, model):
    make()
    assert model.objects.exists()


def test_a_record_knows_when_it_changed():
    species = SpeciesFactory()
    assert species.created_at <= species.changed_at <= timezone.now()
    assert PartFactory().label == "vỏ thân"
