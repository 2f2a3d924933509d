"""Registration only; what is registered stands in admin.py and access.py."""

from django.http import Http404

from wagtail import hooks
from wagtail.snippets.models import register_snippet

from media.access import is_shown
from media.admin import MediaFileViewSet

register_snippet(MediaFileViewSet)


@hooks.register("before_serve_document")
def refuse_hidden_document(document, request):
    """A document leaves by Wagtail's address under the same rule as by ours."""
    if not is_shown(document, request.user):
        raise Http404
