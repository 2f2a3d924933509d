"""export_species and import_species, as they are typed."""

from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command

import pytest

from catalogue.exchange.reading import read_sheets
from catalogue.models import Species
from core import roles
from tests.catalogue.exchange.conftest import Book
from tests.factories.catalogue import LanguageFactory, SpeciesFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def book(tmp_path):
    for code in ("vie", "eng"):
        LanguageFactory(code=code)
    SpeciesFactory(slug="que", scientific_name="Cinnamomum cassia")
    SpeciesFactory(slug="hoi", scientific_name="Illicium verum")
    return Book(tmp_path / "collection.xlsx")


@pytest.fixture
def run(capsys):
    def run(name, *args):
        call_command(name, *map(str, args))
        return capsys.readouterr().out.splitlines()

    return run


def slugs(path):
    return [cells[0] for _line, cells in list(read_sheets(path)["species"])[1:]]


def test_the_whole_collection_or_some_species_are_written(book, run, tmp_path):
    SpeciesFactory(slug="nhap", scientific_name="Alia planta", live=False)
    for suffix in ("xlsx", "zip"):
        path = tmp_path / f"all.{suffix}"
        assert run("export_species", path) == [f"{path}: 3 species"]
        assert slugs(path) == ["hoi", "nhap", "que"]
    assert run("export_species", path, "que") == [f"{path}: 1 species"]
    assert slugs(path) == ["que"]


def test_what_cannot_be_written_is_refused(book, run, tmp_path):
    with pytest.raises(CommandError, match="nowhere"):
        run("export_species", tmp_path / "f.xlsx", "que", "nowhere")
    with pytest.raises(CommandError, match="xlsx"):
        run("export_species", tmp_path / "f.csv")
    with pytest.raises(CommandError):
        run("export_species", tmp_path / "no" / "folder.xlsx")


def test_a_dry_run_shows_each_change_and_the_sum(book, run):
    book.set("species", "authorship", "Nees")
    book.set("names", "name", "Hồi", slug="hoi")
    assert run("import_species", book.save(), "--dry-run") == [
        "hoi · names: − Loài mẫu hoi (vie, vernacular)",
        "hoi · names: + Hồi (vie, vernacular)",
        'que · authorship: "L." → Nees',
        "0 added, 2 changed, 0 unchanged (dry run: nothing was saved)",
    ]
    assert Species.objects.get(slug="que").authorship == "L."
    assert run("import_species", book.path) == ["0 added, 2 changed, 0 unchanged"]
    assert Species.objects.get(slug="que").authorship == "Nees"


def test_every_problem_is_printed_and_the_command_fails(book, run, capsys):
    book.set("species", "family", "Nowhereaceae")
    book.set("names", "language", "xyz", slug="hoi")
    book.save()
    for options in ([], ["--dry-run"]):
        with pytest.raises(CommandError, match="2"):
            run("import_species", book.path, *options)
        said = capsys.readouterr()
        assert "Nowhereaceae" in said.err
        assert "xyz" in said.err
        assert said.out == ""


def test_a_file_that_cannot_be_read_is_refused(run, tmp_path):
    with pytest.raises(CommandError, match=r"nothing\.xlsx"):
        run("import_species", tmp_path / "nothing.xlsx")


def test_the_history_names_the_curator(book, run):
    curator = PersonFactory(email="lan@example.org")
    book.set("species", "authorship", "Nees")
    book.save()
    for email in ("nobody@example.org", "LAN@example.org"):
        with pytest.raises(CommandError, match=email):
            run("import_species", book.path, "--as", email)
    curator.groups.add(Group.objects.get_or_create(name=roles.CURATOR)[0])
    run("import_species", book.path, "--as", "LAN@example.org")
    assert Species.objects.get(slug="que").latest_revision.user == curator
