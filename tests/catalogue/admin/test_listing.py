"""The list of records: filters, search by any name, and what it asks the database."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import pytest

from catalogue.models import (
    Commune,
    ConservationStatus,
    Reference,
    Species,
    SpeciesText,
    StrategicGroup,
    Synonym,
    VernacularName,
)
from tests.factories.catalogue import (
    CommuneFactory,
    FamilyFactory,
    PartFactory,
    ProvinceFactory,
    ReferenceFactory,
    SpeciesFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_desk(client, curator):
    client.force_login(curator)
    return client


def list_url(model=Species):
    return reverse(model.snippet_viewset.get_url_name("list"))


def listed(client, **asked):
    page = client.get(list_url(), asked)
    assert page.status_code == 200
    return [species.slug for species in page.context["page_obj"].object_list]


@pytest.fixture
def collection(at_desk):
    """Cinnamon, published; ginseng, listed and changed since; a draft of another family."""
    que = SpeciesFactory(slug="que", scientific_name="Cinnamomum cassia", vie="Quế", eng="Cassia")
    Synonym.objects.create(species=que, name="Laurus cassia")
    VernacularName.objects.create(
        species=que, name="Quế đơn", language="vie", source=ReferenceFactory()
    )
    sam = SpeciesFactory(
        slug="sam",
        scientific_name="Panax vietnamensis",
        vie="Sâm Lai Châu",
        eng="Ginseng",
        family=FamilyFactory(name="Araliaceae"),
        parts=[PartFactory(code="root")],
        is_toxic=True,
    )
    ConservationStatus.objects.create(
        species=sam,
        authority="decree",
        edition="84/2021",
        category="IA",
        scope="national",
        source=ReferenceFactory(),
    )
    sam.groups = [StrategicGroup.objects.create(code="export")]
    sam.save()
    sam.has_unpublished_changes = True
    sam.save()
    SpeciesText.objects.filter(species=sam, language="en").delete()
    draft = SpeciesFactory(slug="draft", vie="Vô danh", eng="Draft", live=False)
    Species.objects.filter(pk=draft.pk).update(is_demonstration=True)
    SpeciesText.objects.filter(species=draft, language="en").update(made_from="other words")
    return {"que": que, "sam": sam, "draft": draft}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("que", ["que"]),
        ("QUẾ", ["que"]),
        ("laurus", ["que"]),
        ("cinnamomum", ["que"]),
        ("sam lai", ["sam"]),
        ("ginseng", ["sam"]),
        ("nothing", []),
    ],
)
def test_any_name_finds_a_record_once(at_desk, collection, text, found):
    assert listed(at_desk, q=text) == found


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["que", "sam", "draft"]),
        ({"state": "live"}, ["que"]),
        ({"state": "changed"}, ["sam"]),
        ({"state": "draft"}, ["draft"]),
        ({"state": "review"}, []),
        ({"translation": "missing"}, ["sam"]),
        ({"translation": "stale"}, ["draft"]),
        ({"translation": "incomplete"}, []),
        ({"authority": "decree"}, ["sam"]),
        ({"authority": "iucn"}, []),
        ({"is_toxic": "true"}, ["sam"]),
        ({"is_demonstration": "true"}, ["draft"]),
        ({"is_demonstration": "false"}, ["que", "sam"]),
    ],
)
def test_the_list_is_filtered(at_desk, collection, asked, found):
    assert listed(at_desk, **asked) == found


def test_the_list_is_filtered_by_words_of_vocabularies(at_desk, collection):
    sam = collection["sam"]
    assert listed(at_desk, family=sam.family_id) == ["sam"]
    assert listed(at_desk, parts=[PartFactory().pk]) == ["que", "draft"]
    parts = [PartFactory().pk, PartFactory(code="root").pk]
    assert listed(at_desk, parts=parts) == ["que", "sam", "draft"]
    assert listed(at_desk, groups=[StrategicGroup.objects.get().pk]) == ["sam"]
    assert listed(at_desk, q="sam", parts=parts, state="changed") == ["sam"]


def test_the_list_says_what_a_curator_has_to_know(at_desk, collection):
    page = at_desk.get(list_url()).content.decode()
    assert "Tiếng Anh: not translated" in page or "Tiếng Anh: chưa dịch" in page
    assert "Quế" in page


def test_the_list_asks_no_more_for_many_records_than_for_one(at_desk):
    SpeciesFactory()
    at_desk.get(list_url())
    with CaptureQueriesContext(connection) as one:
        at_desk.get(list_url())
    for _time in range(9):
        SpeciesFactory()
    with CaptureQueriesContext(connection) as ten:
        page = at_desk.get(list_url())
    assert len(page.context["page_obj"].object_list) == 10
    assert len(ten) == len(one) <= 16


def chosen(client, model, **asked):
    """Return what a chooser offers."""
    url = reverse(model.snippet_viewset.chooser_viewset.get_url_name("choose_results"))
    answer = client.get(url, asked)
    assert answer.status_code == 200
    return [str(one.pk) for one in answer.context["results"]]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("sa pa", ["03006"]),
        ("Sa Pa, Lào Cai", ["03006"]),
        ("sa pa, lai chau", []),
        ("03006", ["03006"]),
        ("", ["03006", "03433"]),
    ],
)
def test_a_commune_is_chosen_by_its_name(at_desk, text, found):
    CommuneFactory()
    lai_chau = ProvinceFactory(code="12", name="Lai Châu")
    CommuneFactory(code="03433", name="Tân Phong", full_name="Phường Tân Phong", province=lai_chau)
    assert sorted(chosen(at_desk, Commune, q=text)) == found


@pytest.mark.parametrize(
    ("text", "is_found"),
    [("đỗ tất lợi", True), ("do tat loi", True), ("cay thuoc", True), ("flora", False)],
)
def test_a_work_is_chosen_with_or_without_accents(at_desk, text, is_found):
    work = ReferenceFactory()
    assert chosen(at_desk, Reference, q=text) == ([str(work.pk)] if is_found else [])


def test_a_record_is_chosen_by_any_name(at_desk, collection):
    assert chosen(at_desk, Species, q="laurus") == [str(collection["que"].pk)]
