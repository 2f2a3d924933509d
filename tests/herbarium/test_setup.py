"""What an empty installation is given."""

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command

from wagtail.models import (
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Site,
    Workflow,
    WorkflowContentType,
)

import pytest

from catalogue.models import HomePage, Species, StoryPage
from core import roles
from herbarium.setup import set_up

pytestmark = pytest.mark.django_db


def state():
    return {
        "pages": list(Page.objects.order_by("pk").values_list("pk", "title", "url_path", "live")),
        "sites": list(Site.objects.values_list("hostname", "root_page", "is_default_site")),
        "permissions": {
            (group.name, permission.codename)
            for group in Group.objects.all()
            for permission in group.permissions.all()
        },
        "page permissions": GroupPagePermission.objects.count(),
        "file permissions": GroupCollectionPermission.objects.count(),
        "reviews": list(WorkflowContentType.objects.values_list("content_type", "workflow")),
        "tasks": list(GroupApprovalTask.objects.values_list("name", "groups__name")),
    }


def test_setting_up_twice_changes_nothing():
    set_up()
    once = state()
    set_up()
    assert state() == once


def test_the_first_pages_exist_in_both_languages_and_know_each_other():
    set_up()
    for model in (HomePage, StoryPage):
        pages = list(model.objects.order_by("pk"))
        assert [page.locale.language_code for page in pages] == ["vi", "en"]
        assert len({page.translation_key for page in pages}) == 1
        assert all(page.live for page in pages)
    assert not Page.objects.filter(slug="home").exists()
    assert Site.objects.get().root_page.specific == HomePage.objects.get(locale__language_code="vi")


@pytest.mark.parametrize(
    ("language", "words"), [("vi", "chợ đầu mối dược liệu"), ("en", "wholesale market")]
)
def test_the_home_page_is_in_its_language(client, language, words):
    set_up()
    page = client.get(f"/{language}/").content.decode()
    assert f'<html lang="{language}"' in page
    assert words in page


def test_what_an_administrator_changed_stays():
    set_up()
    curators = Group.objects.get(name=roles.CURATOR)
    curators.permissions.remove(curators.permissions.get(codename="delete_species"))
    home = HomePage.objects.get(locale__language_code="en")
    home.title = "Changed"
    home.save_revision().publish()
    Site.objects.update(site_name="Changed", hostname="herbs.example.org")

    set_up()

    assert not curators.permissions.filter(codename="delete_species").exists()
    assert HomePage.objects.get(locale__language_code="en").title == "Changed"
    assert Site.objects.get().hostname == "herbs.example.org"


def codenames(group, model):
    return set(
        group.permissions.filter(content_type__model=model).values_list("codename", flat=True)
    )


def test_an_old_installation_gets_what_new_models_bring_and_keeps_what_was_taken_away():
    set_up()
    curators = Group.objects.get(name=roles.CURATOR)
    curators.permissions.remove(*curators.permissions.filter(content_type__model="compound"))
    curators.permissions.remove(curators.permissions.get(codename="delete_family"))
    curators.permissions.remove(
        *curators.permissions.filter(codename__in=["add_part", "change_part", "delete_part"])
    )

    set_up()

    assert codenames(curators, "compound") == {
        "add_compound",
        "change_compound",
        "delete_compound",
        "view_compound",
    }
    assert codenames(curators, "family") == {"add_family", "change_family", "view_family"}
    assert codenames(curators, "part") == {"view_part"}


def test_what_editors_write_about_species_is_approved_by_curators():
    set_up()
    species = ContentType.objects.get_for_model(Species)
    assert Species.get_default_workflow() == Workflow.objects.get(
        workflow_content_types__content_type=species
    )
    (task,) = Species.get_default_workflow().tasks
    assert [group.name for group in task.specific.groups.all()] == [roles.CURATOR]


def test_a_review_that_an_administrator_took_away_or_replaced_stays_so():
    set_up()
    WorkflowContentType.objects.all().delete()
    set_up()
    assert not WorkflowContentType.objects.exists()


def test_a_review_that_exists_already_is_kept():
    species = ContentType.objects.get_for_model(Species)
    own = Workflow.objects.create(name="Own")
    WorkflowContentType.objects.create(content_type=species, workflow=own)
    set_up()
    assert Species.get_default_workflow() == own


@pytest.mark.parametrize(
    ("role", "may", "may_not"),
    [
        (
            roles.CURATOR,
            ["catalogue.publish_species", "catalogue.add_trait", "wagtailadmin.access_admin"],
            ["catalogue.change_certificate", "market.change_seller", "auth.change_user"],
        ),
        (
            roles.EDITOR,
            ["catalogue.change_species", "catalogue.add_reference", "catalogue.view_trait"],
            ["catalogue.publish_species", "catalogue.delete_species", "catalogue.change_trait"],
        ),
        (
            roles.MARKET_STAFF,
            ["catalogue.change_certificate", "market.view_order", "wagtailadmin.access_admin"],
            ["catalogue.change_species", "market.change_order", "market.change_lot"],
        ),
    ],
)
def test_a_role_may_do_its_work_and_nothing_else(role, may, may_not):
    set_up()
    held = {
        f"{permission.content_type.app_label}.{permission.codename}"
        for permission in Group.objects.get(name=role).permissions.select_related("content_type")
    }
    assert set(may) <= held
    assert held & set(may_not) == set()


def test_the_command_says_what_it_did(capsys):
    call_command("setup_site")
    assert capsys.readouterr().out == "roles and first pages are in place\n"
    assert HomePage.objects.count() == 2
