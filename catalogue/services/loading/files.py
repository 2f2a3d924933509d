"""Reading the data files: UTF-8, NFC, with the file's name in every complaint."""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils import timezone

import yaml

from core.text import nfc

Record = TypeVar("Record", bound=Model)

DATA_DIR = Path(__file__).resolve().parents[2] / "data"


class BadDataFile(ValueError):
    """A data file that does not say what it should; the message names file and row."""


@contextmanager
def entry_of(where: str) -> Iterator[None]:
    """Name file and row in whatever is wrong with an entry: a missing, unknown or unfit value."""
    try:
        yield
    except ValidationError as error:
        faults = "; ".join(f"{field}: {' '.join(said)}" for field, said in error)
        raise BadDataFile(f"{where}: {faults}") from error
    except KeyError as error:
        raise BadDataFile(f"{where}: {error} is missing or unknown") from error
    except BadDataFile:
        raise
    except (TypeError, ValueError, AttributeError) as error:
        raise BadDataFile(f"{where}: {error}") from error


def checked(record: Record) -> Record:
    """Return an unsaved record whose fields are fit to store. Raises ValidationError."""
    record.clean_fields()
    return record


def read_yaml(path: Path):
    """Return the content of a YAML file. Raises BadDataFile when it is not YAML."""
    try:
        # As safe_load, but in C: a collection is read several times faster.
        return yaml.load(nfc(path.read_text(encoding="utf-8")), Loader=yaml.CSafeLoader)
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


def found(index: dict, keys: list[str]) -> list:
    """Return the records for some keys. Raises KeyError with the first unknown one."""
    return [index[key] for key in keys]


def indexed(model: type[Record], field: str) -> dict[str, Record]:
    """Return all records of a kind by a field that tells them apart."""
    return {getattr(record, field): record for record in model._default_manager.all()}
