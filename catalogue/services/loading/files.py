"""Reading the data files: UTF-8, NFC, with the file's name in every complaint."""

import csv
from datetime import date, timedelta
from pathlib import Path

from django.utils import timezone

import yaml

from core.text import nfc

DATA_DIR = Path(__file__).resolve().parents[2] / "data"


class BadDataFile(ValueError):
    """A data file that does not say what it should; the message names file and row."""


def read_yaml(path: Path):
    """Return the content of a YAML file. Raises BadDataFile when it is not YAML."""
    try:
        return yaml.safe_load(nfc(path.read_text(encoding="utf-8")))
    except yaml.YAMLError as error:
        raise BadDataFile(f"{path.name}: {error}") from error


def read_csv(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file with a header row."""
    with path.open(encoding="utf-8", newline="") as file:
        return [{k: nfc(v or "") for k, v in row.items()} for row in csv.DictReader(file)]


def split(cell: str) -> list[str]:
    """Return the members of a cell that lists several, apart by a vertical bar."""
    return [part for part in cell.split("|") if part]


def days_from_today(days: str | int) -> date:
    """Return a day given relative to today, so that a demonstration never grows stale."""
    return timezone.localdate() + timedelta(days=int(days))


def found(index: dict, keys: list[str], where: str) -> list:
    """Return the records for some keys. Raises BadDataFile naming the first unknown one."""
    for key in keys:
        if key not in index:
            raise BadDataFile(f"{where}: unknown {key!r}")
    return [index[key] for key in keys]
