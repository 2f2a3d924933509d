"""The door, health, and the pages nobody wants to see."""

from django.core.files.storage import default_storage
from django.db import DatabaseError
from django.test import Client
from django.urls import path
from django.views.defaults import server_error

import pytest

from herbarium import views
from herbarium.setup import set_up
from herbarium.urls import urlpatterns as real_urlpatterns
from search import indexing

pytestmark = pytest.mark.django_db


@pytest.fixture
def index(settings, tmp_path):
    """A folder of its own for the index, not built yet."""
    settings.SEARCH_INDEX_DIR = tmp_path / "search"


# The door


@pytest.mark.parametrize(
    ("_case", "accepted", "home"),
    [
        ("nothing said", None, "/vi/"),
        ("Vietnamese", "vi-VN,vi;q=0.9", "/vi/"),
        ("English", "en-GB,en;q=0.8", "/en/"),
        ("the one preferred", "en;q=0.4,vi;q=0.8", "/vi/"),
        ("a language we do not have", "fr-FR,fr;q=0.9", "/vi/"),
        ("a language we do not have before one we do", "fr,en;q=0.3", "/en/"),
        ("nonsense", ";;;q=", "/vi/"),
    ],
)
def test_the_door_follows_the_browser(client, _case, accepted, home):
    answer = client.get("/", headers={"accept_language": accepted} if accepted else {})
    assert (answer.status_code, answer.headers["Location"]) == (302, home)
    assert {"Accept-Language", "Cookie"} <= set(answer.headers["Vary"].split(", "))


def test_the_door_is_for_reading(client):
    assert client.post("/").status_code == 405
    assert client.head("/").status_code == 302


# Health


def test_alive(client):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok")
    assert "no-cache" in answer.headers["Cache-Control"]


def test_ready_when_the_index_is_built(client, index):
    indexing.rebuild()
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {"database": "ok", "index": "ok", "storage": "ok"}


def test_not_ready_names_the_missing_index(client, index):
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"database": "ok", "index": "unavailable", "storage": "ok"}


def test_not_ready_names_the_database(client, index, monkeypatch):
    indexing.rebuild()

    def refuse(*args):
        raise DatabaseError("gone")

    monkeypatch.setattr(views.connection, "cursor", refuse)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"database": "unavailable", "index": "ok", "storage": "ok"}


def test_not_ready_names_the_storage(client, index, monkeypatch):
    indexing.rebuild()

    def refuse(name):
        raise PermissionError(name)

    monkeypatch.setattr(default_storage, "exists", refuse)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"database": "ok", "index": "ok", "storage": "unavailable"}


# Not found, and our own faults


@pytest.mark.parametrize(
    ("language", "words"),
    [("vi", "Không có trang nào"), ("en", "There is no page at this address")],
)
def test_not_found_in_our_look(client, language, words):
    answer = client.get(f"/{language}/no/such/page/")
    page = answer.content.decode()
    assert answer.status_code == 404
    assert f'<html lang="{language}"' in page
    assert f'href="/{language}/species/"' in page
    assert "herbarium/base.css" in page
    assert ("There is no page at this address" in page) is (language == "en")


def broken(request):
    raise RuntimeError("a secret of the inside")


urlpatterns = [path("broken", broken), *real_urlpatterns]


def test_our_own_fault_in_our_look_and_both_languages(client, settings):
    settings.ROOT_URLCONF = __name__
    client.raise_request_exception = False
    answer = client.get("/broken")
    page = answer.content.decode()
    assert answer.status_code == 500
    assert "Hoàng Liên" in page
    assert "Something went wrong on our side" in page
    assert 'href="/vi/"' in page
    assert "a secret of the inside" not in page
    assert "Traceback" not in page


def test_our_own_fault_needs_no_database_to_be_told(rf):
    """The page of a fault is plain: it asks neither the database nor a context processor."""
    answer = server_error(rf.get("/vi/"))
    assert answer.status_code == 500
    assert "Hoàng Liên" in answer.content.decode()


def test_a_host_nobody_knows_is_a_bad_request(client, settings):
    settings.ALLOWED_HOSTS = ["testserver"]
    answer = client.get("/vi/species/", headers={"host": "evil.example.org"})
    assert answer.status_code == 400


def test_a_form_without_its_token_is_refused_in_our_look():
    answer = Client(enforce_csrf_checks=True).post("/vi/account/login/", {"login": "x"})
    assert answer.status_code == 403
    assert "Hoàng Liên" in answer.content.decode()


# Every page


@pytest.mark.parametrize(("language", "other"), [("vi", "en"), ("en", "vi")])
def test_a_page_links_to_itself_in_the_other_language(client, language, other):
    set_up()
    answer = client.get(f"/{language}/species/?q=que")
    assert answer.context["base_url"] == "http://testserver"
    assert [(one["code"], one["url"]) for one in answer.context["other_languages"]] == [
        (other, f"/{other}/species/?q=que")
    ]


@pytest.mark.parametrize("shown", [True, False])
def test_the_demonstration_says_so_and_a_real_site_does_not(client, settings, shown):
    settings.IS_DEMONSTRATION = shown
    page = client.get("/en/species/").content.decode()
    assert ("Demonstration." in page) is shown


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/files/images/none.jpg", 404),
        ("/files/documents/secret.pdf", 404),
        ("/files/original_images/none.jpg", 404),
        ("/files/images/../../settings.py", 404),
        ("/files/images/%2e%2e/%2e%2e/x", 404),
    ],
)
def test_files_are_served_from_their_folder_alone(client, address, status):
    assert client.get(address).status_code == status
