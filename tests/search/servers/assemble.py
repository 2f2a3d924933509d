"""Assembles an OpenSearch node for the tests from the jars it is published as.

    python -m tests.search.servers.assemble [FOLDER]

No archive of the server is published in Maven's repository, but every jar of it is. Maven resolves
them, each must have the SHA-256 of opensearch.lock beside this file, and they are laid out as the
server expects: lib/, modules/NAME/ with a descriptor, config/, and `java-home`, the Java to run it.
No security plugin is among them: the node speaks plain HTTP on loopback.
"""

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

OPENSEARCH_VERSION = "3.8.0"
# Must match the log4j-api the server depends on; the server's POM leaves it out.
LOG4J_VERSION = "2.25.4"
MINIMUM_JAVA = 21
LOCK = Path(__file__).with_name("opensearch.lock")
FOLDER = Path(__file__).resolve().parents[3] / "var" / "search-node"


@dataclass(frozen=True)
class Module:
    """One module of the server: its jar, plugin class and private jars."""

    name: str
    artifact: str
    plugin_class: str
    # Jars (by artifact) that must share the module's own class loader.
    private: tuple[str, ...] = ()
    # Modules whose extension points this one uses.
    extends: tuple[str, ...] = ()


MODULES = (
    Module(
        "transport-netty4", "transport-netty4-client", "org.opensearch.transport.Netty4ModulePlugin"
    ),
    Module(
        "analysis-common",
        "analysis-common",
        "org.opensearch.analysis.common.CommonAnalysisModulePlugin",
        extends=("lang-painless",),
    ),
    Module(
        "lang-painless",
        "lang-painless",
        "org.opensearch.painless.PainlessModulePlugin",
        private=("opensearch-scripting-painless-spi",),
    ),
    Module(
        "mapper-extras",
        "mapper-extras-client",
        "org.opensearch.index.mapper.MapperExtrasModulePlugin",
    ),
    Module("reindex", "reindex-client", "org.opensearch.index.reindex.ReindexModulePlugin"),
)

# (group, artifact, version, artifacts left out) of what is asked for directly.
ROOTS = (
    ("org.opensearch", "opensearch", OPENSEARCH_VERSION, ()),
    ("org.opensearch", "opensearch-agent-bootstrap", OPENSEARCH_VERSION, ()),
    ("org.opensearch", "opensearch-plugin-classloader", OPENSEARCH_VERSION, ()),
    ("org.apache.logging.log4j", "log4j-core", LOG4J_VERSION, ()),
    *(
        # HTTP/3 is off, and its native libraries for five platforms weigh 12 MB.
        (
            "org.opensearch.plugin",
            m.artifact,
            OPENSEARCH_VERSION,
            (("io.netty", "netty-codec-native-quic"),),
        )
        for m in MODULES
    ),
)

OPENSEARCH_YML = """\
discovery.type: single-node
network.host: 127.0.0.1
bootstrap.system_call_filter: false
cluster.routing.allocation.disk.threshold_enabled: false
"""

LOG4J2_PROPERTIES = """\
status = error
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = [%d{ISO8601}][%-5p][%c{1.}] %marker%m%n
rootLogger.level = warn
rootLogger.appenderRef.console.ref = console
logger.node.name = org.opensearch.node.Node
logger.node.level = info
"""


def pom() -> str:
    """Return the POM whose runtime dependencies are the jars of the server."""
    parts = []
    for group, artifact, version, excluded in ROOTS:
        exclusions = "".join(
            f"<exclusion><groupId>{escape(g)}</groupId><artifactId>{escape(a)}</artifactId></exclusion>"
            for g, a in excluded
        )
        parts.append(
            f"<dependency><groupId>{escape(group)}</groupId><artifactId>{escape(artifact)}</artifactId>"
            f"<version>{escape(version)}</version>"
            f"<exclusions>{exclusions}</exclusions></dependency>"
        )
    return (
        "<project><modelVersion>4.0.0</modelVersion>"
        "<groupId>local</groupId><artifactId>opensearch-node</artifactId><version>1</version>"
        "<packaging>pom</packaging><dependencies>" + "".join(parts) + "</dependencies></project>"
    )


def fetch(target: Path) -> None:
    """Let ``mvn`` resolve the POM into ``target``, laid out as a repository."""
    with tempfile.TemporaryDirectory() as folder:
        pom_file = Path(folder, "pom.xml")
        pom_file.write_text(pom(), encoding="utf-8")
        asked = ["-DincludeScope=runtime", "-Dmdep.useRepositoryLayout=true"]
        line = ["mvn", "-q", "-B", "-f", str(pom_file), "dependency:copy-dependencies", *asked]
        subprocess.run([*line, f"-DoutputDirectory={target}"], check=True)


