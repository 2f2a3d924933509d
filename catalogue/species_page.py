"""What the species page shows, put together once for the page and for previews."""

from dataclasses import dataclass
from itertools import groupby

from django.utils.text import Truncator
from django.utils.translation import get_language

from wagtail import hooks

from catalogue import conservation, drawing, figures
from catalogue.citations import Citation, apa
from catalogue.footnotes import codes, without_marks
from catalogue.models import (
    Certificate,
    KnowledgeRecord,
    Language,
    LookAlike,
    Province,
    Reference,
    Species,
)
from catalogue.models.species import NAME_LANGUAGE
from catalogue.models.texts import PASSAGES
from catalogue.places import is_withheld, public_places
from catalogue.prose import Prose
from catalogue.province_map import tiles
from catalogue.seasons import calendar, month_heads
from catalogue.world_areas import area_name
from core.languages import bcp47


def panels(name: str, *args) -> list[str]:
    """Ask the apps above for their panels: safe HTML, empty answers left out."""
    return [html for html in (answer(*args) for answer in hooks.get_hooks(name)) if html]


def species_context(species: Species, request, *, is_preview: bool = False) -> dict:
    """Return everything the species page shows this person of a record that was read whole."""
    text = species.text
    sources = _sources(species)
    names = names_by_language(species)
    prose = Prose(known=set(sources), language=text.language if text else None)
    context = {
        "species": species,
        "text": text,
        "lead": Truncator(without_marks(text.description) if text else "").words(28),
        "passages": {
            name: prose.html(getattr(text, name))
            for name in PASSAGES
            if text and getattr(text, name)
        },
        "plate": drawing.inline(species) if is_preview else drawing.address(species),
        "plate_words": drawing.words(species),
        "figures": figures.shown(species, request.user),
        "doubles": doubles(species),
        "names_by_language": names,
        "called": called(species, names),
        "traits": traits_by_question(species),
        "months": month_heads(),
        "preparations": preparations_by_part(species),
        "is_strictly_protected": conservation.is_strictly_protected(species.conservation.all()),
        **_places(species),
        "certificates": Certificate.objects.visible_to(request.user)
        .proving()
        .filter(species=species.pk)
        .select_related("establishment")
        .order_by("standard", "-expires_on"),
        "knowledge": KnowledgeRecord.objects.visible_to(request.user)
        .filter(species=species.pk)
        .for_record(),
        "panels": panels("catalogue_species_panels", species, request),
        "cite": apa(Citation.of(species)) if species.pk else "",
        "prose": prose,
    }
    context["references"] = _references(species, sources, prose)
    context["calendar"] = calendar(species.seasons.all())
    return context


def _sources(species: Species) -> dict[str, Reference]:
    """Return every work the record may cite, by its code; texts may cite works beyond its list."""
    works = {work.code: work for work in species.references.all()}
    for relation in ("names", "preparations", "markers", "seasons", "distribution", "conservation"):
        works |= {row.source.code: row.source for row in getattr(species, relation).all()}
    text = species.text
    cited = {code for name in PASSAGES if text for code in codes(getattr(text, name))}
    if missing := cited - set(works):
        works |= {work.code: work for work in Reference.objects.filter(code__in=missing)}
    return works


def _references(species: Species, sources: dict[str, Reference], prose: Prose) -> list[Reference]:
    """Return the works in the order of their notes; facts cite theirs after the texts do."""
    for relation in ("conservation", "seasons", "distribution", "markers", "preparations", "names"):
        for row in getattr(species, relation).all():
            row.note = prose.mark(row.source.code, row.locator)
    for work in species.references.all():
        prose.notes.number(work.code)
    return [sources[code] for code in prose.notes.codes()]


@dataclass(frozen=True)
class Double:
    """A plant that one may take for another, as the page of either shows it."""

    scientific_name: str
    authorship: str
    name: str
    is_toxic: bool
    slug: str = ""
    url: str = ""
    plate: str = ""


def doubles(species: Species) -> list[Double]:
    """Return the plants taken for this one and those it is taken for, poisonous ones first."""
    found = [_double(row, row.other) for row in species.look_alikes.all()]
    found += [_double(row, row.species) for row in (species.taken_for.all() if species.pk else ())]
    by_name = {double.scientific_name: double for double in reversed(found)}
    return sorted(
        by_name.values(), key=lambda double: (not double.is_toxic, double.scientific_name)
    )


def _double(row: LookAlike, record: Species | None) -> Double:
    if record is None or not record.live:
        return Double(row.scientific_name, row.authorship, row.vernacular, row.is_toxic)
    return Double(
        record.scientific_name,
        record.authorship,
        getattr(record, "shown_title", None) or record.title,
        record.is_toxic or (row.is_toxic and row.other_id == record.pk),
        record.slug,
        record.get_absolute_url(),
        drawing.address(record),
    )


def names_by_language(species: Species) -> list[dict]:
    """Return the names grouped by language, the reader's own language first."""
    own = NAME_LANGUAGE.get((get_language() or "vi")[:2], "vie")
    order = list(dict.fromkeys([own, "vie", "eng"]))
    names = list(species.names.all())
    rank = {code: place for place, code in enumerate(order)}
    names.sort(key=lambda name: (rank.get(name.language, len(order)), name.language))
    spoken = Language.objects.labelled().in_bulk({n.language for n in names}, field_name="code")
    return [
        {
            "language": spoken[code].label if code in spoken else code,
            "endonym": spoken[code].endonym if code in spoken else "",
            "bcp47": bcp47(code),
            "names": list(members),
        }
        for code, members in groupby(names, key=lambda name: name.language)
    ]


def called(species: Species, names: list[dict]) -> list[dict]:
    """Return what else people call it, by language, without the name that is the page's title."""
    others = [
        group | {"names": [name for name in group["names"] if name.name != species.title]}
        for group in names
    ]
    return [group for group in others if group["names"]]


def traits_by_question(species: Species) -> list[tuple[str, list[str]]]:
    """Return each question with the answers the species gives, in the order of the key."""
    rows = sorted(
        species.traits.all(),
        key=lambda row: (
            row.trait_position if hasattr(row, "trait_position") else row.state.trait.position,
            row.state.position,
        ),
    )
    facts: dict[str, list[str]] = {}
    for row in rows:
        label = getattr(row, "trait_label", None) or row.state.trait.label
        facts.setdefault(label, []).append(row.state.label)
    return list(facts.items())


def preparations_by_part(species: Species) -> list[tuple[str, list]]:
    """Return each part used with the forms in which it is prepared or sold."""
    by_part: dict[str, list] = {part.label: [] for part in species.parts.all()}
    for row in species.preparations.all():
        by_part.setdefault(row.part.label, []).append(row)
    return list(by_part.items())


def _places(species: Species) -> dict:
    """Return the places the public is told: provinces with their communes, areas of the world."""
    rows = public_places(species)
    provinces: dict[str, dict] = {}
    for row in rows:
        if row.province is None:
            continue
        entry = provinces.setdefault(row.province_id, {"row": row, "communes": []})
        if row.commune:
            entry["communes"].append(row.commune.full_name)
        else:
            entry["row"] = row
    world = [
        {"name": area_name(row.area_code), "code": row.area_code, "row": row}
        for row in rows
        if row.area_code
    ]
    return {
        "provinces": list(provinces.values()),
        "world": sorted(world, key=lambda place: place["name"]),
        "tiles": tiles(rows, Province.objects.all()) if provinces else [],
        "is_withheld": is_withheld(species),
    }
