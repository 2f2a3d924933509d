"""The mail that tells a person what has become of the records their lots rest on."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from wagtail.users.models import UserProfile

from core.days import format_day
from market.models import Lot, Notice

News = Notice.News
# A longer list is better read on the site.
MOST_LOTS = 20


@dataclass(frozen=True)
class Item:
    """One notice as the mail says it, with lots that are open and not on sale now."""

    sentence: str
    reason: str
    url: str
    lots: list[str]
    more: int


def notice(person, name: uuid.UUID) -> EmailMultiAlternatives:
    """Return the mail of this name: the notices that were claimed for it, in the person's language.

    One piece of news is the subject itself; several are counted.
    """
    language = UserProfile.get_for_user(person).get_preferred_language()
    with translation.override(language if language in dict(settings.LANGUAGES) else None):
        claimed = Notice.objects.filter(mail=name).select_related("certificate", "area")
        items = [_item(one) for one in claimed]
        context = {
            "items": items,
            "first": items[0],
            "desk_url": _absolute(reverse("market:desk")),
            "is_demonstration": settings.IS_DEMONSTRATION,
        }
        subject, text, html = (
            render_to_string(f"market/emails/notice/{part}", context)
            for part in ("subject.txt", "body.txt", "body.html")
        )
    mail = EmailMultiAlternatives(
        subject=" ".join(subject.split()),
        body=text,
        to=[person.email],
        headers={
            "Message-ID": f"<{name}@{urlsplit(settings.BASE_URL).hostname}>",
            "Auto-Submitted": "auto-generated",
        },
    )
    mail.attach_alternative(html, "text/html")
    return mail


def _item(one: Notice) -> Item:
    record = one.record
    words = OF_CERTIFICATE if one.certificate_id else OF_AREA
    named = {"day": ""} if one.area_id else {"day": format_day(record.expires_on)}
    named["name"] = record.number if one.certificate_id else record.code
    resting = Lot.objects.resting_on(record).filter(state=Lot.State.OPEN)
    stopped = resting.exclude(pk__in=Lot.objects.on_sale().order_by().values("pk"))
    codes = list(stopped.order_by("code").values_list("code", flat=True)[: MOST_LOTS + 1])
    return Item(
        sentence=words[News(one.news)]() % named,
        reason=one.reason,
        url=_absolute(record.get_absolute_url()),
        lots=codes[:MOST_LOTS],
        more=stopped.count() - MOST_LOTS if len(codes) > MOST_LOTS else 0,
    )


OF_CERTIFICATE: dict[News, Callable[[], str]] = {
    News.ACCEPTED: lambda: _("Certificate %(name)s is in force."),
    News.DUE: lambda: _("Certificate %(name)s runs out after %(day)s."),
    News.EXPIRED: lambda: _("Certificate %(name)s ran out on %(day)s."),
    News.RETURNED: lambda: _("Certificate %(name)s is being checked again."),
    News.SUSPENDED: lambda: _("Certificate %(name)s is suspended."),
    News.WITHDRAWN: lambda: _("Certificate %(name)s has been withdrawn."),
}
OF_AREA: dict[News, Callable[[], str]] = {
    News.ACCEPTED: lambda: _("The code of growing area %(name)s is in force."),
    News.RETURNED: lambda: _("The code of growing area %(name)s is being checked again."),
    News.SUSPENDED: lambda: _("The code of growing area %(name)s is suspended."),
    News.WITHDRAWN: lambda: _("The code of growing area %(name)s has been withdrawn."),
}


def _absolute(path: str) -> str:
    return urljoin(f"{settings.BASE_URL}/", path)
