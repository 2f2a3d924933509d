"""The official division: 34 provinces, 3,321 communes."""

from django.db import transaction

from catalogue.models import Commune, Province
from catalogue.services.loading.files import DATA_DIR, read_csv
from core.text import fold

# A unit's name as people say it is the official one without the word for its kind.
KINDS = ("Thành phố", "Phường", "Xã", "Đặc khu")


def spoken_name(full_name: str) -> str:
    """Return "Sa Pa" for "Phường Sa Pa"."""
    for kind in KINDS:
        if full_name.startswith(f"{kind} "):
            return full_name.removeprefix(f"{kind} ")
    return full_name


@transaction.atomic
def load_places() -> int:
    """Load the provinces and communes that are not there yet; return how many were added."""
    rows = read_csv(DATA_DIR / "admin_units.csv")
    provinces = {row["province_code"]: row["province"] for row in rows}
    before = Province.objects.count() + Commune.objects.count()
    if before == len(provinces) + len(rows):
        return 0
    Province.objects.bulk_create(
        [_place(Province, code, name) for code, name in provinces.items()], ignore_conflicts=True
    )
    Commune.objects.bulk_create(
        [
            _place(Commune, row["unit_code"], row["unit"], province_id=row["province_code"])
            for row in rows
        ],
        ignore_conflicts=True,
    )
    return Province.objects.count() + Commune.objects.count() - before


def _place(model, code: str, full_name: str, **more):
    name = spoken_name(full_name)
    return model(code=code, full_name=full_name, name=name, folded_name=fold(name), **more)
