"""Promises the repository makes about itself."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
from pathlib import Path

from django.core.management import call_command

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("catalogue", "core", "herbarium", "market", "media", "search")
FOLDERS = {
    name: ROOT / name if (ROOT / name).exists() else ROOT / "site" / name for name in PACKAGES
}

SOURCES = {".css", ".csv", ".html", ".js", ".po", ".py", ".svg", ".txt", ".woff2", ".yaml"}


def run(*line, cwd=ROOT, **environment):
    """Run a command; return the process with its output as text."""
    return subprocess.run(
        [str(part) for part in line],
        cwd=cwd,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_nothing_of_the_source_is_ignored_by_git():
    """`site` and `media` are names that common ignore files throw away."""
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    sources = [
        path.relative_to(ROOT)
        for path in (
            ROOT / "site" / "manage.py",
            *(f for p in FOLDERS.values() for f in p.rglob("*")),
        )
        if path.is_file() and path.suffix in SOURCES
    ]
    assert Path("media/models.py") in sources
    ignored = subprocess.run(
        [git, "check-ignore", "--no-index", "--stdin"],
        cwd=ROOT,
        input="\n".join(map(str, sources)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert ignored.stdout == ""
    assert ignored.returncode == 1


def test_site_is_a_folder_and_never_a_package():
    """A package of this name would hide the module of the standard library."""
    assert not (ROOT / "site" / "__init__.py").exists()
    process = run(
        sys.executable, "-c", "import site; print(site.__file__)", PYTHONPATH=f"{ROOT}:{ROOT}/site"
    )
    assert Path(process.stdout.strip()).name == "site.py"


def variables_read():
    """Return the environment variables that settings ask for through core.env."""
    asked = re.compile(r"""\benv\.(?:required|optional\w*)\(\s*["'](\w+)["']""")
    return {
        name
        for folder in FOLDERS.values()
        for path in folder.rglob("*.py")
        for name in asked.findall(path.read_text(encoding="utf-8"))
    }


def variables_explained():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    return dict(re.findall(r"^\| `([A-Z][A-Z0-9_]+)` \| ([^|]+?) \|", readme, flags=re.MULTILINE))


def test_every_variable_stands_in_the_readme_and_the_other_way_round():
    assert len(variables_read()) >= 10
    assert variables_read() == set(variables_explained())


def test_the_readme_says_which_variables_are_required():
    settings = (FOLDERS["herbarium"] / "settings" / "production.py").read_text(encoding="utf-8")
    required = set(re.findall(r'env\.required\("(\w+)"\)', settings))
    assert required == {
        name for name, default in variables_explained().items() if default == "required"
    }


def test_every_file_the_readme_names_is_there():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", readme)
    assert [link for link in links if not (ROOT / link).exists()] == []


@pytest.mark.parametrize(
    "path", sorted((ROOT / "requirements").glob("*.txt")), ids=lambda p: p.name
)
def test_requirements_are_pinned_with_hashes_and_name_no_index(path):
    text = path.read_text(encoding="utf-8")
    assert (
        re.findall(r"https?://|--(?:extra-)?index-url|--find-links|--trusted-host|@ file:", text)
        == []
    )
    lines = text.replace("\\\n", " ").splitlines()
    entries = [line for line in lines if line.strip() and not line.startswith("#")]
    assert entries
    assert [entry for entry in entries if "==" not in entry or "--hash=sha256:" not in entry] == []


def test_dev_holds_every_pin_of_base():
    pins = {
        name: set(
            re.findall(r"^([\w.\-]+==[^ \\]+)", (ROOT / "requirements" / name).read_text(), re.M)
        )
        for name in ("base.txt", "dev.txt")
    }
    assert pins["base.txt"] - pins["dev.txt"] == set()


@pytest.fixture(scope="module")
def vietnamese():
    path = FOLDERS["herbarium"] / "locale" / "vi" / "LC_MESSAGES" / "django.po"
    with path.open("rb") as file:
        return read_po(file, locale="vi", abort_invalid=True)


@pytest.fixture(scope="module")
def messages_in_use():
    """Let gettext collect what the interface says, in a copy of the sources."""
    if not shutil.which("xgettext"):
        pytest.skip("gettext is absent")
    with tempfile.TemporaryDirectory() as folder:
        for name, source in FOLDERS.items():
            shutil.copytree(
                source,
                Path(folder) / name,
                ignore=shutil.ignore_patterns(
                    "locale", "data", "static", "migrations", "__pycache__"
                ),
            )
        (Path(folder) / "locale").mkdir()
        made = run(
            *(sys.executable, "-m", "django", "makemessages", "--locale=vi", "--no-location"),
            cwd=folder,
            DJANGO_SETTINGS_MODULE="",
        )
        assert made.returncode == 0, made.stderr
        with (Path(folder) / "locale" / "vi" / "LC_MESSAGES" / "django.po").open("rb") as file:
            return {(m.context, m.id): m for m in read_po(file) if m.id}


def texts(message):
    return message.string if isinstance(message.string, tuple) else (message.string,)


def test_everything_the_interface_says_is_also_said_in_vietnamese(vietnamese, messages_in_use):
    assert len(messages_in_use) > 200
    missing = [
        identity
        for identity, message in messages_in_use.items()
        if (known := vietnamese.get(message.id, message.context)) is None
        or known.fuzzy
        or not all(texts(known))
    ]
    assert missing == []


def test_nothing_is_translated_that_nobody_says(vietnamese, messages_in_use):
    wanted = {(message.context, message.id) for message in messages_in_use.values()}
    assert [
        message.id
        for message in vietnamese
        if message.id and (message.context, message.id) not in wanted
    ] == []


PLACE = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def test_a_translation_keeps_the_places_for_values(vietnamese):
    wrong = []
    for message in vietnamese:
        if not message.id:
            continue
        identities = message.id if isinstance(message.id, tuple) else (message.id,)
        allowed = {place for identity in identities for place in PLACE.findall(identity)}
        needed = set(PLACE.findall(identities[-1]))
        for text in texts(message):
            used = set(PLACE.findall(text))
            if not needed <= used | {"%(counter)s"} or not used <= allowed:
                wrong.append(message.id)
    assert wrong == []


def test_vietnamese_is_written_composed(vietnamese):
    assert [
        m.id for m in vietnamese if any(not unicodedata.is_normalized("NFC", t) for t in texts(m))
    ] == []


def test_the_layers_hold():
    command = Path(sys.executable).with_name("lint-imports")
    if not command.exists():
        pytest.skip("import-linter is absent")
    process = run(command, "--no-cache", PYTHONPATH=f"{ROOT / 'site'}:{ROOT}")
    assert process.returncode == 0, process.stdout


def test_no_migration_is_missing(db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
