"""The locks of the registers (docs/locking.md). A lock query is lazy: it locks when it is read."""

from typing import TypeVar

from django.db.models import Model, QuerySet

Record = TypeVar("Record", bound=Model)


def records_for_update(model: type[Record]) -> QuerySet[Record]:
    """Return certificates or growing areas to be locked when read."""
    return model._default_manager.order_by("pk").select_for_update(of=("self",))
