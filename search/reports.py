"""A report for who runs the site: changes the search index was not told, and why."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from wagtail.admin.auth import require_admin_access
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.reports import ReportView

from search import outbox
from search.models import Change
from search.tasks import drain


def may_read(person: Any) -> bool:
    """Return whether a person may read the report and let a change be tried again."""
    return bool(person.has_perm("search.change_change"))


class RetryColumn(Column):
    """A button that lets a change be tried again."""

    cell_template_name = "search/admin/retry_cell.html"


class ChangesReport(ReportView):
    model = Change
    page_title = gettext_lazy("Changes not in the search index")
    header_icon = "search"
    index_url_name = "search_changes"
    index_results_url_name = "search_changes_results"
    permission_required = "change"
    columns = [
        Column("name", label=gettext_lazy("Record"), accessor=str),
        DateColumn("changed_at", label=gettext_lazy("Changed")),
        Column("attempts", label=gettext_lazy("Attempts")),
        Column("error", label=gettext_lazy("Error")),
        RetryColumn("retry", label=""),
    ]

    def get_base_queryset(self) -> QuerySet[Change]:
        return outbox.dead().order_by("-changed_at")


@require_admin_access
@require_POST
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Let one change that was given up be tried again."""
    if not may_read(request.user):
        return redirect("wagtailadmin_home")
    change = get_object_or_404(outbox.dead(), pk=pk)
    outbox.revive(Change.objects.filter(pk=change.pk))
    drain.enqueue()
    messages.success(request, _("%(record)s is tried again.") % {"record": change})
    return redirect(reverse("search_changes"))


def urls() -> list[URLPattern]:
    """Return the addresses of the report in the admin."""
    return [
        path("reports/search/", ChangesReport.as_view(), name="search_changes"),
        path(
            "reports/search/results/",
            ChangesReport.as_view(results_only=True),
            name="search_changes_results",
        ),
        path("reports/search/<int:pk>/retry/", retry, name="search_retry_change"),
    ]
