"""The steps of a record through the register, and which may follow which."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Decision(models.TextChoices):
    """The steps of a record through the register. What follows from them is derived."""

    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted")
    CHECKED = "checked", _("checked against its source")
    RETURNED = "returned", _("returned")
    ACCEPTED = "accepted", _("accepted")
    SUSPENDED = "suspended", _("suspended")
    WITHDRAWN = "withdrawn", _("withdrawn")


# Nobody has vouched for a record in these steps, or nobody does any more.
UNDER_REVIEW = (Decision.DRAFT, Decision.SUBMITTED, Decision.CHECKED, Decision.RETURNED)

# Only here facts are edited: what is checked, and then accepted, is what was submitted.
EDITABLE = (Decision.DRAFT, Decision.RETURNED)

MOVES: dict[Decision, frozenset[Decision]] = {
    Decision.DRAFT: frozenset({Decision.SUBMITTED}),
    Decision.RETURNED: frozenset({Decision.SUBMITTED}),
    Decision.SUBMITTED: frozenset({Decision.CHECKED, Decision.RETURNED}),
    Decision.CHECKED: frozenset({Decision.ACCEPTED, Decision.RETURNED}),
    # What was accepted wrongly goes back to be corrected, and proves nothing meanwhile.
    Decision.ACCEPTED: frozenset({Decision.SUSPENDED, Decision.RETURNED}),
    Decision.SUSPENDED: frozenset({Decision.ACCEPTED, Decision.WITHDRAWN}),
    Decision.WITHDRAWN: frozenset({Decision.ACCEPTED}),
}

# Whoever took the step before may not take these: four eyes see what badges come and go by.
FOUR_EYES = frozenset({Decision.ACCEPTED, Decision.WITHDRAWN})


def needs_reason(before: Decision, after: Decision) -> bool:
    """Return whether a step has to say why; a check says against what it was made."""
    if after == Decision.ACCEPTED:
        return before != Decision.CHECKED
    return after != Decision.SUBMITTED
