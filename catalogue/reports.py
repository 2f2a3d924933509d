"""Reports for curators: which translations have to be written, brought up to date or confirmed."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from wagtail.admin.auth import require_admin_access
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.reports import ReportView

import django_filters

from catalogue import translations
from catalogue.models import Species, SpeciesText
from catalogue.services.texts import NoOriginal, confirm_translation


class TranslationFilterSet(WagtailFilterSet):
    language = django_filters.MultipleChoiceFilter(
        label=gettext_lazy("Language"), choices=translations.languages
    )
    state = django_filters.MultipleChoiceFilter(
        label=gettext_lazy("Kind"), choices=translations.State.choices
    )

    class Meta:
        model = Species
        fields = []

    def filter_queryset(self, queryset):
        asked = self.form.cleaned_data
        return translations.lagging(queryset, asked["language"], asked["state"])


class ConfirmColumn(Column):
    """A button for what is out of date and still right; nothing where there is no translation."""

    cell_template_name = "catalogue/admin/confirm_cell.html"

    def get_cell_context_data(self, instance, parent_context):
        context = super().get_cell_context_data(instance, parent_context)
        request = parent_context["request"]
        if instance.state == translations.State.STALE and may_confirm(request.user):
            context["url"] = reverse("catalogue_confirm_translation", args=[instance.text_id])
            context["next"] = request.get_full_path()
        return context


def may_confirm(person) -> bool:
    return person.has_perm("catalogue.publish_species")


def may_read(person) -> bool:
    """Return whether a person may read the report: who edits species."""
    return person.has_perm("catalogue.change_species")


def _edit_url(species: Species) -> str:
    return reverse(Species.snippet_viewset.get_url_name("edit"), args=[species.pk]) + "#tab-texts"


def _language(species: Species) -> str:
    return str(dict(settings.LANGUAGES)[species.language])


def _state(species: Species) -> str:
    return str(translations.State(species.state).label)


class TranslationsReport(ReportView):
    model = Species
    page_title = gettext_lazy("Translations")
    header_icon = "globe"
    index_url_name = "catalogue_translations"
    index_results_url_name = "catalogue_translations_results"
    filterset_class = TranslationFilterSet
    permission_required = "change"
    columns = [
        TitleColumn("scientific_name", label=gettext_lazy("Scientific name"), get_url=_edit_url),
        Column("vietnamese_name", label=gettext_lazy("Name in Vietnamese")),
        Column("language", label=gettext_lazy("Language"), accessor=_language),
        Column("state", label=gettext_lazy("Kind"), accessor=_state),
        ConfirmColumn("confirm", label=""),
    ]
    export_filename = "translations"
    list_export = ["slug", "scientific_name", "vietnamese_name", "language", "state"]
    export_headings = {
        "vietnamese_name": gettext_lazy("Name in Vietnamese"),
        "language": gettext_lazy("Language"),
        "state": gettext_lazy("Kind"),
    }

    def get_base_queryset(self):
        return Species.objects.prefetch_related("names")

    def filter_queryset(self, queryset):
        found = super().filter_queryset(queryset)
        if found is queryset:  # what was asked for is not valid: show all
            found = translations.lagging(queryset)
        return found.order_by("sort_name", "language")


@require_admin_access
@require_POST
def confirm(request, pk: int):
    """Say that a translation is right as it is, and go back to the report."""
    text = get_object_or_404(SpeciesText.objects.select_related("species"), pk=pk)
    try:
        confirm_translation(text=text, person=request.user)
    except NoOriginal:
        messages.error(request, _("There is no text in the first language to compare with."))
    else:
        messages.success(
            request,
            _("The translation of “%(name)s” is up to date.") % {"name": text.species},
        )
    return redirect(get_valid_next_url_from_request(request) or reverse("catalogue_translations"))


def urls() -> list:
    """Return the addresses of the reports in the admin."""
    return [
        path("reports/translations/", TranslationsReport.as_view(), name="catalogue_translations"),
        path(
            "reports/translations/results/",
            TranslationsReport.as_view(results_only=True),
            name="catalogue_translations_results",
        ),
        path(
            "reports/translations/<int:pk>/confirm/",
            confirm,
            name="catalogue_confirm_translation",
        ),
    ]
