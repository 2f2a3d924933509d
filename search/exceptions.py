"""Refusals about saved searches. Each says to a person what happened and what to do."""

from django.utils.translation import gettext as _


class SavingRefused(Exception):
    """A search is not saved; `str()` is the sentence to show. Nothing has been changed."""


class UnreadableSearch(SavingRefused):
    """What is to be saved is no search."""

    def __init__(self):
        super().__init__(_("This search cannot be read. Please search again, then save it."))


class SearchTooLong(SavingRefused):
    """More is asked than is kept."""

    def __init__(self):
        super().__init__(
            _("This search has too many words and choices to be saved. Please remove some.")
        )


class TooManySaved(SavingRefused):
    """The person has saved as many as anybody may."""

    def __init__(self, most: int):
        super().__init__(
            _("You have saved %(most)d searches, the most there may be. Delete one first.")
            % {"most": most}
        )
