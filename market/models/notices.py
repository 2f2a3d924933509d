"""What people are told of the certificates and growing areas that their lots rest on."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from market.querysets import NoticeQuerySet


class Notice(models.Model):
    """One piece of news of one record for one person, told once however often it is put down.

    Without `sent_at` it waits for its mail. It is claimed before the mail goes out; `mail` names
    the mail that carries it.
    """

    class News(models.TextChoices):
        ACCEPTED = "accepted", _("in force")
        DUE = "due", _("due for renewal")
        EXPIRED = "expired", _("expired")
        RETURNED = "returned", _("being checked again")
        SUSPENDED = "suspended", _("suspended")
        WITHDRAWN = "withdrawn", _("withdrawn")

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices"
    )
    key = models.CharField(max_length=80, help_text="Names the piece of news, not its reader.")
    news = models.CharField(max_length=16, choices=News)
    certificate = models.ForeignKey(
        "catalogue.Certificate", on_delete=models.CASCADE, null=True, related_name="+"
    )
    area = models.ForeignKey(
        "catalogue.GrowingArea", on_delete=models.CASCADE, null=True, related_name="+"
    )
    reason = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)
    mail = models.UUIDField(null=True, db_index=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice to a person")
        verbose_name_plural = _("notices to people")
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["person"],
                name="a_notice_that_waits",
                condition=models.Q(sent_at__isnull=True),
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["person", "key"], name="a_person_hears_news_once"),
            models.CheckConstraint(
                condition=models.Q(certificate__isnull=False, area__isnull=True)
                | models.Q(certificate__isnull=True, area__isnull=False),
                name="a_notice_is_of_one_record",
            ),
            models.CheckConstraint(
                condition=models.Q(sent_at__isnull=True, mail__isnull=True)
                | models.Q(sent_at__isnull=False, mail__isnull=False),
                name="a_notice_is_sent_by_a_mail",
            ),
        ]

    def __str__(self):
        return f"{self.person_id} ← {self.key}"

    @property
    def record(self):
        """The certificate or growing area that this is about."""
        return self.certificate or self.area
