"""The abstract page that every Wagtail page of the site is made from."""

from wagtail.models import Page


class BasePage(Page):
    """A story in the tree; records such as species are not pages (docs/adr/0002)."""

    class Meta:
        abstract = True
