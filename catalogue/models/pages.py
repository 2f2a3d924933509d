"""Pages that tell stories: the home page and plain articles."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField

from core.pages import BasePage


class HomePage(BasePage):
    """The front door: one sentence of what this is, and a large search."""

    lead = models.CharField(
        _("lead"), max_length=240, help_text=_("One sentence that says what this place is.")
    )

    content_panels = [*BasePage.content_panels, FieldPanel("lead")]
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["catalogue.StoryPage"]

    class Meta:
        verbose_name = _("home page")

    def get_context(self, request, *args, **kwargs):
        from catalogue.contexts import home_context  # the view layer, only when a page is served

        return super().get_context(request, *args, **kwargs) | home_context(request, self)


class StoryPage(BasePage):
    """A plain article, such as the page about the museum."""

    introduction = models.CharField(_("introduction"), max_length=400, blank=True)
    body = RichTextField(_("text"), features=["h2", "h3", "bold", "italic", "ol", "ul", "link"])

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("introduction"),
        FieldPanel("body"),
    ]
    parent_page_types = ["catalogue.HomePage"]
    subpage_types = []

    class Meta:
        verbose_name = _("story")
