"""Demonstration audits, facilities, chains and protected names."""

from django.db import transaction

from catalogue.models import (
    Audit,
    AuditPart,
    Certificate,
    Commune,
    Establishment,
    Facility,
    LinkageChain,
    NameLicence,
    ProtectedName,
    Species,
)
from catalogue.services.loading.files import (
    checked,
    days_from_today,
    entry_of,
    found,
    indexed,
    read_csv,
    split,
)
from catalogue.services.loading.registers import REGISTERS


def _days_ago(cell: str):
    return days_from_today(-int(cell)) if cell else None


@transaction.atomic
def load_audits() -> int:
    """Load the audits that are not there yet; return how many were added."""
    known = set(Audit.objects.values_list("report_number", flat=True))
    certificates = indexed(Certificate, "number")
    rows = [row for row in read_csv(REGISTERS / "audits.csv") if row["report_number"] not in known]
    for row in rows:
        with entry_of(f"audits.csv, {row['report_number']}"):
            audit = checked(
                Audit(
                    certificate=certificates[row["certificate"]],
                    kind=row["kind"],
                    visited_on=_days_ago(row["visited_days_ago"]),
                    report_number=row["report_number"],
                    corrections=row["corrections"],
                    corrections_due_on=_days_ago(row["due_days_ago"]),
                    corrected_on=_days_ago(row["corrected_days_ago"]),
                )
            )
            for cell in split(row["parts"]):
                part, _colon, counts = cell.partition(":")
                met, _slash, not_met = counts.partition("/")
                audit.parts.add(AuditPart(part=int(part), met=int(met), not_met=int(not_met)))
            audit.save()
    return len(rows)


@transaction.atomic
def load_facilities() -> int:
    """Load the facilities that are not there yet; return how many were added."""
    known = set(Facility.objects.values_list("name", flat=True))
    communes, species = Commune.objects.in_bulk(), indexed(Species, "slug")
    establishments = indexed(Establishment, "slug")
    rows = [row for row in read_csv(REGISTERS / "facilities.csv") if row["name"] not in known]
    for row in rows:
        with entry_of(f"facilities.csv, {row['name']}"):
            facility = checked(
                Facility(
                    kind=row["kind"],
                    establishment=establishments[row["establishment"]],
                    name=row["name"],
                    commune=communes[row["commune"]],
                    capacity=row["capacity"],
                    began_on=_days_ago(row["began_days_ago"]),
                    is_demonstration=True,
                )
            )
            facility.save()
            facility.species.set(found(species, split(row["species"])))
    return len(rows)


@transaction.atomic
def load_chains() -> int:
    """Load the linkage chains that are not there yet; return how many were added."""
    known = set(LinkageChain.objects.values_list("name", flat=True))
    establishments, species = indexed(Establishment, "slug"), indexed(Species, "slug")
    rows = [row for row in read_csv(REGISTERS / "chains.csv") if row["name"] not in known]
    for row in rows:
        with entry_of(f"chains.csv, {row['name']}"):
            chain = checked(
                LinkageChain(
                    name=row["name"],
                    began_on=_days_ago(row["began_days_ago"]),
                    is_demonstration=True,
                )
            )
            chain.save()
            chain.species.set(found(species, split(row["species"])))
            chain.establishments.set(found(establishments, split(row["establishments"])))
    return len(rows)


@transaction.atomic
def load_protected_names() -> int:
    """Load the protected names that are not there yet; return how many were added."""
    known = set(ProtectedName.objects.values_list("number", flat=True))
    establishments, species = indexed(Establishment, "slug"), indexed(Species, "slug")
    rows = [
        row for row in read_csv(REGISTERS / "protected_names.csv") if row["number"] not in known
    ]
    for row in rows:
        with entry_of(f"protected_names.csv, {row['number']}"):
            name = checked(
                ProtectedName(
                    number=row["number"],
                    kind=row["kind"],
                    name=row["name"],
                    owner=row["owner"],
                    registered_on=_days_ago(row["registered_days_ago"]),
                    is_demonstration=True,
                )
            )
            for cell in split(row["licences"]):
                holder, began, ends = cell.split(":")
                name.licences.add(
                    NameLicence(
                        establishment=establishments[holder],
                        licensed_on=_days_ago(began),
                        valid_until=_days_ago(ends),
                    )
                )
            name.save()
            name.species.set(found(species, split(row["species"])))
    return len(rows)
