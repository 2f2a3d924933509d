"""Demonstration establishments, growing areas and certificates."""

from django.db import transaction

from catalogue.models import Certificate, Commune, Establishment, GrowingArea, Species
from catalogue.services.loading.files import DATA_DIR, days_from_today, found, read_csv, split

REGISTERS = DATA_DIR / "registers"


def _index(model, field: str) -> dict:
    return {getattr(record, field): record for record in model.objects.all()}


@transaction.atomic
def load_establishments() -> int:
    """Load the establishments that are not there yet; return how many were added."""
    known = set(Establishment.objects.values_list("slug", flat=True))
    communes = Commune.objects.in_bulk()
    records = [
        Establishment(
            slug=row["slug"],
            kind=row["kind"],
            name=row["name"],
            commune=found(communes, [row["commune"]], "establishments.csv")[0],
            address=row["address"],
            is_demonstration=True,
        )
        for row in read_csv(REGISTERS / "establishments.csv")
        if row["slug"] not in known
    ]
    Establishment.objects.bulk_create(records)
    return len(records)


@transaction.atomic
def load_areas() -> int:
    """Load the growing areas that are not there yet; return how many were added."""
    known = set(GrowingArea.objects.values_list("code", flat=True))
    communes = Commune.objects.in_bulk()
    establishments, species = _index(Establishment, "slug"), _index(Species, "slug")
    added = 0
    for row in read_csv(REGISTERS / "areas.csv"):
        if row["code"] in known:
            continue
        where = f"areas.csv, {row['code']}"
        area = GrowingArea.objects.create(
            code=row["code"],
            establishment=found(establishments, [row["establishment"]], where)[0],
            name=row["name"],
            commune=found(communes, [row["commune"]], where)[0],
            area_m2=int(row["area_m2"]),
            households=int(row["households"]),
            under_canopy=row["under_canopy"] == "1",
            state=row["state"],
            is_demonstration=True,
        )
        area.species.set(found(species, split(row["species"]), where))
        added += 1
    return added


@transaction.atomic
def load_certificates() -> int:
    """Load the certificates that are not there yet; return how many were added."""
    known = set(Certificate.objects.values_list("number", flat=True))
    establishments, species = _index(Establishment, "slug"), _index(Species, "slug")
    areas = _index(GrowingArea, "code")
    added = 0
    for row in read_csv(REGISTERS / "certificates.csv"):
        if row["number"] in known:
            continue
        where = f"certificates.csv, {row['number']}"
        certificate = Certificate.objects.create(
            number=row["number"],
            standard=row["standard"],
            authority=row["authority"],
            establishment=found(establishments, [row["establishment"]], where)[0],
            activity=row["activity"],
            issued_on=days_from_today(-int(row["issued_days_ago"])),
            expires_on=days_from_today(row["expires_in_days"]),
            decision=row["decision"],
            decision_reason=row["reason"],
            is_demonstration=True,
        )
        certificate.species.set(found(species, split(row["species"]), where))
        certificate.areas.set(found(areas, split(row["areas"]), where))
        added += 1
    return added
