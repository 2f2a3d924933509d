import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

from django.core.management import CommandError, call_command

import pytest

ROOT = Path(__file__).resolve().parents[4]


@contextmanager
def running(*arguments):
    """Run the command as `make demo` does, and stop it the way a supervisor does."""
    process = subprocess.Popen(
        [sys.executable, "site/manage.py", "fake_stripe", *arguments],
        cwd=ROOT,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "herbarium.settings.testing"},
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        try:
            line = process.stdout.readline()
            yield next(word for word in line.split() if word.startswith("http")).rstrip(";")
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(10)
    assert process.returncode == 0


def test_it_serves_until_it_is_told_to_stop(tmp_path, endpoint, settings, open_checkout, browse):
    arguments = (
        "--port=0",
        f"--webhook-url={endpoint.url}",
        f"--state-file={tmp_path / 'state.json'}",
    )
    with running(*arguments) as url:
        settings.STRIPE_API_BASE = url
        link = open_checkout()
    with running(*arguments) as url:
        status, _, _ = browse(f"{url}/pay/{link.session_id}", action="pay")

    assert status == 303
    assert len(endpoint.received) == 1


@pytest.mark.parametrize(
    ("_case", "change", "message"),
    [
        ("a live key", {"STRIPE_SECRET_KEY": "sk_live_1"}, "live key"),
        ("a restricted live key", {"STRIPE_SECRET_KEY": "rk_live_1"}, "live key"),
        ("no key", {"STRIPE_SECRET_KEY": ""}, "must be set"),
        ("no webhook secret", {"STRIPE_WEBHOOK_SECRET": ""}, "must be set"),
    ],
)
def test_it_refuses_to_start_with(_case, change, message, settings):
    for name, value in change.items():
        setattr(settings, name, value)

    with pytest.raises(CommandError, match=message):
        call_command("fake_stripe", port=0)


def test_a_port_in_use_is_said_plainly(fake):
    with pytest.raises(CommandError, match="Cannot start"):
        call_command("fake_stripe", port=int(fake.url.rsplit(":", 1)[1]))
