"""Where staff open the scans of a certificate."""

from django import forms
from django.core.files.storage import default_storage
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.views.generic import View

from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from catalogue.models import Certificate
from core.text import slug
from media.sending import send

SCANS = ("scan", "public_scan")


class ScanInput(forms.ClearableFileInput):
    """Shows the scan that is kept by an address that asks who is there."""

    template_name = "catalogue/admin/scan_widget.html"

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        if self.is_initial(value):
            context["address"] = reverse("catalogue_scan", args=[value.instance.pk, name])
        return context


class ScanView(PermissionCheckedMixin, View):
    """A scan of a certificate, for whoever may change certificates."""

    model = Certificate
    permission_required = "change"

    def get(self, request, *args, **kwargs):
        certificate = get_object_or_404(Certificate, pk=kwargs["pk"])
        if kwargs["name"] not in SCANS or not getattr(certificate, kwargs["name"]):
            raise Http404
        kept = getattr(certificate, kwargs["name"]).name
        return send(
            request,
            default_storage,
            kept,
            "application/pdf",
            download_as=f"{slug(certificate.number)}-{kwargs['name']}.pdf",
        )


def urls() -> list:
    """Return the addresses of scans in the admin."""
    return [
        path(
            "registers/certificates/<int:pk>/<slug:name>.pdf",
            ScanView.as_view(),
            name="catalogue_scan",
        )
    ]
