"""Images and documents as a museum keeps them: who made it, under which licence, what it shows."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from core.languages import LanguageRow, pick


class Licence(models.TextChoices):
    """Terms under which a file may be used again; the values are SPDX names where there is one."""

    CC0 = "CC0-1.0", "CC0 1.0"
    CC_BY = "CC-BY-4.0", "CC BY 4.0"
    CC_BY_SA = "CC-BY-SA-4.0", "CC BY-SA 4.0"
    CC_BY_NC = "CC-BY-NC-4.0", "CC BY-NC 4.0"
    RESERVED = "all-rights-reserved", _("all rights reserved")


class Credited(models.Model):
    """Credit and licence, asked of every file."""

    credit = models.CharField(
        _("credit"),
        max_length=200,
        help_text=_("Who made it, as they wish to be named."),
    )
    licence = models.CharField(
        _("licence"),
        max_length=32,
        choices=Licence,
        default=Licence.RESERVED,
        help_text=_("Terms under which others may use the file."),
    )

    class Meta:
        abstract = True


class MuseumImage(Credited, AbstractImage):
    """A photograph or drawing; its text alternatives are rows, one per language."""

    admin_form_fields = (*Image.admin_form_fields, "credit", "licence")

    def __str__(self):
        return self.title

    @property
    def default_alt_text(self) -> str:
        """The text alternative in the reader's language; empty for a decorative image."""
        row = pick(self.texts.all())
        return row.alt if row else ""


class ImageText(LanguageRow):
    """What an image shows, said in one language for those who cannot see it."""

    image = models.ForeignKey(MuseumImage, on_delete=models.CASCADE, related_name="texts")
    alt = models.CharField(_("text alternative"), max_length=400)

    class Meta(LanguageRow.Meta):
        constraints = [
            models.UniqueConstraint(fields=["image", "language"], name="one_alt_per_language"),
        ]

    def __str__(self):
        return self.alt


class MuseumRendition(AbstractRendition):
    """A resized copy of an image, made once and kept."""

    image = models.ForeignKey(MuseumImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="one_rendition_per_filter"
            ),
        ]


class MuseumDocument(Credited, AbstractDocument):
    """A paper, worksheet or recording offered for download; described in each language."""

    admin_form_fields = (*Document.admin_form_fields, "credit", "licence")

    def __str__(self):
        return self.title


class DocumentText(LanguageRow):
    """What a document is, said in one language."""

    document = models.ForeignKey(MuseumDocument, on_delete=models.CASCADE, related_name="texts")
    alt = models.CharField(_("description"), max_length=400)

    class Meta(LanguageRow.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["document", "language"], name="one_description_per_language"
            ),
        ]

    def __str__(self):
        return self.alt
