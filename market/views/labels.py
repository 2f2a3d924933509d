"""Labels of a lot for its sacks, from the seller's desk."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from catalogue import labels
from core.days import format_day
from market.forms import LabelsForm
from market.models import Lot
from market.views.desk import own_seller


@login_required
@never_cache
@require_safe
def lot_labels(request, code: str):
    """As many labels of one lot as are asked for; without a number, the form that asks."""
    lots = own_seller(request).lots.for_rows().exclude(state=Lot.State.DRAFT)
    lot = get_object_or_404(lots, code=code)
    form = LabelsForm(request.GET or None)
    if not form.is_valid():
        context = {"lot": lot, "form": form}
        return render(request, "market/labels.html", context, status=400 if request.GET else 200)
    asked = form.cleaned_data
    return labels.answer([label_of(lot)] * asked["copies"], skip=asked["skip"])


def label_of(lot: Lot) -> labels.Label:
    """Return the label of a lot."""
    harvested = _("Harvested %(day)s") % {"day": format_day(lot.harvested_on)}
    return labels.Label(
        kind=f"{lot.species.title} – {lot.part.label}",
        number=lot.code,
        address=labels.short_address("lot", lot.code),
        lines=[lot.seller.establishment.name, harvested],
        species=[lot.species.scientific_name],
        is_demonstration=lot.is_demonstration,
    )
