"""What the search shows on other apps' pages, when they ask."""

from django.template.loader import render_to_string

from search.models import SavedSearch


def account_searches(request) -> str:
    """Return how many searches a person has saved, and the way to them, as HTML."""
    context = {"count": SavedSearch.objects.of(request.user).count()}
    return render_to_string("search/includes/account_panel.html", context, request)
