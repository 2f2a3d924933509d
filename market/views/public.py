"""What anybody sees of the market: parse, call, render."""

from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from catalogue.models import Certificate
from core.facets import removals
from core.paging import page_by_key
from market import browse, gateways, limits
from market.forms import LotFilterForm, OrderForm
from market.models import Lot, Seller
from market.obstacles import obstacles_of
from market.rows import put_assays_on

LOTS_PER_PAGE = 24


@require_safe
def lot_list(request):
    """Browse the lots on sale."""
    form = LotFilterForm(request.GET)
    if not form.is_valid():
        return render(request, "market/lot_list.html", {"form": form}, status=400)
    asked = form.cleaned_data
    on_sale = Lot.objects.visible_to(request.user).on_sale()
    matching = browse.narrowed(on_sale, asked)
    page = page_by_key(
        matching.for_rows(),
        request,
        field=browse.ORDER[asked["sort"] or LotFilterForm.Sort.NEWEST],
        key="code",
        after=asked["after"],
        size=LOTS_PER_PAGE,
    )
    facets = browse.facets(request, on_sale, asked)
    put_assays_on(page.items)
    context = {
        "form": form,
        "lots": page.items,
        "facets": facets,
        "selected": removals(facets),
        "total": matching.count(),
        "next_url": page.next_url,
        "first_url": page.first_url,
    }
    return render(request, "market/lot_list.html", context)


@require_safe
def lot_detail(request, code: str):
    """One lot: what, how much, at what price, with which proofs, from where."""
    form = OrderForm(initial={"kg": request.GET.get("kg", "")[:20]})
    context = lot_context(request, find_lot(request, code), form)
    return render(request, "market/lot_detail.html", context)


def find_lot(request, code: str) -> Lot:
    """Return a lot this person may see, ready for its page. Raises Http404."""
    lots = Lot.objects.visible_to(request.user).for_record().with_analyses()
    return get_object_or_404(lots, code=code)


def lot_context(request, lot: Lot, order_form: OrderForm) -> dict:
    """Return what the page of a lot shows this person."""
    is_own = (
        request.user.is_authenticated and lot.seller.members.filter(person=request.user).exists()
    )
    is_sellable = Lot.objects.sellable().filter(pk=lot.pk).exists()
    signed_in = request.user.is_authenticated
    concerns = Lot.objects.with_plots_for(request.user)
    may_order = is_sellable and signed_in and not is_own and gateways.is_configured()
    return {
        "lot": lot,
        "analyses": limits.analyses_of(lot),
        "is_sellable": is_sellable,
        "obstacles": [] if is_sellable else obstacles_of([lot])[lot.pk],
        "is_own_lot": is_own,
        "has_plots": signed_in and concerns.filter(pk=lot.pk).exists(),
        "order_form": order_form if may_order else None,
    }


@require_safe
def seller_detail(request, slug: str):
    """A seller's storefront."""
    sellers = Seller.objects.visible_to(request.user).select_related(
        "establishment__commune__province"
    )
    seller = get_object_or_404(sellers.prefetch_related("texts"), slug=slug)
    certificates = (
        Certificate.objects.visible_to(request.user)
        .proving()
        .filter(establishment=seller.establishment_id)
        .for_rows()
    )
    lots = list(seller.lots.visible_to(request.user).on_sale().for_rows())
    put_assays_on(lots)
    context = {
        "seller": seller,
        "lots": lots,
        "certificates": certificates,
    }
    return render(request, "market/seller_detail.html", context)


@require_safe
@vary_on_headers("Accept", "Accept-Language", "Cookie")
def lot_record(request, code: str):
    """What a printed QR opens: the lot's page in the visitor's language, or its data.

    A permanent address without a language: it redirects people and answers machines that ask for
    JSON-LD with the open record of the API.
    """
    lot = get_object_or_404(Lot.objects.visible_to(request.user), code=code)
    if "application/ld+json" in request.headers.get("Accept", ""):
        return redirect(f"/api/v1/lots/{lot.code}")
    return redirect(lot)
