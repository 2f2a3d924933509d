"""The query strings of the museum's lists, as forms."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from catalogue.models import Certificate, Trait
from core.forms import Codes, Key, SearchText


class SpeciesFilterForm(forms.Form):
    """How the collection is browsed."""

    q = SearchText(label=_("Name begins or contains"))
    family = Codes(label=_("Family"))
    part = Codes(label=_("Part used"))
    group = Codes(label=_("Strategic group"))
    province = Codes(label=_("Province"))
    after = Key()


class KeyForm(forms.Form):
    """Answers to the questions of the identification key; several of one trait mean either."""

    def __init__(self, *args, traits: Iterable[Trait], **kwargs):
        super().__init__(*args, **kwargs)
        for trait in traits:
            self.fields[trait.code] = Codes(label=trait.label)

    def answers(self) -> dict[str, list[str]]:
        """Return the answers by trait, in the order in which the address gives them."""
        return {name: self.cleaned_data[name] for name in self.data if name in self.fields}


class CompareForm(forms.Form):
    """Which species stand side by side, what is shown of them, and the search for another one."""

    s = Codes(label=_("Species"))
    only = forms.ChoiceField(
        required=False, choices=[("", _("everything")), ("differences", _("only differences"))]
    )
    q = SearchText(label=_("Add a plant by name"))


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
