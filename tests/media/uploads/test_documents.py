"""A document is what its name says."""

import zipfile
from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

import pytest

from media.models import MuseumDocument
from media.uploads import documents
from media.uploads.documents import check_document


def archive(member):
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        packed.writestr(member, "x")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"%PDF-1.7 x"),
        ("A.PDF", b"%PDF-1.7 x"),
        ("a.txt", "Cây quế".encode()),
        ("a.csv", "tên;số\n".encode()),
        ("a.docx", archive("word/document.xml")),
        ("a.xlsx", archive("xl/workbook.xml")),
        ("a.ods", archive("content.xml")),
    ],
)
def test_a_document_comes_in(name, content):
    check_document(ContentFile(content, name=name))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"<html>"),
        ("a.pdf", b""),
        ("a.txt", b"MZ\0\0"),
        ("a.txt", b"\xff\xfeh\0"),
        ("a.txt", "ế".encode()[:-1]),
        ("a.docx", b"PK\3\4 broken"),
        ("a.docx", archive("xl/workbook.xml")),
        ("a.xlsx", b"%PDF-1.7"),
        ("a.html", b"<html>"),
        ("a.svg", b"<svg/>"),
        ("a.exe", b"MZ"),
        ("a", b"%PDF-1.7"),
    ],
)
def test_what_is_something_else_is_refused(name, content):
    with pytest.raises(ValidationError) as refusal:
        check_document(ContentFile(content, name=name))
    assert refusal.value.messages[0].endswith(".")


def test_a_letter_across_two_chunks_is_whole(monkeypatch):
    monkeypatch.setattr(documents, "_CHUNK", 1)
    check_document(ContentFile("Cây quế".encode(), name="a.txt"))


def test_what_is_too_large_is_refused(settings):
    settings.WAGTAILDOCS_MAX_UPLOAD_SIZE = 5
    with pytest.raises(ValidationError, match="5"):
        check_document(ContentFile(b"%PDF-1.7", name="a.pdf"))


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "content"), [("a.pdf", b"<html>"), ("a.html", b"<html>")])
def test_the_form_says_why_it_refuses(client, curator, name, content):
    client.force_login(curator)
    form = {"title": "Tờ", "credit": "Mẫu", "licence": "CC-BY-4.0", "collection": 1, "tags": ""}
    answer = client.post(
        reverse("wagtaildocs:add"), form | {"file": SimpleUploadedFile(name, content)}
    )
    assert answer.status_code == 200
    assert set(answer.context["form"].errors) == {"file"}
    assert not MuseumDocument.objects.exists()


@pytest.mark.django_db
def test_no_way_into_the_storage_leads_round():
    with pytest.raises(ValidationError):
        MuseumDocument.objects.create(
            title="Tờ", credit="Mẫu", file=ContentFile(b"<html>", name="a.html")
        )
