"""A record with a row on every sheet, and files to edit."""

from decimal import Decimal

from wagtail.images.tests.utils import get_test_image_file

import pytest

from catalogue.exchange import export_species
from catalogue.exchange.reading import read_sheets
from catalogue.exchange.writing import open_writer
from catalogue.models import (
    Compound,
    ConservationStatus,
    Distribution,
    Figure,
    LookAlike,
    Marker,
    Preparation,
    PreparationForm,
    Season,
    Species,
    SpeciesTrait,
    StrategicGroup,
    Synonym,
    VernacularName,
)
from media.models import MediaFile, MuseumImage
from tests.factories.catalogue import (
    CommuneFactory,
    LanguageFactory,
    PartFactory,
    ProvinceFactory,
    ReferenceFactory,
    SpeciesFactory,
    TraitFactory,
    TraitStateFactory,
)
from tests.factories.media import wav


def write(path, sheets):
    """Write sheets – name → lines of texts – to a file of the format that its name says."""
    with path.open("wb") as file:
        writer = open_writer(file, path.suffix[1:])
        for name, lines in sheets.items():
            writer.sheet(name, lines)
        writer.close()


def read(path):
    """Return the sheets of a file as texts."""
    found = read_sheets(path)
    return {name: [[str(cell) for cell in cells] for _line, cells in found[name]] for name in found}


class Book:
    """An exported file that a test edits as somebody does in a spreadsheet."""

    def __init__(self, path):
        self.path = path
        export_species(Species.objects.all(), path, path.suffix[1:])
        self.sheets = read(path)

    def lines(self, sheet, slug="que"):
        return [line for line in self.sheets[sheet][1:] if line[0] == slug]

    def set(self, sheet, column, value, *, row=0, slug="que"):
        place = self.sheets[sheet][0].index(column)
        line = self.lines(sheet, slug)[row]
        line += [""] * (place + 1 - len(line))
        line[place] = value

    def add(self, sheet, **cells):
        head = self.sheets[sheet][0]
        assert set(cells) <= set(head)
        self.sheets[sheet].append([cells.get(name, "") for name in head])

    def save(self):
        write(self.path, self.sheets)
        return self.path


@pytest.fixture(params=["xlsx", "zip"])
def path(request, tmp_path):
    return tmp_path / f"collection.{request.param}"


@pytest.fixture
def book(que, tmp_path):
    return Book(tmp_path / "collection.xlsx")


@pytest.fixture
def words(db):
    """The lists that the record and the edits of tests point at."""
    for code in ("vie", "eng", "ium"):
        LanguageFactory(code=code)
    for code in ("canopy", "field"):
        TraitStateFactory(code=code, trait=TraitFactory(code="habitat"))
    PartFactory(code="seed")
    ReferenceFactory(code="powo", author="Kew", title="POWO")
    CommuneFactory()
    CommuneFactory(code="03640", name="Nậm Cuổi", province=ProvinceFactory(code="12", name="L"))


@pytest.fixture
def que(words):
    """A published record with a row on every sheet."""
    source = ReferenceFactory()
    part = PartFactory()
    place = CommuneFactory()
    recording = MediaFile.objects.create(title="Quế", file=wav())
    image = MuseumImage.objects.create(title="Vỏ quế ", file=get_test_image_file(), credit="A")
    species = SpeciesFactory(
        slug="que",
        scientific_name="Cinnamomum cassia",
        authorship="(L.) J.Presl",
        elevation_min_m=200,
        elevation_max_m=1000,
        provinces=[place.province],
    )
    species.names = [
        VernacularName(
            name="Quế", language="vie", source=source, recording=recording, sort_order=0
        ),
        VernacularName(
            name="Kia", language="ium", source=source, locator="12", commune=place, sort_order=1
        ),
    ]
    species.synonyms = [Synonym(name="Laurus cassia", authorship="L.", kind="basionym")]
    species.traits = [SpeciesTrait(state=TraitStateFactory())]
    species.preparations = [
        Preparation(
            part=part, form=PreparationForm.objects.get_or_create(code="dried")[0], source=source
        )
    ]
    species.markers = [
        Marker(
            part=part,
            compound=Compound.objects.get_or_create(code="cinnamaldehyde")[0],
            bound="min",
            limit=Decimal("0.5"),
            unit="%",
            basis="dried",
            edition="5",
            source=source,
        )
    ]
    species.seasons = [
        Season(kind="harvest", part=part, first_month=11, last_month=2, source=source)
    ]
    species.distribution = [
        Distribution(province=place.province, source=source, sort_order=0),
        Distribution(province=place.province, commune=place, source=source, sort_order=1),
        Distribution(area_code="CHC", means="cultivated", source=source, sort_order=2),
    ]
    species.conservation = [
        ConservationStatus(
            authority="iucn", edition="2024-1", category="LC", scope="global", source=source
        )
    ]
    species.look_alikes = [LookAlike(scientific_name="Cinnamomum verum", is_toxic=False)]
    species.figures = [Figure(image=image, part=part)]
    species.groups = [StrategicGroup.objects.get_or_create(code="export")[0]]
    species.references = [source]
    species.save()
    species.save_revision().publish()
    return Species.objects.get(slug="que")
