"""What an edited file does to the collection, and what it must not do."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from wagtail.models import ModelLogEntry, ReferenceIndex, Revision

import pytest

from catalogue.exchange import import_species
from catalogue.exchange.facts import of_revision, stored, without_history
from catalogue.exchange.words import Words
from catalogue.models import Species, SpeciesText, VernacularName
from catalogue.signals import species_changed_many
from core.text import fold
from tests.factories.catalogue import SpeciesFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


def said(report):
    return [str(problem) for problem in report.problems]


def diff(book, **options):
    """Return what a dry run says, and see that it changes nothing."""
    before = list(Revision.objects.values_list("pk", "content"))
    report = import_species(book.save(), dry_run=True, **options)
    assert list(Revision.objects.values_list("pk", "content")) == before
    assert said(report) == []
    return [f"{slug} · {change}" for slug, found in report.changes.items() for change in found]


def refused(book, **options):
    """Return the problems of a file, and see that nothing of it is saved."""
    before = stored(list(Species.objects.values_list("pk", flat=True)), Words())
    revisions = Revision.objects.count()
    problems = said(import_species(book.save(), **options))
    assert stored(list(Species.objects.values_list("pk", flat=True)), Words()) == before
    assert Revision.objects.count() == revisions
    assert problems
    return problems


def test_an_edited_cell_is_said_and_saved(book):
    book.set("species", "elevation_max_m", "1200")
    assert diff(book) == ["que · elevation_max_m: 1000 → 1200"]
    report = import_species(book.path)
    assert (said(report), report.changed, report.unchanged) == ([], 1, 0)
    assert Species.objects.get(slug="que").elevation_max_m == 1200


def test_rows_are_added_changed_and_removed(book):
    book.add(
        "names", species="que", name="Quế quỳ", language="vie", kind="vernacular", source="powo"
    )
    book.sheets["names"].remove(book.lines("names")[1])
    book.set("distribution", "status", "rare", row=1)
    book.set("texts", "habitat[en]", "Forest.")
    assert diff(book) == [
        "que · names: − Kia (ium, vernacular)",
        "que · names: + Quế quỳ (vie, vernacular)",
        'que · texts[en].habitat: trống → "Forest."',
        "que · distribution[15 (03006)].status: present → rare",
    ]


def test_rows_that_stay_keep_their_key_and_what_no_sheet_shows(book):
    kept = list(Species.objects.get(slug="que").names.values_list("pk", flat=True))
    book.set("names", "locator", "7")
    assert said(import_species(book.save())) == []
    names = Species.objects.get(slug="que").names.all()
    assert [name.pk for name in names] == kept
    assert [(name.name, name.locator, bool(name.recording)) for name in names] == [
        ("Quế", "7", True),
        ("Kia", "12", False),
    ]


def test_another_order_is_a_change_because_the_first_name_is_preferred(book):
    lines = book.sheets["names"]
    lines[1], lines[2] = lines[2], lines[1]
    assert diff(book) == [
        (
            "que · names: thứ tự Quế (vie, vernacular), Kia (ium, vernacular) → "
            "Kia (ium, vernacular), Quế (vie, vernacular)"
        )
    ]
    import_species(book.path)
    assert [n.name for n in Species.objects.get(slug="que").names.all()] == ["Kia", "Quế"]


def test_what_is_derived_follows(book):
    book.set("names", "name", "Quế Đơn")
    book.set("texts", "description[vi]", "Cây gỗ khác.")
    assert said(import_species(book.save())) == []
    species = Species.objects.get(slug="que")
    assert species.sort_name == fold("Quế Đơn") == "que don"
    assert VernacularName.objects.get(name="Quế Đơn").folded_name == "que don"
    vietnamese, english = species.texts.order_by("-language")
    assert vietnamese.digest == vietnamese.words_digest()
    assert english.made_from != vietnamese.digest
    assert list(SpeciesText.objects.stale()) == [english]


def test_wagtail_has_a_revision_and_a_history_of_it(book, django_assert_max_num_queries):
    curator = PersonFactory()
    book.set("species", "authorship", "Nees")
    book.save()
    with django_assert_max_num_queries(120):
        import_species(book.path, user=curator)
    species = Species.objects.get(slug="que")
    revision = species.latest_revision
    assert species.live_revision == revision
    assert (species.live, species.has_unpublished_changes) == (True, False)
    assert (revision.user, revision.content["authorship"]) == (curator, "Nees")
    words = Words()
    facts = without_history(stored([species.pk], words)[species.pk])
    cells = {name: [row.cells for row in rows] for name, rows in facts.items()}
    saved = of_revision(revision.content, words)
    assert {name: [row.cells for row in rows] for name, rows in saved.items()} == cells
    entries = ModelLogEntry.objects.for_instance(species).filter(user=curator)
    assert sorted(entry.action for entry in entries) == ["wagtail.edit", "wagtail.publish"]
    assert {entry.revision for entry in entries} == {revision}


def test_a_revision_of_an_import_can_be_published_again(book):
    book.set("species", "authorship", "Nees")
    import_species(book.save())
    before = Species.objects.get(slug="que")
    before.latest_revision.publish()
    after = Species.objects.get(slug="que")
    assert [n.pk for n in after.names.all()] == [n.pk for n in before.names.all()]
    assert after.authorship == "Nees"


def test_a_new_species_comes_with_all_its_rows(book):
    book.add(
        "species",
        slug="thao-qua",
        scientific_name="Amomum tsaoko",
        authorship="Crevost & Lemarié",
        rank="species",
        family="Lauraceae",
        parts="seed, bark",
        is_toxic="no",
        trade="free",
        is_demonstration="no",
        live="no",
    )
    book.add(
        "names",
        species="thao-qua",
        name="Thảo quả",
        language="vie",
        kind="vernacular",
        source="powo",
    )
    book.add("texts", **{"species": "thao-qua", "description[vi]": "Cây thảo.[^powo]"})
    # Each is taken for the other: one is in the collection, the other comes with the file.
    book.add("look_alikes", species="thao-qua", other="que", scientific_name="A b", is_toxic="yes")
    book.add(
        "look_alikes",
        species="que",
        other="thao-qua",
        scientific_name="Amomum tsaoko",
        is_toxic="no",
    )
    assert diff(book) == [
        "que · look_alikes: + Amomum tsaoko",
        "thao-qua · species: + ",
        "thao-qua · names: + Thảo quả (vie, vernacular)",
        "thao-qua · texts: + vi",
        "thao-qua · look_alikes: + A b",
    ]
    report = import_species(book.path)
    assert (said(report), report.added, report.changed) == ([], 1, 1)
    species = Species.objects.get(slug="thao-qua")
    assert (species.live, species.has_unpublished_changes, species.genus) == (False, True, "Amomum")
    assert species.sort_name == "thao qua"
    assert sorted(part.code for part in species.parts.all()) == ["bark", "seed"]
    assert species.look_alikes.get().other.slug == "que"
    assert [row.other for row in Species.objects.get(slug="que").look_alikes.all()] == [
        None,
        species,
    ]
    assert ReferenceIndex.get_references_for_object(species).exists()


def test_live_publishes_and_withdraws(book):
    book.set("species", "live", "no")
    import_species(book.save())
    species = Species.objects.get(slug="que")
    assert (species.live, species.live_revision, species.has_unpublished_changes) == (
        False,
        None,
        True,
    )
    book.set("species", "live", "yes")
    import_species(book.save())
    species = Species.objects.get(slug="que")
    assert (species.live, species.has_unpublished_changes) == (True, False)
    assert species.live_revision == species.latest_revision
    actions = ModelLogEntry.objects.for_instance(species).order_by("pk").values_list("action")
    assert [action for (action,) in actions][-4:] == [
        "wagtail.edit",
        "wagtail.unpublish",
        "wagtail.edit",
        "wagtail.publish",
    ]


def test_what_the_file_does_not_name_stays(book):
    other = SpeciesFactory(slug="khac")
    revision = Species.objects.get(slug="que").latest_revision
    del book.sheets["names"]
    book.set("species", "elevation_max_m", "1100")
    report = import_species(book.save())
    assert (report.changed, report.unchanged) == (1, 0)
    assert [n.name for n in Species.objects.get(slug="que").names.all()] == ["Quế", "Kia"]
    other.refresh_from_db()
    assert other.latest_revision is None
    assert Species.objects.get(slug="que").latest_revision != revision


def test_a_sheet_alone_speaks_of_the_species_it_names(book):
    SpeciesFactory(slug="khac")
    book.sheets = {"seasons": book.sheets["seasons"], "names": book.sheets["names"][:2]}
    book.set("seasons", "last_month", "1")
    assert diff(book) == [
        "que · names: − Kia (ium, vernacular)",
        "que · seasons[harvest (bark, 11)].last_month: 2 → 1",
    ]


def test_texts_in_another_language_than_the_sheet_has_stay(book):
    species = Species.objects.get(slug="que")
    SpeciesText.objects.create(species=species, language="fr", description="Un arbre.")
    book.set("texts", "description[en]", "A tall tree.")
    assert said(import_species(book.save())) == []
    texts = dict(species.texts.values_list("language", "description"))
    assert texts == {"vi": "Cây gỗ mẫu.", "en": "A tall tree.", "fr": "Un arbre."}


def test_unchanged_species_are_not_saved_at_all(book, django_assert_max_num_queries):
    changed_at = Species.objects.get(slug="que").changed_at
    heard = []
    species_changed_many.connect(listener := lambda **kw: heard.extend(kw["pks"]))
    with django_assert_max_num_queries(60):
        report = import_species(book.path)
    species_changed_many.disconnect(listener)
    assert (report.changed, report.unchanged, heard) == (0, 1, [])
    assert Species.objects.get(slug="que").changed_at == changed_at


def test_all_changed_species_are_announced_at_once(book):
    SpeciesFactory(slug="khac", scientific_name="Alia planta")
    heard = []
    species_changed_many.connect(listener := lambda **kw: heard.append(sorted(kw["pks"])))
    book.__init__(book.path)
    for slug in ("que", "khac"):
        book.set("species", "authorship", "Nees", slug=slug)
    report = import_species(book.save())
    species_changed_many.disconnect(listener)
    assert said(report) == []
    assert heard == [sorted(Species.objects.values_list("pk", flat=True))]


# What is refused, where and why


def test_every_fault_is_named_with_its_cell_and_nothing_is_saved(book):
    book.set("species", "family", "Nowhereaceae")
    book.set("species", "elevation_max_m", "high")
    book.set("names", "language", "xyz", row=1)
    book.set("seasons", "last_month", "13")
    book.set("texts", "description[en]", "A tree.[^nobody]")
    book.set("conservation", "category", "LR")
    book.add("names", species="nowhere", name="X", language="vie", kind="vernacular", source="powo")
    problems = import_species(book.save()).problems
    assert [(p.sheet, p.line, p.column, p.value) for p in problems] == [
        ("species", 2, "elevation_max_m", "high"),
        ("species", 2, "family", "Nowhereaceae"),
        ("names", 3, "language", "xyz"),
        ("names", 4, "species", "nowhere"),
        ("texts", 2, "description[en]", "A tree.[^nobody]"),
        ("seasons", 2, "last_month", "13"),
        ("conservation", 2, "category", "LR"),
    ]
    assert all(problem.reason for problem in problems)


FAULTS = [
    ("not in a list", "species", "family", "Nowhereaceae", "family"),
    ("not a name", "species", "scientific_name", "cassia bark", "scientific_name"),
    ("a rank that the name has not", "species", "rank", "variety", "scientific_name"),
    ("a choice that is none", "species", "trade", "gift", "trade"),
    ("too long", "species", "authorship", "L" * 10_000, "authorship"),
    ("half an elevation", "species", "elevation_min_m", "", ""),
    ("no name", "names", "name", "", "name"),
    ("no source", "names", "source", "", "source"),
    ("an unknown language", "names", "language", "xyz", "language"),
    ("an unknown recording", "names", "recording", "999 Quế", "recording"),
    ("a synonym that is no name", "synonyms", "name", "laurus", "name"),
    ("a text without its description", "texts", "description[vi]", "", "description[vi]"),
    ("an unknown work", "texts", "uses[vi]", "Gia vị.[^nobody]", "uses[vi]"),
    ("an answer that is none", "traits", "state", "habit:cloud", "state"),
    ("a limit without a unit", "markers", "unit", "", ""),
    ("a month that is none", "seasons", "first_month", "0", "first_month"),
    ("a part of flowering", "seasons", "kind", "flowering", ""),
    ("a commune elsewhere", "distribution", "commune", "03640", "commune"),
    ("a place that is two", "distribution", "area_code", "JAW", ""),
    ("a category of another list", "conservation", "category", "LR", "category"),
    ("a strictly protected species for sale", "conservation", "authority", "cites", "category"),
    ("itself", "look_alikes", "other", "que", ""),
    ("no file", "figures", "image", "", ""),
]


@pytest.mark.parametrize(("_case", "sheet", "column", "value", "at"), FAULTS)
def test_a_fault_is_refused_where_it_is(book, _case, sheet, column, value, at):
    book.set(sheet, column, value)
    report = import_species(book.save())
    assert [(p.sheet, p.line, p.column) for p in report.problems] == [(sheet, 2, at)]
    assert refused(book)


def test_a_strictly_protected_species_is_not_free(book):
    book.set("conservation", "authority", "cites")
    book.set("conservation", "category", "I")
    [problem] = import_species(book.save()).problems
    assert (problem.sheet, problem.line, problem.column) == ("species", 2, "trade")


def test_what_stands_twice_in_the_file_is_refused(book):
    for sheet in ("species", "texts", "names", "traits", "distribution"):
        book.sheets[sheet].append(list(book.lines(sheet)[0]))
    problems = import_species(book.save()).problems
    assert [(p.sheet, p.line) for p in problems] == [
        ("species", 3),
        ("names", 4),
        ("texts", 3),
        ("traits", 3),
        ("distribution", 5),
    ]


def test_a_name_of_another_species_is_refused(book):
    SpeciesFactory(slug="khac", scientific_name="Alia planta")
    book.set("species", "scientific_name", "Alia planta")
    assert len(refused(book)) == 1


def test_two_new_species_of_one_name_are_refused(book):
    for slug in ("mot", "hai"):
        line = list(book.lines("species")[0])
        line[:2] = [slug, "Amomum tsaoko"]
        book.sheets["species"].append(line)
    [problem] = refused(book)
    assert "hai" not in problem
    assert "mot" in problem
    assert Species.objects.count() == 1


def test_an_address_that_is_none_is_refused(book):
    line = list(book.lines("species")[0])
    line[:2] = ["thảo quả", "Amomum tsaoko"]
    book.sheets["species"].append(line)
    [problem] = import_species(book.save()).problems
    assert (problem.line, problem.column, problem.value) == (3, "slug", "thảo quả")


def draft(species):
    species.authorship = "Nháp"
    species.save_revision()


def test_a_draft_is_not_overwritten_unless_asked(book):
    draft(Species.objects.get(slug="que"))
    book.set("species", "authorship", "Nees")
    assert "--overwrite-drafts" in refused(book)[0]
    assert said(import_species(book.path, overwrite_drafts=True)) == []
    species = Species.objects.get(slug="que")
    assert (species.authorship, species.has_unpublished_changes) == ("Nees", False)
    assert species.latest_revision.content["authorship"] == "Nees"


def test_a_draft_of_a_species_that_the_file_leaves_alone_is_no_matter(book):
    draft(Species.objects.get(slug="que"))
    report = import_species(book.path)
    assert (said(report), report.unchanged) == ([], 1)


def test_a_record_that_was_never_published_is_no_draft_of_something_else(book):
    species = SpeciesFactory(slug="khac", scientific_name="Alia planta", live=False)
    species.save_revision()
    book.__init__(book.path)
    book.set("species", "authorship", "Nees", slug="khac")
    assert said(import_species(book.save())) == []
    species.refresh_from_db()
    assert (species.authorship, species.live) == ("Nees", False)


def test_a_locked_record_is_refused(book):
    Species.objects.filter(slug="que").update(locked=True)
    book.set("species", "authorship", "Nees")
    assert len(refused(book)) == 1


def test_the_number_of_queries_does_not_grow_with_the_rows(book):
    def queries(count):
        book.__init__(book.path)
        for n in range(count):
            slug = f"moi-{Species.objects.count()}-{n}"
            line = list(book.lines("species")[0])
            line[:2] = [slug, f"Amomum {'abcdefghij'[n]}{'klmnopqrst'[count % 10]}us"]
            book.sheets["species"].append(line)
            for sheet in ("names", "texts", "distribution", "seasons", "traits", "look_alikes"):
                book.sheets[sheet] += [[slug, *line[1:]] for line in book.lines(sheet)]
        book.save()
        with CaptureQueriesContext(connection) as found:
            report = import_species(book.path, dry_run=True)
        assert (said(report), report.added) == ([], count)
        return len(found)

    assert queries(9) == queries(1)
