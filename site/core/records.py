"""Abstract bases of stored records."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Demonstrable(models.Model):
    """A record that says of itself whether it is a demonstration and not a reviewed fact."""

    is_demonstration = models.BooleanField(
        _("demonstration record"),
        default=False,
        help_text=_("Shown with a mark wherever it appears: nobody has reviewed this record."),
    )

    class Meta:
        abstract = True


class Timestamped(models.Model):
    """A record that knows when it was made and last changed (UTC)."""

    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        abstract = True
