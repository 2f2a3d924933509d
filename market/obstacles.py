"""Why lots are not on sale, in words: the other side of Lot.objects.on_sale()."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from catalogue.decisions import UNDER_REVIEW, Decision
from catalogue.models import (
    AreaDecision,
    Certificate,
    CertificateDecision,
    GrowingArea,
    Species,
)
from catalogue.models.decisions import DecisionRow
from core.days import format_day
from market.models import Lot, LotProof, Seller


@dataclass(frozen=True)
class _Around:
    """What decides about one lot, and why it was decided so."""

    lot: Lot
    proofs: Sequence[LotProof]
    areas: Sequence[GrowingArea]
    last_of_paper: Mapping[int, DecisionRow]
    last_of_area: Mapping[int, DecisionRow]
    on: date

    def proves(self, proof: LotProof) -> bool:
        paper = proof.certificate
        holds = paper.state_on(self.on) in (Certificate.State.VALID, Certificate.State.DUE)
        return holds and proof.covers_species


def obstacles_of(lots: Sequence[Lot], on: date | None = None) -> dict[int, list[str]]:
    """Return for each lot (by primary key) the sentences that say what keeps it from being sold.

    A lot that is on sale has none. Asks at most four queries for lots as for_rows() fetches them.
    """
    on = on or timezone.localdate()
    pks = [lot.pk for lot in lots]
    proofs, areas = defaultdict(list), defaultdict(list)
    for proof in LotProof.objects.filter(lot__in=pks).with_coverage():
        proofs[proof.lot_id].append(proof)
    of_lots = Lot.areas.through.objects.filter(lot__in=pks).select_related("growingarea")
    for row in of_lots.order_by("growingarea__code"):
        areas[row.lot_id].append(row.growingarea)
    papers = {proof.certificate_id for rows in proofs.values() for proof in rows}
    stopped = {area.pk for rows in areas.values() for area in rows if not area.is_active}
    last_of_paper = CertificateDecision.objects.latest_of(papers) if papers else {}
    last_of_area = AreaDecision.objects.latest_of(stopped) if stopped else {}
    return {
        lot.pk: list(
            _obstacles(_Around(lot, proofs[lot.pk], areas[lot.pk], last_of_paper, last_of_area, on))
        )
        for lot in lots
    }


def _obstacles(around: _Around) -> Iterator[str]:
    lot = around.lot
    if lot.state in OF_STATE:
        yield OF_STATE[lot.state]()
    if lot.seller.vetting != Seller.Vetting.ACCEPTED:
        yield _("The seller is not vetted at present.")
    if not lot.species.live:
        yield _("The species is not published at present.")
    yield from _of_areas(around)
    yield from _of_papers(around)
    yield from _of_protection(around)


OF_STATE = {
    Lot.State.DRAFT: lambda: _("The lot is a draft."),
    Lot.State.PAUSED: lambda: _("The seller has paused this lot."),
    Lot.State.CLOSED: lambda: _("This lot is closed."),
}


def _of_areas(around: _Around) -> Iterator[str]:
    for area in around.areas:
        if not area.is_active:
            said = OF_AREA[Decision(area.decision)]() % {"code": area.code}
            yield said + _since(around.last_of_area.get(area.pk))


def _of_papers(around: _Around) -> Iterator[str]:
    """One certificate that holds is enough; where none does, each says why."""
    if not any(around.proves(proof) for proof in around.proofs):
        for proof in around.proofs:
            yield _of_paper(around, proof)


def _of_paper(around: _Around, proof: LotProof) -> str:
    paper = proof.certificate
    if not paper.is_accepted:
        said = OF_PAPER[Decision(paper.decision)]() % {"number": paper.number}
        return said + _since(around.last_of_paper.get(paper.pk))
    if around.on > paper.expires_on:
        said, day = _("Certificate %(number)s expired on %(day)s."), paper.expires_on
    elif around.on < paper.issued_on:
        said, day = _("Certificate %(number)s begins on %(day)s."), paper.issued_on
    else:
        said, day = _("Certificate %(number)s does not cover this species."), around.on
    return said % {"number": paper.number, "day": format_day(day)}


def _of_protection(around: _Around) -> Iterator[str]:
    trade = around.lot.species.trade
    if trade == Species.Trade.CLOSED:
        yield _("This species is strictly protected: nothing of it is sold.")
    elif trade == Species.Trade.CULTIVATED and not _is_proved_grown(around):
        yield _(
            "Of this protected species only what was grown in a coded growing area, under a valid "
            "certificate of cultivation, is sold."
        )


def _is_proved_grown(around: _Around) -> bool:
    grown = Certificate.Activity.CULTIVATION
    return bool(around.areas) and any(
        around.proves(proof) and proof.certificate.activity == grown for proof in around.proofs
    )


def _area_under_review() -> str:
    return _("The code of growing area %(code)s is being checked again.")


def _paper_under_review() -> str:
    return _("Certificate %(number)s is being checked again.")


OF_AREA: dict[Decision, Callable[[], str]] = {
    **dict.fromkeys(UNDER_REVIEW, _area_under_review),
    Decision.SUSPENDED: lambda: _("The code of growing area %(code)s is suspended."),
    Decision.WITHDRAWN: lambda: _("The code of growing area %(code)s has been withdrawn."),
}
OF_PAPER: dict[Decision, Callable[[], str]] = {
    **dict.fromkeys(UNDER_REVIEW, _paper_under_review),
    Decision.SUSPENDED: lambda: _("Certificate %(number)s is suspended."),
    Decision.WITHDRAWN: lambda: _("Certificate %(number)s has been withdrawn."),
}


def _since(last: DecisionRow | None) -> str:
    """Return since when and why, as a sentence of its own, as far as the register knows."""
    if last is None or not last.reason:
        return ""
    said = _("Since %(day)s: %(reason)s") % {"day": format_day(last.made_at), "reason": last.reason}
    return f" {said}"
