"""What translators decide about texts."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction

from wagtail.log_actions import log
from wagtail.models import Revision

from catalogue.models import SpeciesText


class NoOriginal(Exception):
    """There is no text in the first language that a translation could follow."""


@transaction.atomic
def confirm_translation(*, text: SpeciesText, person) -> SpeciesText:
    """Note that a translation says what the first language says now; its words stay as they are.

    Raises PermissionDenied when the person may not publish species, and NoOriginal when the species
    has no text in the first language.
    """
    if not person.has_perm("catalogue.publish_species"):
        raise PermissionDenied
    text = SpeciesText.objects.select_related("species__latest_revision").get(pk=text.pk)
    original = text.species.texts.filter(language=settings.LANGUAGE_CODE).first()
    if original is None:
        raise NoOriginal
    text.made_from = original.digest
    text.save(update_fields=["made_from"])
    if text.species.has_unpublished_changes and text.species.latest_revision:
        _note_in_draft(text.species.latest_revision, text)
    log(
        instance=text.species,
        action="catalogue.text.confirmed",
        user=person,
        data={"language": text.language},
    )
    return text


def _note_in_draft(draft: Revision, text: SpeciesText) -> None:
    """Carry the decision into the draft, which would undo it when it is published.

    Only where the draft has the same words: of others nobody has said anything. The revision is
    changed in place, because no word of it is another one.
    """
    for row in draft.content.get("texts", []):
        if row["language"] == text.language and row["digest"] == text.digest:
            row["made_from"] = text.made_from
            draft.save(update_fields=["content"])
