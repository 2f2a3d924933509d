"""The query strings of the museum's lists, as forms."""

from django import forms
from django.utils.translation import gettext_lazy as _

from catalogue.models import Certificate
from core.forms import Codes, Key, SearchText


class SpeciesFilterForm(forms.Form):
    """How the collection is browsed."""

    q = SearchText(label=_("Name begins or contains"))
    family = Codes(label=_("Family"))
    part = Codes(label=_("Part used"))
    group = Codes(label=_("Strategic group"))
    province = Codes(label=_("Province"))
    after = Key()


class CertificateFilterForm(forms.Form):
    """How the register of certificates is browsed."""

    q = SearchText(label=_("Number or holder"))
    standard = forms.ChoiceField(
        label=_("Standard"),
        required=False,
        choices=[("", _("All standards")), *Certificate.Standard.choices],
    )
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("All states")),
            *((s.value, s.label) for s in Certificate.State if s != Certificate.State.DRAFT),
        ],
    )
    after = Key()


class AreaFilterForm(forms.Form):
    """How the register of growing areas is browsed."""

    q = SearchText(label=_("Code, name or commune"))
    province = forms.CharField(label=_("Province"), required=False, max_length=2)
    after = Key()
