"""Runs the suite: on SQLite, and with --everything on PostgreSQL and in a browser as well.

`python -m tests.run [--everything] [arguments of pytest]`
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SEARCH_NODE = Path(__file__).resolve().parent.parent / "var" / "search-node" / "java-home"
SERVER_FOLDERS = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
# Tests that flush the database come last, and stay last: a flush takes what migrations put there.
PARALLEL = ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder", "-q"]


def pytest(arguments: list[str], **environment: str) -> int:
    """Run pytest in a process of its own and return its exit code."""
    line = [sys.executable, "-m", "pytest", *PARALLEL, *arguments]
    return subprocess.call(line, env=os.environ | environment)


@contextmanager
def postgresql() -> Iterator[str]:
    """Start a throw-away PostgreSQL on loopback and give its address."""
    if not SERVER_FOLDERS:
        sys.exit("PostgreSQL is not installed; on Debian: apt-get install postgresql")
    folder = Path(tempfile.mkdtemp(prefix="herbarium-pg-"))
    data, port = folder / "data", _free_port()
    as_server = _as_server_user(folder)
    initdb, pg_ctl = (str(SERVER_FOLDERS[0] / name) for name in ("initdb", "pg_ctl"))
    options = (
        f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} "
        "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    )
    _run([*as_server, initdb, "-D", str(data), "-U", "postgres", "--auth=trust",
          "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"])  # fmt: skip
    _run([*as_server, pg_ctl, "-w", "-D", str(data), "-l", f"{folder}/log", "-o", options, "start"])
    try:
        yield f"postgresql://postgres@127.0.0.1:{port}/postgres"
    finally:
        _run([*as_server, pg_ctl, "-w", "-D", str(data), "-m", "immediate", "stop"])
        shutil.rmtree(folder, ignore_errors=True)


def _run(line: list[str]) -> None:
    subprocess.run(line, check=True, stdout=subprocess.DEVNULL)


def _as_server_user(folder: Path) -> list[str]:
    """PostgreSQL refuses to run as root; there it runs as the user its package made."""
    if os.geteuid() != 0:
        return []
    shutil.chown(folder, "postgres")
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def main() -> int:
    """Return the exit code of the first run that failed, or of the last one."""
    arguments = sys.argv[1:]
    if "--everything" not in arguments:
        return pytest(arguments)
    arguments.remove("--everything")
    services = ["chromium", "osmem", "noida"]
    if SEARCH_NODE.is_file():
        services.append("opensearch")
    failed = pytest(arguments, REQUIRE_SERVICES=",".join(services))
    if failed:
        return failed
    with postgresql() as address:
        return pytest(
            ["--second-database", *arguments],
            REQUIRE_SERVICES=",".join([*services, "postgresql"]),
            DATABASE_URL=address,
        )


if __name__ == "__main__":
    sys.exit(main())
