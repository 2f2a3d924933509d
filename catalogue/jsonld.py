"""A record as schema.org's Taxon, for search engines and for whoever reads pages by machine."""

from django.conf import settings

from catalogue.exports.figures import address_of, plate_address
from catalogue.exports.licence import LICENCE_URL
from catalogue.models import Species
from media.access import closed_collections

CONTEXT = ["https://schema.org/", {"dct": "http://purl.org/dc/terms/"}]
PROFILE = "https://bioschemas.org/profiles/Taxon/1.0-RELEASE"


def taxon(species: Species) -> dict:
    """Return a whole record (catalogue.records.read) as JSON-LD in the reader's language.

    Places are left out. The database is asked only about pictures, where there are some.
    """
    url = f"{settings.BASE_URL}{species.get_absolute_url()}"
    return {
        "@context": CONTEXT,
        "@type": "Taxon",
        "@id": url,
        "dct:conformsTo": {"@id": PROFILE, "@type": "CreativeWork"},
        "identifier": species.slug,
        "url": url,
        "name": species.scientific_name,
        "scientificName": _name(species.scientific_name, species.authorship),
        "alternateScientificName": [
            _name(other.name, other.authorship) for other in species.synonyms.all()
        ],
        "alternateName": [
            {"@value": name.name, "@language": name.bcp47} for name in species.names.all()
        ],
        "taxonRank": species.rank,
        "parentTaxon": _parent(species),
        "image": _images(species),
        "dateModified": species.changed_at.isoformat(),
        "subjectOf": {
            "@type": "Dataset",
            "@id": f"{settings.BASE_URL}/exports/checklist.zip",
            "name": settings.WAGTAIL_SITE_NAME,
            "license": LICENCE_URL,
        },
    }


def _name(name: str, authorship: str) -> dict:
    return {"@type": "TaxonName", "name": name, "author": authorship}


def _parent(species: Species) -> dict:
    """Return the genus, which stands in the family, which stands in the order and so on."""
    parent: dict = {}
    above = []
    taxon = species.family.order
    while taxon is not None:
        above.append((taxon.name, taxon.rank))
        taxon = taxon.parent
    for name, rank in [*reversed(above), (species.family.name, "family"), (species.genus, "genus")]:
        child = {"@type": "Taxon", "name": name, "taxonRank": rank}
        parent = child | ({"parentTaxon": parent} if parent else {})
    return parent


def _images(species: Species) -> list[str]:
    """Return the addresses of the pictures that everybody may see, else of the drawn plate."""
    pictures = [figure for figure in species.figures.all() if figure.image]
    known = getattr(species, "file_restrictions", None)
    closed = closed_collections(None, known) if pictures else set()
    addresses = [address_of(one) for one in pictures if one.image.collection_id not in closed]
    return addresses or [plate_address(species.slug)]
