"""Demonstration establishments, growing areas, certificates and OCOP products."""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from catalogue.decisions import Decision
from catalogue.models import Certificate, Commune, Establishment, GrowingArea, OcopProduct, Species
from catalogue.services.loading.files import (
    DATA_DIR,
    checked,
    days_from_today,
    entry_of,
    found,
    indexed,
    read_csv,
    split,
)
from core.weights import GRAMS_PER_TONNE

REGISTERS = DATA_DIR / "registers"
CHECKED_AGAINST = "Đối chiếu với bản gốc Mẫu."


# How a record came to its decision, with the days that each step took after the first.
STEPS = {
    Decision.SUBMITTED: timedelta(days=2),
    Decision.CHECKED: timedelta(days=5),
    Decision.ACCEPTED: timedelta(days=6),
}
PATHS = {
    Decision.DRAFT: (),
    Decision.SUBMITTED: tuple(STEPS)[:1],
    Decision.CHECKED: tuple(STEPS)[:2],
    Decision.ACCEPTED: tuple(STEPS),
    Decision.SUSPENDED: (*STEPS, Decision.SUSPENDED),
    Decision.WITHDRAWN: (*STEPS, Decision.SUSPENDED, Decision.WITHDRAWN),
}


def _load_history(record: Certificate | GrowingArea, row: dict[str, str], first: date) -> None:
    """Write the decisions that brought a record where its row says it is."""
    stopped = days_from_today(-int(row["stopped_days_ago"])) if row["stopped_days_ago"] else None
    for step in PATHS[record.decision]:
        day = first + STEPS[step] if step in STEPS else stopped
        reason = CHECKED_AGAINST if step == Decision.CHECKED else ""
        record.decisions.create(
            decision=step,
            reason=reason if step in STEPS else row["reason"],
            made_at=timezone.make_aware(datetime.combine(day, time(9))),
        )


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
    establishments, species = indexed(Establishment, "slug"), indexed(Species, "slug")
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
                    expected_yield_grams=int(row["expected_tonnes"]) * GRAMS_PER_TONNE
                    if row["expected_tonnes"]
                    else None,
                    decision=Decision(row["decision"]),
                    is_demonstration=True,
                )
            )
            area.save()
            area.species.set(found(species, split(row["species"])))
            _load_history(area, row, days_from_today(-int(row["coded_days_ago"])))
    return len(rows)


@transaction.atomic
def load_certificates() -> int:
    """Load the certificates that are not there yet; return how many were added."""
    known = set(Certificate.objects.values_list("number", flat=True))
    establishments, species = indexed(Establishment, "slug"), indexed(Species, "slug")
    areas = indexed(GrowingArea, "code")
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
                    decision=Decision(row["decision"]),
                    is_demonstration=True,
                )
            )
            certificate.save()
            certificate.species.set(found(species, split(row["species"])))
            certificate.areas.set(found(areas, split(row["areas"])))
            _load_history(certificate, row, certificate.issued_on)
    return len(rows)


@transaction.atomic
def load_ocop_products() -> int:
    """Load the OCOP products that are not there yet; return how many were added."""
    known = set(OcopProduct.objects.values_list("establishment__slug", "name", "decision_number"))
    establishments, species = indexed(Establishment, "slug"), indexed(Species, "slug")
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
