"""The small tables of a record in its form, with the words they point at read once for all rows.

A form of Wagtail asks the database for the choices and for the chosen word of each field of each
row. A record has a hundred rows, so here all rows of a form share what they point at.
"""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import ForeignKey, Model, QuerySet

from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import InlinePanel
from wagtail.admin.panels.base import get_form_for_model
from wagtail.snippets.widgets import AdminSnippetChooser

from catalogue.models import Commune, Language, Reference


class Words:
    """What the rows of one form point at, each model asked once."""

    def __init__(self):
        self._known: dict[type[Model], dict[Any, Model]] = {}
        self._choices: dict[type[Model], list[tuple]] = {}

    def choices(self, model: type[Model]) -> list[tuple]:
        """Return key and word of all records of a small vocabulary, in its order."""
        if model not in self._choices:
            found = list(_worded(model))
            self._known.setdefault(model, {}).update({one.pk: one for one in found})
            self._choices[model] = [(one.pk, str(one)) for one in found]
        return self._choices[model]

    def languages(self) -> list[tuple]:
        """Return code and name of the languages in which names are recorded."""
        if Language not in self._choices:
            self._choices[Language] = [(one.code, one.label) for one in _worded(Language)]
        return self._choices[Language]

    def need(self, model: type[Model], keys: Iterable[Any]) -> None:
        """Read the records with these keys that are not known yet, in one query."""
        known = self._known.setdefault(model, {})
        missing = {key for raw in keys if (key := _key(model, raw)) is not None} - known.keys()
        if missing:
            known |= {one.pk: one for one in _worded(model).filter(pk__in=missing)}

    def find(self, model: type[Model], key: Any) -> Model | None:
        """Return the record with a key as a form sends it, or None when there is none."""
        self.need(model, [key])
        return self._known[model].get(_key(model, key))


def _key(model: type[Model], raw: Any) -> Any:
    try:
        return None if raw in (None, "") else model._meta.pk.to_python(raw)
    except ValidationError:
        return None


def _worded(model: type[Model]) -> QuerySet:
    """Return a model's records with all that their word is made of."""
    if model is Commune:
        return Commune.objects.select_related("province")
    records = model._default_manager.all()
    return records.labelled() if hasattr(records, "labelled") else records


class RecordChooser(AdminSnippetChooser):
    """A chooser that takes the chosen record from the words its row shares."""

    template_name = "catalogue/admin/chooser.html"
    words: Words | None = None

    def get_instance(self, value):
        if self.words is None or value is None or isinstance(value, Model):
            return super().get_instance(value)
        return self.words.find(self.model, value)

    def get_display_title(self, instance):
        # A work is known by its author and year; its title would fill the row.
        return (
            instance.short
            if isinstance(instance, Reference)
            else super().get_display_title(instance)
        )


class WordField(forms.ModelChoiceField):
    """A choice of one record, looked up in the words its row shares."""

    words: Words

    def share(self, words: Words) -> None:
        self.words = words
        if isinstance(self.widget, RecordChooser):
            self.widget.words = words
        else:
            self.choices = [("", "–"), *words.choices(self.queryset.model)]

    def to_python(self, value):
        if value in self.empty_values:
            return None
        found = self.words.find(self.queryset.model, value)
        if found is None:
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return found


class RowForm(WagtailAdminModelForm):
    """One row of a small table."""

    def __init__(self, *args, words: Words | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.words = words or Words()
        for field in self.fields.values():
            if isinstance(field, WordField):
                field.share(self.words)


class NameForm(RowForm):
    """A name; its language is chosen from the vocabulary, and its code is stored."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [("", "–"), *self.words.languages()]
        self.fields["language"].widget = forms.Select(choices=choices)


class RowsPanel(InlinePanel):
    """The rows of a small table, in lines of fields. Their form has the `words` they share."""

    def __init__(self, *args, row_form: type[RowForm] = RowForm, **kwargs):
        super().__init__(*args, **kwargs)
        self.row_form = row_form

    def clone_kwargs(self):
        return super().clone_kwargs() | {"row_form": self.row_form}

    def get_form_options(self):
        options = super().get_form_options()
        formset = options["formsets"][self.relation_name]
        child = self.child_edit_handler.get_form_options()
        formset["inherit_kwargs"] = ["words"]
        formset["form"] = get_form_for_model(
            self.db_field.related_model,
            form_class=self.row_form,
            fields=formset["fields"],
            widgets=formset["widgets"],
            field_classes=self._word_fields(formset),
            defer_required_on_fields=child.get("defer_required_on_fields", []),
        )
        return options

    def _word_fields(self, formset: dict) -> dict[str, type[forms.Field]]:
        """Return the fields that share words: those with one of our choosers, or a select."""
        model = self.db_field.related_model
        return {
            name: WordField
            for name in formset["fields"]
            if isinstance(model._meta.get_field(name), ForeignKey)
            and isinstance(formset["widgets"].get(name), RecordChooser | forms.Select)
        }

    class BoundPanel(InlinePanel.BoundPanel):
        template_name = "catalogue/admin/rows_panel.html"

        @property
        def hints(self):
            return hints(self.empty_child)


def hints(child: Any) -> list[tuple[str, str]]:
    """Return label and help of the fields of a row, to be said once and not in each row."""
    fields = [leaf.bound_field for line in child.children for leaf in line.visible_children]
    return [(field.label, field.help_text) for field in fields if field.help_text]


def share_words(form: WagtailAdminModelForm, words: Words) -> None:
    """Read what the rows of a form point at, or what was posted for them, model by model."""
    for formset in form.formsets.values():
        chosen = [name for name, f in formset.form.base_fields.items() if isinstance(f, WordField)]
        for name in chosen:
            field = formset.form.base_fields[name]
            if isinstance(field.widget, RecordChooser):
                words.need(field.queryset.model, _values(formset, name))


def _values(formset: forms.BaseModelFormSet, name: str) -> list:
    if not formset.is_bound:
        attname = formset.model._meta.get_field(name).attname
        return [getattr(row, attname) for row in formset.get_queryset()]
    # A management form that is not right is refused by the formset itself, later.
    count = formset.total_form_count() if formset.management_form.is_valid() else 0
    return [formset.data.get(f"{formset.add_prefix(n)}-{name}") for n in range(count)]
