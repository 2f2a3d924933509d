"""Manifests for other museums' viewers: open to every site, and only of what everybody may see."""

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, JsonResponse
from django.views.decorators.http import require_safe

from catalogue import iiif, records
from catalogue.models import Species
from media.access import is_shown
from media.models import MuseumImage


@require_safe
def image_manifest(request, pk: int):
    """The manifest of one image."""
    image = MuseumImage.objects.prefetch_related("renditions", "texts").filter(pk=pk).first()
    if image is None or not is_shown(image, AnonymousUser()):
        raise Http404
    return _answer(iiif.of_image(image))


@require_safe
def species_manifest(request, slug: str):
    """The manifest of all that shows a species."""
    try:
        species = records.read(Species.objects.visible_to(None), slug)
    except Species.DoesNotExist as error:
        raise Http404 from error
    return _answer(iiif.of_species(species))


def _answer(manifest: dict) -> JsonResponse:
    response = JsonResponse(manifest, content_type=iiif.CONTENT_TYPE)
    response["Access-Control-Allow-Origin"] = "*"
    return response
