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
    AreaAmendment,
    AuditFinding,
    AuditPart,
    Certificate,
    CertificateAmendment,
    CommunityMember,
    CommunityText,
    Compound,
    Consent,
    ConservationStatus,
    Distribution,
    Facility,
    Figure,
    GlossaryEntry,
    GlossaryText,
    GrowingArea,
    HigherTaxon,
    Household,
    KnowledgeText,
    LinkageChain,
    LookAlike,
    Marker,
    NameLicence,
    Preparation,
    PreparationForm,
    Programme,
    Project,
    ProtectedName,
    Season,
    SpeciesText,
    SpeciesTrait,
    Target,
    TraitState,
    YieldLimit,
)
from media.models import (
    DocumentText,
    ImageText,
    MediaFile,
    MediaFileText,
    MuseumDocument,
    MuseumImage,
    MuseumRendition,
)
from tests.factories.catalogue import (
    AreaCodeFactory,
    AuditFactory,
    CertificateFactory,
    CommuneFactory,
    CommunityFactory,
    CommunityMemberFactory,
    ConsentFactory,
    EstablishmentFactory,
    GrowingAreaFactory,
    KnowledgeFactory,
    OcopProductFactory,
    PartFactory,
    PlotFactory,
    ProvinceFactory,
    ReferenceFactory,
    SpeciesFactory,
    TraitFactory,
    TraitStateFactory,
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


def fact(model: type, *rows: dict[str, Any]) -> Callable[[], Any]:
    """Return an action that gives one species these rows, each with a source where it has one."""

    def call() -> None:
        source = {"source": ReferenceFactory()} if hasattr(model, "source") else {}
        common = {"species": SpeciesFactory(), **source}
        for row in rows:
            made = {name: value() if callable(value) else value for name, value in row.items()}
            model.objects.create(**common, **made)

    return call


def compound() -> Compound:
    return Compound.objects.get_or_create(code="cinnamaldehyde")[0]


def form() -> PreparationForm:
    return PreparationForm.objects.get_or_create(code="powder")[0]


def image() -> MuseumImage:
    return MuseumImage.objects.create(title="a", file="a.jpg", width=1, height=1, credit="c")


def recording(**fields: Any) -> MediaFile:
    return MediaFile.objects.create(title="a", kind="audio", file="a.mp3", credit="c", **fields)


def twice(model: type, owner: str, make: Callable[[], Any], **fields: Any) -> Callable[[], Any]:
    """Return an action that gives one owner two alike rows."""

    def call() -> None:
        one = make()
        for _time in range(2):
            model.objects.create(**{owner: one}, **fields)

    return call


PREPARED = {"part": PartFactory, "form": form}
PRINTED = {"part": PartFactory, "compound": compound, "edition": "V", "limit": 1, "bound": "min"}
PRINTED |= {"unit": "%", "basis": "dried"}
LISTED = {"authority": "iucn", "edition": "3.1", "category": "VU", "scope": "global"}

BACKWARDS = {"joined_on": date(2026, 1, 2), "left_on": date(2026, 1, 1)}
ENDED = {"began_on": date(2026, 1, 2), "ended_on": date(2026, 1, 1)}


def _licence(**facts):
    """Return a licence to use a name, not stored."""
    name = ProtectedName.objects.create(
        kind="indication", name="Quế Mẫu", number="CDDL-MẪU", owner="Ai đó", registered_on=ISSUED
    )
    holder = EstablishmentFactory()
    return NameLicence(protected=name, establishment=holder, licensed_on=ISSUED, **facts)


ISSUED = date(2026, 1, 1)


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
    "one_plot_per_name_and_area": lambda: [
        PlotFactory(area=area, label="A") for area in [GrowingAreaFactory()] * 2
    ],
    "plot_has_a_size": lambda: PlotFactory(area_m2=0),
    "plot_lies_on_earth": lambda: PlotFactory(west=200),
    "one_area_code_per_market": lambda: [AreaCodeFactory(market="CN", code="A") for _ in "12"],
    "area_code_ends_after_issue": lambda: AreaCodeFactory(expires_on=date(2000, 1, 1)),
    "audit_is_corrected_after_the_visit": lambda: AuditFactory(corrected_on=date(2000, 1, 1)),
    "one_row_per_part_of_an_audit": lambda: AuditPart.objects.bulk_create(
        AuditPart(audit=audit, part=1) for audit in [AuditFactory()] * 2
    ),
    "one_finding_per_criterion": lambda: AuditFinding.objects.bulk_create(
        AuditFinding(audit=audit, part=1, criterion="1.9") for audit in [AuditFactory()] * 2
    ),
    "audit_finding_is_of_seven_parts": lambda: AuditFinding.objects.create(
        audit=AuditFactory(), part=8, criterion="8.1"
    ),
    "area_expects_some_yield": lambda: GrowingAreaFactory(expected_yield_grams=0),
    "certificate_covers_some_land": lambda: CertificateFactory(certified_m2=0),
    "yield_limit_is_positive": lambda: YieldLimit.objects.create(
        species=SpeciesFactory(), grams_per_hectare=0
    ),
    "one_pending_certificate_amendment": lambda: [
        CertificateAmendment.objects.create(record=record, changes={}, words={})
        for record in [CertificateFactory()] * 2
    ],
    "certificate_amendment_is_settled_on_a_day": lambda: CertificateAmendment.objects.create(
        record=CertificateFactory(), changes={}, words={}, outcome="accepted"
    ),
    "one_pending_area_amendment": lambda: [
        AreaAmendment.objects.create(record=record, changes={}, words={})
        for record in [GrowingAreaFactory()] * 2
    ],
    "area_amendment_is_settled_on_a_day": lambda: AreaAmendment.objects.create(
        record=GrowingAreaFactory(), changes={}, words={}, outcome="refused"
    ),
    "audit_parts_are_seven": lambda: AuditPart.objects.create(audit=AuditFactory(), part=8),
    "audit_part_has_at_most_54_criteria": lambda: AuditPart.objects.create(
        audit=AuditFactory(), part=1, met=54, not_met=1
    ),
    "certificate_is_first_issued_first": lambda: CertificateFactory(
        first_issued_on=date(2999, 1, 1)
    ),
    "household_leaves_after_joining": lambda: Household.objects.create(
        establishment=EstablishmentFactory(), commune=CommuneFactory(), name="Hộ Mẫu", **BACKWARDS
    ),
    "facility_ends_after_it_began": lambda: Facility.objects.create(
        kind="nursery", commune=CommuneFactory(), **ENDED
    ),
    "chain_ends_after_it_began": lambda: LinkageChain.objects.create(**ENDED),
    "project_ends_after_it_began": lambda: Project.objects.create(
        kind="research", province=CommuneFactory().province, **ENDED
    ),
    "one_licence_per_establishment_and_day": lambda: NameLicence.objects.bulk_create(
        licence for licence in [_licence()] * 2
    ),
    "licence_ends_after_it_began": lambda: _licence(valid_until=date(2000, 1, 1)).save(),
    "area_decision_is_known": lambda: GrowingAreaFactory(decision="burnt"),
    "certificate_decision_is_known": lambda: CertificateFactory(decision="burnt"),
    "certificate_ends_after_issue": lambda: CertificateFactory(issued_on=DAY, expires_on=BEFORE),
    "ocop_stars_are_three_to_five": lambda: OcopProductFactory(stars=2),
    "ocop_ends_after_its_decision": lambda: OcopProductFactory(decided_on=DAY, valid_until=BEFORE),
    "one_row_per_ocop_decision_and_product": lambda: [
        OcopProductFactory(establishment=holder, name="Trà", decision_number="1")
        for holder in 2 * [EstablishmentFactory()]
    ],
    "one_species_text_per_language": lambda: SpeciesText.objects.bulk_create(
        [SpeciesText(species=SpeciesFactory(), language="vi", description="again")]
    ),
    "one_row_per_prepared_part": fact(Preparation, PREPARED, PREPARED),
    "one_limit_per_edition": fact(Marker, PRINTED, PRINTED),
    "a_limit_says_its_unit_basis_and_edition": fact(Marker, PRINTED | {"unit": ""}),
    "a_season_is_of_months": fact(
        Season, {"kind": "flowering", "first_month": 0, "last_month": 13}
    ),
    "only_a_harvest_names_a_part": fact(
        Season, {"kind": "fruiting", "part": PartFactory, "first_month": 1, "last_month": 2}
    ),
    "a_place_is_a_province_or_an_area": fact(
        Distribution, {"province": ProvinceFactory, "area_code": "CHC"}
    ),
    "one_row_per_species_province": fact(Distribution, *2 * [{"province": ProvinceFactory}]),
    "one_row_per_species_commune": fact(
        Distribution, *2 * [{"province": ProvinceFactory, "commune": CommuneFactory}]
    ),
    "one_row_per_species_area": fact(Distribution, *2 * [{"area_code": "CHC"}]),
    "one_status_per_edition": fact(ConservationStatus, LISTED, LISTED),
    "no_plant_is_taken_for_itself": lambda: [
        LookAlike.objects.create(species=species, other=species, scientific_name="A b")
        for species in [SpeciesFactory()]
    ],
    "a_figure_is_one_file": fact(Figure, {"image": image, "file": recording}),
    "one_row_per_species_answer": fact(SpeciesTrait, *2 * [{"state": TraitStateFactory}]),
    "one_answer_per_code_of_a_trait": lambda: [
        TraitState.objects.create(trait=TraitFactory(), code="tree") for _time in range(2)
    ],
    "an_elevation_has_two_ends": lambda: SpeciesFactory(elevation_min_m=900, elevation_max_m=200),
    "only_a_kingdom_stands_in_nothing": lambda: HigherTaxon.objects.create(
        code="lauralex", name="Lauralex", rank="order"
    ),
    "one_glossary_text_per_language": twice(
        GlossaryText,
        "entry",
        lambda: GlossaryEntry.objects.create(code="drupe"),
        language="vi",
        term="quả hạch",
        definition="Quả có hạch.",
    ),
    "recording_consent_withdrawn_after_it_is_given": lambda: recording(
        consent_given_on=DAY, consent_withdrawn_on=BEFORE
    ),
    "a_speaker_has_consented": lambda: recording(speaker="Bà Mẫu"),
    "one_text_per_media_file": twice(MediaFileText, "file", recording, language="vi", alt="a"),
    "one_alt_per_language": twice(ImageText, "image", image, language="vi", alt="a"),
    "one_rendition_per_filter": twice(
        MuseumRendition,
        "image",
        image,
        filter_spec="width-10",
        focal_point_key="",
        file="b.jpg",
        width=1,
        height=1,
    ),
    "one_description_per_language": twice(
        DocumentText,
        "document",
        lambda: MuseumDocument.objects.create(title="a", file="a.pdf", credit="c"),
        language="vi",
        alt="a",
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
        for app in ("catalogue", "media")
        for model in apps.get_app_config(app).get_models()
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
