"""Images and documents as a museum keeps them: who made it, under which licence, what it shows."""

from datetime import date
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image, get_upload_to

from core.languages import LanguageRow, pick
from core.records import Timestamped
from media.fields import CleanedImageField
from media.querysets import MediaFileQuerySet
from media.uploads.captions import check_captions
from media.uploads.documents import check_document
from media.uploads.recordings import ENDINGS, examined


class Licence(models.TextChoices):
    """Terms under which a file may be used again; the values are SPDX names where there is one."""

    CC0 = "CC0-1.0", "CC0 1.0"
    CC_BY = "CC-BY-4.0", "CC BY 4.0"
    CC_BY_SA = "CC-BY-SA-4.0", "CC BY-SA 4.0"
    CC_BY_NC = "CC-BY-NC-4.0", "CC BY-NC 4.0"
    RESERVED = "all-rights-reserved", _("all rights reserved")


_COMMONS = "https://creativecommons.org"
LICENCE_URLS = {
    Licence.CC0: f"{_COMMONS}/publicdomain/zero/1.0/",
    Licence.CC_BY: f"{_COMMONS}/licenses/by/4.0/",
    Licence.CC_BY_SA: f"{_COMMONS}/licenses/by-sa/4.0/",
    Licence.CC_BY_NC: f"{_COMMONS}/licenses/by-nc/4.0/",
}


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

    @property
    def licence_url(self) -> str:
        """Where the terms stand in full, empty when all rights are reserved."""
        return LICENCE_URLS.get(Licence(self.licence), "")


class MuseumImage(Credited, AbstractImage):
    """A photograph or drawing; its text alternatives are rows, one per language."""

    file = CleanedImageField(
        _("file"), upload_to=get_upload_to, width_field="width", height_field="height"
    )
    # The file that renditions and tiles were made from, empty while they are not there.
    made_from = models.CharField(max_length=40, editable=False, default="")

    admin_form_fields = (*Image.admin_form_fields, "credit", "licence")

    class Meta(AbstractImage.Meta):
        indexes = [models.Index(fields=["file"], name="an_image_of_a_file")]

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
    # Kind and type are read from the content, never typed.
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
        indexes = [models.Index(fields=["file"], name="a_recording_of_a_file")]
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
        try:
            self.examine()
        except ValidationError as error:
            raise ValidationError({"file": error.messages}) from error
        if self.kind == self.Kind.VIDEO and not (self.width and self.height):
            raise ValidationError({"width": _("Say how wide and high the video is, in pixels.")})

    def save(self, *args, **kwargs):
        self.examine()
        super().save(*args, **kwargs)

    def examine(self) -> None:
        """Look at a file that is not stored yet and note what it is.

        Raises ValidationError when it may not be stored.
        """
        if not self.file or self.file._committed or self.file.file is self.__dict__.get("_seen"):
            return
        found = examined(self.file.file)
        self.kind, self.media_type = found.kind, found.media_type
        self.duration_ms, self.size_bytes = found.duration_ms, found.file.size
        self.file.file = self._seen = found.file
        self.file.name = f"{PurePath(self.file.name).stem}{ENDINGS[found.media_type]}"

    def is_consented(self, on: date | None = None) -> bool:
        """Whether it names nobody, or its speaker consents on a day; see with_consent()."""
        on = on or timezone.localdate()
        given, withdrawn = self.consent_given_on, self.consent_withdrawn_on
        return not self.speaker or bool(
            given and given <= on and (withdrawn is None or withdrawn > on)
        )

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
        indexes = [models.Index(fields=["captions"], name="a_text_of_a_file")]
        constraints = [
            models.UniqueConstraint(fields=["file", "language"], name="one_text_per_media_file"),
        ]

    def __str__(self):
        return self.alt or self.transcript[:80]

    def clean(self):
        try:
            self.check_captions()
        except ValidationError as error:
            raise ValidationError({"captions": error.messages}) from error

    def save(self, *args, **kwargs):
        self.check_captions()
        super().save(*args, **kwargs)

    def check_captions(self) -> None:
        """Refuse captions that are not stored yet and are none. Raises ValidationError."""
        if self.captions and not self.captions._committed:
            check_captions(self.captions.file)
            self.captions.name = f"{PurePath(self.captions.name).stem}.vtt"


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
        indexes = [models.Index(fields=["file"], name="a_rendition_of_a_file")]
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

    def save(self, *args, **kwargs):
        if self.file and not self.file._committed:
            check_document(self.file.file)
        super().save(*args, **kwargs)

    @property
    def text(self) -> "DocumentText | None":
        """What the document is, in the reader's language."""
        return pick(self.texts.all())


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
