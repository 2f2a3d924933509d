"""The seller's desk: lots and orders of the organisation a person works for."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Count, F, Q, Sum
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from catalogue.models import Plot
from market.exceptions import ListingRefused, MarketError
from market.forms import LotForm
from market.models import Lot, Order, Seller
from market.obstacles import obstacles_of
from market.services import listing

ORDERS_SHOWN = 50
LOTS_SHOWN = 100


def own_seller(request) -> Seller:
    """Return the seller a person works for. Raises PermissionDenied for everybody else."""
    seller = Seller.objects.of(request.user).select_related("establishment").first()
    if seller is None:
        raise PermissionDenied
    return seller


@login_required
@never_cache
@require_safe
def desk(request):
    """What a seller has on sale and what was ordered of it."""
    seller = own_seller(request)
    sold = Sum("orders__grams", filter=Q(orders__state=Order.State.PAID))
    held = Sum("orders__grams", filter=Q(orders__state=Order.State.PENDING))
    lots = seller.lots.for_rows().annotate(
        sold_grams=Coalesce(sold, 0), held_grams=Coalesce(held, 0)
    )
    # Drafts wait to be finished; an aggregate leaves out the order the model declares.
    lots = lots.order_by(F("published_at").desc(nulls_first=True), "-pk")
    shown = list(lots[:LOTS_SHOWN])
    _put_obstacles_on([lot for lot in shown if lot.state == Lot.State.OPEN])
    received = Order.objects.filter(lot__seller=seller)
    context = {
        "seller": seller,
        "lots": shown,
        "orders": received.for_rows()[:ORDERS_SHOWN],
        "counts": _counts(seller, received),
        "has_plots": Plot.objects.filter(area__establishment=seller.establishment_id).exists(),
    }
    return render(request, "market/desk.html", context)


def _put_obstacles_on(lots: list[Lot]) -> None:
    """Note on each open lot what keeps it from being sold."""
    found = obstacles_of(lots)
    for lot in lots:
        lot.obstacles = found[lot.pk]


def _counts(seller: Seller, received) -> dict[str, int]:
    lots = seller.lots.aggregate(
        open=Count("pk", filter=Q(state=Lot.State.OPEN)),
        draft=Count("pk", filter=Q(state=Lot.State.DRAFT)),
    )
    orders = received.aggregate(
        waiting=Count("pk", filter=Q(state=Order.State.PENDING)),
        paid=Count("pk", filter=Q(state=Order.State.PAID)),
    )
    return lots | orders


@login_required
@require_http_methods(["GET", "POST"])
def lot_new(request):
    """Put a new lot on sale, or save it as a draft."""
    seller = own_seller(request)
    form = LotForm(request.POST or None, seller=seller)
    return _edit(request, seller, form, lot=None)


@login_required
@require_http_methods(["GET", "POST"])
def lot_edit(request, code: str):
    """Change a lot that is not on sale yet."""
    seller = own_seller(request)
    lots = seller.lots.prefetch_related("areas", "certificates", "texts")
    lot = get_object_or_404(lots, code=code)
    if lot.state != Lot.State.DRAFT:
        return redirect(lot)
    form = LotForm(request.POST or None, seller=seller, initial=LotForm.initial_of(lot))
    return _edit(request, seller, form, lot=lot)


def _edit(request, seller: Seller, form: LotForm, lot: Lot | None):
    if request.method == "POST" and form.is_valid():
        publish = request.POST.get("action") == "publish"
        try:
            saved = listing.save_lot(
                seller=seller, draft=form.draft(), publish=publish, person=request.user, lot=lot
            )
        except ListingRefused as refusal:
            for field, problem in refusal.problems.items():
                form.add_error(field, problem)
        except MarketError as refusal:
            form.add_error(None, str(refusal))
        else:
            said = _("Lot %(code)s is on sale.") if publish else _("Draft %(code)s is saved.")
            messages.success(request, said % {"code": saved.code})
            return redirect(saved if publish else "market:desk")
    if request.method == "POST":
        form.with_fresh_token()
    context = {"form": form, "lot": lot, "seller": seller}
    status = 400 if request.method == "POST" else 200
    return render(request, "market/lot_form.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def lot_state(request, code: str):
    """Pause, resume or close a lot; whoever comes by a link is sent to the desk."""
    if request.method != "POST":
        return redirect("market:desk")
    lot = get_object_or_404(own_seller(request).lots, code=code)
    try:
        moved = listing.move_lot(lot=lot, state=request.POST.get("state", ""), person=request.user)
    except MarketError as refusal:
        messages.error(request, str(refusal))
    else:
        said = _("Lot %(code)s: %(state)s.")
        messages.success(request, said % {"code": moved.code, "state": moved.get_state_display()})
    return redirect("market:desk")
