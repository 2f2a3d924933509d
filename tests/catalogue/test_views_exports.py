"""The exports as they are fetched."""

import io
import zipfile

import pytest

from catalogue.exports import building
from tests.factories.catalogue import SpeciesFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def exports_dir(settings, tmp_path):
    settings.EXPORTS_DIR = tmp_path / "exports"


def test_an_archive_is_fetched_under_its_permanent_address(client):
    SpeciesFactory(slug="que")
    response = client.get("/exports/checklist.zip")
    assert response.status_code == 200
    assert response["Content-Type"] == "application/zip"
    assert response["Content-Disposition"] == 'attachment; filename="checklist.zip"'
    with zipfile.ZipFile(io.BytesIO(response.getvalue())) as archive:
        assert archive.testzip() is None
        assert {"meta.xml", "eml.xml", "taxon.txt"} <= set(archive.namelist())


def test_the_table_is_utf8_that_spreadsheets_recognise(client):
    SpeciesFactory(slug="que", vie="Quế")
    response = client.get("/exports/species.csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    body = response.getvalue()
    assert body.startswith(b"\xef\xbb\xbfid,scientific_name,")
    assert "Quế" in body.decode()


def test_whoever_has_the_newest_file_does_not_get_it_again(client):
    species = SpeciesFactory()
    first = client.get("/exports/checklist.zip")
    assert first.getvalue()
    tag = first["ETag"]
    again = client.get("/exports/checklist.zip", headers={"if-none-match": tag})
    assert (again.status_code, again.getvalue()) == (304, b"")
    species.unpublish()
    changed = client.get("/exports/checklist.zip", headers={"if-none-match": tag})
    assert changed.status_code == 200
    assert changed["Cache-Control"] == "no-cache"
    assert changed.getvalue()


def test_a_large_collection_is_left_to_the_task(client, monkeypatch):
    SpeciesFactory()
    monkeypatch.setattr(building, "SMALL", 0)
    response = client.get("/exports/checklist.zip")
    assert response.status_code == 503
    assert response["Retry-After"] == "180"
    assert response["Content-Type"] == "application/problem+json"
    building.build()
    response = client.get("/exports/checklist.zip")
    assert response.getvalue()
    assert response.status_code == 200


def test_a_file_taken_away_between_asking_and_opening_is_asked_for_again(client, monkeypatch):
    monkeypatch.setattr(building, "current", lambda name: building.path_of(name, "gone"))
    assert client.get("/exports/species.csv").status_code == 503


def test_a_curator_gets_no_more_than_everybody(client, curator):
    SpeciesFactory(slug="ban-nhap", live=False)
    client.force_login(curator)
    assert b"ban-nhap" not in client.get("/exports/species.csv").getvalue()


def test_an_export_is_only_fetched(client):
    assert client.post("/exports/checklist.zip").status_code == 405


def test_a_citation_is_downloaded_in_the_readers_language(client):
    SpeciesFactory(slug="que", scientific_name="Cinnamomum cassia", vie="Quế", eng="Cassia")
    bib = client.get("/vi/species/que/cite.bib")
    assert bib["Content-Type"] == "application/x-bibtex; charset=utf-8"
    assert bib["Content-Disposition"] == 'attachment; filename="que.bib"'
    assert "{Quế – Cinnamomum cassia L.}" in bib.content.decode()
    ris = client.get("/en/species/que/cite.ris")
    assert ris["Content-Type"] == "application/x-research-info-systems; charset=utf-8"
    assert "TI  - Cassia – Cinnamomum cassia L.\r\n" in ris.content.decode()


@pytest.mark.parametrize("suffix", ["bib", "ris"])
def test_a_draft_is_not_cited(client, suffix):
    SpeciesFactory(slug="ban-nhap", live=False)
    assert client.get(f"/vi/species/ban-nhap/cite.{suffix}").status_code == 404
