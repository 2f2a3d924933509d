"""What no export ever says: drafts, withdrawn records, exact places, what was not consented to."""

from datetime import timedelta

from django.utils import timezone

from wagtail.models import Collection, CollectionViewRestriction

import pytest

from catalogue.exports import building, dwca
from catalogue.models import ConservationStatus, Distribution, Figure, Species, VernacularName
from media.models import MediaFile, MuseumImage
from tests.factories.catalogue import (
    CommuneFactory,
    KnowledgeFactory,
    ProvinceFactory,
    ReferenceFactory,
    SpeciesFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def rare():
    """A species that grows in a commune, where one of its names is used too."""
    species = SpeciesFactory(slug="loai-hiem", provinces=[ProvinceFactory()])
    commune = CommuneFactory(code="99999", name="Kín Đáo", full_name="Xã Kín Đáo")
    source = ReferenceFactory()
    Distribution.objects.create(
        species=species, province=commune.province, commune=commune, source=source, locator="Kín 7"
    )
    VernacularName.objects.create(
        species=species, name="Tên bản", language="mww", commune=commune, source=source
    )
    return species


def threaten(species, category="EN"):
    return ConservationStatus.objects.create(
        species=species,
        authority="red_book",
        edition="2007",
        category=category,
        scope="national",
        source=ReferenceFactory(),
    )


def test_the_commune_of_a_common_species_is_told(rare, everything):
    text = everything()
    assert "VN-GSO:99999\tXã Kín Đáo, Lào Cai" in text
    assert text.count("VN-GSO:99999") == 2


def test_the_commune_of_a_threatened_species_is_nowhere(rare, everything, table):
    threaten(rare)
    text = everything()
    assert "Tên bản" in text
    for secret in ("99999", "Kín Đáo", "Kín 7"):
        assert secret not in text
    (place,) = [row for row in table("distribution") if row["locationID"] == "VN-GSO:15"]
    assert place["locality"] == "Lào Cai"
    (taxon,) = table("taxon")
    assert taxon["informationWithheld"].startswith("Communes are withheld")


def test_a_species_that_becomes_threatened_is_not_served_from_an_older_file(rare, everything):
    status = threaten(rare, "LR")
    assert "99999" in everything()
    ConservationStatus.objects.filter(pk=status.pk).update(category="CR")
    assert "99999" not in everything()


def test_a_draft_is_nowhere(everything):
    SpeciesFactory(slug="da-xuat-ban")
    SpeciesFactory(slug="ban-nhap", live=False, scientific_name="Secretum nondum")
    text = everything()
    assert "da-xuat-ban" in text
    assert "ban-nhap" not in text
    assert "Secretum" not in text


@pytest.mark.parametrize("way", ["unpublish", "delete", "update"])
def test_what_was_withdrawn_is_not_served_from_an_older_file(everything, way):
    SpeciesFactory(slug="o-lai")
    gone = SpeciesFactory(slug="rut-lai")
    assert "rut-lai" in everything()
    if way == "unpublish":
        gone.unpublish()
    elif way == "delete":
        gone.delete()
    else:
        Species.objects.filter(pk=gone.pk).update(live=False)
    text = everything()
    assert "o-lai" in text
    assert "rut-lai" not in text


def test_what_changes_while_the_files_are_written_is_not_kept(monkeypatch, exports_dir):
    first, second = SpeciesFactory(), SpeciesFactory()
    write = dwca.Archive.add

    def withdraw_first(archive, record):
        write(archive, record)
        if record.species.pk == second.pk:
            Species.objects.filter(pk=first.pk).update(live=False)

    monkeypatch.setattr(dwca.Archive, "add", withdraw_first)
    built = building.build()
    assert (built.records, built.is_current) == (2, False)
    assert list(exports_dir.iterdir()) == []


def test_knowledge_of_a_community_is_nowhere(everything):
    KnowledgeFactory(code="tri-thuc-mo")
    assert "Tri thức mẫu" not in everything()


@pytest.fixture
def image():
    return MuseumImage.objects.create(
        title="Ảnh mẫu",
        file="original_images/anh-mau.jpg",
        width=10,
        height=10,
        credit="Người chụp",
        licence="CC-BY-SA-4.0",
    )


def test_a_picture_comes_with_its_maker_and_licence(image, table):
    Figure.objects.create(species=SpeciesFactory(slug="co-anh"), image=image)
    SpeciesFactory(slug="khong-anh")
    pictures = {row["taxonID"]: row for row in table("multimedia")}
    assert pictures["co-anh"] == {
        "taxonID": "co-anh",
        "type": "StillImage",
        "format": "image/jpeg",
        "identifier": pictures["co-anh"]["identifier"],
        "references": "http://testserver/vi/species/co-anh/",
        "title": "Ảnh mẫu",
        "description": "",
        "creator": "Người chụp",
        "license": "https://creativecommons.org/licenses/by-sa/4.0/legalcode",
    }
    assert pictures["co-anh"]["identifier"].startswith("http://testserver/")
    assert pictures["khong-anh"]["identifier"] == "http://testserver/plates/khong-anh.svg"
    assert pictures["khong-anh"]["format"] == "image/svg+xml"


def test_a_locked_picture_is_nowhere_and_the_plate_stands_for_it(image, table, everything):
    Figure.objects.create(species=SpeciesFactory(slug="co-anh"), image=image)
    assert "anh-mau" in everything()
    collection = Collection.get_first_root_node().add_child(name="Kín")
    MuseumImage.objects.update(collection=collection.add_child(name="Kín hơn"))
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    assert "anh-mau" not in everything()
    (row,) = table("multimedia")
    assert row["identifier"] == "http://testserver/plates/co-anh.svg"


def test_a_recording_is_told_only_with_consent(everything):
    today = timezone.localdate()
    recording = MediaFile.objects.create(
        title="Giọng đọc",
        kind="audio",
        file="recordings/giong.mp3",
        media_type="audio/mpeg",
        speaker="Một người",
        consent_given_on=today - timedelta(days=9),
    )
    Figure.objects.create(species=SpeciesFactory(), file=recording)
    assert "giong.mp3" in everything()
    MediaFile.objects.filter(pk=recording.pk).update(consent_withdrawn_on=today)
    assert "giong.mp3" not in everything()
