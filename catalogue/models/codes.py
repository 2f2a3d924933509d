"""Codes that authorities give a growing area for the markets it sells to."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

# What the authorities of export markets give out is not published as one form: any is taken.
MARKET = RegexValidator(r"^[A-Z]{2}$", _("Two capital letters, such as VN, CN or EU."))


class AreaCode(models.Model):
    """A code of an area for one market, beside the code that the area is known by."""

    area = models.ForeignKey(
        "catalogue.GrowingArea", on_delete=models.CASCADE, related_name="codes"
    )
    market = models.CharField(_("market"), max_length=2, validators=[MARKET])
    code = models.CharField(_("area code"), max_length=30)
    authority = models.CharField(_("issuing authority"), max_length=200)
    issued_on = models.DateField(_("issued on"))
    expires_on = models.DateField(_("valid to"), null=True, blank=True)

    class Meta:
        verbose_name = _("code of a growing area")
        verbose_name_plural = _("codes of growing areas")
        ordering = ["market", "code"]
        constraints = [
            models.UniqueConstraint(fields=["market", "code"], name="one_area_code_per_market"),
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True) | Q(expires_on__gte=F("issued_on")),
                name="area_code_ends_after_issue",
            ),
        ]

    def __str__(self):
        return f"{self.market} {self.code}"

    def clean(self):
        self.code = self.code.strip().upper()
