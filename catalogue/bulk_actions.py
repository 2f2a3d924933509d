"""What curators do to many records of the list at once."""

import io

from django.core.exceptions import ValidationError
from django.http import FileResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from wagtail.admin import messages
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction

from catalogue.exchange.exporting import export_species
from catalogue.models import Species
from catalogue.services import species as services


class SpeciesBulkAction(SnippetBulkAction):
    """One verb for each chosen record; a record that refuses is named and left as it is."""

    models = [Species]
    template_name = "catalogue/admin/confirm_bulk_action.html"
    question = ""
    permission = "publish"

    def check_perm(self, snippet):
        return self.permission_policy.user_has_permission(self.request.user, self.permission)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "question": self.question,
            "verb": self.display_name,
        }

    def get_execution_context(self):
        return super().get_execution_context() | {"person": self.request.user}

    @classmethod
    def execute_action(cls, objects, person=None, self=None, **kwargs):
        done = 0
        for species in objects:
            try:
                cls.do(species, person)
                done += 1
            except ValidationError as error:
                messages.error(
                    self.request,
                    _("“%(name)s” stays as it is: %(why)s")
                    % {"name": species, "why": " ".join(error.messages)},
                )
        return done, 0

    @staticmethod
    def do(species: Species, person) -> None:
        """Do to one record what the action says. Raises ValidationError when it refuses."""
        raise NotImplementedError

    def get_success_message(self, num_parent_objects, num_child_objects):
        if num_parent_objects == 0:
            return None
        return ngettext(
            "Done: %(count)d record.", "Done: %(count)d records.", num_parent_objects
        ) % {"count": num_parent_objects}


class PublishBulkAction(SpeciesBulkAction):
    display_name = gettext_lazy("Publish")
    action_type = "publish"
    aria_label = gettext_lazy("Publish the chosen records")
    question = gettext_lazy("Publish the newest draft of these records?")
    action_priority = 10

    @staticmethod
    def do(species, person):
        services.publish(species=species, person=person)


class UnpublishBulkAction(SpeciesBulkAction):
    display_name = gettext_lazy("Unpublish")
    action_type = "unpublish"
    aria_label = gettext_lazy("Unpublish the chosen records")
    question = gettext_lazy("Take these records off the site? Nothing of them is lost.")
    action_priority = 20

    @staticmethod
    def do(species, person):
        services.unpublish(species=species, person=person)


class ReviewedBulkAction(SpeciesBulkAction):
    display_name = gettext_lazy("Mark as reviewed")
    action_type = "mark_reviewed"
    aria_label = gettext_lazy("Mark the chosen records as reviewed")
    question = gettext_lazy("Have these records been reviewed? The mark “demonstration” goes.")
    action_priority = 40

    @staticmethod
    def do(species, person):
        services.mark(species=species, as_demonstration=False, person=person)


class DemonstrationBulkAction(SpeciesBulkAction):
    display_name = gettext_lazy("Mark as demonstration")
    action_type = "mark_demonstration"
    aria_label = gettext_lazy("Mark the chosen records as demonstration")
    question = gettext_lazy("Mark these records as a demonstration that nobody has reviewed?")
    action_priority = 50

    @staticmethod
    def do(species, person):
        services.mark(species=species, as_demonstration=True, person=person)


class ExportBulkAction(SpeciesBulkAction):
    display_name = gettext_lazy("Download as a workbook")
    action_type = "export"
    aria_label = gettext_lazy("Download the chosen records as a workbook")
    question = gettext_lazy(
        "Download these records to work on them in a spreadsheet? Exact places are in the file: it "
        "is not for the public."
    )
    permission = "change"
    action_priority = 60

    def prepare_action(self, objects, objects_without_access):
        """Answer with the file; there is nothing left to do to the records."""
        file = io.BytesIO()
        export_species(Species.objects.filter(pk__in=[one.pk for one in objects]), file)
        file.seek(0)
        return FileResponse(file, as_attachment=True, filename="species.xlsx")


ACTIONS = (
    PublishBulkAction,
    UnpublishBulkAction,
    ReviewedBulkAction,
    DemonstrationBulkAction,
    ExportBulkAction,
)
