"""Prints speed figures as ratios measured in one run: `make bench`.

Absolute times say more about the machine than about the code; a ratio to a bare call beside it
does not. Nothing here is a test.
"""

import io
import os
import sys
import tempfile

LOTS = int(os.environ.get("LOTS", "1000000"))
TAXA = 5_000


def main() -> None:
    """Load the demonstration into a throw-away database, measure it, let it grow, measure again."""
    with tempfile.TemporaryDirectory(prefix="herbarium-bench-") as folder:
        # The demonstration's settings, so that what can wait for the worker waits.
        os.environ["DJANGO_SETTINGS_MODULE"] = "herbarium.settings.development"
        os.environ["VAR_DIR"] = folder
        sys.path[:0] = ["site"]

        import django

        django.setup()

        from django.core.management import call_command

        from tests.benchmarks import cluster, exports, pages, registers, search

        quiet = io.StringIO()
        for command in (
            ["migrate", "-v0"],
            ["setup_site"],
            ["load_collection"],
            ["load_market"],
            ["search_index", "rebuild"],
        ):
            call_command(*command, stdout=quiet)
        pages.measure()
        call_command("generate_collection", taxa=TAXA, stdout=quiet, verbosity=0)
        exports.measure()
        sellers = max(LOTS // 1000, 1)
        call_command("generate_market", lots=LOTS, sellers=sellers, stdout=quiet, verbosity=0)
        search.measure()
        cluster.measure()
        registers.measure()


if __name__ == "__main__":
    main()
