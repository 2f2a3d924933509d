"""Where staff decide about certificates and growing areas, and what waits for them."""

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView

from catalogue.admin.verification import (
    KINDS,
    TITLE,
    RegisterView,
    amend_url,
    decide_url,
    kind_or_404,
    settle_url,
)
from catalogue.decisions import Decision
from catalogue.services import amendments, decisions
from catalogue.services.registers import said_of_change
from catalogue.suspicions import put_suspicions_on


class DecideForm(forms.Form):
    """The next step with a record, out of those that this person can take."""

    step = forms.ChoiceField(label=gettext_lazy("Decision"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "Of a check: against which source, and how. Of a return, a suspension, a withdrawal "
            "or a restoration: why. Everybody reads why a record was stopped or restored."
        ),
    )

    def __init__(self, *args, steps: list[Decision], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["step"].choices = [(step.value, VERBS[step]) for step in steps]


VERBS = {
    Decision.SUBMITTED: gettext_lazy("Submit for verification"),
    Decision.CHECKED: gettext_lazy("Checked against its source"),
    Decision.RETURNED: gettext_lazy("Return to be corrected"),
    Decision.ACCEPTED: gettext_lazy("Accept"),
    Decision.SUSPENDED: gettext_lazy("Suspend"),
    Decision.WITHDRAWN: gettext_lazy("Withdraw"),
}


class QueueView(RegisterView, TemplateView):
    """Records that wait for a step, those that wait longest first."""

    page_title = TITLE
    template_name = "catalogue/admin/queue.html"

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        waiting = [record for model in KINDS.values() for record in model.objects.waiting()]
        waiting.sort(key=lambda record: record.waiting_since)
        put_suspicions_on(waiting)
        rows = [
            {
                "record": record,
                "url": decide_url(record),
                "kind": capfirst(record._meta.verbose_name),
            }
            for record in waiting
        ]
        changes = [
            {
                "amendment": one,
                "url": settle_url(one),
                "changes": said_of_change(type(one.record), one.words),
            }
            for one in amendments.pending()
        ]
        return super().get_context_data(rows=rows, changes=changes, **kwargs)


class DecideView(RegisterView, FormView):
    """One record with its history and what is suspicious about it, and the next step."""

    page_title = gettext_lazy("Decide")
    template_name = "catalogue/admin/decide.html"
    form_class = DecideForm

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        records = kind_or_404(kwargs["kind"]).objects.for_review()
        self.record = get_object_or_404(records, pk=kwargs["pk"])

    def get_page_subtitle(self):
        return str(self.record)

    def more_breadcrumbs(self):
        viewset = type(self.record).snippet_viewset
        edit = reverse(viewset.get_url_name("edit"), args=[self.record.pk])
        return [{"url": edit, "label": str(self.record)}]

    def get_form_kwargs(self):
        steps = decisions.possible_steps(self.record, self.request.user)
        return super().get_form_kwargs() | {"steps": steps}

    def get_context_data(self, **kwargs):
        put_suspicions_on([self.record])
        history = self.record.decisions.select_related("person")
        changes = list(self.record.amendments.all())
        may_propose = not self.record.is_under_review and not any(c.is_pending for c in changes)
        return super().get_context_data(
            record=self.record,
            history=history,
            changes=[(settle_url(one), one) for one in changes],
            amend_url=amend_url(self.record) if may_propose else None,
            **kwargs,
        )

    def form_valid(self, form):
        try:
            decided = decisions.decide(
                record=self.record,
                decision=form.cleaned_data["step"],
                reason=form.cleaned_data["reason"],
                person=self.request.user,
            )
        except decisions.DecisionRefused as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        said = _("%(record)s: %(decision)s.")
        messages.success(
            self.request, said % {"record": decided, "decision": decided.get_decision_display()}
        )
        return redirect("catalogue_queue")


def urls() -> list:
    """Return the addresses of verification in the admin."""
    return [
        path("registers/verification/", QueueView.as_view(), name="catalogue_queue"),
        path(
            "registers/verification/<slug:kind>/<int:pk>/",
            DecideView.as_view(),
            name="catalogue_decide",
        ),
    ]
