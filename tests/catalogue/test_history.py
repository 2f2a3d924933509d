"""Who wrote each fact and since when, and what a revision changed."""

from django.urls import reverse
from django.utils import translation

import pytest

from catalogue import history
from catalogue.history import Origin
from catalogue.models import Distribution, Species, VernacularName
from tests.factories.catalogue import (
    CommuneFactory,
    PartFactory,
    ReferenceFactory,
    SpeciesFactory,
)
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def first():
    return PersonFactory(first_name="Lan", last_name="Trần")


@pytest.fixture
def second():
    return PersonFactory(first_name="Minh", last_name="Lê")


@pytest.fixture
def species(first):
    species = SpeciesFactory(
        slug="que", scientific_name="Cinnamomum cassia", vie="Quế", authorship="L."
    )
    species.save_revision(user=first).publish(user=first, skip_permission_checks=True)
    return Species.objects.get(pk=species.pk)


def publish(species, user):
    revision = species.save_revision(user=user)
    revision.publish(user=user, skip_permission_checks=True)
    return revision


def fact(species, section, row, column):
    """Return value and origin of one fact of the stored record."""
    species = Species.objects.get(pk=species.pk)
    [found] = [
        (value, statement.origin)
        for part in history.provenance(species)
        if part.title == section
        for entry in part.entries
        if entry.label == row
        for statement in entry.statements
        for name, value in statement.facts
        if name == column
    ]
    return found


def origin(revision):
    return Origin(revision.pk, revision.created_at, revision.user)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def test_a_fact_is_of_whoever_wrote_it_last(species, first, second):
    begun = species.latest_revision
    species.authorship = "Nees"
    changed = publish(species, second)
    assert fact(species, "Species", "", "Authorship") == ("Nees", origin(changed))
    assert fact(species, "Species", "", "Rank") == ("species", origin(begun))


def test_a_fact_that_was_changed_back_is_of_whoever_changed_it_back(species, second):
    species.authorship = "Nees"
    publish(species, second)
    species.authorship = "L."
    back = publish(species, second)
    assert fact(species, "Species", "", "Authorship") == ("L.", origin(back))


def test_rows_have_origins_of_their_own(species, first, second):
    begun = species.latest_revision
    source = ReferenceFactory()
    name = VernacularName(name="Quế đơn", language="vie", source=source, sort_order=2)
    species.names.add(name)
    added = publish(species, second)
    assert fact(species, "Names", "Quế (vie, common name)", "Source")[1] == origin(begun)
    assert fact(species, "Names", "Quế đơn (vie, common name)", "Source")[1] == origin(added)


def test_a_draft_is_no_provenance_of_what_is_stored(species, first, second):
    begun = species.latest_revision
    species.authorship = "Nees"
    species.save_revision(user=second)
    assert fact(species, "Species", "", "Authorship") == ("L.", origin(begun))


def test_what_was_written_past_the_history_says_so(species):
    Species.objects.filter(pk=species.pk).update(authorship="Nees")
    assert fact(species, "Species", "", "Authorship") == ("Nees", Origin())


def test_places_and_choices_are_said_in_words(species, second):
    commune = CommuneFactory()
    species.distribution.add(
        Distribution(
            province=commune.province,
            commune=commune,
            source=ReferenceFactory(),
            means="cultivated",
        )
    )
    publish(species, second)
    row = "Lào Cai [15] (Phường Sa Pa [03006])"
    assert fact(species, "Distribution", row, "How it came there")[0] == "cultivated"


def test_at_most_so_many_revisions_are_read(species, second, monkeypatch):
    monkeypatch.setattr(history, "MOST_REVISIONS", 2)
    for authorship in ("Nees", "Blume"):
        species.authorship = authorship
        publish(species, second)
    oldest = list(species.revisions.order_by("pk"))[1]
    value, found = fact(species, "Species", "", "Rank")
    assert (value, found.revision, found.is_earlier) == ("species", oldest.pk, True)
    assert not fact(species, "Species", "", "Authorship")[1].is_earlier
    assert len(history.revisions_of(species)) == 2


def test_a_diff_says_rows_and_cells(species, second):
    before = species.latest_revision
    names = list(species.names.all())
    names[0].locator = "7"
    species.names = [names[0]]
    species.parts = [PartFactory(code="seed")]
    after = publish(species, second)
    said = [(c.sheet, c.kind, c.row, c.column, c.old, c.new) for c in history.diff(before, after)]
    assert said == [
        ("Species", "changed", "", "Parts used", "bark", "seed"),
        ("Names", "removed", "Sample herb que (eng, common name)", "", "", ""),
        ("Names", "changed", "Quế (vie, common name)", "Place in the source", "", "7"),
    ]
    assert history.diff(after, after) == []


# Pages


@pytest.fixture
def at_desk(client, curator):
    client.force_login(curator)
    return client


def test_a_curator_reads_where_each_fact_comes_from(
    at_desk, species, second, django_assert_max_num_queries
):
    species.authorship = "Nees"
    publish(species, second)
    with django_assert_max_num_queries(60):
        answer = at_desk.get(reverse("species_provenance", args=[species.pk]))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Minh Lê" in page
    assert "Trần" in page
    old, new = species.revisions.order_by("pk").values_list("pk", flat=True)
    assert reverse("species_changes", args=[species.pk, old, new]) in page


def test_a_curator_reads_what_a_revision_changed(at_desk, species, second):
    text = species.texts.get(language="en")
    text.description = "A tree of mountain forests, with smooth <b>bark</b> and leathery leaves."
    species.texts = [text]
    old = publish(species, second)
    text.description = text.description.replace("smooth", "rough")
    species.texts = [text]
    new = publish(species, second)
    page = at_desk.get(reverse("species_changes", args=[species.pk, old.pk, new.pk]))
    assert '<span class="deletion">smooth</span><span class="addition">rough</span>' in (
        page.content.decode()
    )
    assert "<b>bark</b>" not in page.content.decode()


def test_a_revision_of_another_record_is_not_compared(at_desk, species):
    other = SpeciesFactory(slug="khac", scientific_name="Alia planta")
    revision = other.save_revision()
    mine = species.latest_revision.pk
    for old, new in ((mine, revision.pk), (revision.pk, mine), (mine, 0)):
        address = reverse("species_changes", args=[species.pk, old, new])
        assert at_desk.get(address, follow=True).status_code == 404


def test_history_and_list_lead_there(at_desk, species):
    address = reverse("species_provenance", args=[species.pk])
    for view, args in (("history", [species.pk]), ("list", [])):
        page = at_desk.get(reverse(Species.snippet_viewset.get_url_name(view), args=args))
        assert address in page.content.decode()


def test_who_does_not_edit_species_reads_no_history(client, market_staff, species):
    address = reverse("species_provenance", args=[species.pk])
    assert client.get(address).status_code == 302
    client.force_login(market_staff)
    assert client.get(address).status_code == 302
    client.force_login(PersonFactory())
    assert client.get(address).status_code == 302
