"""From an editor's draft to a published record, through the views; previews on the way."""

from django.urls import reverse

from wagtail.models import TaskState, WorkflowState

import pytest

from catalogue.models import Species, SpeciesText
from tests.catalogue.admin.test_form import faults, whole_form
from tests.factories.catalogue import LanguageFactory, SpeciesFactory

pytestmark = pytest.mark.django_db


def address(view, *args):
    return reverse(Species.snippet_viewset.get_url_name(view), args=args)


@pytest.fixture
def species(site):
    LanguageFactory()
    LanguageFactory(code="eng")
    return SpeciesFactory(slug="que", vie="Quế", eng="Cassia")


def edit(client, species, **changes):
    form = whole_form(client, species) | {"texts-0-description": "Lời mới."} | changes
    answer = client.post(address("edit", species.pk), form)
    assert answer.status_code == 302, faults(answer)


def public_text(client):
    client.logout()
    return client.get("/vi/species/que/").content.decode()


def test_an_editor_submits_a_curator_approves_and_the_public_reads(
    client, editor, curator, species
):
    client.force_login(editor)
    edit(client, species, **{"action-submit": "1"})
    (task,) = TaskState.objects.all()
    assert (task.status, WorkflowState.objects.get().requested_by) == ("in_progress", editor)
    assert "Lời mới." not in public_text(client)

    client.force_login(curator)
    review = client.get(reverse(Species.snippet_viewset.get_url_name("list")), {"state": "review"})
    assert list(review.context["page_obj"].object_list) == [species]
    answer = client.post(
        address("workflow_action", species.pk, "approve", task.pk), {"comment": ""}
    )
    assert answer.status_code == 302
    assert WorkflowState.objects.get().status == "approved"
    species.refresh_from_db()
    assert (species.live, species.has_unpublished_changes) == (True, False)
    assert "Lời mới." in public_text(client)


def test_a_curator_rejects_and_the_editor_submits_again(client, editor, curator, species):
    client.force_login(editor)
    edit(client, species, **{"action-submit": "1"})
    client.force_login(curator)
    task = TaskState.objects.get()
    client.post(address("workflow_action", species.pk, "reject", task.pk), {"comment": "Nguồn?"})
    assert WorkflowState.objects.get().status == "needs_changes"
    client.force_login(editor)
    edit(client, species, **{"texts-0-description": "Lần hai.", "action-submit": "1"})
    assert WorkflowState.objects.get().status == "in_progress"


def test_an_editor_can_neither_publish_nor_approve(client, editor, species):
    client.force_login(editor)
    edit(client, species, **{"action-publish": "1"})
    assert "Lời mới." not in public_text(client)
    client.force_login(editor)
    edit(client, species, **{"action-submit": "1"})
    task = TaskState.objects.get()
    client.post(address("workflow_action", species.pk, "approve", task.pk), {"comment": ""})
    assert TaskState.objects.get().status == "in_progress"
    client.post(address("unpublish", species.pk))
    client.post(address("delete", species.pk))
    assert Species.objects.get().live


@pytest.mark.parametrize(
    ("mode", "words", "name", "other"),
    [("vi", "Lời mới.", "Quế", "A new text."), ("en", "A new text.", "Cassia", "Lời mới.")],
)
def test_what_is_not_saved_is_previewed_in_each_language(
    client, editor, species, mode, words, name, other
):
    client.force_login(editor)
    changes = {"texts-0-description": "Lời mới.", "texts-1-description": "A new text."}
    preview = address("preview_on_edit", species.pk)
    form = whole_form(client, species) | changes
    assert client.post(f"{preview}?mode={mode}", form).json()["is_valid"] is True
    page = client.get(f"{preview}?mode={mode}").content.decode()
    assert f'<html lang="{mode}"' in page
    assert words in page
    assert other not in page
    assert f"<title>{name}" in page
    assert not SpeciesText.objects.filter(description=words).exists()
