"""Turns the provinces of each species into rows with a source, and derives what is derived."""

import unicodedata

from django.db import migrations

from catalogue.models.texts import PASSAGES, digest_of


def forwards(apps, schema_editor):
    Species = apps.get_model("catalogue", "Species")
    Distribution = apps.get_model("catalogue", "Distribution")
    Reference = apps.get_model("catalogue", "Reference")
    for species in Species.objects.prefetch_related("provinces", "references", "texts").iterator(
        chunk_size=500
    ):
        species.genus = species.scientific_name.split()[0]
        species.save(update_fields=["genus"])
        source = species.references.first() or Reference.objects.first()
        Distribution.objects.bulk_create(
            Distribution(species=species, province=province, source=source, sort_order=position)
            for position, province in enumerate(species.provinces.all())
        )
        texts = {row.language: row for row in species.texts.all()}
        for language, row in texts.items():
            row.digest = digest_of(getattr(row, name) for name in PASSAGES)
        for language, row in texts.items():
            if language != "vi" and "vi" in texts:
                row.made_from = texts["vi"].digest
            row.save(update_fields=["digest", "made_from"])
    Synonym = apps.get_model("catalogue", "Synonym")
    for synonym in Synonym.objects.iterator():
        decomposed = unicodedata.normalize("NFD", synonym.name.lower())
        synonym.folded_name = "".join(c for c in decomposed if not unicodedata.combining(c))
        synonym.save(update_fields=["folded_name"])


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0002_species_record")]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
