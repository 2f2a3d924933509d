"""Which places of a species the public is told: of a threatened one no more than the province."""

from catalogue.models import Distribution, Species


def public_places(species: Species) -> list[Distribution]:
    """Return the species' places as every public output gives them.

    The communes of a threatened species are left out; its provinces stay. Each province stands
    once, with the row that speaks of the whole of it where there is one.
    """
    rows = list(species.distribution.all())
    if not species.is_threatened:
        return rows
    whole = {row.province_id: row for row in rows if row.province_id and not row.commune_id}
    shown: dict = {}
    for row in rows:
        key = row.province_id or row.area_code
        shown.setdefault(key, whole.get(row.province_id) or _without_commune(row))
    return list(shown.values())


def _without_commune(row: Distribution) -> Distribution:
    """Return a copy of a row that names its province only; it is never saved."""
    return Distribution(
        pk=row.pk,
        species=row.species,
        province=row.province,
        area_code=row.area_code,
        status=row.status,
        means=row.means,
        source=row.source,
        locator=row.locator if not row.commune_id else "",
        sort_order=row.sort_order,
    )


def is_withheld(species: Species) -> bool:
    """Return whether communes of the species are kept from the public."""
    return species.is_threatened and any(row.commune_id for row in species.distribution.all())
