"""Demonstration establishments, growing areas, certificates and OCOP products."""

from django.db import transaction

from catalogue.models import Certificate, Commune, Establishment, GrowingArea, OcopProduct, Species
from catalogue.services.loading.files import (
    DATA_DIR,
    checked,
    days_from_today,
    entry_of,
    found,
    read_csv,
    split,
)

REGISTERS = DATA_DIR / "registers"


def _index(model, field: str) -> dict:
    return {getattr(record, field): record for record in model.objects.all()}


@transaction.atomic
def load_establishments() -> int:
    """Load the establishments that are not there yet; return how many were added."""
    known = set(Establishment.objects.values_list("slug", flat=True))
    communes = Commune.objects.in_bulk()
    rows = [row for row in read_csv(REGISTERS / "establishments.csv") if row["slug"] not in known]
    for row in rows:
        with entry_of(f"establishments.csv, {row['slug']}"):
            checked(
                Establishment(
                    slug=row["slug"],
                    kind=row["kind"],
                    name=row["name"],
                    commune=communes[row["commune"]],
                    address=row["address"],
                    is_demonstration=True,
                )
            ).save()
    return len(rows)


@transaction.atomic
def load_areas() -> int:
    """Load the growing areas that are not there yet; return how many were added."""
    known = set(GrowingArea.objects.values_list("code", flat=True))
    communes = Commune.objects.in_bulk()
    establishments, species = _index(Establishment, "slug"), _index(Species, "slug")
    rows = [row for row in read_csv(REGISTERS / "areas.csv") if row["code"] not in known]
    for row in rows:
        with entry_of(f"areas.csv, {row['code']}"):
            area = checked(
                GrowingArea(
                    code=row["code"],
                    establishment=establishments[row["establishment"]],
                    name=row["name"],
                    commune=communes[row["commune"]],
                    area_m2=int(row["area_m2"]),
                    households=int(row["households"]),
                    under_canopy=row["under_canopy"] == "1",
                    state=row["state"],
                    is_demonstration=True,
                )
            )
            area.save()
            area.species.set(found(species, split(row["species"])))
    return len(rows)


@transaction.atomic
def load_certificates() -> int:
    """Load the certificates that are not there yet; return how many were added."""
    known = set(Certificate.objects.values_list("number", flat=True))
    establishments, species = _index(Establishment, "slug"), _index(Species, "slug")
    areas = _index(GrowingArea, "code")
    rows = [row for row in read_csv(REGISTERS / "certificates.csv") if row["number"] not in known]
    for row in rows:
        with entry_of(f"certificates.csv, {row['number']}"):
            certificate = checked(
                Certificate(
                    number=row["number"],
                    standard=row["standard"],
                    authority=row["authority"],
                    establishment=establishments[row["establishment"]],
                    activity=row["activity"],
                    issued_on=days_from_today(-int(row["issued_days_ago"])),
                    expires_on=days_from_today(row["expires_in_days"]),
                    decision=row["decision"],
                    decision_reason=row["reason"],
                    is_demonstration=True,
                )
            )
            certificate.save()
            certificate.species.set(found(species, split(row["species"])))
            certificate.areas.set(found(areas, split(row["areas"])))
    return len(rows)


@transaction.atomic
def load_ocop_products() -> int:
    """Load the OCOP products that are not there yet; return how many were added."""
    known = set(OcopProduct.objects.values_list("establishment__slug", "name", "decision_number"))
    establishments, species = _index(Establishment, "slug"), _index(Species, "slug")
    rows = [
        row
        for row in read_csv(REGISTERS / "ocop.csv")
        if (row["establishment"], row["name"], row["decision_number"]) not in known
    ]
    for row in rows:
        with entry_of(f"ocop.csv, {row['name']}"):
            checked(
                OcopProduct(
                    establishment=establishments[row["establishment"]],
                    species=species[row["species"]],
                    name=row["name"],
                    stars=int(row["stars"]),
                    decision_number=row["decision_number"],
                    decided_on=days_from_today(-int(row["decided_days_ago"])),
                    valid_until=days_from_today(row["valid_for_days"]),
                    is_demonstration=True,
                )
            ).save()
    return len(rows)
