"""What the index still has to hear of, and who is telling it. No record of the museum is here."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Change(models.Model):
    """A record whose document has to agree with it again: a row of the outbox.

    Written with the change itself, so that both are there or neither. What the change was is not
    said: whoever takes the row reads the record.
    """

    label = models.CharField(_("kind"), max_length=12)
    record = models.PositiveBigIntegerField(_("number of the record"))
    changed_at = models.DateTimeField(_("changed"), default=timezone.now)
    done_at = models.DateTimeField(_("indexed"), null=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    retry_at = models.DateTimeField(_("next attempt"), null=True)
    is_dead = models.BooleanField(_("given up"), default=False)
    error = models.TextField(_("error"), blank=True)

    class Meta:
        verbose_name = _("change for the search index")
        verbose_name_plural = _("changes for the search index")
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["id"],
                name="a_change_that_waits",
                condition=models.Q(done_at__isnull=True, is_dead=False),
            ),
            models.Index(fields=["done_at"], name="a_change_that_is_done"),
        ]

    def __str__(self):
        return f"{self.label}:{self.record}"


class Lease(models.Model):
    """Who may do what only one may do at a time, and until when unless they say more."""

    name = models.CharField(max_length=20, primary_key=True)
    token = models.UUIDField(default=uuid.uuid4)
    until = models.DateTimeField()

    def __str__(self):
        return self.name


class Rebuild(models.Model):
    """An index being built anew; without an end when whoever built it was killed."""

    begun_at = models.DateTimeField(default=timezone.now)
    beat_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.begun_at:%Y-%m-%d %H:%M}"
