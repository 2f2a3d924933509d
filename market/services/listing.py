"""Listing lots: what a seller may put on sale, and the moves of a lot between its states."""

import secrets
import uuid
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail.log_actions import log

from catalogue.models import Certificate, GrowingArea, Part, Species
from core.text import slug
from market.exceptions import FormAlreadySent, ListingRefused, MoveNotAllowed
from market.locks import lots_for_update, sellers_for_update
from market.models import Lot, LotMovement, LotText, Seller
from market.services import ledger
from market.signals import lot_changed

CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # without letters that read like digits
FOR_PLANTING = (Lot.Form.SEED, Lot.Form.SEEDLING)

MOVES = {
    Lot.State.DRAFT: {Lot.State.OPEN},
    Lot.State.OPEN: {Lot.State.PAUSED, Lot.State.CLOSED},
    Lot.State.PAUSED: {Lot.State.OPEN, Lot.State.CLOSED},
    Lot.State.CLOSED: set(),
}


@dataclass(frozen=True)
class LotDraft:
    """What a seller says of a lot before it is on sale. Grams and minor units are whole."""

    species: Species
    part: Part
    form: str
    grade: str
    harvested_on: date
    grams: int
    price_minor_per_kg: int
    minimum_grams: int
    token: uuid.UUID | None = None
    areas: list[GrowingArea] = field(default_factory=list)
    certificates: list[Certificate] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)


def problems(seller: Seller, draft: LotDraft) -> dict[str, str]:
    """Return why a lot cannot be put on sale, by field; empty when nothing stands in the way."""
    found = {}
    if seller.vetting != Seller.Vetting.ACCEPTED:
        found["species"] = _("Your organisation has not been vetted yet; save a draft for now.")
    if draft.harvested_on > timezone.localdate():
        found["harvested_on"] = _("The harvest cannot lie in the future.")
    if draft.minimum_grams > draft.grams:
        found["minimum_kg"] = _("The smallest order cannot be more than the lot.")
    if draft.form not in FOR_PLANTING and draft.part not in draft.species.parts.all():
        found["part"] = _("The museum does not record this part as used of this species.")
    return found | _paper_problems(seller, draft) | _protection_problems(draft)


def _paper_problems(seller: Seller, draft: LotDraft) -> dict[str, str]:
    found = {}
    for area in draft.areas:
        if area.establishment_id != seller.establishment_id:
            found["areas"] = _("Area %(code)s is not yours.") % {"code": area.code}
        elif not area.is_active:
            found["areas"] = _("Area %(code)s is not active.") % {"code": area.code}
        elif draft.species not in area.species.all():
            found["areas"] = _("Area %(code)s is not registered for this species.") % {
                "code": area.code
            }
    for certificate in draft.certificates:
        named = {"number": certificate.number}
        if certificate.establishment_id != seller.establishment_id:
            found["certificates"] = _("Certificate %(number)s is not yours.") % named
        elif not certificate.is_valid:
            found["certificates"] = (
                _("Certificate %(number)s is not valid today, so the lot cannot rest on it.")
                % named
            )
        elif draft.species not in certificate.species.all():
            found["certificates"] = _("Certificate %(number)s does not cover this species.") % named
        elif certificate.issued_on > draft.harvested_on:
            found["certificates"] = (
                _("Certificate %(number)s was issued after the harvest.") % named
            )
        elif not _grown_within(certificate, draft.areas):
            found["certificates"] = (
                _("Certificate %(number)s covers certain growing areas; choose those of this lot.")
                % named
            )
    return found


def _grown_within(certificate: Certificate, areas: list[GrowingArea]) -> bool:
    """Return whether a lot comes from areas a certificate covers; naming none it covers all."""
    covered = set(certificate.areas.all())
    return not covered or bool(areas and covered.issuperset(areas))


def _protection_problems(draft: LotDraft) -> dict[str, str]:
    if draft.species.trade == Species.Trade.CLOSED:
        return {"species": _("This species is protected and cannot be sold.")}
    if draft.species.trade == Species.Trade.CULTIVATED:
        grown = any(c.activity == Certificate.Activity.CULTIVATION for c in draft.certificates)
        if not (draft.areas and grown):
            return {
                "species": _(
                    "This species is protected: only material from a coded growing area with a "
                    "valid certificate of cultivation can be sold."
                )
            }
    return {}


