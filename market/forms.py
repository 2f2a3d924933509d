"""Forms of buyers and sellers. They parse; what is allowed, the services decide."""

import uuid
from typing import Self

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalogue import labels
from catalogue.models import Certificate, GrowingArea, Part, Species
from core.days import format_day
from core.forms import Codes, Key, SearchText
from core.numbers import KilogramField, WholeNumberField
from core.weights import format_kg
from market.models import Buyer, Lot, Seller
from market.services.listing import LotDraft

MAX_PRICE = 10_000_000_000


class LotFilterForm(forms.Form):
    """How the market is browsed."""

    class Sort:
        NEWEST, CHEAPEST, DEAREST, MOST = "newest", "price", "-price", "-kg"
        CHOICES = (
            (NEWEST, _("Newest first")),
            (CHEAPEST, _("Lowest price first")),
            (DEAREST, _("Highest price first")),
            (MOST, _("Most kilograms first")),
        )

    q = SearchText(label=_("Herb or lot code"))
    species = Codes(label=_("Species"))
    part = Codes(label=_("Part used"))
    form = Codes(label=_("Form"))
    province = Codes(label=_("Province"))
    certified = forms.BooleanField(label=_("Certified lots only"), required=False)
    sort = forms.ChoiceField(label=_("Sort by"), required=False, choices=Sort.CHOICES)
    after = Key()


class OnceForm(forms.Form):
    """A form that takes effect once, however often it is sent: the token names its filling-in."""

    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def with_fresh_token(self) -> Self:
        """Return the form as it was filled in, to be sent anew."""
        self.data = self.data.copy()
        self.data["token"] = str(uuid.uuid4())
        return self


class OrderForm(OnceForm):
    """How many kilograms a buyer wants."""

    kg = KilogramField(label=_("Kilograms"))


class BuyerForm(forms.ModelForm):
    """A person names the organisation they buy for."""

    class Meta:
        model = Buyer
        fields = ["name", "kind"]


class LabelledChoice(forms.ModelChoiceField):
    """A choice that reads "Quế – Cinnamomum cassia"."""

    def label_from_instance(self, obj):
        return f"{obj.title} – {obj.scientific_name}" if isinstance(obj, Species) else obj.label


class CertificateChoices(forms.ModelMultipleChoiceField):
    """Certificates with their standard, number and last day."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj):
        return f"{obj} · {obj.state.label} · {format_day(obj.expires_on)}"


class LotForm(OnceForm):
    """What a seller says of a lot."""

    species = LabelledChoice(label=_("Species"), queryset=Species.objects.none())
    part = LabelledChoice(label=_("Part"), queryset=Part.objects.none())
    form = forms.ChoiceField(label=_("Form"), choices=Lot.Form)
    grade = forms.ChoiceField(
        label=_("Grade"), required=False, choices=[("", _("not graded")), *Lot.Grade.choices]
    )
    harvested_on = forms.DateField(
        label=_("Harvested on"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y"],
    )
    kg = KilogramField(label=_("Kilograms on sale"))
    price = WholeNumberField(label=_("Price per kilogram (đồng)"), min_value=1, max_value=MAX_PRICE)
    minimum_kg = KilogramField(label=_("Smallest order (kg)"))
    areas = forms.ModelMultipleChoiceField(
        label=_("Growing areas"),
        required=False,
        queryset=GrowingArea.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    certificates = CertificateChoices(
        label=_("Certificates"), required=False, queryset=Certificate.objects.none()
    )

    def __init__(self, *args, seller: Seller, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["token"].required = False  # without one each sending is a lot of its own
        self.fields["species"].queryset = Species.objects.visible_to(None).for_cards()
        self.fields["part"].queryset = Part.objects.labelled()
        self.fields["areas"].queryset = seller.establishment.areas.active()
        self.fields["certificates"].queryset = seller.establishment.certificates.decided()
        for code, name in settings.LANGUAGES:
            self.fields[f"note_{code}"] = forms.CharField(
                label=_("Note in %(language)s") % {"language": name},
                required=False,
                max_length=1000,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
        self.fields["harvested_on"].widget.attrs["max"] = timezone.localdate().isoformat()

    def notes(self) -> list[forms.BoundField]:
        """The note to buyers, a field per language."""
        return [self[f"note_{code}"] for code, _name in settings.LANGUAGES]

    def draft(self) -> LotDraft:
        """Return what was said, in whole grams and minor units."""
        said = self.cleaned_data
        return LotDraft(
            species=said["species"],
            part=said["part"],
            form=said["form"],
            grade=said["grade"],
            harvested_on=said["harvested_on"],
            grams=said["kg"],
            price_minor_per_kg=said["price"],
            minimum_grams=said["minimum_kg"],
            areas=list(said["areas"]),
            certificates=list(said["certificates"]),
            token=said["token"],
            notes={code: said[f"note_{code}"] for code, _name in settings.LANGUAGES},
        )

    @staticmethod
    def initial_of(lot: Lot) -> dict:
        """Return a lot as the form shows it."""
        return {
            "species": lot.species_id,
            "part": lot.part_id,
            "form": lot.form,
            "grade": lot.grade,
            "harvested_on": lot.harvested_on,
            "kg": plain_kg(lot.listed_grams),
            "price": lot.price_minor_per_kg,
            "minimum_kg": plain_kg(lot.minimum_grams),
            "areas": [area.pk for area in lot.areas.all()],
            "certificates": [certificate.pk for certificate in lot.certificates.all()],
            **{f"note_{text.language}": text.note for text in lot.texts.all()},
        }


def plain_kg(grams: int) -> str:
    """Return grams as the kilograms someone would type in this language: "12,5"."""
    return format_kg(grams, grouped=False).removesuffix(" kg")


class LabelsForm(forms.Form):
    """How many labels of a lot, and where the first goes on a sheet that was begun before."""

    copies = forms.IntegerField(
        label=_("How many labels"), min_value=1, max_value=labels.MOST, initial=labels.PER_SHEET
    )
    skip = forms.IntegerField(
        label=_("Labels missing on the first sheet"),
        required=False,
        min_value=0,
        max_value=labels.PER_SHEET - 1,
        initial=0,
    )

    def clean_skip(self) -> int:
        """Return the number, nought when nothing is said."""
        return self.cleaned_data["skip"] or 0
