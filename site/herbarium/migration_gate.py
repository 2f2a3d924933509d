"""Refuses dangerous migrations that carry no permit: `python -m herbarium.migration_gate`.

A permit is a line `# herbarium: allow RemoveField – why it is safe now` in the migration.
"""

import sys
from pathlib import Path

RISKY = ("DeleteModel", "RenameModel", "RemoveField", "RenameField", "AlterField")
ROOT = Path(__file__).resolve().parents[2]
APPS = ("media", "catalogue", "market", "search")


def unpermitted(source: str) -> list[str]:
    """Return the risky operations of a migration that no permit names."""
    return [
        operation
        for operation in RISKY
        if f"migrations.{operation}(" in source and f"# herbarium: allow {operation}" not in source
    ]


def main() -> int:
    """Print every migration that lacks a permit; return the exit code."""
    refused = [
        f"{path.relative_to(ROOT)}: {operation}"
        for app in APPS
        for path in sorted((ROOT / app / "migrations").glob("[0-9]*.py"))
        for operation in unpermitted(path.read_text(encoding="utf-8"))
    ]
    sys.stdout.write("".join(f"{line} needs a permit\n" for line in refused))
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main())
