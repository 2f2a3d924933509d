"""Loading the data files."""

import shutil

from django.core.management import CommandError, call_command
from django.utils import timezone

import pytest
import yaml

from catalogue.models import (
    Audit,
    Commune,
    Establishment,
    Facility,
    GrowingArea,
    KnowledgeRecord,
    LinkageChain,
    ProtectedName,
    Province,
    Reference,
    Species,
    VernacularName,
)
from catalogue.services.loading import (
    files,
    knowledge,
    load_collection,
    places,
    registers,
    vocabulary,
)
from catalogue.services.loading import species as species_files
from catalogue.services.loading.files import BadDataFile, read_csv, read_yaml
from tests.factories.catalogue import (
    CommuneFactory,
    EstablishmentFactory,
    FamilyFactory,
    PartFactory,
    ProvinceFactory,
    ReferenceFactory,
    SpeciesFactory,
    TraitStateFactory,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("full_name", "spoken"),
    [
        ("Phường Sa Pa", "Sa Pa"),
        ("Xã Văn Yên", "Văn Yên"),
        ("Thành phố Hà Nội", "Hà Nội"),
        ("Đặc khu Phú Quốc", "Phú Quốc"),
        ("Lào Cai", "Lào Cai"),
        ("Xã", "Xã"),
        ("Xãng", "Xãng"),
    ],
)
def test_spoken_name(full_name, spoken):
    assert places.spoken_name(full_name) == spoken


def test_the_division_is_whole():
    assert places.load_places() == 34 + 3321
    assert (Province.objects.count(), Commune.objects.count()) == (34, 3321)
    assert Province.objects.get(code="15").name == "Lào Cai"
    sa_pa = Commune.objects.get(code="03006")
    assert (str(sa_pa), sa_pa.name, sa_pa.folded_name) == (
        "Phường Sa Pa, Lào Cai",
        "Sa Pa",
        "sa pa",
    )
    assert not Commune.objects.filter(folded_name="").exists()


def test_places_loaded_again_add_nothing_and_heal_what_is_missing():
    places.load_places()
    Commune.objects.filter(code="03006").delete()
    Province.objects.filter(code="15").update(name="changed by hand")
    assert places.load_places() == 1
    assert Commune.objects.filter(code="03006").exists()
    assert Province.objects.get(code="15").name == "changed by hand"
    assert places.load_places() == 0


def test_the_collection_loads_and_loading_it_again_keeps_what_a_curator_changed():
    assert all(added > 0 for _name, added in load_collection())
    Species.objects.filter(slug="que").update(authorship="improved")
    names = VernacularName.objects.count()

    assert {added for _name, added in load_collection()} == {0}
    audit = Audit.objects.get(report_number="BB-MAU-01")
    assert (audit.certificate.number, audit.met, audit.not_met) == ("DEMO-GACP-001", 48, 3)
    assert LinkageChain.objects.get(name="Chuỗi liên kết quế Mẫu").establishments.count() == 2
    assert Facility.objects.get(name="Xưởng sơ chế quế Mẫu").kind == "processing_plant"
    name = ProtectedName.objects.get(number="DEMO-CDDL-01")
    assert [row.is_valid_on(timezone.localdate()) for row in name.licences.all()] == [True, True]

    assert Species.objects.get(slug="que").authorship == "improved"
    assert VernacularName.objects.count() == names
    assert not Species.objects.filter(live=False).exists()
    assert not Species.objects.filter(is_demonstration=False).exists()


def test_every_file_is_named_after_the_species_in_it():
    paths = sorted((files.DATA_DIR / "species").glob("*.yaml"))
    assert len(paths) >= 60
    assert [read_yaml(path)["slug"] for path in paths] == [path.stem for path in paths]


