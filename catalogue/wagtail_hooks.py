"""Registration only; what is registered stands in admin.py and services/."""

from django.utils.translation import gettext_lazy as _

from wagtail import hooks
from wagtail.snippets.models import register_snippet

from catalogue.admin import (
    CollectionViewSetGroup,
    RegistersViewSetGroup,
    VocabularyViewSetGroup,
)
from catalogue.models import Certificate
from catalogue.services.certificates import announce

register_snippet(CollectionViewSetGroup)
register_snippet(VocabularyViewSetGroup)
register_snippet(RegistersViewSetGroup)


@hooks.register("register_log_actions")
def register_actions(actions):
    actions.register_action(
        "catalogue.certificate.decided", _("Decide on a certificate"), _("Decided on a certificate")
    )


@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
def follow_certificates(request, instance):
    """A certificate edited by hand has the same consequences as one decided by a service."""
    if isinstance(instance, Certificate):
        announce(instance)
