"""Images on pages: only renditions that are there already, so that no request makes one."""

from django import template
from django.core.files.storage import default_storage
from django.templatetags.static import static

from media import renditions, tiles
from media.models import MuseumImage

register = template.Library()


@register.inclusion_tag("media/includes/picture.html")
def picture(image: MuseumImage, sizes: str = "100vw", alt: str | None = None) -> dict:
    """Show an image in the widths that were made; nothing while none is.

    `renditions` and `texts` of the image are fetched before (media.showing). Its own words say what
    it shows, unless `alt` is given: empty where the words beside it say all.
    """
    sources = renditions.on_pages(image)
    return {
        "sources": sources,
        "largest": sources[-1] if sources else None,
        "alt": image.default_alt_text if alt is None else alt,
        "sizes": sizes,
    }


@register.filter
def has_picture(image: MuseumImage | None) -> bool:
    """Return whether `picture` would show anything."""
    return image is not None and bool(renditions.on_pages(image))


@register.filter
def large_url(image: MuseumImage) -> str:
    """Return the address of the image in its largest size."""
    return renditions.large(image).url


@register.simple_tag
def zoom_of(image: MuseumImage) -> dict | None:
    """Return what the zoom needs to know of an image, None when it was not cut into tiles."""
    if not tiles.are_cut(image):
        return None
    return {
        "tiles": default_storage.url(tiles.folder(image)),
        "levels": tiles.levels(image),
        "width": image.width,
        "height": image.height,
        "script": static("js_lib_leaflet/leaflet.js"),
        "style": static("js_lib_leaflet/leaflet.css"),
    }
