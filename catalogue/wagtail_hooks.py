"""Registration only; what is registered stands in admin/, reports.py and services/."""

from django.urls import path, reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _

from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.snippets.models import register_snippet

from catalogue import figures, reports
from catalogue.admin import (
    CollectionViewSetGroup,
    RegistersViewSetGroup,
    VocabularyViewSetGroup,
)
from catalogue.bulk_actions import ACTIONS
from catalogue.history_views import ProvenanceView, RevisionDiffView
from catalogue.models import Certificate, OcopProduct, Species
from catalogue.services import certificates, ocop

hooks.register("media_is_shown", figures.media_is_shown)

register_snippet(CollectionViewSetGroup)
register_snippet(VocabularyViewSetGroup)
register_snippet(RegistersViewSetGroup)

for action in ACTIONS:
    hooks.register("register_bulk_action", action)

hooks.register("register_admin_urls", reports.urls)


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


@hooks.register("register_log_actions")
def register_actions(actions):
    actions.register_action(
        "catalogue.certificate.decided", _("Decide on a certificate"), _("Decided on a certificate")
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
    if isinstance(instance, Certificate):
        certificates.announce(instance)
    elif isinstance(instance, OcopProduct):
        ocop.announce(instance)


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
