"""Records as harvesters get them: headers, and Dublin Core of what is public."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from catalogue.exports.licence import LICENCE_URL
from catalogue.exports.taxa import page_of
from catalogue.models import Family, Species, WithdrawnSpecies
from catalogue.oai.errors import OaiError, bad_token, unknown_id
from catalogue.oai.requests import Selection

PAGE = 100
TEXT_LANGUAGES = {"vie": "vi", "eng": "en", "lat": "la", "zho": "zh"}

# element, text, language (BCP 47) or nothing
Element = tuple[str, str, str]


@dataclass(frozen=True)
class Item:
    """A record of the list: what its header says, and its elements unless it was withdrawn."""

    identifier: str
    datestamp: datetime
    family: str = ""
    is_withdrawn: bool = False
    elements: list[Element] = field(default_factory=list)


@dataclass(frozen=True)
class Page:
    """Some items of a list, and the selection that goes on after them, if there are more."""

    items: list[Item]
    seen: int
    total: int
    following: Selection | None


def identifier_of(slug: str) -> str:
    """Return the identifier under which harvesters know a record."""
    return f"oai:{urlsplit(settings.BASE_URL).hostname}:{slug}"


def _slug_of(identifier: str) -> str:
    prefix = identifier_of("")
    if not identifier.startswith(prefix):
        raise unknown_id()
    return identifier.removeprefix(prefix)


def find(identifier: str) -> Item:
    """Return one record. Raises OaiError when it is not and never was public."""
    slug = _slug_of(identifier)
    species = _whole(_published()).filter(slug=slug).first()
    if species is not None:
        return _item(species)
    withdrawn = _withdrawn().filter(slug=slug).first()
    if withdrawn is None:
        raise unknown_id()
    return _gone(withdrawn)


def page(selection: Selection) -> Page:
    """Return a page of a list, paged by key. Raises OaiError when there is nothing at all.

    Published records come first and withdrawn ones after them, each in the order in which they were
    made. What changes while somebody harvests has a later date and is found the next time.
    """
    if not selection.total:
        selection = replace(selection, total=_count(selection))
    if not selection.total:
        raise OaiError("noRecordsMatch", "No record was changed then, or of this set.")
    items: list[Item] = []
    last = selection
    for withdrawn in (False, True):
        if withdrawn < selection.withdrawn:
            continue
        after = selection.after if withdrawn == selection.withdrawn else 0
        rows = _rows(selection, withdrawn).filter(pk__gt=after).order_by("pk")
        for row in rows[: PAGE + 1 - len(items)]:
            items.append(_gone(row) if withdrawn else _item(row))
            if len(items) <= PAGE:
                last = replace(selection, withdrawn=withdrawn, after=row.pk)
        if len(items) > PAGE:
            break
    if not items:
        raise bad_token()  # what was left to give has been taken away since
    shown = items[:PAGE]
    following = replace(last, seen=selection.seen + PAGE) if len(items) > PAGE else None
    return Page(shown, selection.seen, selection.total, following)


def earliest() -> datetime | None:
    """Return when the oldest change happened that a harvester can still ask for."""
    moments = [
        *_published().order_by("changed_at").values_list("changed_at", flat=True)[:1],
        *_withdrawn().order_by("withdrawn_at").values_list("withdrawn_at", flat=True)[:1],
    ]
    return min(moments, default=None)


def sets() -> list[tuple[str, str]]:
    """Return code and name of every family with a published record."""
    members = Exists(_published().filter(family=OuterRef("pk")))
    return list(Family.objects.filter(members).order_by("code").values_list("code", "name"))


def _published() -> QuerySet[Species]:
    return Species.objects.visible_to(None)


def _withdrawn() -> QuerySet[WithdrawnSpecies]:
    """Return what was withdrawn and has not been published again by whatever way."""
    return WithdrawnSpecies.objects.exclude(Exists(_published().filter(slug=OuterRef("slug"))))


def _whole(rows: QuerySet[Species]) -> QuerySet[Species]:
    return rows.select_related("family").prefetch_related("names", "texts", "synonyms")


def _count(selection: Selection) -> int:
    if selection.family and not Family.objects.filter(code=selection.family).exists():
        return 0
    return sum(_rows(selection, withdrawn).count() for withdrawn in (False, True))


def _rows(selection: Selection, withdrawn: bool) -> QuerySet:
    rows = _withdrawn() if withdrawn else _whole(_published())
    stamp = "withdrawn_at" if withdrawn else "changed_at"
    if selection.since:
        rows = rows.filter(**{f"{stamp}__gte": selection.since})
    if selection.before:
        rows = rows.filter(**{f"{stamp}__lt": selection.before})
    if not selection.family:
        return rows
    if not withdrawn:
        return rows.filter(family__code=selection.family)
    # Of a record that is gone altogether nobody knows the family any more: every set tells of it,
    # because a harvester must not keep it.
    still_there = Species.objects.filter(slug=OuterRef("slug"))
    return rows.filter(
        Q(Exists(still_there.filter(family__code=selection.family))) | ~Exists(still_there)
    )


def _gone(row: WithdrawnSpecies) -> Item:
    return Item(identifier_of(row.slug), row.withdrawn_at, is_withdrawn=True)


def _item(species: Species) -> Item:
    return Item(
        identifier_of(species.slug), species.changed_at, species.family.code, False, _core(species)
    )


def _core(species: Species) -> list[Element]:
    """Return a record in Dublin Core, without places: it has no word for how exact they are."""
    full_name = f"{species.scientific_name} {species.authorship}".strip()
    said: list[Element] = [("title", full_name, "la")]
    said += [
        ("title", name.name, TEXT_LANGUAGES.get(name.language, name.language))
        for name in species.names.all()
    ]
    said += [("subject", species.family.name, "la")]
    said += [
        ("subject", f"{other.name} {other.authorship}".strip(), "la")
        for other in species.synonyms.all()
    ]
    texts = list(species.texts.all())
    said += [("description", text.description, text.language) for text in texts]
    said += [
        ("publisher", settings.WAGTAIL_SITE_NAME, ""),
        ("date", f"{species.changed_at:%Y-%m-%d}", ""),
        ("type", "Dataset", ""),
        ("format", "text/html", ""),
        ("identifier", page_of(species.slug), ""),
        *(("language", text.language, "") for text in texts),
        ("rights", LICENCE_URL, ""),
    ]
    return said
