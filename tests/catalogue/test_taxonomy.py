"""The tree of the collection."""

import pytest

from catalogue import taxonomy
from catalogue.models import Family, FamilyLabel, HigherTaxon, HigherTaxonLabel
from tests.factories.catalogue import FamilyFactory, SpeciesFactory

pytestmark = pytest.mark.django_db

TREE = "/vi/species/tree/"


def taxon(name, rank, parent=None):
    made = HigherTaxon.objects.create(code=name.lower(), name=name, rank=rank, parent=parent)
    HigherTaxonLabel.objects.create(term=made, language="vi", text=f"vi {name}")
    HigherTaxonLabel.objects.create(term=made, language="en", text=f"en {name}")
    return made


@pytest.fixture
def kin():
    """Two orders with species, one without, and a family whose order nobody recorded."""
    plants = taxon("Plantae", "kingdom")
    vascular = taxon("Tracheophyta", "phylum", plants)
    dicots = taxon("Magnoliopsida", "class", vascular)
    laurales = taxon("Laurales", "order", dicots)
    zingiberales = taxon("Zingiberales", "order", taxon("Liliopsida", "class", vascular))
    empty = taxon("Rosales", "order", dicots)
    laurels = FamilyFactory(name="Lauraceae", order=laurales)
    FamilyLabel.objects.create(term=laurels, language="vi", text="họ Long não")
    FamilyFactory(name="Rosaceae", order=empty)
    gingers = FamilyFactory(name="Zingiberaceae", order=zingiberales)
    loose = FamilyFactory(name="Cibotiaceae")
    for slug, name, family in (
        ("que", "Cinnamomum cassia", laurels),
        ("que-ranh", "Cinnamomum burmanni", laurels),
        ("mang-tang", "Litsea cubeba", laurels),
        ("gung", "Zingiber officinale", gingers),
        ("cau-tich", "Cibotium barometz", loose),
    ):
        SpeciesFactory(slug=slug, vie=slug, scientific_name=name, family=family)
    SpeciesFactory(slug="nhap", family=gingers, live=False)


def outline(taxa, depth=0):
    """The tree as lines: how deep, name, number of species."""
    return [
        line
        for one in taxa
        for line in [(depth, one.name, one.count), *outline(one.children, depth + 1)]
    ]


def test_the_tree_has_only_branches_that_carry_species(client, kin):
    assert outline(client.get(TREE).context["taxa"]) == [
        (0, "Plantae", 4),
        (1, "Tracheophyta", 4),
        (2, "Liliopsida", 1),
        (3, "Zingiberales", 1),
        (4, "Zingiberaceae", 1),
        (2, "Magnoliopsida", 3),
        (3, "Laurales", 3),
        (4, "Lauraceae", 3),
        (0, "Cibotiaceae", 1),
    ]


def test_labels_are_in_the_language_of_the_reader(client, kin):
    assert "vi Laurales" in client.get(TREE).content.decode()
    english = client.get("/en/species/tree/").content.decode()
    assert "en Laurales" in english
    assert "vi Laurales" not in english


def test_a_closed_tree_holds_no_species(client, kin):
    page = client.get(TREE)
    assert page.context["genera"] == []
    assert "Litsea" not in page.content.decode()


def test_the_open_family_shows_its_genera_and_species(client, kin):
    page = client.get(f"{TREE}?family=lauraceae")
    assert [
        (genus.name, genus.count, [s.slug for s in genus.species])
        for genus in page.context["genera"]
    ] == [("Cinnamomum", 2, ["que-ranh", "que"]), ("Litsea", 1, ["mang-tang"])]
    body = page.content.decode()
    assert 'aria-expanded="true"' in body
    assert "Zingiber officinale" not in body
    assert 'href="/vi/species/?family=lauraceae"' in body
    assert f'href="{TREE}#lauraceae"' in body


def test_genera_beyond_what_a_page_holds_lead_to_the_browse_page(client, kin, monkeypatch):
    monkeypatch.setattr(taxonomy, "SPECIES_SHOWN", 2)
    page = client.get(f"{TREE}?family=lauraceae")
    assert [(g.name, len(g.species)) for g in page.context["genera"]] == [
        ("Cinnamomum", 2),
        ("Litsea", 0),
    ]
    address = "/vi/species/?family=lauraceae&amp;genus=Litsea"
    assert address in page.content.decode()
    assert client.get(address.replace("&amp;", "&")).context["total"] == 1


def test_a_family_nobody_knows_opens_nothing(client, kin):
    page = client.get(f"{TREE}?family=no-such")
    assert page.status_code == 200
    assert page.context["genera"] == []


def test_a_curator_counts_drafts_too(client, kin, curator):
    client.force_login(curator)
    assert (4, "Zingiberaceae", 2) in outline(client.get(TREE).context["taxa"])


@pytest.mark.parametrize("query", ["", "?family=lauraceae"])
def test_the_tree_keeps_within_its_budget(client, kin, query, django_assert_max_num_queries):
    assert Family.objects.count() >= 4
    with django_assert_max_num_queries(12):
        assert client.get(TREE + query).status_code == 200
