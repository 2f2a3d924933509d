"""A file that was saved, replaced or deleted leaves work for the worker.

The work is put down when the change is committed: Wagtail's form deletes the old renditions after
it has saved the image, and a worker that was quicker would lose what it made.
"""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.db.models.signals import post_delete, post_save, pre_save

from media.models import MediaFile, MediaFileText, MuseumImage
from media.tasks import delete_file, forget_image, prepare_image

# Images and documents are Wagtail's to tidy up.
FILES: dict[type[Model], tuple[str, ...]] = {}


def connect() -> None:
    """Listen to files; called once, when the apps are ready."""
    post_save.connect(follow_image, sender=MuseumImage, dispatch_uid="media")
    post_delete.connect(follow_deletion, sender=MuseumImage, dispatch_uid="media")
    tidy_up(MediaFile, "file")
    tidy_up(MediaFileText, "captions")


def tidy_up(model: type[Model], *fields: str) -> None:
    """Have the files in some fields deleted once they are replaced, or their record is gone."""
    FILES[model] = fields
    pre_save.connect(remember_files, sender=model, dispatch_uid="media")
    post_save.connect(drop_replaced_files, sender=model, dispatch_uid="media")
    post_delete.connect(drop_files, sender=model, dispatch_uid="media")


def follow_image(sender: Any, *, instance: MuseumImage, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        _after_commit(prepare_image, instance.pk)


def follow_deletion(sender: Any, *, instance: MuseumImage, **kwargs: Any) -> None:
    _after_commit(forget_image, instance.pk)


def remember_files(
    sender: type[Model], *, instance: Model, update_fields: Any = None, **kwargs: Any
) -> None:
    fields = [name for name in FILES[sender] if update_fields is None or name in update_fields]
    stored = sender._default_manager.filter(pk=instance.pk) if instance.pk and fields else None
    instance._stored_files = stored.values(*fields).first() if stored is not None else None


def drop_replaced_files(sender: type[Model], *, instance: Model, **kwargs: Any) -> None:
    for field, name in (instance._stored_files or {}).items():
        if name and name != getattr(instance, field).name:
            _after_commit(delete_file, name)


def drop_files(sender: type[Model], *, instance: Model, **kwargs: Any) -> None:
    for field in FILES[sender]:
        if name := getattr(instance, field).name:
            _after_commit(delete_file, name)


def _after_commit(task: Any, *args: Any) -> None:
    transaction.on_commit(partial(task.enqueue, *args), robust=True)
