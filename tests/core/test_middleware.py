"""The language of a request."""

import pytest

from tests.factories.catalogue import SpeciesFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def title(client):
    """Ask the API for the one species; return its title, which is in the language of the answer."""
    SpeciesFactory(slug="que", vie="Quế", eng="Cassia")

    def ask(query="", **headers):
        return client.get(f"/api/v1/species/que{query}", headers=headers).json()["title"]

    return ask


@pytest.mark.parametrize(
    ("_case", "query", "headers", "answer"),
    [
        ("the site's first language", "", {}, "Quế"),
        ("the header", "", {"accept_language": "en"}, "Cassia"),
        ("the parameter", "?lang=en", {}, "Cassia"),
        ("the parameter before the header", "?lang=vi", {"accept_language": "en"}, "Quế"),
        ("an unknown language", "?lang=xx", {}, "Quế"),
        ("an unknown language leaves the header", "?lang=xx", {"accept_language": "en"}, "Cassia"),
        ("no language", "?lang=", {"accept_language": "en"}, "Cassia"),
    ],
)
def test_a_machine_chooses_its_language(title, _case, query, headers, answer):
    assert title(query, **headers) == answer


def test_a_choice_does_not_outlive_its_request(title):
    assert title("?lang=en") == "Cassia"
    assert title() == "Quế"


def test_a_page_for_people_is_in_the_language_of_its_address(client):
    page = client.get("/vi/species/?lang=en")
    assert page.headers["Content-Language"] == "vi"
    assert '<html lang="vi"' in page.content.decode()


@pytest.mark.parametrize(
    "address", ["/api/v1/nothing", "/api/v2/", "/lot/NO-SUCH-LOT", "/files/images/none.jpg"]
)
def test_a_machine_is_told_what_is_not_there(client, address):
    assert client.get(address, headers={"accept_language": "en"}).status_code == 404


@pytest.mark.parametrize(("language", "there"), [("en", "/en/species/"), ("vi", "/vi/species/")])
def test_a_person_is_sent_to_the_address_in_their_language(client, language, there):
    answer = client.get("/species/", headers={"accept_language": language})
    assert answer.status_code == 302
    assert answer.headers["Location"] == there
