"""Images on pages: only renditions that are there already, so that no request makes one."""

from django import template

from media import tiles
from media.models import MuseumImage
from media.tasks import WIDTHS

register = template.Library()


@register.inclusion_tag("media/includes/picture.html")
def picture(image: MuseumImage, sizes: str = "100vw") -> dict:
    """Show an image in the widths that were prepared; nothing while none is."""
    prepared = {rendition.filter_spec: rendition for rendition in image.renditions.all()}
    found = [prepared[spec] for width in WIDTHS if (spec := f"width-{width}") in prepared]
    return {
        "renditions": found,
        "largest": found[-1] if found else None,
        "alt": image.default_alt_text,
        "sizes": sizes,
    }


@register.simple_tag
def zoom_levels(image: MuseumImage) -> dict | None:
    """Return what the zoom needs to know of an image, None when it was not cut into tiles."""
    if not tiles.is_zoomable(image) or not tiles.are_cut(image):
        return None
    return {
        "folder": tiles.folder(image),
        "levels": tiles.levels(image),
        "width": image.width,
        "height": image.height,
    }
