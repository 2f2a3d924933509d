"""Registration only; what is registered stands in admin/, reports.py and services/."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import path, reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _

from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogFormatter
from wagtail.snippets.models import register_snippet

from catalogue import figures, reports
from catalogue.admin import (
    CollectionViewSetGroup,
    DevelopmentViewSetGroup,
    RegistersViewSetGroup,
    VocabularyViewSetGroup,
    plots,
    scans,
    verification,
)
from catalogue.admin import amendments as changes
from catalogue.admin import decisions as deciding
from catalogue.admin.labels import LabelsBulkAction
from catalogue.bulk_actions import ACTIONS
from catalogue.history_views import ProvenanceView, RevisionDiffView
from catalogue.models import Certificate, GrowingArea, OcopProduct, Species
from catalogue.models.decisions import Decided
from catalogue.services import decisions, ocop, registers

hooks.register("media_is_shown", figures.media_is_shown)

register_snippet(CollectionViewSetGroup)
register_snippet(VocabularyViewSetGroup)
register_snippet(RegistersViewSetGroup)
register_snippet(DevelopmentViewSetGroup)

for action in (*ACTIONS, LabelsBulkAction):
    hooks.register("register_bulk_action", action)

hooks.register("register_admin_urls", reports.urls)
hooks.register("register_admin_urls", deciding.urls)
hooks.register("register_admin_urls", changes.urls)
hooks.register("register_admin_urls", plots.urls)
hooks.register("register_admin_urls", scans.urls)


class VerificationMenuItem(MenuItem):
    def is_shown(self, request):
        return verification.may_decide(request.user)


class TranslationsMenuItem(MenuItem):
    def is_shown(self, request):
        return reports.may_read(request.user)


@hooks.register("register_reports_menu_item")
def translations_menu_item():
    return TranslationsMenuItem(
        _("Translations"),
        reverse_lazy("catalogue_translations"),
        name="translations",
        icon_name="globe",
        order=100,
    )


class ChangeFormatter(LogFormatter):
    """Says in the history of a record of the registers what was changed, from what to what."""

    label = _("Change a record")

    def format_message(self, log_entry):
        model = log_entry.content_type.model_class()
        return registers.said_of_change(model, log_entry.data["changes"])


@hooks.register("register_log_actions")
def register_actions(actions):
    actions.register_action(
        "catalogue.register.decided", _("Decide on a record"), _("Decided on the record")
    )
    actions.register_action("catalogue.register.changed")(ChangeFormatter)
    actions.register_action(
        "catalogue.plots.replaced", _("Replace the plots"), _("Replaced the plots")
    )
    actions.register_action(
        "catalogue.text.confirmed", _("Confirm a translation"), _("Confirmed a translation")
    )
    actions.register_action(
        "catalogue.species.marked",
        _("Mark as demonstration or reviewed"),
        _("Marked as demonstration or reviewed"),
    )


@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
def follow_registers(request, instance):
    """What is edited by hand has the same consequences as what a service decides."""
    if isinstance(instance, (Certificate, GrowingArea)):
        decisions.announce(instance)
    elif isinstance(instance, OcopProduct):
        ocop.announce(instance)


@hooks.register("before_delete_snippet")
def keep_registers(request, instances):
    """What the register has vouched for keeps its page and its history: it is withdrawn."""
    if any(isinstance(one, Decided) and one.decisions.exists() for one in instances):
        messages.error(
            request, _("A record that was decided about is not deleted. Withdraw it instead.")
        )
        return redirect("catalogue_queue")
    return None


@hooks.register("register_admin_menu_item")
def verification_menu_item():
    return VerificationMenuItem(
        _("Verification"),
        reverse_lazy("catalogue_queue"),
        name="verification",
        icon_name="tasks",
        order=165,
    )


@hooks.register("register_snippet_listing_buttons")
def register_buttons(snippet, user, next_url=None):
    """Lead from the registers to an area's plots, and to where the next step is taken."""
    if isinstance(snippet, GrowingArea) and user.has_perm("catalogue.change_growingarea"):
        address = reverse("catalogue_plots", args=[snippet.pk])
        yield Button(_("Plots"), address, icon_name="site", priority=40)
    if isinstance(snippet, Decided) and verification.may_decide(user):
        yield Button(_("Decide"), verification.decide_url(snippet), icon_name="tasks", priority=50)


@hooks.register("register_admin_urls")
def register_history():
    species = "catalogue-species/<int:pk>"
    return [
        path(f"{species}/provenance/", ProvenanceView.as_view(), name="species_provenance"),
        path(
            f"{species}/changes/<int:old>/<int:new>/",
            RevisionDiffView.as_view(),
            name="species_changes",
        ),
    ]


@hooks.register("register_snippet_listing_buttons")
def provenance_button(snippet, user, next_url=None):
    """Lead from the list of species to where each of its facts comes from."""
    if isinstance(snippet, Species):
        address = reverse("species_provenance", args=[snippet.pk])
        yield Button(_("Provenance"), address, icon_name="history", priority=60)
