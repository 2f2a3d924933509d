"""Two doubles from the package index, each started once for a run of tests."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import noida_db
import osmem_server

from search.engines.elastic import ElasticEngine
from tests.search.servers.node import PlainNode
from tests.search.servers.processes import free_port, running, wait_for

# The program itself: the script of that name starts it as a child, which would outlive it.
NOIDA = Path(noida_db.__file__).parent / "noida-db"


class NoidaEngine(ElasticEngine):
    """Our adapter on a double that says it is an Elasticsearch of its own numbering."""

    least_version = (0,)
    refresh = True


class OsmemEngine(ElasticEngine):
    """Our adapter on a double of OpenSearch, whose versions count differently."""

    least_version = (0,)
    node_class = PlainNode
    refresh = True


@contextlib.contextmanager
def noida(folder: Path) -> Iterator[str]:
    """Start noida-db's Elasticsearch in a folder and give its address."""
    port = free_port()
    NOIDA.chmod(0o755)  # a package does not carry that a file may be run
    line = [str(NOIDA), "start", "--data-dir", str(folder / "noida"), "--only", "elasticsearch",
            "--elasticsearch-port", str(port)]  # fmt: skip
    with running(line, folder / "noida.log"):
        address = f"http://127.0.0.1:{port}"
        wait_for(address)
        yield address


@contextlib.contextmanager
def osmem(folder: Path) -> Iterator[str]:
    """Start osmem and give its address."""
    port = free_port()
    binary = Path(osmem_server.__file__).parent / "bin" / "osmem-server"
    line = [str(binary), "-addr", f"127.0.0.1:{port}", "-no-ja", "-no-stdin-watch"]
    with running(line, folder / "osmem.log"):
        address = f"http://127.0.0.1:{port}"
        wait_for(address, PlainNode)
        yield address
