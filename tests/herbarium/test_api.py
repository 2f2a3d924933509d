"""The open API as a whole: its description, its problems, and whatever a machine may send."""

import re

from django.core.signals import request_finished, request_started
from django.db import close_old_connections

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings

from herbarium.api import api
from herbarium.wsgi import application
from search import indexing
from tests.factories.catalogue import (
    CertificateFactory,
    GrowingAreaFactory,
    KnowledgeFactory,
    SpeciesFactory,
)
from tests.factories.market import LotFactory

pytestmark = pytest.mark.django_db

PROBLEM = "application/problem+json"


@pytest.fixture
def records(settings, tmp_path):
    """One record of everything, and an index that holds them."""
    settings.SEARCH_INDEX_DIR = tmp_path / "search"
    species = SpeciesFactory(slug="que", vie="Quế")
    area = GrowingAreaFactory(code="VN-1", species=[species])
    certificate = CertificateFactory(number="C-1", species=[species], areas=[area])
    KnowledgeFactory(species=species)
    LotFactory(code="LOT-1", species=species, certificates=[certificate], areas=[area])
    indexing.rebuild()


@pytest.mark.parametrize(
    ("_case", "address", "status"),
    [
        ("no such record", "/api/v1/species/no-such", 404),
        ("no such lot", "/api/v1/lots/no-such", 404),
        ("no such list", "/api/v1/unicorns", 404),
        ("no such version", "/api/v9/species", 404),
        ("the bare folder", "/api/", 404),
        ("a limit that is too large", "/api/v1/species?limit=1000", 400),
        ("a limit that is no number", "/api/v1/lots?limit=many", 400),
        ("a kind nobody knows", "/api/v1/search?kind=unicorns", 400),
        ("too long", "/api/v1/suggest?q=" + "x" * 201, 400),
    ],
)
def test_a_fault_is_a_problem_document(client, _case, address, status):
    answer = client.get(address)
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == PROBLEM
    body = answer.json()
    assert body["type"] == "about:blank"
    assert body["status"] == status
    assert body["title"]


@pytest.mark.parametrize("address", ["/api/v1/search?q=que", "/api/v1/suggest?q=qu"])
def test_a_missing_index_is_a_problem_and_not_an_empty_answer(client, settings, tmp_path, address):
    settings.SEARCH_INDEX_DIR = tmp_path / "never-built"
    answer = client.get(address)
    assert answer.status_code == 503
    assert answer.headers["Content-Type"] == PROBLEM
    assert answer.json()["status"] == 503


OWN_OF_NINJA = {"", "docs", "openapi.json"}


def test_the_description_names_every_route(client):
    patterns, _app, _namespace = api.urls
    routes = {str(pattern.pattern) for pattern in patterns} - OWN_OF_NINJA
    assert {"species", "species/<slug>", "lots", "lots/<code>", "search", "suggest"} <= routes
    described = client.get("/api/v1/openapi.json").json()["paths"]
    assert set(described) == {
        "/api/v1/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route) for route in routes
    }
    assert {method for item in described.values() for method in item} == {"get"}


def test_every_route_says_in_a_line_what_it_is_for():
    for path, item in api.get_openapi_schema()["paths"].items():
        for operation in item.values():
            assert operation["summary"], path
            assert operation["tags"], path


def test_the_documentation_page_loads_nothing_from_elsewhere(client):
    page = client.get("/api/v1/docs")
    assert page.status_code == 200
    assert "https://" not in page.content.decode()


@pytest.fixture
def one_connection():
    """Requests end as they do under Django's own client: without closing the test's connection."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.filterwarnings("default")
def test_whatever_is_sent_is_never_our_fault(records, one_connection):
    """Read the description, make up requests from it, right ones and wrong ones."""
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    tried = set()
    for result in schema.get_all_operations():
        operation = result.ok()
        tried.add(operation.path)
        never_our_fault(operation)
    assert len(tried) >= 8


def never_our_fault(operation):
    modes = [schemathesis.GenerationMode.POSITIVE]
    if list(operation.query):  # a slug alone can be any text: there is no wrong one to make up
        modes.append(schemathesis.GenerationMode.NEGATIVE)
    for mode in modes:

        @given(operation.as_strategy(generation_mode=mode))
        def check(case):
            answer = case.call()
            assert answer.status_code < 500, (case.formatted_path, case.query)

        settings(
            max_examples=12,
            deadline=None,
            database=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )(check)()
