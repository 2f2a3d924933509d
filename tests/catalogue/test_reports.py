"""The report of translations: what lags, who may confirm, and what a confirmation does."""

from django.urls import reverse

from wagtail.models import ModelLogEntry

import pytest

from catalogue.models import Species, SpeciesText
from catalogue.translations import State, lagging
from tests.factories.catalogue import SpeciesFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def lagging_species(site):
    """One up to date, one of each state."""
    SpeciesFactory(slug="fine")
    missing = SpeciesFactory(slug="missing", vie="A")
    SpeciesText.objects.filter(species=missing, language="en").delete()
    stale = SpeciesFactory(slug="stale", vie="B")
    rows = list(stale.texts.all())
    rows[0].description = "Lời đã đổi."
    stale.texts = rows
    stale.save()
    incomplete = SpeciesFactory(slug="incomplete", vie="C")
    SpeciesText.objects.filter(species=incomplete, language="vi").update(habitat="Rừng.")
    return {"missing": missing, "stale": stale, "incomplete": incomplete}


def found(*args, **kwargs):
    return {one.slug: one.state for one in lagging(Species.objects.all(), *args, **kwargs)}


def test_each_translation_says_what_it_lacks(lagging_species):
    assert found() == {"missing": "missing", "stale": "stale", "incomplete": "incomplete"}
    assert found(states=[State.STALE]) == {"stale": "stale"}
    assert found(["en"], ["missing", "incomplete"]) == {
        "missing": "missing",
        "incomplete": "incomplete",
    }
    assert found(["fr"]) == {}


def test_a_third_language_is_asked_too(lagging_species, settings):
    settings.LANGUAGES = [*settings.LANGUAGES, ("fr", "French")]
    rows = {(one.slug, one.language, one.state) for one in lagging(Species.objects.all())}
    assert len(rows) == 3 + 4
    assert ("fine", "fr", "missing") in rows


def rows_of(client, **asked):
    page = client.get(reverse("catalogue_translations"), asked)
    assert page.status_code == 200
    return [species.slug for species in page.context["object_list"]]


def test_the_report_lists_filters_and_leads_to_the_texts(client, editor, lagging_species):
    client.force_login(editor)
    assert rows_of(client) == ["missing", "stale", "incomplete"]
    assert rows_of(client, state="stale", language="en") == ["stale"]
    assert rows_of(client, language="xx") == ["missing", "stale", "incomplete"]
    page = client.get(reverse("catalogue_translations")).content.decode()
    edit = reverse(Species.snippet_viewset.get_url_name("edit"), args=[lagging_species["stale"].pk])
    assert f"{edit}#tab-texts" in page
    assert 'id="tab-texts"' in client.get(edit).content.decode()


def test_the_report_is_a_table_to_download(client, editor, lagging_species):
    client.force_login(editor)
    answer = client.get(reverse("catalogue_translations"), {"export": "csv", "state": "missing"})
    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert len(lines) == 2
    assert lines[1].startswith("missing,")
    assert lines[1].endswith(",en,missing")


def test_the_report_is_for_who_edits_species(client, market_staff, site):
    client.force_login(market_staff)
    answer = client.get(reverse("catalogue_translations"))
    assert answer.status_code == 302
    assert answer.headers["Location"] == reverse("wagtailadmin_home")


def confirm(client, text):
    return client.post(reverse("catalogue_confirm_translation", args=[text.pk]))


def test_a_curator_confirms_a_translation(client, curator, lagging_species):
    text = SpeciesText.objects.get(species=lagging_species["stale"], language="en")
    client.force_login(curator)
    url = reverse("catalogue_confirm_translation", args=[text.pk])
    assert url in client.get(reverse("catalogue_translations")).content.decode()
    answer = confirm(client, text)
    assert answer.headers["Location"] == reverse("catalogue_translations")
    assert rows_of(client) == ["missing", "incomplete"]
    entry = ModelLogEntry.objects.get(action="catalogue.text.confirmed")
    assert (entry.user, entry.data) == (curator, {"language": "en"})


def test_an_editor_confirms_nothing(client, editor, lagging_species):
    text = SpeciesText.objects.get(species=lagging_species["stale"], language="en")
    client.force_login(editor)
    url = reverse("catalogue_confirm_translation", args=[text.pk])
    assert url not in client.get(reverse("catalogue_translations")).content.decode()
    assert confirm(client, text).status_code == 302
    assert rows_of(client) == ["missing", "stale", "incomplete"]


def test_a_confirmation_is_posted_by_somebody_of_the_admin(client, curator, lagging_species):
    text = SpeciesText.objects.get(species=lagging_species["stale"], language="en")
    assert "/login/" in confirm(client, text).headers["Location"]
    client.force_login(curator)
    url = reverse("catalogue_confirm_translation", args=[text.pk])
    assert client.get(url).status_code == 405


def test_nothing_is_confirmed_without_an_original(client, curator, lagging_species):
    stale = lagging_species["stale"]
    SpeciesText.objects.filter(species=stale, language="vi").delete()
    client.force_login(curator)
    text = SpeciesText.objects.get(species=stale, language="en")
    before = text.made_from
    assert confirm(client, text).status_code == 302
    text.refresh_from_db()
    assert text.made_from == before
