"""Registration only; what is registered stands in admin.py."""

from wagtail.snippets.models import register_snippet

from media.admin import MediaFileViewSet

register_snippet(MediaFileViewSet)
