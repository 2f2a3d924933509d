"""Provincial programmes and what they set out to reach by 2030, as their documents state it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Programme(models.Model):
    """A programme of a province, with the figures it starts from."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    province = models.ForeignKey(
        "catalogue.Province", on_delete=models.PROTECT, related_name="programmes"
    )
    title = models.CharField(_("title as published"), max_length=300)
    reporting = models.CharField(_("reporting"), max_length=200, blank=True)
    baseline = models.JSONField(
        _("baseline"), default=dict, blank=True, help_text=_("Figures before the programme began.")
    )

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ["code"]

    def __str__(self):
        return self.title


class Target(models.Model):
    """One figure a programme wants reached: a value, or a range from `value` to `value_high`."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="targets")
    code = models.SlugField(_("code"), max_length=60)
    label = models.CharField(_("label as published"), max_length=200)
    value = models.DecimalField(_("value"), max_digits=14, decimal_places=2)
    value_high = models.DecimalField(
        _("upper value"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    unit = models.CharField(_("unit"), max_length=40)
    comparison = models.CharField(_("comparison"), max_length=2, blank=True)

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ["programme", "code"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "code"], name="one_target_per_code"),
            models.CheckConstraint(
                condition=models.Q(value_high__isnull=True)
                | models.Q(value_high__gte=models.F("value")),
                name="target_range_in_order",
            ),
        ]

    def __str__(self):
        return self.label
