"""Registration only; what is registered stands in reports.py and panels.py."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wagtail import hooks
from wagtail.admin.menu import MenuItem

from search import panels, reports

hooks.register("register_admin_urls", reports.urls)
hooks.register("market_account_panels", panels.account_searches)


class ChangesMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> Any:
        return reports.may_read(request.user)


@hooks.register("register_reports_menu_item")
def changes_report() -> MenuItem:
    return ChangesMenuItem(
        _("Changes not in the search index"),
        reverse("search_changes"),
        name="search-changes",
        icon_name="search",
        order=900,
    )
