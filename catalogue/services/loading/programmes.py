"""The provincial programmes and their targets, as their documents state them."""

from django.db import transaction

from catalogue.models import Programme, Province, Target
from catalogue.services.loading.files import DATA_DIR, BadDataFile, read_yaml


@transaction.atomic
def load_programmes() -> int:
    """Load the programmes that are not there yet, each with its targets; return how many."""
    provinces = {province.name: province for province in Province.objects.all()}
    known = set(Programme.objects.values_list("code", flat=True))
    added = 0
    for entry in read_yaml(DATA_DIR / "targets.yaml")["programmes"]:
        if entry["id"] in known:
            continue
        if entry["province"] not in provinces:
            raise BadDataFile(f"targets.yaml, {entry['id']}: unknown province {entry['province']}")
        programme = Programme.objects.create(
            code=entry["id"],
            province=provinces[entry["province"]],
            title=entry["title_vi"],
            reporting=entry.get("reporting", ""),
            baseline=entry.get("baseline_2025", {}),
        )
        Target.objects.bulk_create(
            [_target(programme, target) for target in entry.get("targets_2030", [])]
        )
        added += 1
    return added


def _target(programme: Programme, entry: dict) -> Target:
    value = entry["value"]
    low, high = value if isinstance(value, list) else (value, None)
    return Target(
        programme=programme,
        code=entry["id"],
        label=entry["label_vi"],
        value=low,
        value_high=high,
        unit=entry["unit"],
        comparison=entry.get("op", ""),
    )
