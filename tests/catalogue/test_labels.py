"""Labels open what they say, fill their sheets, and promise nothing."""

import builtins
import io
from datetime import timedelta

from django.utils import timezone, translation

import pytest
import segno
import zxingcpp
from PIL import Image, ImageFile
from pypdf import PdfReader

from catalogue import labels
from catalogue.models import Certificate, GrowingArea
from core import pdf, qr
from tests.factories.catalogue import (
    CertificateFactory,
    EstablishmentFactory,
    GrowingAreaFactory,
    SpeciesFactory,
)

TODAY = timezone.localdate()


def label(number="VN-1", **facts):
    return labels.Label("Vùng trồng", number, f"https://example.org/area/{number}", **facts)


def pages(content: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]


@pytest.mark.parametrize(
    "address", ["https://example.org/area/VN-1", "https://example.org/certificate/12/GCN-%C4%90"]
)
def test_the_code_is_read_as_its_address(address):
    picture = io.BytesIO()
    segno.make(address, error=qr.ERROR_CORRECTION, micro=False).save(
        picture, kind="png", scale=6, border=qr.QUIET_ZONE
    )
    assert [found.text for found in zxingcpp.read_barcodes(Image.open(picture))] == [address]
    assert qr.svg(address).count("<path") == 2
    assert qr.svg(address) == qr.svg(address)


@pytest.mark.django_db
def test_a_certificate_says_what_it_is_and_asks_to_be_scanned(settings):
    settings.BASE_URL = "https://example.org"
    CertificateFactory(
        number="12/GCN Đ",
        establishment=EstablishmentFactory(name="HTX Mẫu"),
        species=[SpeciesFactory(scientific_name="Cinnamomum cassia")],
        expires_on=TODAY + timedelta(days=90),
        is_demonstration=True,
    )
    with translation.override("vi"):
        made = labels.of_certificate(Certificate.objects.for_rows().get())
        (text,) = pages(labels.answer([made]).content)
    assert made.address == "https://example.org/certificate/12/GCN%20%C4%90"
    day = TODAY + timedelta(days=90)
    for words in (
        "12/GCN Đ",
        "HTX Mẫu",
        "Cinnamomum cassia",
        f"Hiệu lực đến {day.day}.{day.month}.{day.year}",
        "Quét mã để xem hôm nay còn hiệu lực không",
        "Scan to see whether it holds today",
        "example.org/certificate/12/GCN%20%C4%90",
    ):
        assert "".join(words.split()) in "".join(text.split())


@pytest.mark.django_db
def test_an_area_says_no_place_that_is_withheld(monkeypatch):
    GrowingAreaFactory(code="VN-1", species=[SpeciesFactory()])
    area = GrowingArea.objects.for_rows().get()
    assert labels.of_area(area).lines[1] == "Phường Sa Pa, Lào Cai"
    area.place_is_withheld = True
    assert labels.of_area(area).lines[1] == "Lào Cai"


@pytest.mark.parametrize(
    ("number", "skip", "on_pages"),
    [(1, 0, [1]), (21, 0, [21]), (21, 1, [20, 1]), (43, 20, [1, 21, 21])],
)
def test_labels_fill_their_sheets_in_order(number, skip, on_pages):
    made = [label(f"VN-{at:03}") for at in range(number)]
    found = pages(labels.answer(made, skip=skip).content)
    assert [
        sum(text.count(f"area/VN-{at:03}") for at in range(number)) for text in found
    ] == on_pages


def test_long_words_stay_on_their_label():
    long = label(
        "N" * 60, lines=["Công ty " + "rất dài " * 40, "x" * 200], species=["Abc def"] * 40
    )
    assert len(pages(labels.answer([long] * 21).content)) == 1


def test_nobody_prints_without_end():
    assert len(pages(labels.answer([label()] * (labels.MOST + 50)).content)) == 10


def test_a_page_that_is_printed_fetches_nothing(caplog):
    content = pdf.render('<img src="http://127.0.0.1:9/x.png" alt=""><p>Chữ</p>')
    assert "Chữ" in pages(content)[0]
    assert "http://127.0.0.1:9/x.png" in caplog.text


def test_without_pango_the_browser_prints(monkeypatch):
    imported = builtins.__import__

    def fails(name, *args, **kwargs):
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return imported(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", fails)
    answer = labels.answer([label()])
    assert answer.headers["Content-Type"].startswith("text/html")
    assert "area/VN-1" in answer.content.decode()


def test_what_people_write_is_never_markup():
    html = labels.sheet([label("<b>1</b>", lines=["<script>"])])
    assert "<b>1</b>" not in html
    assert "<script>" not in html


def test_printing_does_not_make_broken_images_pass():
    pdf.render("<p>Chữ</p>")
    assert ImageFile.LOAD_TRUNCATED_IMAGES is False
