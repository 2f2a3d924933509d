"""The registers: who grows what where, and what is certified."""

from collections import Counter

from django.utils.translation import gettext_lazy as _

from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, InlinePanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from catalogue.admin.scans import SCANS, ScanInput
from catalogue.models import (
    AreaCode,
    Audit,
    AuditPart,
    Certificate,
    Establishment,
    GrowingArea,
    OcopProduct,
    YieldLimit,
)
from catalogue.scans import are_the_same
from catalogue.services import registers
from core.numbers import TonneField
from core.weights import format_tonnes

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
        "certified_m2",
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
        "expected_yield_grams",
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
                    "As it was submitted. To change it, propose a change under “Decide”."
                )

    def save(self, commit=True):
        before = registers.facts_of(self.instance.pk, type(self.instance), self.changed_data)
        saved = super().save(commit)
        if commit and before:
            registers.note_changes(record=saved, before=before, person=self.for_user)
        return saved


class AreaForm(RegisterForm):
    """Takes the expected yield in tonnes, as notices print it."""

    expected_yield_grams = TonneField(
        label=_("Expected yield (t a year)"),
        required=False,
        help_text=_("Of all species together."),
    )


class CertificateForm(RegisterForm):
    """Takes scans, and for the public only another one."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in SCANS:
            self.fields[name].widget = ScanInput()

    def clean(self):
        cleaned = super().clean()
        whole, public = (cleaned.get(name) for name in SCANS)
        if whole and public and are_the_same(whole, public):
            self.add_error("public_scan", _("This is the whole scan, which only staff may see."))
        return cleaned


def register_handler(form: type[RegisterForm], *names: str) -> ObjectList:
    """Return the edit form of a register with these fields."""
    return ObjectList([FieldPanel(name) for name in names], base_form_class=form)


LIMIT = Column(
    "grams_per_hectare",
    label=_("Limit (t for a hectare and year)"),
    accessor=lambda limit: format_tonnes(limit.grams_per_hectare),
)
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
        AreaForm, *VOUCHED[GrowingArea], "name", "households", "under_canopy", "is_demonstration"
    )


class CertificateViewSet(SnippetViewSet):
    model = Certificate
    icon = "tick-inverse"
    copy_view_enabled = False
    list_display = ["number", "standard", "establishment", "expires_on", STATE]
    list_filter = ["standard", "decision"]
    search_fields = ["number"]
    edit_handler = register_handler(
        CertificateForm, *VOUCHED[Certificate], *SCANS, "is_demonstration"
    )


class AreaCodeViewSet(SnippetViewSet):
    model = AreaCode
    icon = "globe"
    list_display = ["code", "market", "area", "authority", "expires_on"]
    list_filter = ["market"]
    search_fields = ["code", "area__code"]


class AuditForm(WagtailAdminModelForm):
    """Counts the criteria of all parts together, and those named of each, which no row can."""

    def clean(self):
        cleaned = super().clean()
        parts = self._rows("parts")
        if sum(row.get("met", 0) + row.get("not_met", 0) for row in parts) > Audit.CRITERIA:
            self.add_error(None, _("There are 54 criteria in all parts together."))
        allowed = {row["part"]: row.get("not_met", 0) for row in parts if "part" in row}
        named = Counter(row["part"] for row in self._rows("findings") if "part" in row)
        for part, count in sorted(named.items()):
            if count > allowed.get(part, 0):
                self.add_error(
                    None,
                    _("%(part)s: more criteria are named than were not met.")
                    % {"part": AuditPart.Part(part).label},
                )
        return cleaned

    def _rows(self, name: str) -> list[dict]:
        """Return what was entered in the rows of a set that stay."""
        forms = [form for form in self.formsets[name].forms if form.is_valid()]
        return [form.cleaned_data for form in forms if not form.cleaned_data.get("DELETE")]


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
            InlinePanel("findings", label=_("Criterion that was not met")),
            FieldPanel("corrections"),
            FieldPanel("corrections_due_on"),
            FieldPanel("corrected_on"),
        ],
        base_form_class=AuditForm,
    )


class YieldLimitForm(WagtailAdminModelForm):
    """Takes the limit in tonnes."""

    grams_per_hectare = TonneField(label=_("Limit (t for a hectare and year)"))


class YieldLimitViewSet(SnippetViewSet):
    model = YieldLimit
    icon = "warning"
    list_display = ["species", LIMIT, "source"]
    edit_handler = ObjectList(
        [FieldPanel("species"), FieldPanel("grams_per_hectare"), FieldPanel("source")],
        base_form_class=YieldLimitForm,
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
        YieldLimitViewSet,
        OcopProductViewSet,
    )
