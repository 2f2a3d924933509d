"""Editors describe a file in every language of the site in one form."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm


class TextPerLanguageForm(forms.ModelForm):
    """Adds one text field per language and keeps the answers as rows of the file."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        known = {}
        if self.instance.pk:
            known = dict(self.instance.texts.values_list("language", "alt"))
        for code, name in settings.LANGUAGES:
            self.fields[f"alt_{code}"] = forms.CharField(
                label=_("What it shows, in %(language)s") % {"language": name},
                max_length=400,
                required=False,
                initial=known.get(code, ""),
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def _save_m2m(self):
        super()._save_m2m()
        for code, _name in settings.LANGUAGES:
            alt = self.cleaned_data.get(f"alt_{code}", "").strip()
            if alt:
                self.instance.texts.update_or_create(language=code, defaults={"alt": alt})
            else:
                self.instance.texts.filter(language=code).delete()


class MuseumImageForm(TextPerLanguageForm, BaseImageForm):
    """The editor's form of an image."""


class MuseumDocumentForm(TextPerLanguageForm, BaseDocumentForm):
    """The editor's form of a document."""
