"""An image that was saved or deleted leaves work for the worker."""

from typing import Any

from django.db.models.signals import post_delete, post_save

from media.models import MuseumImage
from media.tasks import forget_image, prepare_image


def connect() -> None:
    """Listen to images; called once, when the apps are ready."""
    post_save.connect(follow_image, sender=MuseumImage, dispatch_uid="media")
    post_delete.connect(follow_deletion, sender=MuseumImage, dispatch_uid="media")


def follow_image(sender: Any, *, instance: MuseumImage, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        prepare_image.enqueue(instance.pk)


def follow_deletion(sender: Any, *, instance: MuseumImage, **kwargs: Any) -> None:
    forget_image.enqueue(instance.pk)