def test_text_is_read_composed(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("name,other\nQue\u0302\u0301,\n", encoding="utf-8")
    assert read_csv(path) == [{"name": "Quế", "other": ""}]
    path.write_text("name: Que\u0302\u0301\n", encoding="utf-8")
    assert read_yaml(path) == {"name": "Quế"}


def test_what_is_not_yaml_names_its_file(tmp_path):
    path = tmp_path / "broken.yaml"
    path.write_text("a: [", encoding="utf-8")
    with pytest.raises(BadDataFile, match=r"broken\.yaml"):
        read_yaml(path)


# One species file


@pytest.fixture
def species_file(monkeypatch, tmp_path):
    """Write catalogue/data/species/que.yaml of our own, changed as a test asks."""
    (tmp_path / "species").mkdir()
    monkeypatch.setattr(species_files, "DATA_DIR", tmp_path)
    FamilyFactory(name="Lauraceae")
    PartFactory(code="bark")
    ProvinceFactory(code="15")
    ReferenceFactory(code="book")
    TraitStateFactory(code="tree", trait__code="habit")
    entry = {
        "slug": "que",
        "accepted": {"name": "Cinnamomum cassia", "authorship": "(L.) J.Presl", "rank": "species"},
        "family": "Lauraceae",
        "synonyms": [{"name": "Laurus cassia", "authorship": "L."}],
        "names": [
            {"name": "Quế đơn", "language": "vie", "kind": "vernacular", "preferred": False},
            {"name": "Quế", "language": "vie", "kind": "vernacular", "preferred": True},
        ],
        "parts": ["bark"],
        "groups": [],
        "trade": "free",
        "is_toxic": False,
        "traits": {"habit": ["tree"]},
        "elevation": {"min": 200, "max": 900},
        "seasons": [{"kind": "harvest", "first": 11, "last": 2, "part": "bark", "source": "book"}],
        "distribution": [
            {"province": "15", "status": "present", "means": "native", "source": "book"}
        ],
        "conservation": [],
        "preparations": [],
        "compounds": [],
        "references": ["book"],
        "look_alikes": [],
        "texts": {"vi": {"description": " Cây. "}},
    }
    for name in entry["names"]:
        name["source"] = "book"

    def write(**changes):
        path = tmp_path / "species" / "que.yaml"
        kept = {key: value for key, value in (entry | changes).items() if value is not None}
        path.write_text(yaml.safe_dump(kept, allow_unicode=True), encoding="utf-8")

    return write


def test_a_species_is_loaded_and_published_with_its_preferred_name_first(species_file):
    species_file()
    assert species_files.load_species() == 1
    species = Species.objects.get()
    assert (species.slug, species.title, species.live) == ("que", "Quế", True)
    assert [name.name for name in species.names.all()] == ["Quế", "Quế đơn"]
    assert [synonym.name for synonym in species.synonyms.all()] == ["Laurus cassia"]
    assert [part.code for part in species.parts.all()] == ["bark"]
    assert species.text.description == "Cây."
    assert species.latest_revision is not None
    assert species_files.load_species() == 0


@pytest.mark.parametrize(
    ("_case", "changes", "named"),
    [
        ("a family", {"family": "Nowhereaceae"}, "Nowhereaceae"),
        ("a part", {"parts": ["bark", "antler"]}, "antler"),
        ("a group", {"groups": ["no-such"]}, "no-such"),
        (
            "a province",
            {
                "distribution": [
                    {"province": "99", "status": "present", "means": "native", "source": "book"}
                ]
            },
            "99",
        ),
        ("a reference", {"references": ["no-book"]}, "no-book"),
    ],
)
def test_an_unknown_word_names_its_file_and_loads_nothing(species_file, _case, changes, named):
    species_file(**changes)
    with pytest.raises(BadDataFile, match=f"que.yaml.*{named}"):
        species_files.load_species()
    assert not Species.objects.exists()


@pytest.mark.parametrize("missing", ["accepted", "texts", "slug", "trade"])
def test_a_file_with_something_missing_is_named(species_file, missing):
    species_file(**{missing: None})
    with pytest.raises(BadDataFile, match=r"que\.yaml"):
        species_files.load_species()
    assert not Species.objects.exists()


# Registers


@pytest.fixture
def register(monkeypatch, tmp_path):
    """Write a register of our own: register("areas", {column: value})."""
    monkeypatch.setattr(registers, "REGISTERS", tmp_path)
    CommuneFactory(code="03006")
    EstablishmentFactory(slug="htx", name="HTX")
    SpeciesFactory(slug="que")
    good = {
        "establishments": {
            "slug": "new",
            "kind": "company",
            "name": "New",
            "commune": "03006",
            "address": "",
        },
        "areas": {
            "code": "VN-9",
            "establishment": "htx",
            "name": "Vùng",
            "commune": "03006",
            "species": "que",
            "area_m2": "10000",
            "households": "3",
            "expected_tonnes": "12",
            "under_canopy": "1",
            "decision": "withdrawn",
            "coded_days_ago": "100",
            "stopped_days_ago": "40",
            "reason": "Không còn trồng.",
        },
        "certificates": {
            "number": "C-9",
            "standard": "fsc",
            "authority": "Ai đó",
            "establishment": "htx",
            "species": "que",
            "areas": "",
            "activity": "cultivation",
            "issued_days_ago": "10",
            "expires_in_days": "10",
            "decision": "accepted",
            "stopped_days_ago": "",
            "reason": "",
        },
        "ocop": {
            "establishment": "htx",
            "species": "que",
            "name": "Bột quế",
            "stars": "4",
            "decision_number": "O-9",
            "decided_days_ago": "10",
            "valid_for_days": "10",
        },
    }

    def write(name, **changes):
        row = good[name] | changes
        lines = [",".join(row), ",".join(row.values())]
        (tmp_path / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")

    return write


def test_a_good_row_of_each_register_is_loaded_once(register):
    for name, load in REGISTER_LOADERS.items():
        register(name)
        assert load() == 1
        assert load() == 0
    area = GrowingArea.objects.get()
    assert (area.hectares, area.under_canopy, area.households) == (1.0, True, 3)
    assert area.certificates.count() == 0
    assert area.species.get().certificates.get().is_valid
    assert area.establishment.ocop_products.get().is_valid


REGISTER_LOADERS = {
    "establishments": registers.load_establishments,
    "areas": registers.load_areas,
    "certificates": registers.load_certificates,
    "ocop": registers.load_ocop_products,
}


@pytest.mark.parametrize(
    ("name", "changes", "complaint"),
    [
        ("establishments", {"commune": "99999"}, r"establishments\.csv.*99999"),
        ("areas", {"commune": "99999"}, r"areas\.csv, VN-9.*99999"),
        ("areas", {"establishment": "nobody"}, r"areas\.csv, VN-9.*nobody"),
        ("areas", {"species": "que|unicorn"}, r"areas\.csv, VN-9.*unicorn"),
        ("certificates", {"species": "unicorn"}, r"certificates\.csv, C-9.*unicorn"),
        ("certificates", {"areas": "VN-0"}, r"certificates\.csv, C-9.*VN-0"),
        ("areas", {"area_m2": "ten"}, r"areas\.csv, VN-9"),
        ("certificates", {"expires_in_days": ""}, r"certificates\.csv, C-9"),
        ("establishments", {"kind": "circus"}, r"establishments\.csv.*circus"),
        ("certificates", {"decision": "acepted"}, r"certificates\.csv, C-9.*acepted"),
        ("ocop", {"establishment": "nobody"}, r"ocop\.csv, Bột quế.*nobody"),
        ("ocop", {"stars": "6"}, r"ocop\.csv, Bột quế.*stars"),
    ],
)
def test_a_bad_row_names_its_file_and_loads_nothing(register, name, changes, complaint):
    register(name, **changes)
    before = Establishment.objects.count()
    with pytest.raises(BadDataFile, match=complaint):
        REGISTER_LOADERS[name]()
    assert not GrowingArea.objects.exists()
    assert Establishment.objects.count() == before


def test_the_command_says_what_is_wrong_without_a_traceback(monkeypatch, tmp_path):
    copy = tmp_path / "data"
    copy.mkdir()
    (copy / "vocabulary.yaml").write_text("parts: [", encoding="utf-8")
    shutil.copy(files.DATA_DIR / "admin_units.csv", copy)
    shutil.copy(files.DATA_DIR / "targets.yaml", copy)
    monkeypatch.setattr(vocabulary, "DATA_DIR", copy)
    with pytest.raises(CommandError, match=r"vocabulary\.yaml"):
        call_command("load_collection", verbosity=0)
    assert not Reference.objects.exists()


def test_an_unknown_consent_is_not_silently_none(monkeypatch, tmp_path):
    """A record whose consent is misspelt would be loaded as one without any."""
    SpeciesFactory(slug="que")
    ReferenceFactory(code="book")
    entries = {
        "communities": [
            {
                "slug": "c",
                "texts": {"vi": {"name": "C"}},
                "consents": [
                    {"id": "a", "given_on": "2026-01-01", "given_how": "x", "withdrawn_on": None}
                ],
            }
        ],
        "records": [
            {
                "code": "k",
                "species": "que",
                "community": "c",
                "consent": "b",
                "source": "book",
                "audience": "open",
                "texts": {"vi": {"title": "T", "body": "B"}},
            }
        ],
    }
    (tmp_path / "knowledge.yaml").write_text(yaml.safe_dump(entries), encoding="utf-8")
    monkeypatch.setattr(knowledge, "DATA_DIR", tmp_path)
    with pytest.raises(BadDataFile, match=r"knowledge\.yaml, k"):
        knowledge.load_knowledge()
    assert not KnowledgeRecord.objects.exists()
