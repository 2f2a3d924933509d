"""Curators and market staff at work in the Wagtail admin."""

from django.urls import reverse

from wagtail.test.utils.form_data import inline_formset, nested_form_data

import pytest

from catalogue.models import Certificate, Family, Part, Reference, Species, StrategicGroup
from tests.factories.catalogue import (
    CertificateFactory,
    FamilyFactory,
    LanguageFactory,
    PartFactory,
    ReferenceFactory,
    SpeciesFactory,
)

pytestmark = pytest.mark.django_db


def address(model, view, *args):
    return reverse(model.snippet_viewset.get_url_name(view), args=args)


def species_form(**changes):
    """Return what the browser posts for a species with one name and one text."""
    LanguageFactory()
    form = {
        "scientific_name": "Amomum tsaoko",
        "authorship": "Crevost & Lemarié",
        "rank": "species",
        "family": FamilyFactory(name="Zingiberaceae").pk,
        "slug": "thao-qua",
        "trade": "free",
        "parts": [PartFactory().pk],
        "groups": [],
        "distribution": inline_formset([]),
        "references": [ReferenceFactory().pk],
        "trait_states": [],
        "figures": inline_formset([]),
        "preparations": inline_formset([]),
        "markers": inline_formset([]),
        "seasons": inline_formset([]),
        "conservation": inline_formset([]),
        "synonyms": inline_formset(
            [{"name": "Lanxangia tsaoko", "authorship": "Crevost & Lemarié", "kind": "synonym"}]
        ),
        "names": inline_formset(
            [
                {
                    "name": "Thảo quả",
                    "language": "vie",
                    "kind": "vernacular",
                    "source": ReferenceFactory().pk,
                }
            ]
        ),
        "texts": inline_formset(
            [{"language": "vi", "description": "Cây thảo.", "cautions": "Chú ý."}]
        ),
        "look_alikes": inline_formset([]),
    }
    return nested_form_data(form | changes)


@pytest.fixture
def at_desk(client, curator):
    client.force_login(curator)
    return client


@pytest.mark.parametrize("model", [Species, Reference, Family, Part, StrategicGroup])
@pytest.mark.parametrize("view", ["list", "add"])
def test_a_curator_opens_the_vocabulary_and_the_collection(at_desk, model, view):
    SpeciesFactory()
    assert at_desk.get(address(model, view)).status_code == 200


def test_a_curator_adds_a_draft_then_publishes_it(at_desk, client):
    answer = at_desk.post(address(Species, "add"), species_form())
    species = Species.objects.get(slug="thao-qua")
    assert answer.status_code == 302
    assert (species.live, species.sort_name, species.synonyms.count()) == (False, "thao qua", 1)

    form = species_form(authorship="Roxb.") | {"action-publish": "action-publish"}
    form |= formset_ids(species)
    answer = at_desk.post(address(Species, "edit", species.pk), form)
    species = Species.objects.get(slug="thao-qua")
    assert answer.status_code == 302, answer.context["form"].errors
    assert (species.live, species.authorship) == (True, "Roxb.")
    assert [name.name for name in species.names.all()] == ["Thảo quả"]
    client.logout()
    assert "Thảo quả" in client.get("/vi/species/thao-qua/").content.decode()


def formset_ids(species):
    """Return what makes the posted rows those that are stored already."""
    ids = {}
    for relation in ("names", "texts", "synonyms"):
        ids[f"{relation}-INITIAL_FORMS"] = 1
        ids[f"{relation}-0-id"] = getattr(species, relation).get().pk
    return ids


def test_a_draft_change_of_a_published_species_is_not_shown_yet(at_desk, client):
    at_desk.post(address(Species, "add"), species_form() | {"action-publish": "x"})
    species = Species.objects.get(slug="thao-qua")
    assert species.live
    text = {"language": "vi", "description": "Bản nháp mới.", "cautions": ""}
    form = species_form(texts=inline_formset([text])) | formset_ids(species)
    assert at_desk.post(address(Species, "edit", species.pk), form).status_code == 302
    species.refresh_from_db()
    assert species.has_unpublished_changes
    client.logout()
    page = client.get("/vi/species/thao-qua/").content.decode()
    assert "Bản nháp mới." not in page
    assert "Cây thảo." in page


