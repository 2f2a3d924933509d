"""The index of names: letters, order, and where a name leads."""

import pytest

from catalogue import name_index
from catalogue.models import Synonym, VernacularName
from tests.factories.catalogue import ReferenceFactory, SpeciesFactory

pytestmark = pytest.mark.django_db

INDEX = "/vi/species/a-z/"


def called(species, name, language="vie", kind="vernacular", position=5):
    return VernacularName.objects.create(
        species=species,
        name=name,
        language=language,
        kind=kind,
        sort_order=position,
        source=ReferenceFactory(),
    )


@pytest.fixture
def names():
    """Five species with names that begin alike, and one nobody may see."""
    dau = SpeciesFactory(slug="dau", vie="Dâu", eng="Mulberry", scientific_name="Morus alba")
    SpeciesFactory(
        slug="do-trong",
        vie="Đỗ trọng",
        eng="Gutta-percha tree",
        scientific_name="Eucommia ulmoides",
    )
    que = SpeciesFactory(slug="que", vie="Quế", eng="Cassia", scientific_name="Cinnamomum cassia")
    SpeciesFactory(
        slug="an-xoa", vie="An xoa", eng="Screw tree", scientific_name="Helicteres hirsuta"
    )
    SpeciesFactory(slug="au", vie="Ấu", eng="Water caltrop", scientific_name="Trapa natans")
    hidden = SpeciesFactory(slug="nhap", vie="Dành dành", scientific_name="Gardenia", live=False)
    called(que, "Đơn quế", kind="drug")
    called(dau, "Dâu tằm")
    called(dau, "2 màu")
    called(que, "Cortex Cinnamomi", language="lat")
    for species, name, kind in (
        (que, "Laurus cassia", "synonym"),
        (dau, "Cinnamomum zeylanicum", "misapplied"),
        (hidden, "Laurus hidden", "synonym"),
    ):
        Synonym.objects.create(species=species, name=name, authorship="L.", kind=kind)


def lines(client, query, address=INDEX):
    """Return name, whether it sends one on, and to which species."""
    page = client.get(f"{address}?{query}")
    return [(entry.name, entry.see, entry.species.slug) for entry in page.context["entries"]]


@pytest.mark.parametrize(
    ("_case", "letter", "found"),
    [
        ("A with its accents", "a", [("An xoa", False, "an-xoa"), ("Ấu", False, "au")]),
        ("D without Đ", "d", [("Dâu", False, "dau"), ("Dâu tằm", True, "dau")]),
        ("Đ", "đ", [("Đỗ trọng", False, "do-trong"), ("Đơn quế", True, "que")]),
        ("no letter at all", "other", [("2 màu", True, "dau")]),
        ("a letter without names", "x", []),
    ],
)
def test_common_names_under_a_letter(client, names, _case, letter, found):
    assert lines(client, f"letter={letter}") == found


@pytest.mark.parametrize(
    ("letter", "found"),
    [
        ("c", [("Cinnamomum cassia", False, "que"), ("Cinnamomum zeylanicum", True, "dau")]),
        ("l", [("Laurus cassia", True, "que")]),
        ("g", []),
    ],
)
def test_scientific_names_with_their_synonyms(client, names, letter, found):
    assert lines(client, f"names=scientific&letter={letter}") == found


def test_a_reader_of_english_finds_english_names(client, names):
    address = "/en/species/a-z/"
    assert lines(client, "letter=c", address) == [("Cassia", False, "que")]
    assert lines(client, "letter=q", address) == []


def test_a_name_of_no_letters_stands_under_the_sign_for_them(client):
    called(SpeciesFactory(slug="a", vie="A"), "")
    assert letters(client.get(INDEX)) | {"#": 1, "A": 1} == letters(client.get(INDEX))
    assert lines(client, "letter=other") == [("", True, "a")]


def test_a_name_that_is_not_the_preferred_one_says_which_is(client, names):
    page = " ".join(
        client.get(f"/en{INDEX[3:]}?names=scientific&letter=c").content.decode().split()
    )
    assert "(misapplied name)" in page
    assert '<a href="/en/species/dau/"> <i lang="la">Morus alba</i>' in page.replace(
        '"><i', '"> <i'
    )


def letters(page):
    return {letter.label: letter.count for letter in page.context["letters"]}


def test_the_letters_say_how_many_names_they_hold(client, names):
    page = client.get(INDEX)
    counts = letters(page)
    assert {label: n for label, n in counts.items() if n} == {
        "A": 2, "D": 2, "Đ": 2, "Q": 1, "#": 1
    }  # fmt: skip
    assert list(counts)[:6] == ["A", "B", "C", "D", "Đ", "E"]
    assert "W" not in counts
    assert page.context["letter"].label == "A"


def test_an_index_opens_at_its_first_letter_that_has_names(client, names):
    page = client.get(f"{INDEX}?names=scientific")
    assert page.context["letter"].label == "C"
    assert "Đ" not in letters(page)
    assert letters(page)["W"] == 0


def test_a_letter_without_names_is_no_link(client, names):
    by_label = {letter.label: letter for letter in client.get(INDEX).context["letters"]}
    assert by_label["B"].url == ""
    assert by_label["Đ"].url == f"{INDEX}?letter=%C4%91"


def test_a_curator_finds_names_of_drafts(client, names, curator):
    client.force_login(curator)
    assert ("Dành dành", False, "nhap") in lines(client, "letter=d")


@pytest.mark.parametrize("size", [1, 2, 3])
def test_a_letter_is_walked_to_its_end(client, monkeypatch, size):
    """Names that fold alike, or are quite the same, are shown once each and in one order."""
    plants = [
        SpeciesFactory(slug=f"s{n}", vie=name, scientific_name=f"Exemplum x{n}")
        for n, name in enumerate(["Sa", "Sả", "Sâm", "Sâm", "Sả chanh", "Sá"])
    ]
    for n, plant in enumerate(plants[:3]):
        Synonym.objects.create(species=plant, name="Exemplum x1", sort_order=n)
    monkeypatch.setattr(name_index, "NAMES_PER_PAGE", size)
    assert walk(client, f"{INDEX}?letter=s") == ["Sa", "Sá", "Sả", "Sả chanh", "Sâm", "Sâm"]
    assert walk(client, f"{INDEX}?names=scientific&letter=e") == [
        "Exemplum x0",
        *["Exemplum x1"] * 4,
        *(f"Exemplum x{n}" for n in range(2, 6)),
    ]


def walk(client, address):
    seen = []
    while address:
        page = client.get(address)
        seen += [entry.name for entry in page.context["entries"]]
        address = page.context["next_url"]
    return seen


def test_a_row_that_is_gone_begins_again(client, names):
    assert lines(client, "letter=a&after=0-999999999999999999") == lines(client, "letter=a")
    assert lines(client, "letter=a&after=2-1") == lines(client, "letter=a")


@pytest.mark.parametrize("query", ["", "names=scientific&letter=c", "letter=d&after=0-1"])
def test_the_index_keeps_within_its_budget(client, names, query, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        assert client.get(f"{INDEX}?{query}").status_code == 200
