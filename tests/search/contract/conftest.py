"""What every engine promises: the same cases on each, and the same answers."""

import uuid
from collections.abc import Iterator

import pytest

from search.engines import get_engine
from tests.search.servers import doubles, opensearch

SERVERS = {
    "osmem": "tests.search.servers.doubles.OsmemEngine",
    "noida": "tests.search.servers.doubles.NoidaEngine",
    "opensearch": "tests.search.servers.opensearch.OpensearchEngine",
}


@pytest.fixture(scope="session")
def osmem(tmp_path_factory) -> Iterator[str]:
    with doubles.osmem(tmp_path_factory.mktemp("osmem")) as address:
        yield address


@pytest.fixture(scope="session")
def noida(tmp_path_factory) -> Iterator[str]:
    with doubles.noida(tmp_path_factory.mktemp("noida")) as address:
        yield address


@pytest.fixture(scope="session")
def opensearch_node(tmp_path_factory) -> Iterator[str]:
    with opensearch.opensearch(tmp_path_factory.mktemp("opensearch")) as address:
        yield address


@pytest.fixture(
    autouse=True,
    params=[
        "tantivy",
        # What a server answers does not depend on the database its documents came from.
        *(
            pytest.param(name, marks=[pytest.mark.service(name), pytest.mark.one_database])
            for name in SERVERS
        ),
    ],
)
def engine(request, settings, index_dir) -> Iterator[str]:
    """The engine in use, with an empty index of its own; its name."""
    name = request.param
    if name == "tantivy":
        yield name
        return
    fixture = "opensearch_node" if name == "opensearch" else name
    settings.SEARCH_ENGINE = SERVERS[name]
    settings.ELASTICSEARCH_URL = request.getfixturevalue(fixture)
    settings.ELASTICSEARCH_INDEX = f"test-{uuid.uuid4().hex}"
    yield name
    client = get_engine()._writer
    for index in client.indices.get(index=f"{settings.ELASTICSEARCH_INDEX}*"):
        client.indices.delete(index=index)


@pytest.fixture
def mint(add_species):
    return add_species("Mentha arvensis", "Bạc hà", "Bạc hà nam", family="Lamiaceae")


@pytest.fixture
def cassia(add_species):
    return add_species(
        "Cinnamomum cassia",
        "Quế",
        "Quế đơn",
        ("Chinese cinnamon", "eng"),
        ("肉桂", "zho"),
        synonyms=["Laurus cassia"],
        body="Vỏ thơm, lấy tinh dầu.",
    )
