"""The public registers: parse, call, render."""

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from catalogue.forms import AreaFilterForm, BoxForm, CertificateFilterForm, StatisticsForm
from catalogue.models import Certificate, Establishment, GrowingArea
from catalogue.plots.measuring import Box
from catalogue.registers import browse, downloads
from catalogue.registers.area_map import marks, outlines, province_names
from catalogue.registers.history import events
from catalogue.registers.statistics import statistics as count_land
from core.facets import removals
from core.paging import page_by_key
from core.problems import unreadable
from core.text import slug
from media.sending import send

ROWS_PER_PAGE = 50


@require_safe
def certificate_list(request):
    """The public register of certificates."""
    form = CertificateFilterForm(request.GET)
    if not form.is_valid():
        return render(request, "catalogue/certificate_list.html", {"form": form}, status=400)
    asked, visible = form.cleaned_data, Certificate.objects.visible_to(request.user)
    matching = browse.certificates(visible, asked)
    page = page_by_key(
        matching.for_rows(),
        request,
        field=browse.CERTIFICATE_ORDER[asked["sort"] or CertificateFilterForm.Sort.NUMBER],
        key="number",
        after=asked["after"],
        size=ROWS_PER_PAGE,
    )
    facets = browse.certificate_facets(request, visible, asked)
    context = {
        "form": form,
        "certificates": page.items,
        "total": matching.count(),
        "facets": facets,
        "selected": removals(facets),
        "downloads": downloads.links(request, "certificates", ("csv", "json")),
        "next_url": page.next_url,
        "first_url": page.first_url,
    }
    return render(request, "catalogue/certificate_list.html", context)


@require_safe
def certificate_detail(request, number: str):
    """One certificate: whom it names, what it covers, and whether it holds today."""
    certificate = get_object_or_404(
        Certificate.objects.visible_to(request.user).for_record(), number=number
    )
    context = {
        "certificate": certificate,
        "history": events(certificate),
        "has_expired": certificate.state == Certificate.State.EXPIRED,
    }
    return render(request, "catalogue/certificate_detail.html", context)


@require_safe
def certificate_scan(request, number: str):
    """The scan of a certificate from which is taken what is private."""
    visible = Certificate.objects.visible_to(request.user).exclude(public_scan="")
    certificate = get_object_or_404(visible, number=number)
    return send(
        request,
        default_storage,
        certificate.public_scan.name,
        "application/pdf",
        download_as=f"{slug(certificate.number)}.pdf",
    )


@require_safe
def area_list(request):
    """The public register of growing areas, with a map of them."""
    form = AreaFilterForm(request.GET)
    if not form.is_valid():
        return render(request, "catalogue/area_list.html", {"form": form}, status=400)
    asked, visible = form.cleaned_data, GrowingArea.objects.visible_to(request.user)
    matching = browse.areas(visible, asked)
    page = page_by_key(
        matching.for_rows(),
        request,
        field="code",
        key="code",
        after=asked["after"],
        size=ROWS_PER_PAGE,
    )
    facets = browse.area_facets(request, visible, asked)
    context = {
        "form": form,
        "areas": page.items,
        "total": matching.count(),
        "facets": facets,
        "selected": removals(facets),
        "downloads": downloads.links(request, "areas", ("csv", "geojson", "json")),
        "map": _map_of_areas(),
        "next_url": page.next_url,
        "first_url": page.first_url,
    }
    return render(request, "catalogue/area_list.html", context)


def _map_of_areas() -> dict[str, str]:
    """Return what the script of the map needs to know."""
    return {
        "areas_url": reverse("catalogue:area_map"),
        "outlines_url": reverse("catalogue:area_outlines"),
        "page_url": reverse("catalogue:area_detail", args=["CODE"]),
        "tiles": settings.MAP_TILES_URL,
        "attribution": settings.MAP_TILES_ATTRIBUTION,
    }


