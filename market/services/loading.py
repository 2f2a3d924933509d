"""Loads the demonstration market from market/data/, as catalogue.services.loading does."""

from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation
from itertools import groupby
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.utils import timezone

from catalogue.models import (
    Certificate,
    Community,
    CommunityMember,
    Compound,
    Establishment,
    GrowingArea,
    Part,
    Species,
)
from catalogue.services.loading.files import (
    checked,
    days_from_today,
    entry_of,
    found,
    read_csv,
    read_yaml,
    split,
)
from core.money import GRAMS_PER_KG
from core.shares import ppm_from_percent
from market.models import (
    Analysis,
    AnalysisResult,
    Buyer,
    BuyerMember,
    Lot,
    LotMovement,
    LotText,
    Seller,
    SellerMember,
    SellerText,
)
from market.services import ledger

DATA_DIR = Path(__file__).resolve().parents[1] / "data"


def load_market() -> Iterator[tuple[str, int]]:
    """Load sellers, lots and accounts in order; yield each step's name and how many it added.

    Raises ImproperlyConfigured outside a demonstration: the accounts have published passwords.
    """
    if not settings.IS_DEMONSTRATION:
        raise ImproperlyConfigured("DEMONSTRATION must be on to load demonstration accounts.")
    for name, load in STEPS:
        yield name, load()


@transaction.atomic
def load_sellers() -> int:
    """Load the sellers that are not there yet; return how many were added."""
    known = set(Seller.objects.values_list("slug", flat=True))
    establishments = {one.slug: one for one in Establishment.objects.all()}
    added = 0
    for row in read_csv(DATA_DIR / "sellers.csv"):
        if row["slug"] in known:
            continue
        with entry_of(f"sellers.csv, {row['slug']}"):
            seller = Seller(
                slug=row["slug"],
                establishment=establishments[row["establishment"]],
                vetting=row["vetting"],
                is_demonstration=True,
            )
            checked(seller).save()
        SellerText.objects.bulk_create(
            SellerText(seller=seller, language=code, about=row[f"about_{code}"])
            for code, _name in settings.LANGUAGES
        )
        added += 1
    return added


@transaction.atomic
def load_lots() -> int:
    """Load the lots that are not there yet, with their first movement; return how many."""
    known = set(Lot.objects.values_list("code", flat=True))
    index = {
        "sellers": {one.slug: one for one in Seller.objects.all()},
        "species": {one.slug: one for one in Species.objects.all()},
        "parts": {one.code: one for one in Part.objects.all()},
        "areas": {one.code: one for one in GrowingArea.objects.all()},
        "certificates": {one.number: one for one in Certificate.objects.all()},
    }
    rows = [row for row in read_csv(DATA_DIR / "lots.csv") if row["code"] not in known]
    for row in rows:
        with entry_of(f"lots.csv, {row['code']}"):
            _create_lot(row, index)
    return len(rows)


def _create_lot(row: dict[str, str], index: dict[str, dict]) -> None:
    """A lot as it came to be: what is not a draft was listed once, whatever became of it since.

    Papers that lapsed after the listing are part of the demonstration, so this does not ask
    listing.problems() as a seller's form does.
    """
    is_draft = row["state"] == Lot.State.DRAFT
    lot = Lot(
        code=row["code"],
        seller=index["sellers"][row["seller"]],
        species=index["species"][row["species"]],
        part=index["parts"][row["part"]],
        form=row["form"],
        grade=row["grade"],
        harvested_on=days_from_today(-int(row["harvested_days_ago"])),
        listed_grams=int(row["kg"]) * GRAMS_PER_KG,
        price_minor_per_kg=int(row["price_vnd_per_kg"]),
        minimum_grams=int(row["min_kg"]) * GRAMS_PER_KG,
        state=row["state"],
        published_at=None if is_draft else timezone.now(),
        is_demonstration=True,
    )
    checked(lot).save()
    lot.areas.set(found(index["areas"], split(row["areas"])))
    lot.certificates.set(found(index["certificates"], split(row["certificates"])))
    LotText.objects.bulk_create(
        LotText(lot=lot, language=code, note=row[f"note_{code}"])
        for code, _name in settings.LANGUAGES
        if row[f"note_{code}"]
    )
    if not is_draft:
        ledger.post(lot=lot, grams=lot.listed_grams, reason=LotMovement.Reason.LISTED)


@transaction.atomic
def load_analyses() -> int:
    """Load the analyses that are not there yet; return how many. A row of the file is a result."""
    known = set(Analysis.objects.values_list("laboratory", "number"))
    lots = {one.code: one for one in Lot.objects.all()}
    compounds = {one.code: one for one in Compound.objects.all()}
    added = 0
    for report, rows in groupby(
        read_csv(DATA_DIR / "analyses.csv"), lambda row: (row["laboratory"], row["number"])
    ):
        if report not in known:
            with entry_of(f"analyses.csv, {report[1]}"):
                _create_analysis(list(rows), lots, compounds)
            added += 1
    return added


def _create_analysis(
    rows: list[dict[str, str]], lots: dict[str, Lot], compounds: dict[str, Compound]
) -> None:
    said = rows[0]
    analysis = Analysis(
        lot=lots[said["lot"]],
        number=said["number"],
        laboratory=said["laboratory"],
        accreditation=said["accreditation"],
        sampled_on=days_from_today(-int(said["sampled_days_ago"])),
        analysed_on=days_from_today(-int(said["analysed_days_ago"])),
        loss_on_drying=_ppm(said["loss_on_drying"]) if said["loss_on_drying"] else None,
        is_demonstration=True,
    )
    checked(analysis).save()
    for row in rows:
        result = AnalysisResult(
            analysis=analysis,
            compound=compounds[row["compound"]],
            value=_ppm(row["percent"]),
            basis=row["basis"],
            method=row["method"],
        )
        checked(result).save()


def _ppm(percent: str) -> int:
    try:
        return ppm_from_percent(Decimal(percent))
    except InvalidOperation as error:
        raise ValueError(f"{percent!r} is not per cent") from error


@transaction.atomic
def load_accounts() -> int:
    """Load the demonstration accounts that are not there yet; return how many were added."""
    people = get_user_model()
    added = 0
    for entry in read_accounts():
        if people.objects.filter(username=entry["email"]).exists():
            continue
        person = people.objects.create_user(
            username=entry["email"],
            email=entry["email"],
            password=entry["password"],
            first_name=entry["name"],
            is_superuser=entry.get("administrator", False),
            is_staff=entry.get("administrator", False),
        )
        person.groups.set(Group.objects.filter(name__in=entry.get("roles", [])))
        _seat(person, entry)
        added += 1
    return added


def _seat(person, entry: dict) -> None:
    """Give an account its places in organisations and communities."""
    if "buyer" in entry:
        buyer, _is_new = Buyer.objects.get_or_create(
            name=entry["buyer"]["name"],
            defaults={"kind": entry["buyer"]["kind"], "is_demonstration": True},
        )
        BuyerMember.objects.create(buyer=buyer, person=person)
    if "seller" in entry:
        SellerMember.objects.create(seller=Seller.objects.get(slug=entry["seller"]), person=person)
    if "community" in entry:
        CommunityMember.objects.create(
            community=Community.objects.get(slug=entry["community"]), person=person
        )


def read_accounts() -> list[dict]:
    """Return the demonstration accounts as their file lists them."""
    return read_yaml(DATA_DIR / "accounts.yaml")


STEPS: list[tuple[str, Callable[[], int]]] = [
    ("sellers", load_sellers),
    ("lots", load_lots),
    ("analyses", load_analyses),
    ("accounts", load_accounts),
]
