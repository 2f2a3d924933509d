"""Demonstration plots, checked as any others are."""

import json
from collections import defaultdict

from django.db import transaction

from catalogue.models import GrowingArea
from catalogue.plots import words
from catalogue.services import plots
from catalogue.services.loading.files import BadDataFile, entry_of
from catalogue.services.loading.registers import REGISTERS


@transaction.atomic
def load_plots() -> int:
    """Load the plots of areas that have none yet; return how many were added.

    Raises BadDataFile with everything that is wrong with the plots of an area.
    """
    # Text keeps the zeros that a number would lose at its end.
    found = json.loads((REGISTERS / "plots.geojson").read_text("utf-8"), parse_float=str)
    of_area = defaultdict(list)
    for feature in found["features"]:
        of_area[feature["properties"]["area"]].append(feature)
    areas = GrowingArea.objects.filter(plots=None).in_bulk(list(of_area), field_name="code")
    return sum(_load(area, of_area[code]) for code, area in areas.items())


def _load(area: GrowingArea, features: list[dict]) -> int:
    content = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    with entry_of(f"plots.geojson, {area.code}"):
        outcome = plots.replace(area=area, content=content, person=None)
        if outcome.problems:
            said = (f"{words.subject(one)}: {words.sentence(one)}" for one in outcome.problems)
            raise BadDataFile(f"plots.geojson, {area.code}: {' '.join(said)}")
    return len(outcome.plots)
