"""OCOP products: what follows from them is derived, never written elsewhere."""

from catalogue.models import OcopProduct
from catalogue.signals import ocop_changed


def announce(product: OcopProduct) -> None:
    """Tell whoever follows that the stars of an establishment for a species may have changed."""
    ocop_changed.send(
        sender=OcopProduct, establishment=product.establishment_id, species=product.species_id
    )
