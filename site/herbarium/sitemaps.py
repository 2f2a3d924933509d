"""The list of all public pages for search engines, each with its address in every language.

Records are listed in blocks of their keys, so that the file of a block never changes its members,
no file is longer than the protocol allows, and none is ever counted through or held in memory.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from urllib.parse import quote
from uuid import UUID
from xml.sax.saxutils import escape

from django.conf import settings
from django.db.models import F, Max, QuerySet
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_safe

from wagtail.models import Page

from catalogue.models import Certificate, HomePage, Species, StoryPage
from market.models import Lot

BLOCK = 10_000
# Keys of more records than there are plants; a database refuses numbers of any length.
LAST_BLOCK = 10_000_000
LANGUAGES = [code for code, _name in settings.LANGUAGES]
# Lists and other pages that stand for no record of their own.
STATIC = (
    "catalogue:species_list",
    "catalogue:species_index",
    "catalogue:taxonomy",
    "catalogue:species_key",
    "catalogue:glossary",
    "catalogue:certificate_list",
    "catalogue:area_list",
    "market:lot_list",
)
MEDIA_TYPE = "application/xml; charset=utf-8"
OPENING = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    'xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
)

# Address without host by language, and when the page last changed if that is known.
Entry = tuple[dict[str, str], datetime | None]


@dataclass(frozen=True)
class Records:
    """A kind of record that has a page: which are public, what names one, when it changed."""

    view: str
    key: str
    changed: str
    public: Callable[[], QuerySet]

    def blocks(self) -> Iterator[tuple[int, datetime]]:
        """Yield the number of every block with a public record in it, and its last change."""
        rows = self.public().order_by().annotate(block=F("pk") / BLOCK).values("block")
        for row in rows.annotate(last=Max(self.changed)).order_by("block"):
            yield row["block"], row["last"]

    def entries(self, block: int) -> Iterator[Entry]:
        """Yield the pages of a block."""
        within = self.public().filter(pk__gte=block * BLOCK, pk__lt=(block + 1) * BLOCK)
        patterns = {language: _address(self.view, language, "KEY") for language in LANGUAGES}
        rows = within.order_by("pk").values_list(self.key, self.changed)
        for key, changed in rows.iterator():
            yield (
                {
                    language: pattern.replace("KEY", quote(str(key)))
                    for language, pattern in patterns.items()
                },
                changed,
            )


SECTIONS = {
    "species": Records(
        "catalogue:species_detail", "slug", "changed_at", lambda: Species.objects.visible_to(None)
    ),
    "lots": Records("market:lot_detail", "code", "changed_at", lambda: Lot.objects.on_sale()),
    "certificates": Records(
        "catalogue:certificate_detail",
        "number",
        "changed_at",
        lambda: Certificate.objects.visible_to(None),
    ),
}


@require_safe
def index(request):
    """The list of lists."""
    lines = [_member("pages", 0, None)]
    for name, records in SECTIONS.items():
        lines += [_member(name, block, last) for block, last in records.blocks()]
    body = "".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>\n',
            '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n',
            *lines,
            "</sitemapindex>\n",
        ]
    )
    return HttpResponse(body, content_type=MEDIA_TYPE)


def _member(name: str, block: int, last: datetime | None) -> str:
    address = reverse("sitemap_section", args=[name, block])
    return f"<sitemap><loc>{settings.BASE_URL}{address}</loc>{_lastmod(last)}</sitemap>\n"


@require_safe
def section(request, section: str, block: int):
    """The pages of one list, written as they are read. 404 for a block with none."""
    if section == "pages" and block == 0:
        entries = _pages()
    elif section in SECTIONS and block <= LAST_BLOCK:
        entries = SECTIONS[section].entries(block)
    else:
        raise Http404
    first = next(entries, None)
    if first is None:
        raise Http404
    return StreamingHttpResponse(_urlset(chain([first], entries)), content_type=MEDIA_TYPE)


def _urlset(entries: Iterable[Entry]) -> Iterator[str]:
    yield OPENING
    for addresses, changed in entries:
        yield _urls(addresses, changed)
    yield "</urlset>\n"


def _urls(addresses: dict[str, str], changed: datetime | None) -> str:
    """Write a page once per language, each time with all its languages beside it.

    Whoever reads neither language is sent to the address without one, which asks the browser.
    """
    known = {language: settings.BASE_URL + address for language, address in addresses.items()}
    if len(known) == len(LANGUAGES):
        first = LANGUAGES[0]
        known["x-default"] = settings.BASE_URL + addresses[first].removeprefix(f"/{first}")
    others = "".join(
        f'<xhtml:link rel="alternate" hreflang="{language}" href="{escape(address)}"/>'
        for language, address in known.items()
    )
    return "".join(
        f"<url><loc>{escape(known[language])}</loc>{_lastmod(changed)}{others}</url>\n"
        for language in addresses
    )


def _lastmod(moment: datetime | None) -> str:
    return f"<lastmod>{moment:%Y-%m-%dT%H:%M:%SZ}</lastmod>" if moment else ""


def _pages() -> Iterator[Entry]:
    """Yield the lists, and the stories that everybody may read with their translations."""
    for view in STATIC:
        yield {language: _address(view, language) for language in LANGUAGES}, None
    translations: dict[UUID, dict[str, str]] = {}
    changed: dict[UUID, datetime] = {}
    public = Page.objects.type((HomePage, StoryPage)).live().public().select_related("locale")
    for page in public.order_by("path"):
        key = page.translation_key
        translations.setdefault(key, {})[page.locale.language_code] = page.get_url() or ""
        changed[key] = max(filter(None, (changed.get(key), page.last_published_at)), default=None)
    for key, addresses in translations.items():
        yield addresses, changed[key]


def _address(view: str, language: str, *args: str) -> str:
    with override(language):
        return reverse(view, args=args)
