"""Manifests for other museums' viewers: open to every site, and only of what everybody may see."""

from django.http import HttpResponse, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from catalogue import iiif, records
from catalogue.models import Species
from core.problems import problem
from media.access import is_published
from media.models import MuseumImage
from media.showing import load


@require_safe
@cache_control(no_cache=True)
def image_manifest(request, pk: int):
    """The manifest of one image."""
    image = MuseumImage.objects.filter(pk=pk).first()
    if image is None or not is_published(image):
        return _open_to_all(problem(404, "Not found"))
    load([image])
    shown_by = Species.objects.visible_to(None).filter(figures__image=image)
    species = shown_by.select_related("family").prefetch_related("names").first()
    return _answer(iiif.of_image(image, species))


@require_safe
@cache_control(no_cache=True)
def species_manifest(request, slug: str):
    """The manifest of all that shows a species."""
    try:
        species = records.read(Species.objects.visible_to(None), slug)
    except Species.DoesNotExist:
        return _open_to_all(problem(404, "Not found"))
    return _answer(iiif.of_species(species))


def _answer(manifest: dict) -> HttpResponse:
    return _open_to_all(JsonResponse(manifest, content_type=iiif.CONTENT_TYPE))


def _open_to_all(response: HttpResponse) -> HttpResponse:
    response["Access-Control-Allow-Origin"] = "*"
    return response
