"""Abstract bases of stored records."""

from django.core.exceptions import ValidationError
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


def keeps(record: models.Model, *names: str) -> None:
    """Refuse that a stored record changes what it belongs to. Raises ValidationError by field."""
    if record.pk is None:
        return
    columns = [record._meta.get_field(name).attname for name in names]
    before = type(record)._default_manager.filter(pk=record.pk).values_list(*columns).first()
    for name, column, value in zip(names, columns, before or (), strict=bool(before)):
        if getattr(record, column) != value:
            raise ValidationError({name: _("This stays as it is; make another record instead.")})
