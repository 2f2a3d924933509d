"""People with a role, as the museum's own tests have them."""

from tests.catalogue.conftest import curator, site

__all__ = ["curator", "site"]
