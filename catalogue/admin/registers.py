"""The registers: who grows what where, and what is certified."""

from django.utils.translation import gettext_lazy as _

from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, InlinePanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from catalogue.models import (
    AreaCode,
    Audit,
    Certificate,
    Establishment,
    GrowingArea,
    OcopProduct,
)
from catalogue.services import registers

# What badges rest on: it stays as it was submitted, so that two people have seen the same.
VOUCHED = {
    Certificate: (
        "number",
        "standard",
        "scheme",
        "document_kind",
        "authority",
        "establishment",
        "species_as_printed",
        "species",
        "part",
        "areas",
        "activity",
        "first_issued_on",
        "issued_on",
        "expires_on",
        "source_url",
    ),
    GrowingArea: (
        "code",
        "establishment",
        "commune",
        "district_as_printed",
        "species",
        "area_m2",
    ),
}


class RegisterForm(WagtailAdminModelForm):
    """Keeps what was submitted as it is, and notes what else is changed, from what to what."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk and not self.instance.is_editable:
            for name in VOUCHED[type(self.instance)]:
                self.fields[name].disabled = True
                self.fields[name].help_text = _(
                    "As it was submitted. To correct it, return the record under “Decide” first."
                )

    def save(self, commit=True):
        before = registers.facts_of(self.instance.pk, type(self.instance), self.changed_data)
        saved = super().save(commit)
        if commit and before:
            registers.note_changes(record=saved, before=before, person=self.for_user)
        return saved


def register_handler(*names: str) -> ObjectList:
    """Return the edit form of a register with these fields."""
    return ObjectList([FieldPanel(name) for name in names], base_form_class=RegisterForm)


STATE = Column("state", label=_("State"), accessor=lambda record: record.state.label)


class EstablishmentViewSet(SnippetViewSet):
    model = Establishment
    icon = "group"
    list_display = ["name", "kind", "commune"]
    list_filter = ["kind"]
    search_fields = ["name"]


class GrowingAreaViewSet(SnippetViewSet):
    model = GrowingArea
    icon = "site"
    copy_view_enabled = False
    list_display = ["code", "name", "establishment", STATE]
    list_filter = ["decision"]
    search_fields = ["code", "name"]
    edit_handler = register_handler(
        *VOUCHED[GrowingArea], "name", "households", "under_canopy", "is_demonstration"
    )


class CertificateViewSet(SnippetViewSet):
    model = Certificate
    icon = "tick-inverse"
    copy_view_enabled = False
    list_display = ["number", "standard", "establishment", "expires_on", STATE]
    list_filter = ["standard", "decision"]
    search_fields = ["number"]
    edit_handler = register_handler(*VOUCHED[Certificate], "is_demonstration")


class AreaCodeViewSet(SnippetViewSet):
    model = AreaCode
    icon = "globe"
    list_display = ["code", "market", "area", "authority", "expires_on"]
    list_filter = ["market"]
    search_fields = ["code", "area__code"]


class AuditForm(WagtailAdminModelForm):
    """Counts the criteria of all parts together, which no part can do."""

    def clean(self):
        cleaned = super().clean()
        parts = [part for part in self.formsets["parts"].forms if part.is_valid()]
        counted = sum(
            part.cleaned_data.get("met", 0) + part.cleaned_data.get("not_met", 0)
            for part in parts
            if not part.cleaned_data.get("DELETE")
        )
        if counted > Audit.CRITERIA:
            self.add_error(None, _("There are 54 criteria in all parts together."))
        return cleaned


class AuditViewSet(SnippetViewSet):
    model = Audit
    icon = "tasks"
    list_display = ["certificate", "kind", "visited_on", "met", "not_met"]
    list_filter = ["kind"]
    search_fields = ["certificate__number", "report_number"]
    edit_handler = ObjectList(
        [
            FieldPanel("certificate"),
            FieldPanel("kind"),
            FieldPanel("visited_on"),
            FieldPanel("assessors"),
            FieldPanel("report_number"),
            InlinePanel("parts", label=_("Part")),
            FieldPanel("corrections"),
            FieldPanel("corrections_due_on"),
            FieldPanel("corrected_on"),
        ],
        base_form_class=AuditForm,
    )


class OcopProductViewSet(SnippetViewSet):
    model = OcopProduct
    icon = "pick"
    list_display = ["name", "stars", "establishment", "species", "valid_until"]
    list_filter = ["stars"]
    search_fields = ["name", "decision_number"]


class RegistersViewSetGroup(SnippetViewSetGroup):
    menu_label = _("Registers")
    menu_icon = "clipboard-list"
    menu_order = 160
    items = (
        EstablishmentViewSet,
        GrowingAreaViewSet,
        AreaCodeViewSet,
        CertificateViewSet,
        AuditViewSet,
        OcopProductViewSet,
    )