@transaction.atomic
def save_lot(
    *, seller: Seller, draft: LotDraft, publish: bool, person=None, lot: Lot | None = None
) -> Lot:
    """Save a new or still unpublished lot, and put it on sale when asked to.

    Locks the lot when there is one; a new one that is sent twice is saved once. Raises
    ListingRefused with the problems by field, or MoveNotAllowed when the lot is on sale already,
    and then changes nothing. Sends lot_changed.
    """
    if publish and (found := problems(seller, draft)):
        raise ListingRefused(found)
    if lot is None:
        lot = _sent_before(seller, draft)
        if lot and (lot.state != Lot.State.DRAFT or (not publish and _says_the_same(lot, draft))):
            return lot
    else:
        lot = lots_for_update().get(pk=lot.pk)
        if lot.state != Lot.State.DRAFT:
            raise MoveNotAllowed
    lot = lot or Lot(seller=seller, code=new_code(draft.species), token=draft.token)
    for name, value in _columns(draft).items():
        setattr(lot, name, value)
    lot.save()
    lot.areas.set(draft.areas)
    lot.certificates.set(draft.certificates)
    _write_notes(lot, draft.notes)
    log(instance=lot, action="market.lot.saved", user=person, data={"grams": draft.grams})
    if publish:
        _open(lot, person)
    lot_changed.send(sender=Lot, pk=lot.pk)
    return lot


def _sent_before(seller: Seller, draft: LotDraft) -> Lot | None:
    """Return the lot a form has already made. Locks the seller, so that a double click waits.

    A draft may go on from where it was. Raises FormAlreadySent when the form put another lot on
    sale, or made one for somebody else.
    """
    if draft.token is None:
        return None
    sellers_for_update().get(pk=seller.pk)
    lot = lots_for_update().filter(token=draft.token).first()
    if lot is None or (lot.seller_id == seller.pk and lot.state == Lot.State.DRAFT):
        return lot
    if lot.seller_id != seller.pk or not _says_the_same(lot, draft):
        raise FormAlreadySent
    return lot


def _says_the_same(lot: Lot, draft: LotDraft) -> bool:
    return all(getattr(lot, name) == value for name, value in _columns(draft).items())


def _columns(draft: LotDraft) -> dict[str, Any]:
    """Return what a draft says as the columns of a lot."""
    return {
        "species": draft.species,
        "part": draft.part,
        "form": draft.form,
        "grade": draft.grade,
        "harvested_on": draft.harvested_on,
        "listed_grams": draft.grams,
        "price_minor_per_kg": draft.price_minor_per_kg,
        "minimum_grams": draft.minimum_grams,
    }


def _write_notes(lot: Lot, notes: dict[str, str]) -> None:
    for language, note in notes.items():
        if note.strip():
            LotText.objects.update_or_create(
                lot=lot, language=language, defaults={"note": note.strip()}
            )
        else:
            LotText.objects.filter(lot=lot, language=language).delete()


def _open(lot: Lot, person) -> None:
    """Put a draft on sale: its kilograms enter the ledger once."""
    ledger.post(lot=lot, grams=lot.listed_grams, reason=LotMovement.Reason.LISTED)
    Lot.objects.filter(pk=lot.pk).update(state=Lot.State.OPEN, published_at=timezone.now())
    lot.refresh_from_db()
    log(instance=lot, action="market.lot.open", user=person)


@transaction.atomic
def move_lot(*, lot: Lot, state: str, person=None) -> Lot:
    """Pause, resume or close a lot. Locks it; raises MoveNotAllowed; sends lot_changed.

    A draft is opened through save_lot, which checks what is said of it.
    """
    lot = lots_for_update().get(pk=lot.pk)
    if lot.state == Lot.State.DRAFT or state not in MOVES[Lot.State(lot.state)]:
        raise MoveNotAllowed
    lot.state = state
    lot.save(update_fields=["state", "changed_at"])
    log(instance=lot, action=f"market.lot.{state}", user=person)
    lot_changed.send(sender=Lot, pk=lot.pk)
    return lot


def new_code(species: Species) -> str:
    """Return a lot code nobody has: species, day and four letters, "QUE-261122-7K3P"."""
    stem = slug(species.vietnamese_name)[:8].strip("-").upper()
    while True:
        tail = "".join(secrets.choice(CODE_ALPHABET) for _letter in range(4))
        code = f"{stem}-{timezone.localdate():%y%m%d}-{tail}"
        if not Lot.objects.filter(code=code).exists():
            return code
