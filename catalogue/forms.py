"""The query strings of the museum's lists, as forms."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalogue.decisions import UNDER_REVIEW, Decision
from catalogue.facets import MONTHS, YES
from catalogue.models import Certificate, GrowingArea, Province, Trait
from catalogue.name_index import LETTERS, Names
from core.forms import Codes, Key, Picks, SearchText


class SpeciesFilterForm(forms.Form):
    """How the collection is browsed. Several answers to one question widen, questions narrow."""

    class Sort:
        NAME, SCIENTIFIC, FAMILY, CHANGED = "name", "scientific", "family", "changed"
        CHOICES = (
            (NAME, pgettext_lazy("order of a list", "Vietnamese name")),
            (SCIENTIFIC, pgettext_lazy("order of a list", "Scientific name")),
            (FAMILY, pgettext_lazy("order of a list", "Family")),
            (CHANGED, pgettext_lazy("order of a list", "Newest change")),
        )

    class View:
        GRID, LIST = "grid", "list"

    q = SearchText(label=_("Name begins or contains"))
    on_sale = Picks(choices=[YES])
    toxic = Picks(choices=[YES])
    part = Codes()
    flowering = Picks(choices=MONTHS)
    fruiting = Picks(choices=MONTHS)
    harvest = Picks(choices=MONTHS)
    habit = Codes()
    group = Codes()
    conservation = Codes()
    certificate = Picks(choices=Certificate.Standard.values)
    family = Codes()
    genus = Codes()
    province = Codes()
    sort = forms.ChoiceField(
        label=_("Sort by"),
        required=False,
        choices=Sort.CHOICES,
        widget=forms.Select(attrs={"form": "species-filter"}),
    )
    view = forms.ChoiceField(required=False, choices=[(View.GRID, ""), (View.LIST, "")])
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


class NameIndexForm(forms.Form):
    """Which page of the index of names is open."""

    names = forms.ChoiceField(required=False, choices=Names.choices)
    letter = forms.ChoiceField(required=False, choices=[(letter, "") for letter in LETTERS])
    # The kind of name and the number of its row.
    after = forms.RegexField(r"^[0-2]-[0-9]{1,18}$", required=False, widget=forms.HiddenInput)


class TaxonomyForm(forms.Form):
    """Which family of the tree is open."""

    family = forms.SlugField(required=False, max_length=60)


class GlossaryForm(forms.Form):
    """What is looked up in the glossary."""

    q = SearchText(label=_("Word or explanation"))


class CertificateFilterForm(forms.Form):
    """How the register of certificates is browsed."""

    SPANS = ("30", "90", "180")  # days

    class Sort:
        NUMBER, EXPIRING, NEWEST = "number", "expiring", "newest"
        CHOICES = (
            (NUMBER, pgettext_lazy("order of a list", "Number")),
            (EXPIRING, pgettext_lazy("order of a list", "First to run out")),
            (NEWEST, pgettext_lazy("order of a list", "Newest")),
        )

    q = SearchText(label=_("Number, holder or species"))
    standard = Picks(choices=Certificate.Standard.values)
    state = Picks(choices=Certificate.State.values)
    expiring = Picks(choices=SPANS)
    species = Codes()
    province = Codes()
    sort = forms.ChoiceField(label=_("Sort by"), required=False, choices=Sort.CHOICES)
    after = Key()


class AreaFilterForm(forms.Form):
    """How the register of growing areas is browsed."""

    q = SearchText(label=_("Code, name or commune"))
    state = Picks(choices=Decision.values)
    species = Codes()
    province = Codes()
    after = Key()

    @staticmethod
    def state_words() -> dict[str, str]:
        """Return the words for what a code is today, by the decision it rests on."""
        states = GrowingArea.State
        return {
            Decision.ACCEPTED: str(states.ACTIVE.label),
            Decision.SUSPENDED: str(states.SUSPENDED.label),
            Decision.WITHDRAWN: str(states.WITHDRAWN.label),
            **dict.fromkeys(UNDER_REVIEW, str(states.DRAFT.label)),
        }


class StatisticsForm(forms.Form):
    """Whose land is counted: of the country, or of a province with active growing areas."""

    province = forms.ModelChoiceField(
        label=_("Province"), required=False, queryset=Province.objects.none(), empty_label=_("All")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        grown = GrowingArea.objects.active().order_by().values("commune__province")
        self.fields["province"].queryset = Province.objects.filter(pk__in=grown)

    def clean_province(self) -> str:
        """Return the official code, empty for the country."""
        province = self.cleaned_data["province"]
        return province.pk if province else ""


class BoxForm(forms.Form):
    """A rectangle in degrees."""

    west = forms.FloatField(min_value=-180, max_value=180)
    south = forms.FloatField(min_value=-90, max_value=90)
    east = forms.FloatField(min_value=-180, max_value=180)
    north = forms.FloatField(min_value=-90, max_value=90)
