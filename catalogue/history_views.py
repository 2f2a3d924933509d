"""Pages of the admin that say where each fact comes from, and what a revision changed."""

from dataclasses import asdict

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from wagtail.admin.compare import diff_text
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.models import Revision

from catalogue import history
from catalogue.exchange.changes import CHANGED, SHOWN, Change
from catalogue.models import Species


class SpeciesHistoryView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """A page about the history of one species, for those who may edit species."""

    model = Species
    any_permission_required = ["add", "change", "delete"]
    header_icon = "history"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.species = get_object_or_404(Species.objects.visible_to(request.user), pk=kwargs["pk"])

    def get_page_subtitle(self):
        return str(self.species)

    def get_breadcrumbs_items(self):
        viewset = Species.snippet_viewset
        steps = [
            (reverse(viewset.get_url_name("list")), capfirst(Species._meta.verbose_name_plural)),
            (reverse(viewset.get_url_name("edit"), args=[self.species.pk]), str(self.species)),
            (reverse(viewset.get_url_name("history"), args=[self.species.pk]), _("History")),
        ]
        here = {"url": "", "label": self.page_title, "sublabel": str(self.species)}
        above = ({"url": url, "label": label} for url, label in steps)
        return [*self.breadcrumbs_items, *above, here]


class ProvenanceView(SpeciesHistoryView):
    """Every fact of the record with its editor and date, and the revisions to compare."""

    page_title = _("Provenance of each fact")
    template_name = "catalogue/admin/provenance.html"

    def get_context_data(self, **kwargs):
        revisions = history.revisions_of(self.species)
        return super().get_context_data(
            species=self.species,
            sections=history.provenance(self.species),
            # Each with the one before it in time, against which its page shows what changed.
            revisions=list(zip(revisions, [*revisions[1:], None], strict=True)),
            most_revisions=history.MOST_REVISIONS,
            **kwargs,
        )


class RevisionDiffView(SpeciesHistoryView):
    """What one revision says otherwise than another one of the same species."""

    page_title = _("What changed")
    template_name = "catalogue/admin/revision_diff.html"

    def get_context_data(self, **kwargs):
        old, new = (self._revision(self.kwargs[name]) for name in ("old", "new"))
        context = super().get_context_data(**kwargs)
        return context | {
            "species": self.species,
            "old": old,
            "new": new,
            "changes": [_shown(change) for change in history.diff(old, new)],
        }

    def _revision(self, pk: int) -> Revision:
        revision = self.species.revisions.select_related("user").filter(pk=pk).first()
        if revision is None:
            raise Http404
        return revision


def _shown(change: Change) -> dict:
    """Return a change for the template; in a long text the words that differ are marked."""
    is_long = change.kind == CHANGED and min(len(change.old), len(change.new)) > SHOWN
    inline = diff_text(change.old, change.new).to_html() if is_long else ""
    return asdict(change) | {"inline": inline}