@pytest.mark.parametrize(
    ("_case", "changes", "field"),
    [
        ("no scientific name", {"scientific_name": ""}, "scientific_name"),
        ("a slug with a blank", {"slug": "thao qua"}, "slug"),
        ("a slug of another species", {"slug": "taken"}, "slug"),
        ("an unknown trade rule", {"trade": "bazaar"}, "trade"),
    ],
)
def test_a_species_that_is_not_right_is_not_saved(at_desk, _case, changes, field):
    SpeciesFactory(slug="taken")
    answer = at_desk.post(
        address(Species, "add"), species_form(**changes) | {"action-publish": "x"}
    )
    assert answer.status_code == 200
    assert field in answer.context["form"].errors
    assert list(Species.objects.values_list("slug", flat=True)) == ["taken"]


def test_two_texts_in_one_language_are_refused_in_the_form(at_desk):
    twice = [{"language": "vi", "description": "Một."}, {"language": "vi", "description": "Hai."}]
    form = species_form(texts=inline_formset(twice)) | {"action-publish": "x"}
    answer = at_desk.post(address(Species, "add"), form)
    assert answer.status_code == 200
    assert not answer.context["form"].is_valid()
    assert not Species.objects.exists()


def test_a_curator_previews_what_is_not_saved(at_desk):
    at_desk.post(address(Species, "add"), species_form())
    species = Species.objects.get()
    preview = address(Species, "preview_on_edit", species.pk)
    text = {"language": "vi", "description": "Bản xem trước.", "cautions": ""}
    form = species_form(texts=inline_formset([text])) | formset_ids(species)

    assert at_desk.post(preview, form).json()["is_valid"] is True
    shown = at_desk.get(preview)

    assert shown.status_code == 200
    assert "Bản xem trước." in shown.content.decode()
    species.refresh_from_db()
    assert species.texts.get().description == "Cây thảo."
    assert species.latest_revision.as_object().texts.get().description == "Cây thảo."


def test_a_curator_previews_a_species_that_does_not_exist_yet(at_desk):
    preview = address(Species, "preview_on_add")
    assert at_desk.post(preview, species_form()).json()["is_valid"] is True
    shown = at_desk.get(preview)
    assert shown.status_code == 200
    assert "Thảo quả" in shown.content.decode()
    assert not Species.objects.exists()


@pytest.mark.parametrize("view", ["history", "usage", "unpublish", "delete", "edit", "copy"])
def test_a_curator_opens_every_view_of_a_species(at_desk, view):
    species = SpeciesFactory()
    assert at_desk.get(address(Species, view, species.pk)).status_code == 200


@pytest.mark.parametrize(
    ("text", "found"), [("duong", ["a"]), ("Angelica", ["a"]), ("Quế", ["b"]), ("zzz", [])]
)
def test_the_list_is_searched_by_every_name_and_shows_a_species_once(at_desk, text, found):
    SpeciesFactory(slug="a", vie="Đương quy", eng="Angelica")
    SpeciesFactory(slug="b", vie="Quế", eng="Cassia")
    page = at_desk.get(address(Species, "list"), {"q": text})
    assert [species.slug for species in page.context["page_obj"].object_list] == found


def test_unpublishing_takes_the_species_off_the_site(at_desk, client):
    species = SpeciesFactory(slug="que")
    assert at_desk.post(address(Species, "unpublish", species.pk)).status_code == 302
    client.logout()
    assert client.get("/vi/species/que/").status_code == 404


def refused(answer):
    """Wagtail sends a person without permission back to the admin's home."""
    return answer.status_code == 302 and answer.headers["Location"] == reverse("wagtailadmin_home")


def test_market_staff_cannot_touch_the_collection(client, market_staff):
    species = SpeciesFactory(slug="que")
    client.force_login(market_staff)
    for view, args in (("list", ()), ("add", ()), ("edit", (species.pk,))):
        assert refused(client.get(address(Species, view, *args))), view
    assert refused(client.post(address(Species, "add"), species_form()))
    assert refused(client.post(address(Species, "delete", species.pk)))
    assert list(Species.objects.values_list("slug", flat=True)) == ["que"]


def test_a_curator_cannot_touch_the_registers(at_desk):
    certificate = CertificateFactory()
    for view, args in (("list", ()), ("add", ()), ("edit", (certificate.pk,))):
        assert refused(at_desk.get(address(Certificate, view, *args))), view


@pytest.mark.parametrize("view", ["list", "add"])
def test_a_visitor_is_sent_to_sign_in(client, view):
    answer = client.get(address(Species, view))
    assert answer.status_code == 302
    assert "/login/" in answer.headers["Location"]


def test_a_person_without_a_role_is_not_let_in(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("somebody"))
    answer = client.get(address(Species, "list"))
    assert answer.status_code == 302
    assert "/login/" in answer.headers["Location"]
