"""Saved searches in a person's account, and the link that stops their e-mails."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from search import saved
from search.exceptions import SavingRefused
from search.forms import KeptForm, SaveForm
from search.models import SavedSearch

# Nothing is done by following a link: whoever comes to the address of an action by GET, from
# signing in or another language, is sent to the page the action belongs to.
ACTION = require_http_methods(["GET", "HEAD", "POST"])


@login_required
@never_cache
@require_safe
def saved_list(request: HttpRequest) -> HttpResponse:
    """What a person has saved."""
    return _list(request)


@login_required
@never_cache
@ACTION
def saved_new(request: HttpRequest) -> HttpResponse:
    """Save a search."""
    if request.method != "POST":
        return redirect("search:saved_list")
    form = SaveForm(request.POST)
    if not form.is_valid():
        return _refused(request, form)
    try:
        kept, is_new = saved.save(
            person=request.user, language=get_language() or "vi", **form.cleaned_data
        )
    except SavingRefused as refusal:
        messages.error(request, str(refusal))
        return _list(request, status=400)
    said = _("“%(name)s” is saved.") if is_new else _("You saved this before, as “%(name)s”.")
    messages.success(request, said % {"name": kept.name})
    if not saved.can_match_lots(kept.query):
        messages.info(
            request,
            _("No e-mails are sent about it: it asks for something that lots do not say."),
        )
    return redirect("search:saved_list")


@login_required
@never_cache
@ACTION
def saved_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename a search, and say how often to be told."""
    mine = _own(request, pk)
    if request.method != "POST":
        return redirect("search:saved_list")
    form = KeptForm(request.POST)
    if not form.is_valid():
        return _refused(request, form)
    saved.change(saved=mine, **form.cleaned_data)
    messages.success(request, _("“%(name)s” is changed.") % {"name": mine.name})
    return redirect("search:saved_list")


@login_required
@never_cache
@ACTION
def saved_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a saved search."""
    mine = _own(request, pk)
    if request.method == "POST":
        saved.delete(mine)
        messages.success(request, _("“%(name)s” is deleted.") % {"name": mine.name})
    return redirect("search:saved_list")


@csrf_exempt
@never_cache
@ACTION
def alerts_stop(request: HttpRequest, token: str) -> HttpResponse:
    """Stop the e-mails of a search for whoever holds its link; GET only asks.

    Mail scanners follow links, so that a link alone stops nothing. Mail programs post here without
    a session (RFC 8058), so that the token has to be enough.
    """
    search = get_object_or_404(SavedSearch, stop_token=token)
    if request.method == "POST":
        saved.stop(search)
    return render(request, "search/alerts_stop.html", {"saved": search})


def _own(request: HttpRequest, pk: int) -> SavedSearch:
    return get_object_or_404(SavedSearch.objects.of(request.user), pk=pk)


def _refused(request: HttpRequest, form: KeptForm) -> HttpResponse:
    for field, problems in form.errors.items():
        messages.error(request, f"{form[field].label}: {' '.join(problems)}")
    return _list(request, status=400)


def _list(request: HttpRequest, status: int = 200) -> HttpResponse:
    searches = list(SavedSearch.objects.of(request.user))
    words = saved.words_of(searches)
    context = {
        "rows": [
            {
                "saved": one,
                "words": words[one.pk],
                "can_match_lots": saved.can_match_lots(one.query),
            }
            for one in searches
        ],
        "frequencies": SavedSearch.Frequency.choices,
    }
    return render(request, "search/saved_list.html", context, status=status)
