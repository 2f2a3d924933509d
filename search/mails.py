"""The mails of saved searches, in the language of the search."""

import uuid
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from market.models import Lot
from search.documents.lots import LotDocument
from search.models import SavedSearch

# A longer list is better read on the site.
MOST_LOTS = 30


def alert(saved: SavedSearch, name: uuid.UUID) -> EmailMultiAlternatives:
    """Return the mail of this name: the lots that were claimed for it, and how to stop.

    Its headers let a mail program stop the alerts at one click (RFC 8058).
    """
    with translation.override(saved.language):
        context = _context(saved, name)
        subject, text, html = (
            render_to_string(f"search/emails/alert/{part}", context)
            for part in ("subject.txt", "body.txt", "body.html")
        )
    mail = EmailMultiAlternatives(
        subject=" ".join(subject.split()),
        body=text,
        to=[saved.person.email],
        headers={
            "Message-ID": f"<{name}@{urlsplit(settings.BASE_URL).hostname}>",
            "Auto-Submitted": "auto-generated",
            "List-Unsubscribe": f"<{context['stop_url']}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )
    mail.attach_alternative(html, "text/html")
    return mail


def _context(saved: SavedSearch, name: uuid.UUID) -> dict:
    lots = Lot.objects.filter(alerts__mail=name).order_by("-published_at", "-pk")
    shown = list(lots.for_rows()[:MOST_LOTS])
    total = lots.count() if len(shown) == MOST_LOTS else len(shown)
    return {
        "saved": saved,
        "total": total,
        "more": total - len(shown),
        "lots": [
            {
                "lot": lot,
                "title": LotDocument.title(lot),
                "url": _absolute(lot.get_absolute_url()),
            }
            for lot in shown
        ],
        "results_url": _absolute(saved.get_absolute_url()),
        "stop_url": _absolute(saved.stop_url),
        "account_url": _absolute(reverse("search:saved_list")),
        "is_demonstration": settings.IS_DEMONSTRATION,
    }


def _absolute(path: str) -> str:
    return urljoin(f"{settings.BASE_URL}/", path)
