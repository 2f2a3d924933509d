"""What the worker does after a file was taken in."""

from django.db import transaction

from wagtail.models import ReferenceIndex

from django_tasks import task

from catalogue.exchange.building import all_of


@task()
def index_references(pks: list[int]) -> int:
    """Let Wagtail know anew what some records point at; return how many there were.

    Wagtail does this by a task for each save; bulk writing saves nothing one by one.
    """
    found = all_of(pk__in=pks)
    with transaction.atomic():
        for species in found:
            ReferenceIndex.create_or_update_for_object(species)
    return len(found)
