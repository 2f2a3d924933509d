"""What a buyer does: order, pay, cancel, look. Parse, call, render."""

import logging

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from catalogue.species_page import panels
from market.exceptions import MarketError
from market.forms import BuyerForm, OrderForm
from market.gateways.base import GatewayError, GatewayRefused
from market.models import Buyer, Order, Seller
from market.services import checkout, orders, organisations, payments
from market.views.public import find_lot, lot_context

logger = logging.getLogger(__name__)

# Nothing is done by following a link: whoever comes to the address of an action by GET, from
# signing in or another language, is sent to the page the action belongs to.
ACTION = require_http_methods(["GET", "HEAD", "POST"])


@login_required
@ACTION
def lot_order(request, code: str):
    """Order kilograms of a lot and go to the payment page."""
    lot = find_lot(request, code)
    if request.method != "POST":
        return redirect(lot)
    buyer = Buyer.objects.of(request.user).first()
    if buyer is None:
        messages.info(request, _("Please name the organisation you buy for, then order again."))
        wanted = {"kg": request.POST.get("kg", "")[:20]}
        back = f"{lot.get_absolute_url()}?{urlencode(wanted)}"
        return redirect(f"{reverse('account_home')}?{urlencode({'next': back})}")
    form = OrderForm(request.POST)
    if form.is_valid():
        try:
            order = orders.place(
                lot=lot,
                buyer=buyer,
                person=request.user,
                grams=form.cleaned_data["kg"],
                token=form.cleaned_data["token"],
            )
        except MarketError as refusal:
            form.add_error("kg", str(refusal))
        else:
            return _to_payment(request, order)
    # A fresh read: what is left may be why the order was refused.
    context = lot_context(request, find_lot(request, code), form.with_fresh_token())
    return render(request, "market/lot_detail.html", context, status=400)


def _to_payment(request, order: Order):
    """Send the buyer to the payment page, or to the order when there is none to go to."""
    try:
        return redirect(checkout.open_checkout(order))
    except MarketError as refusal:
        messages.error(request, str(refusal))
    except GatewayRefused:
        logger.exception("the page of order %s was refused", order.reference)
        messages.error(
            request,
            _("The payment service refused this payment. Nothing was charged; please tell us."),
        )
    except GatewayError:
        messages.error(
            request,
            _(
                "The payment service does not answer just now. Your kilograms are held; "
                "please try to pay again in a minute."
            ),
        )
    return redirect(order)


@login_required
@never_cache
@require_safe
def order_detail(request, reference: str):
    """One order, for its buyer and its seller."""
    order = find_order(request, reference)
    if "returned" in request.GET and order.state == Order.State.PENDING:
        try:
            payments.refresh(order)
        except GatewayError:
            messages.info(request, _("The payment is being confirmed. Please look again shortly."))
        order = find_order(request, reference)
    is_buyer = order.buyer.members.filter(person=request.user).exists()
    waiting = is_buyer and order.state == Order.State.PENDING
    context = {
        "order": order,
        "can_pay": waiting,
        "can_cancel": waiting,
        "is_seller_side": not is_buyer,
    }
    return render(request, "market/order_detail.html", context)


def find_order(request, reference: str) -> Order:
    """Return an order this person may see. Raises Http404."""
    return get_object_or_404(Order.objects.visible_to(request.user).for_rows(), reference=reference)


def _own_order(request, reference: str) -> Order:
    return get_object_or_404(Order.objects.placed_for(request.user).for_rows(), reference=reference)


@login_required
@ACTION
def order_pay(request, reference: str):
    """Go to the payment page of an order that waits for payment."""
    order = _own_order(request, reference)
    return _to_payment(request, order) if request.method == "POST" else redirect(order)


@login_required
@ACTION
def order_cancel(request, reference: str):
    """Cancel an order that waits for payment."""
    order = _own_order(request, reference)
    if request.method != "POST":
        return redirect(order)
    try:
        orders.cancel(order=order, person=request.user)
        messages.success(request, _("The order is cancelled and its kilograms are on sale again."))
    except MarketError as refusal:
        messages.error(request, str(refusal))
    except GatewayError:
        messages.error(
            request, _("The payment service does not answer just now. Please try again.")
        )
    return redirect(order)


@login_required
@never_cache
def account(request):
    """A person's own account: the organisations they act for and their orders."""
    form = BuyerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        organisations.name_buyer(person=request.user, **form.cleaned_data)
        messages.success(request, _("You can now order."))
        return redirect(_way_back(request))
    buyers = list(Buyer.objects.of(request.user))
    sellers = list(Seller.objects.of(request.user).select_related("establishment"))
    wants_to_buy = "next" in request.GET or not sellers
    context = {
        "buyers": buyers,
        "sellers": sellers,
        "next": request.GET.get("next", ""),
        "orders": Order.objects.placed_for(request.user).for_rows()[:50],
        "buyer_form": form if wants_to_buy and not buyers else None,
        "panels": panels("market_account_panels", request),
    }
    status = 400 if request.method == "POST" else 200
    return render(request, "market/account.html", context, status=status)


def _way_back(request) -> str:
    """Return where somebody wanted to go before, on this site only; else their account."""
    wanted = request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}):
        return wanted
    return reverse("account_home")
