"""Files that are not what they should be: each is refused in words, none with a traceback."""

import io
import zipfile

import pytest
import xlsxwriter

from catalogue.exchange import ExchangeError, export_species, import_species, reading, writing
from catalogue.exchange.reading import read_sheets
from catalogue.models import Species, SpeciesText
from tests.catalogue.exchange.conftest import read, write

pytestmark = pytest.mark.django_db


def zipped(path, files, compression=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def workbook(path, edit):
    """Write a workbook and hand each part of it to `edit(name, content)`."""
    write(path, {"names": [["species", "name"], ["que", "Quế"]]})
    with zipfile.ZipFile(path) as archive:
        parts = {name: edit(name, archive.read(name)) for name in archive.namelist()}
    return zipped(path, parts)


@pytest.mark.parametrize(
    ("_case", "content"),
    [
        ("nothing", b""),
        ("a text", b"slug;scientific_name\nque;Cinnamomum cassia"),
        ("a broken zip", b"PK\x03\x04" + b"\x00" * 40),
        ("an old workbook", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600),
    ],
)
@pytest.mark.parametrize("suffix", ["xlsx", "zip"])
def test_what_is_no_file_of_sheets_is_refused(tmp_path, _case, content, suffix):
    path = tmp_path / f"file.{suffix}"
    path.write_bytes(content)
    with pytest.raises(ExchangeError, match="file"):
        import_species(path)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(ExchangeError, match="nowhere"):
        import_species(tmp_path / "nowhere.xlsx")


@pytest.mark.parametrize(
    ("_case", "files"),
    [
        ("an empty zip", {}),
        ("something else inside", {"photo.jpg": b"x"}),
        ("a zip in a folder", {"a/species.txt": b"slug"}),
        ("a workbook that is none", {"xl/workbook.xml": b"<workbook"}),
    ],
)
def test_a_zip_of_other_things_is_refused(tmp_path, _case, files):
    with pytest.raises(ExchangeError):
        import_species(zipped(tmp_path / "file.zip", files))


def test_a_folder_inside_is_an_unknown_sheet(tmp_path):
    path = zipped(tmp_path / "file.zip", {"a/species.csv": b"slug\nque\n"})
    [problem] = import_species(path).problems
    assert problem.sheet == "a/species"


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "MAX_BYTES", 100_000)
    with pytest.raises(ExchangeError, match="MB"):
        import_species(zipped(tmp_path / "f.zip", {"names.csv": b"0" * 100_001}))
    with pytest.raises(ExchangeError, match="MB"):
        import_species(workbook(tmp_path / "f.xlsx", lambda name, part: part + b" " * 30_000))


def test_a_bomb_that_lies_about_its_size_is_refused(tmp_path, monkeypatch):
    """The sizes in a zip are what somebody wrote there."""
    path = workbook(tmp_path / "f.xlsx", lambda name, part: part + b" " * 90_000)
    data = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            real, lie = info.file_size.to_bytes(4, "little"), (10).to_bytes(4, "little")
            data = data.replace(real, lie)
    path.write_bytes(data)
    with pytest.raises(ExchangeError):
        import_species(path)


def test_a_cell_in_the_last_corner_is_refused(tmp_path):
    """Read into a rectangle it would be seventeen thousand million cells."""

    def far(name, part):
        return part.replace(b'r="A2"', b'r="XFD1048576"') if b"sheetData" in part else part

    with pytest.raises(ExchangeError, match="MB"):
        import_species(workbook(tmp_path / "f.xlsx", far))


def test_too_many_rows_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "MAX_LINES", 3)
    lines = [["species", "name"], *(["que", f"Quế {n}"] for n in range(3))]
    for suffix in ("xlsx", "zip"):
        path = tmp_path / f"f.{suffix}"
        write(path, {"names": lines})
        with pytest.raises(ExchangeError, match="3"):
            import_species(path)


def test_another_encoding_is_named_with_its_line(tmp_path):
    content = "species,name\nque,Quế\nque,Bạc".encode() + b"\xe0\n"
    path = zipped(tmp_path / "f.zip", {"names.csv": content})
    with pytest.raises(ExchangeError, match=r"names\.csv.*3.*UTF-8"):
        import_species(path)
    with pytest.raises(ExchangeError, match="UTF-8"):
        import_species(zipped(path, {"names.csv": "species,name\nque,Quế".encode("utf-16")}))


def test_a_cell_without_end_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "MAX_FIELD", 1000)
    path = zipped(tmp_path / "f.zip", {"names.csv": 'species,name\nque,"' + "x" * 1001})
    with pytest.raises(ExchangeError, match=r"names\.csv"):
        import_species(path)


@pytest.mark.parametrize("suffix", ["xlsx", "zip"])
def test_a_nul_is_named_with_its_cell(book, tmp_path, suffix):
    book.path = tmp_path / f"f.{suffix}"
    book.set("names", "giver", "A\x00B")
    [problem] = import_species(book.save()).problems
    assert (problem.sheet, problem.line, problem.column) == ("names", 2, "giver")
    assert "U+0000" in problem.reason


