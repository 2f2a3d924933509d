"""What pages say to machines."""

import json

from django import template
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from catalogue import jsonld

register = template.Library()

# As django.utils.html.json_script does it: no text can end the element.
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@register.simple_tag
def taxon_jsonld(species) -> SafeString:
    """Write a whole record as JSON-LD into the page: {% taxon_jsonld species %}."""
    text = json.dumps(jsonld.taxon(species), cls=DjangoJSONEncoder, ensure_ascii=False)
    escaped = mark_safe(text.translate(_ESCAPES))  # noqa: S308  every sign of HTML is escaped
    return format_html('<script type="application/ld+json">{}</script>', escaped)
