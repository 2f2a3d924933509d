"""Indigenous knowledge: it belongs to a community and is shown only as that community decides."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from catalogue.querysets import KnowledgeQuerySet
from core.languages import LanguageRow, pick
from core.records import Demonstrable, Timestamped


class Community(Demonstrable, models.Model):
    """People who hold knowledge together, named as they name themselves."""

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    commune = models.ForeignKey(
        "catalogue.Commune",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="communities",
        verbose_name=_("commune"),
    )

    class Meta:
        verbose_name = _("community")
        verbose_name_plural = _("communities")
        ordering = ["slug"]

    def __str__(self):
        row = pick(self.texts.all())
        return row.name if row else self.slug


class CommunityText(LanguageRow):
    """A community's name and its words about itself in one language."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="texts")
    name = models.CharField(_("name"), max_length=160)
    about = models.TextField(_("about"), blank=True)

    class Meta(LanguageRow.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["community", "language"], name="one_community_text_per_language"
            ),
        ]

    def __str__(self):
        return self.name


class CommunityMember(models.Model):
    """A person's place in a community; stewards decide for it."""

    class Role(models.TextChoices):
        STEWARD = "steward", _("steward")
        MEMBER = "member", _("member")

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="communities"
    )
    role = models.CharField(_("role"), max_length=16, choices=Role, default=Role.MEMBER)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community", "person"], name="one_membership_per_community"
            ),
        ]

    def __str__(self):
        return f"{self.person} – {self.community}"


class Consent(Demonstrable, Timestamped):
    """A community's prior informed consent to showing its knowledge, from a day until withdrawn."""

    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="consents")
    given_on = models.DateField(_("given on"))
    given_how = models.CharField(
        _("how it was given"),
        max_length=300,
        help_text=_("Form and language of the consent, and by what authority it was given."),
    )
    expires_on = models.DateField(_("holds until"), null=True, blank=True)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True) | Q(expires_on__gte=F("given_on")),
                name="consent_ends_after_it_is_given",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=F("given_on")),
                name="consent_withdrawn_after_it_is_given",
            ),
        ]

    def __str__(self):
        return f"{self.community}, {self.given_on}"


class KnowledgeRecord(Demonstrable, Timestamped):
    """What a community knows of a species. Without consent only its stewards see it."""

    class Audience(models.TextChoices):
        OPEN = "open", _("everybody")
        MEMBERS = "members", _("members of the community")
        NOBODY = "nobody", _("nobody but the stewards")

    code = models.SlugField(_("code"), max_length=80, unique=True)
    species = models.ForeignKey(
        "catalogue.Species", on_delete=models.PROTECT, related_name="knowledge"
    )
    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="knowledge")
    consent = models.ForeignKey(
        Consent, on_delete=models.PROTECT, null=True, blank=True, related_name="knowledge"
    )
    source = models.ForeignKey(
        "catalogue.Reference", on_delete=models.PROTECT, related_name="knowledge"
    )
    audience = models.CharField(
        _("audience"), max_length=16, choices=Audience, default=Audience.NOBODY
    )

    objects = KnowledgeQuerySet.as_manager()

    class Meta:
        verbose_name = _("indigenous knowledge")
        verbose_name_plural = _("indigenous knowledge")
        ordering = ["code"]

    def __str__(self):
        return self.code

    def clean(self):
        if self.consent and self.consent.community_id != self.community_id:
            raise ValidationError({"consent": _("The consent is another community's.")})

    @property
    def text(self) -> "KnowledgeText | None":
        """What the record says in the reader's language."""
        return pick(self.texts.all())


class KnowledgeText(LanguageRow):
    """A knowledge record in one language."""

    record = models.ForeignKey(KnowledgeRecord, on_delete=models.CASCADE, related_name="texts")
    title = models.CharField(_("title"), max_length=160)
    body = models.TextField(_("text"))

    class Meta(LanguageRow.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["record", "language"], name="one_knowledge_text_per_language"
            ),
        ]

    def __str__(self):
        return self.title
