"""What the record says in each language, and whether a translation has kept up."""

import hashlib
from collections.abc import Iterable

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from modelcluster.fields import ParentalKey

from catalogue.footnotes import codes, unknown_codes
from catalogue.models.references import Reference
from catalogue.querysets import SpeciesTextQuerySet
from core.languages import LanguageRow

# The texts of a record in the order of the page.
PASSAGES = ("description", "habitat", "uses", "contraindications", "cautions", "look_alikes")


def digest_of(words: Iterable[str]) -> str:
    """Return a short digest of some texts, the same for the same texts at any time."""
    return hashlib.blake2b("\x1f".join(words).encode(), digest_size=8).hexdigest()


class SpeciesText(LanguageRow):
    """What the record says in one language. Works are cited as [^code]."""

    species = ParentalKey("catalogue.Species", on_delete=models.CASCADE, related_name="texts")
    description = models.TextField(
        _("description"),
        help_text=_("What one sees of the plant. Cite works as [^code], the code of a reference."),
    )
    habitat = models.TextField(_("habitat"), blank=True)
    uses = models.TextField(
        _("uses"),
        blank=True,
        help_text=_("What published works say it is used for. Promise no cure, give no dose."),
    )
    contraindications = models.TextField(
        _("who should not use it"),
        blank=True,
        help_text=_("What published works say. Shown before the uses."),
    )
    cautions = models.TextField(
        _("cautions"),
        blank=True,
        help_text=_("Shown before anything else that is said of the plant."),
    )
    look_alikes = models.TextField(
        _("how to tell look-alikes apart"),
        blank=True,
        help_text=_("Say what differs, and which plant is poisonous."),
    )
    # What these words are, and which words of the first language they were made from.
    digest = models.CharField(max_length=16, editable=False, default="")
    made_from = models.CharField(max_length=16, editable=False, default="")

    objects = SpeciesTextQuerySet.as_manager()

    class Meta(LanguageRow.Meta):
        verbose_name = _("text")
        verbose_name_plural = _("texts")
        constraints = [
            models.UniqueConstraint(
                fields=["species", "language"], name="one_species_text_per_language"
            ),
        ]

    def __str__(self):
        return self.description[:80]

    def clean(self):
        """Refuse citations of works that are not among the references, naming their codes."""
        cited = {code for name in PASSAGES for code in codes(getattr(self, name))}
        known = set(Reference.objects.filter(code__in=cited).values_list("code", flat=True))
        faults = {
            name: _("No reference has the code: %(codes)s. Add it to the references first.")
            % {"codes": ", ".join(unknown)}
            for name in PASSAGES
            if (unknown := unknown_codes([getattr(self, name)], known))
        }
        if faults:
            raise ValidationError(faults)

    @classmethod
    def follow_source(cls, rows: "Iterable[SpeciesText]") -> None:
        """Note for each changed translation which words of the first language it was made from.

        A row whose words did not change keeps what it was made from, and so becomes stale when the
        first language's words change without it.
        """
        rows = list(rows)
        source = next((row for row in rows if row.language == settings.LANGUAGE_CODE), None)
        if source is not None:
            source.digest = source.words_digest()
        for row in rows:
            digest = row.words_digest()
            if row.language != settings.LANGUAGE_CODE and digest != row.digest:
                row.made_from = source.digest if source else ""
            row.digest = digest

    def words_digest(self) -> str:
        """Return a short digest of the words of this row."""
        return digest_of(getattr(self, name) for name in PASSAGES)
