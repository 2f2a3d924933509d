"""What happens to a record happens to its document."""

from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import transaction

from wagtail.models import Page, PageViewRestriction

import pytest

from catalogue.decisions import Decision
from catalogue.models import Certificate, Species, VernacularName
from catalogue.signals import certificate_changed, species_changed, species_changed_many
from market.models import Lot
from market.signals import lot_changed
from search import outbox

DATABASE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def work() -> None:
    """Do what the worker would do now."""
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)


@pytest.fixture
def cassia(add_species, rebuild):
    species = add_species("Cinnamomum cassia", "Quế")
    rebuild()
    return species


def test_publishing_a_species_makes_it_found(add_species, rebuild, found):
    species = add_species("Mentha arvensis", "Bạc hà", live=False)
    rebuild()
    assert found("bạc hà") == []

    species.save_revision().publish()

    assert found("bạc hà") == [("species", "bac-ha")]


def test_a_draft_changes_nothing_until_it_is_published(cassia, found):
    draft = Species.objects.get(pk=cassia.pk)
    draft.scientific_name = "Laurus nova"
    revision = draft.save_revision()
    assert found("laurus nova") == []

    revision.publish()

    assert found("laurus nova") == [("species", "que")]


def test_unpublishing_a_species_hides_it_and_its_lots(cassia, add_lot, found):
    lot = add_lot(cassia, "QUE-1")
    lot_changed.send(Lot, pk=lot.pk)
    assert found("quế") == [("species", "que"), ("lots", "QUE-1")]

    Species.objects.get(pk=cassia.pk).unpublish()

    assert found("quế") == []


def test_deleting_a_species_drops_it(cassia, found):
    cassia.delete()

    assert found("quế") == []


def test_a_changed_name_is_also_that_of_the_lots(cassia, add_lot, found):
    lot_changed.send(Lot, pk=add_lot(cassia, "QUE-1").pk)
    VernacularName.objects.filter(species=cassia).update(name="Nhục quế")

    species_changed.send(Species, pk=cassia.pk)

    assert found("nhục quế") == [("species", "que"), ("lots", "QUE-1")]


def test_many_changed_species_are_followed_with_their_lots(cassia, add_species, add_lot, found):
    anise = add_species("Illicium verum", "Hồi")
    lot_changed.send(Lot, pk=add_lot(cassia, "QUE-1").pk)
    VernacularName.objects.filter(species=cassia).update(name="Nhục quế")

    species_changed_many.send(Species, pks=[anise.pk, cassia.pk])

    assert found("nhục quế") == [("species", "que"), ("lots", "QUE-1")]
    assert found("hồi") == [("species", "hoi")]


def test_a_changed_address_leaves_no_second_document(cassia, found):
    Species.objects.filter(pk=cassia.pk).update(slug="que-moi")

    species_changed.send(Species, pk=cassia.pk)

    assert found("quế") == [("species", "que-moi")]


def test_a_closed_lot_is_no_longer_found(cassia, add_lot, found):
    lot = add_lot(cassia, "QUE-1")
    lot_changed.send(Lot, pk=lot.pk)
    assert found("QUE-1") == [("lots", "QUE-1")]
    Lot.objects.filter(pk=lot.pk).update(state=Lot.State.CLOSED)

    lot_changed.send(Lot, pk=lot.pk)

    assert found("QUE-1") == [("species", "que")]


def test_a_deleted_lot_is_dropped(cassia, add_lot, found):
    lot = add_lot(cassia, "QUE-1")
    lot_changed.send(Lot, pk=lot.pk)

    assert found(on_sale="yes", kind="species") == [("species", "que")]

    lot.delete()

    assert found("QUE-1") == [("species", "que")]
    assert found(on_sale="yes", kind="species") == []


def test_a_suspended_certificate_takes_its_lots_off_and_the_badge_away(
    cassia, add_lot, add_certificate, rebuild, found
):
    certificate = add_certificate(cassia)
    add_lot(cassia, "QUE-1", certificates=[certificate])
    rebuild()
    assert found("quế", certified=True) == [("species", "que"), ("lots", "QUE-1")]
    Certificate.objects.update(decision=Decision.SUSPENDED)

    certificate_changed.send(Certificate, pk=certificate.pk)

    assert found("quế", certified=True) == []
    assert found("quế") == [("species", "que")]


def test_a_story_follows_its_publication(add_story, rebuild, found):
    story = add_story("Giới thiệu", live=False)
    rebuild()
    assert found("giới thiệu") == []

    story.save_revision().publish()
    assert found("giới thiệu") == [("pages", str(story.pk))]

    story.refresh_from_db()
    story.unpublish()
    assert found("giới thiệu") == []


def test_a_deleted_story_is_dropped(add_story, rebuild, found):
    story = add_story("Giới thiệu")
    rebuild()

    Page.objects.get(pk=story.pk).delete()

    assert found("giới thiệu") == []


def test_a_story_locked_away_is_not_found_until_it_is_opened(add_story, rebuild, found):
    story = add_story("Giới thiệu")
    rebuild()

    restriction = PageViewRestriction.objects.create(
        page=story, restriction_type=PageViewRestriction.GROUPS
    )
    restriction.groups.add(Group.objects.create(name="Friends"))
    assert found("giới thiệu") == []

    restriction.delete()
    assert found("giới thiệu") == [("pages", str(story.pk))]


def test_a_story_moved_under_a_locked_page_is_not_found(add_story, rebuild, found):
    story, cellar = add_story("Giới thiệu"), add_story("Kho")
    PageViewRestriction.objects.create(page=cellar, restriction_type=PageViewRestriction.LOGIN)
    rebuild()
    assert found("giới thiệu") == [("pages", str(story.pk))]

    story.move(cellar, pos="last-child")

    assert found("giới thiệu") == []


@pytest.mark.django_db(transaction=True)
def test_a_change_is_committed_with_its_cause_and_only_then_told(settings, cassia, found):
    settings.TASKS = DATABASE

    with transaction.atomic():
        Species.objects.filter(pk=cassia.pk).update(live=False)
        species_changed.send(Species, pk=cassia.pk)
        assert outbox.waiting().count() == 1  # inside, before the commit
        assert found("quế") == [("species", "que")]

    work()

    assert found("quế") == []


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_leaves_the_index_untouched(settings, cassia, found):
    settings.TASKS = DATABASE

    with transaction.atomic():
        Species.objects.filter(pk=cassia.pk).update(live=False)
        species_changed.send(Species, pk=cassia.pk)
        assert outbox.waiting().count() == 1
        transaction.set_rollback(True)

    assert outbox.waiting().count() == 0
    work()
    assert found("quế") == [("species", "que")]


def test_without_an_index_a_change_goes_through_and_waits(add_species):
    species = add_species("Cinnamomum cassia", "Quế")

    species_changed.send(Species, pk=species.pk)

    assert outbox.waiting().filter(label="species", record=species.pk).exists()
