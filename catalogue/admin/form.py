"""The form of a species record."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from wagtail.admin.forms.models import WagtailAdminModelForm

from catalogue.admin.rows import Words, share_words
from catalogue.admin.traits import TraitsField, answer, answers
from catalogue.models import Family, Part, Species, StrategicGroup


class SpeciesForm(WagtailAdminModelForm):
    """A record with its rows, which share what they point at, and its traits as ticks."""

    trait_states = TraitsField(required=False, label="")

    class Media:
        css = {"all": ["herbarium/desk.css"]}
        js = [forms.Script("herbarium/desk.js", type="module")]

    def __init__(self, *args, **kwargs):
        self.words = Words()
        super().__init__(*args, **kwargs)
        share_words(self, self.words)
        self.fields["trait_states"].load()
        self.initial["trait_states"] = answers(self.instance)
        self.fields["parts"].queryset = Part.objects.labelled()
        self.fields["groups"].queryset = StrategicGroup.objects.labelled()
        self.fields["family"].queryset = Family.objects.all()

    def clean_slug(self):
        """Refuse to move what was ever public: labels, papers and harvesters have its address."""
        slug = self.cleaned_data["slug"]
        stored = Species.objects.filter(pk=self.instance.pk, first_published_at__isnull=False)
        if stored.exclude(slug=slug).exists():
            raise ValidationError(
                _("This record was published: its address is a promise and stays %(slug)s.")
                % {"slug": stored.get().slug}
            )
        return slug

    def save(self, commit=True):
        if "trait_states" in self.changed_data:
            answer(self.instance, self.cleaned_data["trait_states"])
        return super().save(commit=commit)


class Chips(forms.CheckboxSelectMultiple):
    """A short list of ticks, beside each other."""

    template_name = "catalogue/admin/chips_widget.html"


class Ticks(forms.CheckboxSelectMultiple):
    """A long list of ticks that scrolls; with a script it can be narrowed by typing."""

    template_name = "catalogue/admin/ticks_widget.html"

    def optgroups(self, name, value, attrs=None):
        """Return the ticked ones first, so that they are seen without scrolling."""
        groups = super().optgroups(name, value, attrs)
        return sorted(groups, key=lambda group: not group[1][0]["selected"])
