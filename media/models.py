"""Images and documents as a museum keeps them: who made it, under which licence, what it shows."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from core.languages import LanguageRow, pick
from core.records import Timestamped
from media import uploads
from media.querysets import MediaFileQuerySet


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
    def content_warning(self) -> str:
        """What to warn of before the image is shown, in the reader's language."""
        row = pick(self.texts.all())
        return row.content_warning if row else ""

    @property
    def default_alt_text(self) -> str:
        """The text alternative in the reader's language; empty for a decorative image."""
        row = pick(self.texts.all())
        return row.alt if row else ""


class MediaFile(Credited, Timestamped, ClusterableModel):
    """A recording, a video or a model in three dimensions."""

    class Kind(models.TextChoices):
        AUDIO = "audio", _("recording")
        VIDEO = "video", _("video")
        MODEL = "model", _("3D model")

    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    file = models.FileField(_("file"), upload_to="recordings")
    media_type = models.CharField(max_length=60, editable=False)
    size_bytes = models.PositiveBigIntegerField(default=0, editable=False)
    duration_ms = models.PositiveIntegerField(null=True, editable=False)
    width = models.PositiveIntegerField(_("width"), null=True, blank=True)
    height = models.PositiveIntegerField(_("height"), null=True, blank=True)
    poster = models.ForeignKey(
        MuseumImage,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("still image"),
        help_text=_("Shown before a video plays, and where a model cannot be shown."),
    )
    speaker = models.CharField(
        _("speaker"),
        max_length=120,
        blank=True,
        help_text=_("Who is heard, as they wish to be named. A named person must have consented."),
    )
    consent_given_on = models.DateField(_("consent given on"), null=True, blank=True)
    consent_given_how = models.CharField(_("how consent was given"), max_length=200, blank=True)
    consent_withdrawn_on = models.DateField(_("consent withdrawn on"), null=True, blank=True)

    objects = MediaFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("recording, video or model")
        verbose_name_plural = _("recordings, videos and models")
        ordering = ["title"]
        constraints = [
            models.CheckConstraint(
                condition=Q(consent_withdrawn_on__isnull=True)
                | Q(consent_withdrawn_on__gte=F("consent_given_on")),
                name="recording_consent_withdrawn_after_it_is_given",
            ),
            models.CheckConstraint(
                condition=Q(speaker="") | Q(consent_given_on__isnull=False),
                name="a_speaker_has_consented",
                violation_error_message=_("A named speaker must have consented: say when."),
            ),
        ]

    def __str__(self):
        return self.title

    def clean(self):
        super().clean()
        if self.file and not self.file._committed and self.kind:
            try:
                self.media_type = uploads.check_media(self.kind, self.file.file)
            except ValidationError as error:
                raise ValidationError({"file": error.messages}) from error
            self.size_bytes = self.file.size
            self.duration_ms = uploads.duration_ms(self.file.file)

    @property
    def text(self) -> "MediaFileText | None":
        """What is heard or seen, in the reader's language."""
        return pick(self.texts.all())


class MediaFileText(LanguageRow):
    """What is heard or seen, in one language."""

    file = ParentalKey(MediaFile, on_delete=models.CASCADE, related_name="texts")
    alt = models.CharField(_("description"), max_length=400, blank=True)
    transcript = models.TextField(_("transcript"), blank=True)
    content_warning = models.CharField(_("content warning"), max_length=200, blank=True)
    captions = models.FileField(_("captions (WebVTT)"), upload_to="captions", blank=True)

    class Meta(LanguageRow.Meta):
        constraints = [
            models.UniqueConstraint(fields=["file", "language"], name="one_text_per_media_file"),
        ]

    def __str__(self):
        return self.alt or self.transcript[:80]

    def clean(self):
        if self.captions and not self.captions._committed:
            uploads.check_captions(self.captions.file)


class ImageText(LanguageRow):
    """What an image shows, said in one language for those who cannot see it."""

    image = models.ForeignKey(MuseumImage, on_delete=models.CASCADE, related_name="texts")
    alt = models.CharField(_("text alternative"), max_length=400)
    content_warning = models.CharField(_("content warning"), max_length=200, blank=True)

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
