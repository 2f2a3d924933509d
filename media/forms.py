"""Editors describe a file in every language of the site in one form."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from media.uploads import without_place


class TextPerLanguageForm(forms.ModelForm):
    """Adds text fields per language and keeps the answers as rows of the file."""

    # field of a row → label and widget of its form field
    words = {
        "alt": (_("What it shows, in %(language)s"), forms.Textarea(attrs={"rows": 2}), 400),
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        rows = self.instance.texts.all() if self.instance.pk else ()
        known = {row.language: row for row in rows}
        for field, (label, widget, longest) in self.words.items():
            for code, name in settings.LANGUAGES:
                self.fields[f"{field}_{code}"] = forms.CharField(
                    label=label % {"language": name},
                    max_length=longest,
                    required=False,
                    initial=getattr(known.get(code), field, ""),
                    widget=widget,
                )

    def _save_m2m(self):
        super()._save_m2m()
        for code, _name in settings.LANGUAGES:
            said = {
                field: self.cleaned_data.get(f"{field}_{code}", "").strip() for field in self.words
            }
            if any(said.values()):
                self.instance.texts.update_or_create(language=code, defaults=said)
            else:
                self.instance.texts.filter(language=code).delete()


class MuseumImageForm(TextPerLanguageForm, BaseImageForm):
    """The editor's form of an image; the place where it was taken does not come in with it."""

    words = TextPerLanguageForm.words | {
        "content_warning": (_("Content warning, in %(language)s"), forms.TextInput(), 200),
    }

    def clean_file(self):
        """Return the file without the place where it was taken, or an SVG without scripts."""
        file = self.cleaned_data["file"]
        return without_place(file) if file and "file" in self.changed_data else file


class MuseumDocumentForm(TextPerLanguageForm, BaseDocumentForm):
    """The editor's form of a document."""
