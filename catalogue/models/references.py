"""Works that the collection cites, and the base of every fact that comes from one."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Reference(models.Model):
    """A work that the collection cites."""

    class Kind(models.TextChoices):
        BOOK = "book", _("book")
        FLORA = "flora", _("flora")
        PHARMACOPOEIA = "pharmacopoeia", _("pharmacopoeia")
        MONOGRAPH = "monograph", _("monograph")
        RED_LIST = "red_list", _("red list")
        DATABASE = "database", _("database")
        REGULATION = "regulation", _("regulation")
        PROGRAMME = "programme", _("programme")
        ARTICLE = "article", _("article")

    code = models.SlugField(
        _("code"),
        max_length=60,
        unique=True,
        help_text=_("How texts cite the work: [^code]. It stands in texts, so do not change it."),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    author = models.CharField(_("author"), max_length=200)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    title = models.CharField(_("title"), max_length=300)
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    url = models.URLField(_("address"), blank=True)

    class Meta:
        verbose_name = _("reference")
        verbose_name_plural = _("references")
        ordering = ["author", "year"]

    def __str__(self):
        return f"{self.author}, {self.title}"

    @property
    def short(self) -> str:
        """Author and year, as a fact names its source."""
        return f"{self.author}, {self.year}" if self.year else self.author


class Sourced(models.Model):
    """A fact taken from a work: which one, and where in it."""

    source = models.ForeignKey(
        Reference, on_delete=models.PROTECT, related_name="+", verbose_name=_("source")
    )
    locator = models.CharField(
        _("place in the source"),
        max_length=60,
        blank=True,
        help_text=_("Page or section, if you have read it there."),
    )

    class Meta:
        abstract = True
