"""Where staff propose a change of an accepted record, and settle what others proposed."""

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView

from catalogue.admin.registers import VOUCHED
from catalogue.admin.verification import RegisterView, decide_url, kind_or_404
from catalogue.services import amendments


class AmendView(RegisterView, FormView):
    """The facts that badges rest on, to be changed, and the reason."""

    page_title = gettext_lazy("Propose a change")
    template_name = "catalogue/admin/amend.html"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.record = get_object_or_404(kind_or_404(kwargs["kind"]), pk=kwargs["pk"])

    def get_page_subtitle(self):
        return str(self.record)

    def more_breadcrumbs(self):
        return [{"url": decide_url(self.record), "label": str(self.record)}]

    def get_form(self, form_class=None):
        """Return the form of the record with what is vouched for alone, and a reason."""
        model = type(self.record)
        handler = model.snippet_viewset.edit_handler.bind_to_model(model)
        data = self.request.POST if self.request.method == "POST" else None
        form = handler.get_form_class()(data, instance=self.record, for_user=self.request.user)
        for name in set(form.fields) - set(VOUCHED[model]):
            del form.fields[name]
        for field in form.fields.values():
            if field.disabled:  # by the form that edits in place
                field.disabled, field.help_text = False, ""
        form.fields["reason"] = forms.CharField(
            label=_("Reason"),
            max_length=300,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_(
                "By which paper of the authority, and how it was checked. Everybody reads it once "
                "the change is accepted."
            ),
        )
        return form

    def form_valid(self, form):
        wanted = {name: form.cleaned_data[name] for name in VOUCHED[type(self.record)]}
        try:
            amendments.propose(
                record=self.record,
                wanted=wanted,
                reason=form.cleaned_data["reason"],
                person=self.request.user,
            )
        except amendments.AmendmentRefused as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, _("The change waits for somebody else to accept it."))
        return redirect("catalogue_queue")


class SettleForm(forms.Form):
    """Why a proposed change is refused."""

    note = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Of a refusal: why. The one who proposed the change reads it."),
    )


class SettleView(RegisterView, FormView):
    """A proposed change, from what to what, to be accepted or refused."""

    page_title = gettext_lazy("Settle a change")
    template_name = "catalogue/admin/settle.html"
    form_class = SettleForm

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        proposed = kind_or_404(kwargs["kind"]).amendments.rel.related_model.objects
        whole = proposed.select_related("record__establishment", "proposed_by", "settled_by")
        self.amendment = get_object_or_404(whole, pk=kwargs["pk"])

    def get_page_subtitle(self):
        return str(self.amendment.record)

    def more_breadcrumbs(self):
        record = self.amendment.record
        return [{"url": decide_url(record), "label": str(record)}]

    def get_context_data(self, **kwargs):
        fields = self.amendment.record._meta
        return super().get_context_data(
            amendment=self.amendment,
            changes=[
                (fields.get_field(name).verbose_name, before, after)
                for name, (before, after) in self.amendment.words.items()
            ],
            is_own=self.amendment.proposed_by_id == self.request.user.pk,
            **kwargs,
        )

    def form_valid(self, form):
        accept = "accept" in self.request.POST
        try:
            record = amendments.settle(
                amendment=self.amendment,
                accept=accept,
                note=form.cleaned_data["note"],
                person=self.request.user,
            )
        except amendments.AmendmentRefused as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        said = _("%(record)s is changed.") if accept else _("%(record)s stays as it is.")
        messages.success(self.request, said % {"record": record})
        return redirect("catalogue_queue")


def urls() -> list:
    """Return the addresses of changes in the admin."""
    return [
        path(
            "registers/changes/<slug:kind>/<int:pk>/new/",
            AmendView.as_view(),
            name="catalogue_amend",
        ),
        path(
            "registers/changes/<slug:kind>/<int:pk>/",
            SettleView.as_view(),
            name="catalogue_settle",
        ),
    ]