def test_semicolons_and_a_file_without_the_mark_are_read_too(tmp_path):
    """So a Vietnamese Excel writes CSV."""
    path = zipped(tmp_path / "f.zip", {"names.csv": "species;name\r\nque;Quế, vỏ\r\n"})
    assert read(path) == {"names": [["species", "name"], ["que", "Quế, vỏ"]]}


def test_lines_are_numbered_as_a_spreadsheet_shows_them(tmp_path):
    path = tmp_path / "f.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("names")
    sheet.write_row(0, 0, ["species", "name"])
    sheet.write_row(4, 0, ["que", "Quế"])
    book.close()
    assert list(read_sheets(path)["names"]) == [(1, ["species", "name"]), (5, ["que", "Quế"])]


def columns(path, head):
    write(path, {"synonyms": [head, ["que", *["x"] * (len(head) - 1)]]})
    return [(p.sheet, p.line, p.column) for p in import_species(path).problems]


def test_columns_are_named_that_are_missing_unknown_or_double(tmp_path):
    head = ["species", "name", "color", "kind", "kind"]
    assert columns(tmp_path / "f.xlsx", head) == [
        ("synonyms", 1, "color"),
        ("synonyms", 1, "kind"),
        ("synonyms", 1, "authorship"),
    ]


def test_columns_may_stand_in_any_order(book):
    for line in book.sheets["synonyms"]:
        line[:] = [line[3], line[1], "", line[0], line[2]]
    book.sheets["synonyms"][0][2] = ""
    report = import_species(book.save())
    assert (report.problems, report.unchanged) == ([], 1)


def test_a_cell_beside_the_table_is_named(book):
    book.lines("synonyms")[0].append("a note")
    [problem] = import_species(book.save()).problems
    assert (problem.sheet, problem.line, problem.value) == ("synonyms", 2, "a note")


def test_an_unknown_sheet_is_named(book):
    book.sheets["colours"] = [["species"], ["que"]]
    [problem] = import_species(book.save()).problems
    assert problem.sheet == "colours"
    assert "names" in problem.reason


def test_an_empty_sheet_lacks_its_columns(book):
    book.sheets["synonyms"] = []
    columns = [(p.sheet, p.column) for p in import_species(book.save()).problems]
    assert columns == [("synonyms", name) for name in ("species", "name", "authorship", "kind")]


def test_a_row_of_no_species_is_named(book):
    book.add("synonyms", name="Laurus nova", kind="synonym")
    [problem] = import_species(book.save()).problems
    assert (problem.sheet, problem.line, problem.column) == ("synonyms", 3, "species")


# What is written


def test_what_looks_like_a_formula_is_text(que, path):
    formulas = ["=1+1", "+84", "-x", "@SUM(A1)", "'=1", "''+", "\t=1"]
    que.names.all().delete()
    for number, name in enumerate(formulas):
        que.names.create(name=name, language="vie", source=que.references.get(), sort_order=number)
    export_species(Species.objects.all(), path, path.suffix[1:])
    with zipfile.ZipFile(path) as archive:
        parts = [
            archive.read(name) for name in archive.namelist() if "names" in name or "sheet" in name
        ]
    assert not any(b"<f>" in part for part in parts)
    assert not any(part.count(b"\nque,=") for part in parts)
    report = import_species(path)
    assert (report.problems, report.unchanged) == ([], 1)


def test_a_text_too_long_for_a_workbook_goes_into_a_zip(que, tmp_path):
    SpeciesText.objects.filter(species=que, language="en").update(uses="x" * 40_000)
    path = tmp_path / "f.xlsx"
    with pytest.raises(ExchangeError, match=r"texts.*2.*zip"):
        export_species(Species.objects.all(), path)
    assert not path.exists()
    export_species(Species.objects.all(), tmp_path / "f.zip", "zip")
    report = import_species(tmp_path / "f.zip")
    assert (report.problems, report.unchanged) == ([], 1)


def test_too_many_rows_for_a_workbook_go_into_a_zip(que, tmp_path, monkeypatch):
    monkeypatch.setattr(writing, "MAX_LINES", 3)
    with pytest.raises(ExchangeError, match="zip"):
        export_species(Species.objects.all(), tmp_path / "f.xlsx")


def test_another_format_is_refused(que, tmp_path):
    with pytest.raises(ExchangeError, match=r"xlsx, \.zip"):
        export_species(Species.objects.all(), tmp_path / "f.ods", "ods")
    assert not (tmp_path / "f.ods").exists()


def test_a_selection_goes_into_an_open_file(que):
    file = io.BytesIO()
    assert export_species(Species.objects.filter(slug="que"), file) == 1
    assert export_species(Species.objects.none(), io.BytesIO()) == 0
    assert file.getvalue()[:2] == b"PK"
