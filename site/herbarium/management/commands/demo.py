"""The whole site on one machine: prepare what is missing, start everything, say where it is."""

import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from market.services.loading import read_accounts

START_SECONDS = 60
MANAGE = str(settings.BASE_DIR / "site" / "manage.py")


class Command(BaseCommand):
    help = "Prepare and run the demonstration on loopback until Ctrl-C."

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=8000, help="Port of the site.")
        parser.add_argument(
            "--prepare-only", action="store_true", help="Load everything, start nothing."
        )

    def handle(self, *args, **options):
        port = options["port"]
        self._refuse_taken_ports(port)
        self._prepare()
        if options["prepare_only"]:
            return
        processes = [subprocess.Popen(line) for line in self._command_lines(port)]  # noqa: S603
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        try:
            self._wait_until_ready(port, processes)
            self._say_where(port)
            self._watch(processes)
        except KeyboardInterrupt:
            self.stdout.write("\nstopping")
        finally:
            _stop(processes)

    def _refuse_taken_ports(self, port: int) -> None:
        for wanted in (port, port + 1):
            with socket.socket() as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                try:
                    probe.bind(("127.0.0.1", wanted))
                except OSError as error:
                    raise CommandError(
                        f"Port {wanted} is taken. Choose another one: make demo PORT={port + 10}"
                    ) from error

    def _prepare(self) -> None:
        Path(settings.VAR_DIR).mkdir(parents=True, exist_ok=True)
        for words, command in (
            ("preparing the database", ["migrate", "--verbosity=0"]),
            ("roles and first pages", ["setup_site"]),
            ("the collection", ["load_collection"]),
            ("the market", ["load_market"]),
            ("the search index", ["search_index", "rebuild"]),
        ):
            self.stdout.write(f"· {words}")
            self.stdout.flush()
            call_command(*command)

    def _command_lines(self, port: int) -> list[list[str]]:
        """Return what to start: web server, task worker, clock, and a Stripe of our own."""
        python = sys.executable
        lines = [
            [
                python,
                "-m",
                "gunicorn",
                "herbarium.wsgi",
                f"--chdir={settings.BASE_DIR / 'site'}",
                f"--bind=127.0.0.1:{port}",
                "--workers=2",
                "--threads=4",
                "--log-level=warning",
            ],
            [python, MANAGE, "db_worker", "--interval=0.5", "--no-startup-delay", "-v0"],
            [python, MANAGE, "tick", "--every", "60"],
        ]
        if "127.0.0.1" in settings.STRIPE_API_BASE:
            lines.append(
                [
                    python,
                    MANAGE,
                    "fake_stripe",
                    "--port",
                    str(port + 1),
                    "--webhook-url",
                    f"http://127.0.0.1:{port}/webhooks/stripe/",
                    "--state-file",
                    str(Path(settings.VAR_DIR) / "fake-stripe.json"),
                ]
            )
        return lines

    def _wait_until_ready(self, port: int, processes: list[subprocess.Popen]) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            _check_alive(processes)
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=2):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.2)
        raise CommandError("The site did not become ready.")

    def _say_where(self, port: int) -> None:
        self.stdout.write(f"\nHoàng Liên: http://127.0.0.1:{port}\n")
        for account in read_accounts():
            self.stdout.write(f"  {account['email']:22} {account['password']:16} {account['name']}")
        self.stdout.write("\nCtrl-C stops it.")
        self.stdout.flush()

    def _watch(self, processes: list[subprocess.Popen]) -> None:
        while True:
            _check_alive(processes)
            time.sleep(1)


def _check_alive(processes: list[subprocess.Popen]) -> None:
    for process in processes:
        if process.poll() is not None:
            name = " ".join(process.args[1:4])
            raise CommandError(f"{name} ended with code {process.returncode}.")


def _stop(processes: list[subprocess.Popen]) -> None:
    for process in processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
