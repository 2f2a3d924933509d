"""Where staff look at the plots of a growing area, check a file of them and replace them."""

from dataclasses import dataclass
from decimal import Decimal

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView

from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from catalogue.models import GrowingArea
from catalogue.plots import drawing, words
from catalogue.plots.features import Problem
from catalogue.plots.measuring import from_geojson
from catalogue.plots.reading import MOST_BYTES
from catalogue.services import plots
from core.areas import SQUARE_METRES_PER_HECTARE

MOST_PROBLEMS = 200  # a longer list is read by nobody; the number of all is said


class PlotsForm(forms.Form):
    """Plots as a file or as pasted text."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        help_text=gettext_lazy("GeoJSON, KML or CSV in WGS-84, up to 10 MB."),
    )
    text = forms.CharField(
        label=gettext_lazy("Or as text"),
        required=False,
        max_length=MOST_BYTES,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false"}),
        help_text=gettext_lazy(
            "The same as in a file. The shortest is a table, a plot to a line: "
            "label,lon,lat,hectares."
        ),
    )

    def clean(self):
        file, text = self.cleaned_data.get("file"), self.cleaned_data.get("text", "")
        if bool(file) == bool(text.strip()) and not self.errors:
            raise ValidationError(_("Choose a file or paste a text, one of the two."))
        return self.cleaned_data

    @property
    def content(self) -> bytes:
        """What was sent, as bytes."""
        file = self.cleaned_data["file"]
        return file.read(MOST_BYTES + 1) if file else self.cleaned_data["text"].encode()


@dataclass(frozen=True)
class Row:
    """A plot as the table shows it, in hectares."""

    label: str
    is_point: bool
    measured: Decimal
    declared: Decimal | None


def _hectares(square_metres: int | None) -> Decimal | None:
    return None if square_metres is None else Decimal(square_metres) / SQUARE_METRES_PER_HECTARE


def said(problems: list[Problem]) -> list[tuple[str, str]]:
    """Return problems as what each is about and what is wrong with it."""
    return [(words.subject(one), words.sentence(one)) for one in problems[:MOST_PROBLEMS]]


class PlotsView(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):
    """The plots of one area, and a form that checks or replaces them."""

    model = GrowingArea
    permission_required = "change"
    header_icon = "site"
    page_title = gettext_lazy("Plots")
    template_name = "catalogue/admin/plots.html"
    form_class = PlotsForm

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        areas = GrowingArea.objects.select_related("establishment", "commune__province")
        self.area = get_object_or_404(areas, pk=kwargs["pk"])

    def get_page_subtitle(self):
        return str(self.area)

    def get_breadcrumbs_items(self):
        viewset = GrowingArea.snippet_viewset
        return [
            *self.breadcrumbs_items,
            {"url": reverse(viewset.get_url_name("list")), "label": viewset.menu_label},
            {
                "url": reverse(viewset.get_url_name("edit"), args=[self.area.pk]),
                "label": str(self.area),
            },
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs):
        kept = list(self.area.plots.all())
        shapes = [(plot.label, from_geojson(plot.geometry)) for plot in kept]
        return super().get_context_data(
            area=self.area,
            drawing=plots.for_drawing(self.area),
            tiles={"url": settings.MAP_TILES_URL, "attribution": settings.MAP_TILES_ATTRIBUTION},
            rows=[
                Row(plot.label, plot.is_point, _hectares(plot.area_m2), _hectares(plot.declared_m2))
                for plot in kept
            ],
            together=_hectares(sum(plot.area_m2 for plot in kept)),
            paths=drawing.paths(shapes),
            picture=drawing,
            **kwargs,
        )

    def form_valid(self, form):
        if "replace" in self.request.POST:
            outcome = plots.replace(area=self.area, content=form.content, person=self.request.user)
            if not outcome.problems:
                messages.success(self.request, self._said_of(outcome, _("The plots are replaced.")))
                return redirect("catalogue_plots", self.area.pk)
        else:
            outcome = plots.examine(area=self.area, content=form.content)
        context = self.get_context_data(
            form=form,
            is_examined=True,
            summary=self._said_of(outcome, _("Nothing is wrong with these plots.")),
            problems=said(outcome.problems),
            problem_count=len(outcome.problems),
        )
        return self.render_to_response(context, status=400 if outcome.problems else 200)

    def _said_of(self, outcome: plots.Outcome, opening: str) -> str:
        count = ngettext("%(count)s plot", "%(count)s plots", len(outcome.plots))
        return f"{opening} {count % {'count': len(outcome.plots)}}."


def urls() -> list:
    """Return the addresses of plots in the admin."""
    return [path("registers/areas/<int:pk>/plots/", PlotsView.as_view(), name="catalogue_plots")]