@require_safe
def area_detail(request, code: str):
    """One growing area: who works it, what grows there, and whether its code is in force today."""
    area = get_object_or_404(GrowingArea.objects.visible_to(request.user).for_rows(), code=code)
    papers = Certificate.objects.visible_to(request.user).filter(areas=area)
    context = {
        "area": area,
        "codes": area.codes.all(),
        "certificates": papers.prefetch_related("areas").order_by("standard", "-expires_on"),
        "history": events(area),
    }
    return render(request, "catalogue/area_detail.html", context)


@require_safe
def establishment_detail(request, slug: str):
    """One establishment: what the register vouches for that it holds, and what it takes part in."""
    certificates = Certificate.objects.visible_to(request.user)
    areas = GrowingArea.objects.visible_to(request.user)
    known = Establishment.objects.known_to(certificates, areas)
    holder = get_object_or_404(known.select_related("commune__province"), slug=slug)
    papers = certificates.filter(establishment=holder).prefetch_related("areas")
    context = {
        "establishment": holder,
        "certificates": papers.order_by("standard", "-expires_on"),
        "areas": areas.filter(establishment=holder).for_rows().order_by("code"),
        "products": holder.ocop_products.prefetch_related("species__names").order_by("name"),
        "licences": holder.name_licences.select_related("protected"),
        "facilities": holder.facilities.select_related("commune__province"),
        "chains": holder.chains.prefetch_related("establishments"),
        "today": timezone.localdate(),
    }
    return render(request, "catalogue/establishment_detail.html", context)


@require_safe
def certificate_download(request, suffix: str):
    """The certificates that a filter keeps, as one file."""
    return downloads.answer(
        request,
        suffix,
        form=CertificateFilterForm(request.GET),
        narrowed=lambda asked: browse.certificates(
            Certificate.objects.visible_to(request.user), asked
        ),
        table=downloads.CERTIFICATES,
    )


@require_safe
def area_download(request, suffix: str):
    """The growing areas that a filter keeps, as one file."""
    return downloads.answer(
        request,
        suffix,
        form=AreaFilterForm(request.GET),
        narrowed=lambda asked: browse.areas(GrowingArea.objects.visible_to(request.user), asked),
        table=downloads.AREAS,
    )


@require_safe
def area_map(request):
    """Where the areas are that a filter keeps, for the map of the register."""
    form = AreaFilterForm(request.GET)
    if not form.is_valid():
        return unreadable(form)
    areas = browse.areas(GrowingArea.objects.visible_to(request.user), form.cleaned_data)
    return JsonResponse({"areas": marks(areas), "provinces": province_names(areas)})


@require_safe
def area_outlines(request):
    """The outlines of the plots in a rectangle, for the map of the register."""
    form = BoxForm(request.GET)
    if not form.is_valid():
        return unreadable(form)
    areas = GrowingArea.objects.visible_to(request.user)
    features = outlines(areas, Box(**form.cleaned_data))
    return JsonResponse({"type": "FeatureCollection", "features": features})


@require_safe
def statistics(request):
    """How much land is certified, of the country or of one province."""
    form = StatisticsForm(request.GET)
    if not form.is_valid():
        return render(request, "catalogue/statistics.html", {"form": form}, status=400)
    context = {"form": form, "found": count_land(form.cleaned_data["province"])}
    return render(request, "catalogue/statistics.html", context)


@require_safe
def statistics_table(request, table: str):
    """One table of the statistics as CSV."""
    form = StatisticsForm(request.GET)
    if not form.is_valid():
        return unreadable(form)
    lines = getattr(count_land(form.cleaned_data["province"]), table)
    return downloads.statistics_file(table, lines)


@require_safe
@vary_on_headers("Accept-Language", "Cookie")
def certificate_record(request, number: str):
    """What a printed code of a certificate opens: its page in the visitor's language."""
    visible = Certificate.objects.visible_to(request.user)
    return redirect(get_object_or_404(visible, number=number))


@require_safe
@vary_on_headers("Accept-Language", "Cookie")
def area_record(request, code: str):
    """What a printed code of a growing area opens: its page in the visitor's language."""
    return redirect(get_object_or_404(GrowingArea.objects.visible_to(request.user), code=code))
