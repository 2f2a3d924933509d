"""The roles a person can hold for the whole site; membership of a firm is the firm's own record."""

CURATOR = "Curators"
EDITOR = "Collection editors"
MARKET_STAFF = "Market staff"


def edits_collection(person) -> bool:
    """Return whether a person works on the collection, and so sees what is not published."""
    return person is not None and (
        person.is_superuser or holds(person, CURATOR) or holds(person, EDITOR)
    )


def holds(person, role: str) -> bool:
    """Return whether a person (or nobody, for a visitor) holds a role. Asked once per request."""
    if person is None or not person.is_authenticated:
        return False
    if not hasattr(person, "_role_names"):
        person._role_names = set(person.groups.values_list("name", flat=True))
    return role in person._role_names
