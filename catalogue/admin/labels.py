"""Labels of chosen records of the registers, from their lists in the admin."""

from django import forms
from django.utils.translation import gettext_lazy

from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction

from catalogue import labels
from catalogue.models import Certificate, GrowingArea

LABEL_OF = {Certificate: labels.of_certificate, GrowingArea: labels.of_area}


class LabelsForm(forms.Form):
    """Where the first label goes on a sheet that was begun before."""

    skip = forms.IntegerField(
        label=gettext_lazy("Labels missing on the first sheet"),
        min_value=0,
        max_value=labels.PER_SHEET - 1,
        initial=0,
        help_text=gettext_lazy("A sheet has 21 labels of 70 × 42.3 mm."),
    )


class LabelsBulkAction(SnippetBulkAction):
    """Answers with sheets of labels; nothing happens to the records."""

    models = list(LABEL_OF)
    display_name = gettext_lazy("Print labels")
    action_type = "labels"
    aria_label = gettext_lazy("Print labels of the chosen records")
    template_name = "catalogue/admin/confirm_bulk_action.html"
    form_class = LabelsForm
    action_priority = 70

    def check_perm(self, snippet):
        return self.permission_policy.user_has_permission(self.request.user, "change")

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "question": gettext_lazy("Print a label with a QR code for each of these records?"),
            "verb": self.display_name,
        }

    def prepare_action(self, objects, objects_without_access):
        """Answer with the sheets."""
        keys = [one.pk for one in objects][: labels.MOST]
        fetched = self.model.objects.for_rows().filter(pk__in=keys)
        made = [LABEL_OF[self.model](record) for record in fetched]
        return labels.answer(made, skip=self.cleaned_form.cleaned_data["skip"])
