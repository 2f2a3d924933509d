"""The vocabulary of files: which may be played and shown, on which day."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone


class MediaFileQuerySet(models.QuerySet):
    """Words about recordings, videos and models."""

    def with_consent(self, on: date | None = None) -> Self:
        """Keep files that name nobody, or whose speaker consents on a day (default today)."""
        on = on or timezone.localdate()
        return self.filter(
            Q(speaker="")
            | Q(
                Q(consent_withdrawn_on__isnull=True) | Q(consent_withdrawn_on__gt=on),
                consent_given_on__lte=on,
            )
        )
