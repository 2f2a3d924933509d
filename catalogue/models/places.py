"""Provinces and communes, with the official codes of the division in force since July 2025."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.text import fold


class Place(models.Model):
    """A unit of the official division. `full_name` is as published, `name` as people say it."""

    name = models.CharField(_("name"), max_length=80)
    full_name = models.CharField(_("official name"), max_length=100)
    folded_name = models.CharField(max_length=80, editable=False, db_index=True)

    class Meta:
        abstract = True
        ordering = ["folded_name"]

    def save(self, *args, **kwargs):
        self.folded_name = fold(self.name)
        super().save(*args, **kwargs)


class Province(Place):
    """One of the 34 provinces and centrally run cities."""

    code = models.CharField(_("official code"), max_length=2, primary_key=True)

    class Meta(Place.Meta):
        verbose_name = _("province")
        verbose_name_plural = _("provinces")

    def __str__(self):
        return self.name


class Commune(Place):
    """One of the 3,321 communes, wards and special zones."""

    code = models.CharField(_("official code"), max_length=5, primary_key=True)
    province = models.ForeignKey(
        Province, on_delete=models.PROTECT, related_name="communes", verbose_name=_("province")
    )

    class Meta(Place.Meta):
        verbose_name = _("commune")
        verbose_name_plural = _("communes")

    def __str__(self):
        return f"{self.full_name}, {self.province.name}"
