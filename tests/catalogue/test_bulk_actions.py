"""Many records of the list at once."""

import io

from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from wagtail.models import ModelLogEntry

import pytest
from python_calamine import CalamineWorkbook

from catalogue.models import Species, VernacularName
from catalogue.services import species as services
from catalogue.signals import species_changed
from tests.factories.catalogue import LanguageFactory, SpeciesFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def languages(db):
    """The languages of the names that the factory gives."""
    LanguageFactory()
    LanguageFactory(code="eng")


@pytest.fixture
def changed():
    """The primary keys that were announced as changed."""
    told = []

    def follow(sender, pk, **kwargs):
        told.append(pk)

    species_changed.connect(follow)
    yield told
    species_changed.disconnect(follow)


def address(action, *species):
    url = reverse("wagtail_bulk_action", args=["catalogue", "species", action])
    return f"{url}?{'&'.join(f'id={one.pk}' for one in species)}"


def draft(species, **changes):
    """Save a draft of a record with some changes."""
    for name, value in changes.items():
        setattr(species, name, value)
    species.save_revision()
    return Species.objects.get(pk=species.pk)


def test_drafts_are_published(client, curator, changed):
    one = draft(SpeciesFactory(live=False), authorship="Mill.")
    two = draft(SpeciesFactory(), authorship="Mill.")
    client.force_login(curator)
    url = address("publish", one, two)
    assert str(one) in client.get(url).content.decode()
    assert client.post(url).status_code == 302
    assert list(Species.objects.values_list("live", "authorship", "has_unpublished_changes")) == [
        (True, "Mill.", False),
        (True, "Mill.", False),
    ]
    assert sorted(changed) == [one.pk, two.pk]
    assert ModelLogEntry.objects.filter(action="wagtail.publish", user=curator).count() == 2


def test_a_record_that_was_never_a_revision_is_published(curator):
    species = SpeciesFactory(live=False)
    assert services.publish(species=species, person=curator).live


def test_what_is_published_already_is_left_alone(curator, changed):
    species = SpeciesFactory()
    services.publish(species=species, person=curator)
    assert changed == []
    assert not species.revisions.exists()


def test_an_incomplete_draft_stays_and_the_others_are_published(client, curator):
    good = draft(SpeciesFactory(live=False, slug="good"))
    bad = SpeciesFactory(live=False, slug="bad")
    names = list(bad.names.all())
    names.append(VernacularName(name="", language="vie"))
    bad = draft(bad, names=names)
    client.force_login(curator)
    answer = client.post(address("publish", good, bad), follow=True)
    assert dict(Species.objects.values_list("slug", "live")) == {"good": True, "bad": False}
    messages = [str(message) for message in answer.context["messages"]]
    assert len(messages) == 2
    assert sum(str(bad) in message for message in messages) == 1


def test_records_are_taken_off_the_site(client, curator, changed):
    species = SpeciesFactory(slug="que")
    client.force_login(curator)
    assert client.post(address("unpublish", species)).status_code == 302
    client.logout()
    assert client.get("/vi/species/que/").status_code == 404
    assert changed == [species.pk]


@pytest.mark.parametrize(
    ("action", "mark"), [("mark_reviewed", False), ("mark_demonstration", True)]
)
def test_records_are_marked_and_a_draft_goes_on_waiting(client, curator, changed, action, mark):
    published = SpeciesFactory(is_demonstration=not mark)
    waiting = draft(SpeciesFactory(is_demonstration=not mark), authorship="Mill.")
    client.force_login(curator)
    assert client.post(address(action, published, waiting)).status_code == 302
    assert set(Species.objects.values_list("is_demonstration", flat=True)) == {mark}
    assert sorted(changed) == [published.pk, waiting.pk]
    waiting.refresh_from_db()
    assert (waiting.has_unpublished_changes, waiting.authorship) == (True, "L.")
    newest = waiting.get_latest_revision_as_object()
    assert (newest.is_demonstration, newest.authorship) == (mark, "Mill.")
    entries = ModelLogEntry.objects.filter(action="catalogue.species.marked", user=curator)
    assert {entry.data["is_demonstration"] for entry in entries} == {mark}


def test_records_are_downloaded_as_a_workbook(client, editor):
    one, _other = SpeciesFactory(slug="the-first"), SpeciesFactory(slug="the-second")
    client.force_login(editor)
    answer = client.post(address("export", one))
    assert "species.xlsx" in answer.headers["Content-Disposition"]
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer.streaming_content)))
    cells = {
        cell
        for name in book.sheet_names
        for row in book.get_sheet_by_name(name).to_python()
        for cell in row
    }
    assert "the-first" in cells
    assert "the-second" not in cells


@pytest.mark.parametrize("action", ["publish", "unpublish", "mark_reviewed", "mark_demonstration"])
def test_an_editor_does_none_of_it(client, editor, action):
    before = draft(SpeciesFactory(is_demonstration=action == "mark_reviewed"), authorship="Mill.")
    client.force_login(editor)
    url = address(action, before)
    assert "items_with_no_access" in client.get(url).context
    assert client.get(url).context["items"] == []
    client.post(url)
    after = Species.objects.get()
    assert (after.live, after.authorship) == (True, "L.")
    assert after.is_demonstration == before.is_demonstration


@pytest.mark.parametrize(
    "verb",
    [
        services.publish,
        services.unpublish,
        lambda **who: services.mark(as_demonstration=True, **who),
    ],
)
def test_the_services_refuse_who_may_not_publish(editor, verb):
    species = SpeciesFactory()
    with pytest.raises(PermissionDenied):
        verb(species=species, person=editor)
    assert Species.objects.get().live


def test_a_draft_with_an_empty_row_is_not_complete():
    species = SpeciesFactory()
    services.check(species)
    species.names = [VernacularName(name="", language="")]
    with pytest.raises(ValidationError):
        services.check(species)
