"""A deployment that lacks a setting does not start."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NEEDED = {
    "SECRET_KEY": "a secret of the test",
    "BASE_URL": "https://herbs.example.org",
    "DATABASE_URL": "sqlite:////tmp/never-made.sqlite3",
}


def started(code, **changes):
    """Run code with the settings of production and the environment given; return the process."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    given = {name: value for name, value in (NEEDED | changes).items() if value is not None}
    return subprocess.run(
        [
            sys.executable,
            "-W",
            "error",
            "-c",
            f"from herbarium.settings import production as s\n{code}",
        ],
        env=kept | {"PYTHONPATH": f"{ROOT / 'site'}:{ROOT}"} | given,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("missing", sorted(NEEDED))
@pytest.mark.parametrize("value", [None, ""])
def test_production_refuses_to_start_without(missing, value):
    process = started("print('started')", **{missing: value})
    assert process.returncode != 0
    assert process.stdout == ""
    assert f"ImproperlyConfigured: {missing} must be set" in process.stderr


def test_production_refuses_a_flag_that_is_neither_on_nor_off():
    process = started("print('started')", DEMONSTRATION="perhaps")
    assert process.returncode != 0
    assert "DEMONSTRATION" in process.stderr


def test_production_with_its_three_settings_is_closed_and_secure():
    process = started(
        "print(s.DEBUG, s.IS_DEMONSTRATION, s.ALLOWED_HOSTS, s.SECURE_SSL_REDIRECT,"
        " s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_HSTS_SECONDS,"
        " s.CSRF_TRUSTED_ORIGINS, s.STRIPE_SECRET_KEY == '')"
    )
    assert process.stderr == ""
    assert process.stdout.strip() == (
        "False False ['herbs.example.org'] True True True 31536000"
        " ['https://herbs.example.org'] True"
    )


def test_an_address_without_https_asks_for_no_certificate():
    process = started(
        "print(s.BASE_URL, s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS)",
        BASE_URL="http://127.0.0.1:8000/",
    )
    assert process.stdout.strip() == "http://127.0.0.1:8000 False 0"


def test_sqlite_begins_its_transactions_with_the_lock():
    process = started("print(s.DATABASES['default']['OPTIONS']['transaction_mode'])")
    assert process.stdout.strip() == "IMMEDIATE"


# What the owner of a domain decides (subdomains, preloading), and frames: Wagtail's previews.
DECIDED = {"security.W005", "security.W019", "security.W021"}


def test_the_checks_of_a_deployment_find_nothing_else():
    process = started(
        "import os, django\n"
        "os.environ['DJANGO_SETTINGS_MODULE'] = 'herbarium.settings.production'\n"
        "django.setup()\n"
        "from django.core.management import call_command\n"
        "call_command('check', '--deploy', '--fail-level', 'ERROR')",
        SECRET_KEY="0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
        ALLOWED_HOSTS="herbs.example.org",
    )
    assert process.returncode == 0, process.stderr
    assert set(re.findall(r"\w+\.[A-Z]\d{3}", process.stderr)) == DECIDED
