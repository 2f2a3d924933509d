"""Registration only; what is registered stands in admin.py and services/."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.snippets.models import register_snippet

from catalogue import figures
from catalogue.admin import MuseumViewSetGroup, RegistersViewSetGroup
from catalogue.history_views import ProvenanceView, RevisionDiffView
from catalogue.models import Certificate, Species
from catalogue.services.certificates import announce

hooks.register("media_is_shown", figures.media_is_shown)

register_snippet(MuseumViewSetGroup)
register_snippet(RegistersViewSetGroup)


@hooks.register("register_log_actions")
def register_actions(actions):
    actions.register_action(
        "catalogue.certificate.decided", _("Decide on a certificate"), _("Decided on a certificate")
    )


@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
def follow_certificates(request, instance):
    """A certificate edited by hand has the same consequences as one decided by a service."""
    if isinstance(instance, Certificate):
        announce(instance)


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
