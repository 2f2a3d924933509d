"""Editors describe a file in every language of the site in one form."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from media.uploads.documents import check_document
from media.uploads.images import cleaned


class TextPerLanguageForm(forms.ModelForm):
    """Adds text fields per language and keeps the answers as rows of the file."""

    # field of a row → label, widget and greatest length of its form field
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


class CheckedImageField(WagtailImageField):
    """Looks at an image in our own way before Wagtail does, which expects whole files."""

    def to_python(self, data):
        if data in self.empty_values:
            return super().to_python(data)
        checked = cleaned(data)
        try:
            return super().to_python(checked)
        except ValidationError:
            raise
        except Exception as error:  # a header that one library reads and another does not
            raise ValidationError(self.error_messages["invalid_image"]) from error

    def check_image_pixel_size(self, f):
        """Nothing: the pixels were counted already, and Wagtail unpacks the picture to do it."""


class MuseumImageForm(TextPerLanguageForm, BaseImageForm):
    """The editor's form of an image; the place where it was taken does not come in with it."""

    words = TextPerLanguageForm.words | {
        "content_warning": (_("Content warning, in %(language)s"), forms.TextInput(), 200),
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if given := self.fields.get("file"):
            self.fields["file"] = CheckedImageField(
                label=given.label, required=given.required, widget=given.widget
            )

    def save(self, commit=True):
        """Save in one transaction: the worker is told when all of it is done."""
        with transaction.atomic():
            return super().save(commit=commit)


class MuseumDocumentForm(TextPerLanguageForm, BaseDocumentForm):
    """The editor's form of a document; it must be what its name says."""

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file and "file" in self.changed_data:
            check_document(file)
        return file
