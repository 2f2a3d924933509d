"""What the pages of verification share: which records, who may, and where each page is."""

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from catalogue.models import Certificate, GrowingArea
from catalogue.models.amendments import Amendment
from catalogue.services.decisions import Record

KINDS: dict[str, type[Record]] = {"certificates": Certificate, "areas": GrowingArea}
KIND_OF = {model: kind for kind, model in KINDS.items()}
TITLE = _("Verification")


def may_decide(person) -> bool:
    """Return whether a person may decide about the registers."""
    return person.has_perm("catalogue.change_certificate")


def decide_url(record: Record) -> str:
    """Return the address where staff decide about a record."""
    return reverse("catalogue_decide", args=[KIND_OF[type(record)], record.pk])


def amend_url(record: Record) -> str:
    """Return the address where a change of a record is proposed."""
    return reverse("catalogue_amend", args=[KIND_OF[type(record)], record.pk])


def settle_url(amendment: Amendment) -> str:
    """Return the address where a proposed change is settled."""
    return reverse("catalogue_settle", args=[KIND_OF[type(amendment.record)], amendment.pk])


class RegisterView(PermissionCheckedMixin, WagtailAdminTemplateMixin):
    """A page about the registers, for those who may decide about them."""

    model = Certificate
    permission_required = "change"
    header_icon = "clipboard-list"

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse("catalogue_queue"), "label": TITLE},
            *self.more_breadcrumbs(),
            {"url": "", "label": self.page_title},
        ]

    def more_breadcrumbs(self) -> list[dict[str, str]]:
        """Return what stands between the queue and this page."""
        return []


def kind_or_404(kind: str) -> type[Record]:
    """Return the kind of record that an address names. Raises Http404."""
    if kind not in KINDS:
        raise Http404
    return KINDS[kind]
