"""Days whose consequences have been told to whoever follows the registers."""

from django.db import models


class FollowedDay(models.Model):
    """A day of which it was announced what begins, is due and ends."""

    day = models.DateField(unique=True)

    class Meta:
        ordering = ["day"]

    def __str__(self):
        return f"{self.day}"
