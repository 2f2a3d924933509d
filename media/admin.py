"""How curators keep recordings, videos and models; images and documents are Wagtail's own pages."""

from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.snippets.views.snippets import SnippetViewSet

from media.models import MediaFile


class MediaFileViewSet(SnippetViewSet):
    model = MediaFile
    icon = "media"
    menu_label = _("Recordings and videos")
    menu_order = 170
    add_to_admin_menu = True
    list_display = ["title", "kind", "speaker", "credit", "licence"]
    list_filter = ["kind", "licence"]
    search_fields = ["title", "speaker"]
    panels = [
        MultiFieldPanel(
            [
                FieldPanel("title"),
                FieldPanel(
                    "file",
                    help_text=_(
                        "Sound as MP3, M4A, Ogg, FLAC or WAV, a video as MP4, a model as glTF. "
                        "What it is, is read from the file."
                    ),
                ),
                FieldPanel("poster"),
                FieldRowPanel([FieldPanel("width"), FieldPanel("height")]),
            ],
            heading=_("File"),
        ),
        MultiFieldPanel([FieldPanel("credit"), FieldPanel("licence")], heading=_("Rights")),
        MultiFieldPanel(
            [
                FieldPanel("speaker"),
                FieldPanel("consent_given_on"),
                FieldPanel("consent_given_how"),
                FieldPanel("consent_withdrawn_on"),
            ],
            heading=_("Speaker and consent"),
        ),
        InlinePanel(
            "texts",
            heading=_("In words"),
            label=_("In one language"),
            help_text=_("What is heard or seen, for those who cannot hear or see it."),
        ),
    ]