def digests(target: Path) -> dict[str, str]:
    """Return the SHA-256 of each jar below ``target``, by its repository path."""
    return {
        jar.relative_to(target).as_posix(): hashlib.sha256(jar.read_bytes()).hexdigest()
        for jar in sorted(target.rglob("*.jar"))
    }


def read_lock(file: Path) -> dict[str, str]:
    """Read a lock file: one ``SHA256  PATH`` a line."""
    lines = (line.split() for line in file.read_text(encoding="utf-8").splitlines() if line.strip())
    return {path: digest for digest, path in lines}


def check(found: dict[str, str], lock: dict[str, str]) -> None:
    """Exit with a message unless the jars are exactly those of the lock file."""
    wrong = sorted(path for path in found.keys() | lock.keys() if found.get(path) != lock.get(path))
    if wrong:
        sys.exit("jars that differ from the lock file:\n  " + "\n  ".join(wrong))


def lay_out(jars: Path, folder: Path) -> None:
    """Copy the jars into ``folder`` and write descriptors and configuration."""
    owner = {name: m.name for m in MODULES for name in (m.artifact, *m.private)}
    for name in ("lib", "modules"):
        shutil.rmtree(folder / name, ignore_errors=True)
    # The server creates those that are missing, which an unprivileged user may not do.
    for name in ("lib", "modules", "config", "plugins", "bin"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for jar in jars.rglob("*.jar"):
        module = owner.get(jar.parent.parent.name)  # .../ARTIFACT/VERSION/FILE.jar
        place = folder / "modules" / module if module else folder / "lib"
        place.mkdir(exist_ok=True)
        shutil.copy(jar, place)
    for m in MODULES:
        Path(folder, "modules", m.name, "plugin-descriptor.properties").write_text(
            f"name={m.name}\ndescription={m.name}\nversion={OPENSEARCH_VERSION}\n"
            f"opensearch.version={OPENSEARCH_VERSION}\njava.version={MINIMUM_JAVA}\n"
            f"classname={m.plugin_class}\nextended.plugins={','.join(m.extends)}\n"
            "has.native.controller=false\n",
            encoding="utf-8",
        )
    Path(folder, "config", "opensearch.yml").write_text(OPENSEARCH_YML, encoding="utf-8")
    Path(folder, "config", "log4j2.properties").write_text(LOG4J2_PROPERTIES, encoding="utf-8")


def java_major(home: Path) -> int:
    """Return the major version of the Java runtime at ``home``, or 0."""
    try:
        text = Path(home, "release").read_text(encoding="utf-8")
    except OSError:
        return 0
    match = re.search(r'^JAVA_VERSION="(\d+)', text, re.MULTILINE)
    return int(match.group(1)) if match and Path(home, "bin", "java").is_file() else 0


def find_java() -> Path | None:
    """Return the newest installed Java home that OpenSearch can run on.

    It must be a whole JDK or JRE: the trimmed runtimes that wheels carry lack the
    Thai locale data without which no index can be created.
    """
    homes = [Path(os.environ["JAVA_HOME"])] if os.environ.get("JAVA_HOME") else []
    homes += Path("/usr/lib/jvm").glob("*")
    usable = [home for home in homes if java_major(home) >= MINIMUM_JAVA]
    return max(usable, key=java_major, default=None)


def main() -> None:
    """Assemble the node in a folder."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?", default=FOLDER)
    parser.add_argument("--write-lock", action="store_true", help="for another version: lock it")
    args = parser.parse_args()
    java = find_java()
    if java is None:
        sys.exit(f"no Java {MINIMUM_JAVA} or newer: set JAVA_HOME to one")
    if shutil.which("mvn") is None:
        sys.exit("Maven is not installed; on Debian: apt-get install maven")
    folder = args.folder.resolve()
    with tempfile.TemporaryDirectory() as place:
        jars = Path(place)
        fetch(jars)
        found = digests(jars)
        if args.write_lock:
            LOCK.write_text("".join(f"{d}  {p}\n" for p, d in found.items()), encoding="utf-8")
        check(found, read_lock(LOCK))
        lay_out(jars, folder)
    (folder / "java-home").write_text(f"{java}\n", encoding="utf-8")
    sys.stdout.write(f"OpenSearch {OPENSEARCH_VERSION} with Java {java_major(java)}: {folder}\n")


if __name__ == "__main__":
    main()
