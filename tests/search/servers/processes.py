"""Starting servers on loopback, and ending them."""

import contextlib
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from elasticsearch import Elasticsearch

READY_SECONDS = 60


@contextlib.contextmanager
def running(line: list[str], log: Path) -> Iterator[subprocess.Popen]:
    """Run a server until the block ends."""
    with log.open("wb") as output:
        server = subprocess.Popen(line, stdout=output, stderr=output)
        try:
            yield server
        finally:
            server.terminate()
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def wait_for(address: str, node_class=None) -> None:
    """Wait until a server answers. Raises TimeoutError."""
    options = {"node_class": node_class} if node_class else {}
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        with Elasticsearch(address, request_timeout=1, max_retries=0, **options) as client:
            if client.ping():
                return
        time.sleep(0.1)
    raise TimeoutError(f"{address} did not answer within {READY_SECONDS} s")


def free_port() -> int:
    """Return a port of loopback that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
