"""A real OpenSearch node (Lucene), assembled by `make search-node` and started once for a run."""

import contextlib
import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from search.engines.elastic import ElasticEngine
from tests.search.servers.node import PlainNode
from tests.search.servers.processes import free_port, running, wait_for

HOME = Path(settings.BASE_DIR) / "var" / "search-node"
HEAP = "384m"
# The server refuses to be user 0. In a user namespace root appears as another, and keeps its files.
NAMESPACE = ["unshare", "--user", "--map-user=1000", "--map-group=1000"]


class OpensearchEngine(ElasticEngine):
    """Our adapter on OpenSearch, whose versions count differently."""

    least_version = (0,)
    node_class = PlainNode
    refresh = True


def is_assembled() -> bool:
    """Return whether there is a node to start."""
    return (HOME / "java-home").is_file()


@contextlib.contextmanager
def opensearch(folder: Path) -> Iterator[str]:
    """Start the node with its data in a folder and give its address."""
    port, data = free_port(), folder / "opensearch"
    for name in ("config", "data", "logs", "tmp"):
        (data / name).mkdir(parents=True)
    for file in (HOME / "config").iterdir():
        shutil.copy(file, data / "config")
    with running([*_not_as_root(data), *_command(data, port)], folder / "opensearch.log"):
        address = f"http://127.0.0.1:{port}"
        wait_for(address, PlainNode)
        yield address


def _command(data: Path, port: int) -> list[str]:
    java = Path((HOME / "java-home").read_text(encoding="utf-8").strip(), "bin", "java")
    return [
        str(java),
        f"-Xms{HEAP}",
        f"-Xmx{HEAP}",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",  # starts sooner, and a test asks too little to be worth more
        "--enable-native-access=ALL-UNNAMED",
        f"-Djava.io.tmpdir={data / 'tmp'}",
        f"-Dopensearch.path.home={HOME}",
        f"-Dopensearch.path.conf={data / 'config'}",
        "-cp",
        f"{HOME / 'lib'}/*",
        "org.opensearch.bootstrap.OpenSearch",
        f"-Epath.data={data / 'data'}",
        f"-Epath.logs={data / 'logs'}",
        f"-Ehttp.port={port}",
        f"-Etransport.port={free_port()}",
    ]


def _not_as_root(data: Path) -> list[str]:
    """Return what to put before the command so that the server is not user 0."""
    if os.geteuid() != 0:
        return []
    with contextlib.suppress(FileNotFoundError):
        if subprocess.run([*NAMESPACE, "true"], capture_output=True, check=False).returncode == 0:
            return NAMESPACE
    nobody = pwd.getpwnam("nobody")
    for path in (data, *data.rglob("*")):
        os.chown(path, nobody.pw_uid, nobody.pw_gid)
    return ["setpriv", f"--reuid={nobody.pw_uid}", f"--regid={nobody.pw_gid}", "--clear-groups"]
