"""Writing many records at once, with what Wagtail keeps of each: a revision and a log entry.

Saving record by record would ask some sixty queries for each. Here every table is written in bulk;
what `Species.save()` and publishing derive and remember is derived by the same functions.
"""

import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import ManyToManyField, Model
from django.utils import timezone

from wagtail.log_actions import registry as log_registry
from wagtail.models import Revision
from wagtail.signals import unpublished

from catalogue.exchange.building import Edit
from catalogue.exchange.tables import CHILDREN, Sheet
from catalogue.exchange.tasks import index_references
from catalogue.models import Species
from catalogue.signals import species_changed_many

BATCH = 500


def create(new: Iterable[Species]) -> None:
    """Put down new records, so that others may point at them; `save` writes the rest."""
    made = list(new)
    for species in made:
        species.pk = None
        species.prepare()
    Species.objects.bulk_create(made, batch_size=BATCH)


def save(edits: Sequence[Edit], user: Any, run: uuid.UUID) -> None:
    """Write changed records with their rows, revisions and log entries, in one pass a table."""
    for sheet in CHILDREN:
        _save_rows(sheet, edits)
    for field in {field for edit in edits for field in edit.lists}:
        _save_list(field, [edit.species for edit in edits if field in edit.lists])
    _publish(edits, _revisions(edits, user))
    _log(edits, user, run)
    for edit in edits:
        if edit.has_draft:
            _drop_plans(edit.species, user)
        if edit.was_live and not edit.species.live:
            unpublished.send(sender=Species, instance=edit.species)


def announce(pks: Sequence[int]) -> None:
    """Tell who follows species what was changed, and let Wagtail's index of references follow."""
    species_changed_many.send(sender=Species, pks=pks)
    for start in range(0, len(pks), BATCH):
        index_references.enqueue(list(pks[start : start + BATCH]))


def _save_rows(sheet: Sheet, edits: Sequence[Edit]) -> None:
    """Delete, change, add – in this order, so that a row never meets the one it takes over from."""
    gone = [pk for edit in edits for pk in edit.gone.get(sheet.name, [])]
    for start in range(0, len(gone), BATCH):
        sheet.model.objects.filter(pk__in=gone[start : start + BATCH]).delete()
    rows = [row for edit in edits for row in edit.rows.get(sheet.name, [])]
    for edit in edits:
        for row in edit.rows.get(sheet.name, []):
            row.species_id = edit.species.pk
    _overwrite(sheet.model, [row for row in rows if row.pk is not None])
    sheet.model.objects.bulk_create([row for row in rows if row.pk is None], batch_size=BATCH)


def _overwrite(model: type[Model], rows: Sequence[Model]) -> None:
    """Write rows that are there already; one statement a batch, where bulk_update takes many."""
    fields = [f.name for f in model._meta.concrete_fields if not f.primary_key and _is_ours(f)]
    if rows:
        model.objects.bulk_create(
            rows,
            batch_size=BATCH,
            update_conflicts=True,
            unique_fields=[model._meta.pk.name],
            update_fields=fields,
        )


def _is_ours(field: Any) -> bool:
    return not getattr(field, "auto_now_add", False)


def _save_list(field: ManyToManyField, species: Sequence[Species]) -> None:
    through = field.remote_field.through
    own, other = field.m2m_field_name(), field.m2m_reverse_field_name()
    through.objects.filter(**{f"{own}__in": [record.pk for record in species]}).delete()
    through.objects.bulk_create(
        [
            through(**{f"{own}_id": record.pk, f"{other}_id": one.pk})
            for record in species
            for one in getattr(record, field.name).all()
        ],
        batch_size=BATCH,
    )


def _revisions(edits: Sequence[Edit], user: Any) -> list[Revision]:
    now = timezone.now()
    kind = Species.get_content_type()
    revisions = [
        Revision(
            content_type=kind,
            base_content_type=kind,
            object_id=str(edit.species.pk),
            created_at=now,
            user=user,
            object_str=str(edit.species),
            content=edit.species.serializable_data(),
        )
        for edit in edits
    ]
    return Revision.objects.bulk_create(revisions, batch_size=BATCH)


def _publish(edits: Sequence[Edit], revisions: Sequence[Revision]) -> None:
    """Let each record have its revision as Wagtail's publishing, or saving a draft, would."""
    now = timezone.now()
    for edit, revision in zip(edits, revisions, strict=True):
        species = edit.species
        species.latest_revision = revision
        species.live_revision = revision if species.live else None
        species.has_unpublished_changes = not species.live
        if species.live:
            species.expired = False
            species.last_published_at = now
            species.first_published_at = species.first_published_at or now
    _overwrite(Species, [edit.species for edit in edits])


def _drop_plans(species: Species, user: Any) -> None:
    """Cancel review and publication of a draft that is overwritten."""
    species.revisions.update(approved_go_live_at=None)
    if workflow := species.current_workflow_state:
        workflow.cancel(user=user)


def _log(edits: Sequence[Edit], user: Any, run: uuid.UUID) -> None:
    """Put down in the history what was done; `run` is the same for all that one file changes."""
    model = log_registry.get_log_model_for_model(Species)
    entries = [
        model(
            content_type=Species.get_content_type(),
            object_id=str(edit.species.pk),
            label=model.objects.get_instance_title(edit.species),
            action=action,
            timestamp=timezone.now(),
            user=user,
            uuid=run,
            revision=edit.species.latest_revision,
            content_changed=action != "wagtail.unpublish",
        )
        for edit in edits
        for action in _actions(edit)
    ]
    model.objects.bulk_create(entries, batch_size=BATCH)


def _actions(edit: Edit) -> list[str]:
    actions = ["wagtail.create" if edit.is_new else "wagtail.edit"]
    if edit.species.live:
        actions.append("wagtail.publish")
    elif edit.was_live:
        actions.append("wagtail.unpublish")
    return actions
