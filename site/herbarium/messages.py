"""Collects the interface's strings for translation: `python -m herbarium.messages`."""

import os
import shutil
import sys
import tempfile
from contextlib import chdir
from pathlib import Path

from django.core.management import call_command
from django.test.utils import override_settings

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = Path("site/herbarium/locale/vi/LC_MESSAGES/django.po")
SOURCES = ("site", "catalogue", "market", "media", "search")


def collect(root: Path = ROOT) -> Path:
    """Bring the Vietnamese catalogue under a root up to date; return its path.

    Raises CommandError without GNU gettext. Strings stay in the order of their files, without line
    numbers, so that a change of code is not a change of the catalogue.
    """
    here = [str(root / CATALOGUE.parents[2])]
    with chdir(root), override_settings(LOCALE_PATHS=here):
        call_command(
            "makemessages",
            locale=["vi"],
            no_location=True,
            no_obsolete=True,
            ignore_patterns=[".venv/*", "var/*", "tests/*", "docs/*"],
            verbosity=0,
        )
    return root / CATALOGUE


def collect_copy() -> str:
    """Return what the catalogue would be if it were collected now; nothing is written."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for name in SOURCES:
            shutil.copytree(ROOT / name, copy / name)
        return collect(copy).read_text(encoding="utf-8")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "herbarium.settings.development")
    import django

    django.setup()
    sys.stdout.write(f"{collect()}\n")
