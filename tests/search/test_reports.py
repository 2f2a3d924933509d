"""The report of changes that were given up."""

from django.urls import reverse

import pytest

from search.models import Change

pytestmark = pytest.mark.django_db


@pytest.fixture
def dead():
    return Change.objects.create(
        label="species", record=7, is_dead=True, attempts=7, error="ValueError: no such month"
    )


def test_it_lists_what_was_given_up_and_why(admin_client, dead):
    Change.objects.create(label="lots", record=9)

    page = admin_client.get(reverse("search_changes")).content.decode()

    assert "species:7" in page
    assert "no such month" in page
    assert "lots:9" not in page


def test_a_change_is_tried_again(admin_client, dead):
    answer = admin_client.post(reverse("search_retry_change", args=[dead.pk]))

    assert answer.url == reverse("search_changes")
    dead.refresh_from_db()
    assert (dead.is_dead, dead.attempts) == (False, 0)


def test_others_can_do_neither(client, dead, django_user_model):
    client.force_login(django_user_model.objects.create_user("a", "a@example.org"))

    assert client.get(reverse("search_changes")).status_code == 302
    client.post(reverse("search_retry_change", args=[dead.pk]))
    dead.refresh_from_db()
    assert dead.is_dead
