"""Names of a species: in science, where synonyms point at the accepted one, and among people."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from catalogue.models.references import Sourced
from catalogue.scientific_names import check_name
from core.languages import bcp47
from core.text import fold, nfc


class Synonym(Orderable):
    """A scientific name under which the species is also found, pointing at the accepted one."""

    class Kind(models.TextChoices):
        SYNONYM = "synonym", _("synonym")
        BASIONYM = "basionym", _("basionym")
        MISAPPLIED = "misapplied", _("misapplied name")

    species = ParentalKey("catalogue.Species", on_delete=models.CASCADE, related_name="synonyms")
    name = models.CharField(_("scientific name"), max_length=160)
    folded_name = models.CharField(max_length=160, editable=False, db_index=True, default="")
    authorship = models.CharField(_("authorship"), max_length=160, blank=True)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind, default=Kind.SYNONYM)

    class Meta(Orderable.Meta):
        verbose_name = _("synonym")
        verbose_name_plural = _("synonyms")

    def __str__(self):
        return self.name

    def clean(self):
        # A misapplied name has no author: its "authorship" says who used it and how.
        is_misapplied = self.kind == self.Kind.MISAPPLIED
        check_name(self.name, "" if is_misapplied else self.authorship)

    def save(self, *args, **kwargs):
        self.prepare()
        super().save(*args, **kwargs)

    def prepare(self) -> None:
        """Bring what is derived into line with the name; save() and imports ask for it."""
        self.name = nfc(self.name)
        self.folded_name = fold(self.name)


class VernacularName(Orderable, Sourced):
    """A name people use, in one language, with its source. The first of a language is preferred."""

    class Kind(models.TextChoices):
        VERNACULAR = "vernacular", _("common name")
        TRADE = "trade", _("trade name")
        DRUG = "drug", _("drug name")
        PHARMACEUTICAL = "pharmaceutical", _("pharmaceutical name")

    species = ParentalKey("catalogue.Species", on_delete=models.CASCADE, related_name="names")
    name = models.CharField(_("name"), max_length=120)
    folded_name = models.CharField(max_length=120, editable=False, db_index=True)
    language = models.CharField(
        _("language"),
        max_length=3,
        help_text=_("ISO 639-3 code, for example vie, eng, lat, ium (Iu Mien), mww (Hmong Daw)."),
    )
    kind = models.CharField(_("kind"), max_length=16, choices=Kind, default=Kind.VERNACULAR)
    spoken_as = models.CharField(
        _("the speakers' name of their language"),
        max_length=80,
        blank=True,
        help_text=_("What the people who gave the name call their language, as they write it."),
    )
    commune = models.ForeignKey(
        "catalogue.Commune",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("commune"),
        help_text=_("Where the name is used, if it belongs to one place."),
    )
    giver = models.CharField(
        _("given by"),
        max_length=120,
        blank=True,
        help_text=_(
            "Who told the name, as they wish to be named. Ask first; leave empty if unsure."
        ),
    )
    recording = models.ForeignKey(
        "media.MediaFile",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="names",
        verbose_name=_("recording"),
        help_text=_("The name as it is spoken. It is played only with the speaker's consent."),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("name")
        verbose_name_plural = _("names")

    def __str__(self):
        return self.name

    def clean(self):
        # Imported here because the vocabulary's queries import the models.
        from catalogue.models.vocabulary import Language

        if self.language and not Language.objects.filter(code=self.language).exists():
            raise ValidationError(
                {
                    "language": _(
                        "This language is not in the list of languages: add it there first."
                    )
                }
            )

    def save(self, *args, **kwargs):
        self.prepare()
        super().save(*args, **kwargs)

    def prepare(self) -> None:
        """Bring what is derived into line with the name; save() and imports ask for it."""
        self.name = nfc(self.name)
        self.folded_name = fold(self.name)[:120]

    @property
    def bcp47(self) -> str:
        """The language as a browser knows it, for the `lang` attribute."""
        return bcp47(self.language)
