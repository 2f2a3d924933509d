"""Plots for whom they concern: a holder's own, and those of a lot for its buyer."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from catalogue.models import Plot
from catalogue.plots import eudr
from catalogue.services.plots import eudr_rows
from market.models import Lot
from market.views.desk import own_seller


@login_required
@never_cache
@require_safe
def desk_plots(request):
    """The plots of all growing areas of the holder a person works for."""
    seller = own_seller(request)
    plots = Plot.objects.filter(area__establishment=seller.establishment_id)
    return _download(request, plots, name=seller.slug, back="market:desk")


@never_cache
@require_safe
def lot_plots(request, code: str):
    """The plots a lot comes from; for anybody whom they do not concern there is no such page."""
    lot = get_object_or_404(Lot.objects.with_plots_for(request.user), code=code)
    plots = Plot.objects.filter(area__lots=lot)
    return _download(request, plots, name=lot.code, back=lot)


def _download(request, plots: QuerySet[Plot], *, name: str, back):
    try:
        content = eudr.write(eudr_rows(plots.order_by("area__code", "pk")))
    except eudr.TooLarge as refusal:
        said = _("These are more plots than one file may hold (25 MB): %(count)s fit.")
        messages.error(request, said % {"count": refusal.fitting})
        return redirect(back)
    answer = HttpResponse(content, content_type="application/geo+json")
    answer["Content-Disposition"] = f'attachment; filename="plots-{name}.geojson"'
    return answer
