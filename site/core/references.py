"""What Wagtail keeps of which record points at which, kept at a fair price."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.models import Model


@contextmanager
def indexed_once(record: Model) -> Iterator[None]:
    """Let Wagtail look once at what a record points at, however many rows are saved with it.

    By itself it reads the whole record again after each of its rows: for a species, some forty
    times at every save.
    """
    from wagtail import signal_handlers as wagtail  # may be imported only when all models are

    if getattr(wagtail.reference_index_auto_update_disabled, "value", False):
        yield
        return
    with wagtail.disable_reference_index_auto_update():
        yield
    wagtail.update_reference_index_on_save(record)
