"""Market staff keep the registers in the Wagtail admin."""

import io

from django.urls import reverse

from wagtail.models import ModelLogEntry
from wagtail.test.utils.form_data import inline_formset, nested_form_data

import pytest
from pypdf import PdfReader

from catalogue.models import AreaCode, Audit, Certificate, GrowingArea, YieldLimit
from tests.factories.catalogue import CertificateFactory, GrowingAreaFactory, SpeciesFactory
from tests.factories.decisions import decided

pytestmark = pytest.mark.django_db


def address(model, view, *args):
    return reverse(model.snippet_viewset.get_url_name(view), args=args)


def certificate_form(certificate, **changes):
    form = {
        name: getattr(certificate, name)
        for name in ("number", "standard", "authority", "activity", "document_kind")
    } | {
        "establishment": certificate.establishment_id,
        "issued_on": certificate.issued_on.isoformat(),
        "expires_on": certificate.expires_on.isoformat(),
        "species": [species.pk for species in certificate.species.all()],
        "areas": [area.pk for area in certificate.areas.all()],
    }
    return form | changes


@pytest.fixture
def certificate(client, market_staff):
    client.force_login(market_staff)
    return CertificateFactory(
        number="C-1", species=[SpeciesFactory(slug="que")], areas=[GrowingAreaFactory()]
    )


def test_dates_in_the_wrong_order_are_refused_in_the_form(client, certificate):
    Certificate.objects.update(decision="returned")
    form = certificate_form(certificate, expires_on="2001-01-01")
    answer = client.post(address(Certificate, "edit", certificate.pk), form)
    assert answer.status_code == 200
    assert answer.context["form"].errors
    certificate.refresh_from_db()
    assert certificate.expires_on.year > 2001


def test_what_is_vouched_for_stays_as_it_is_until_it_is_returned(client, certificate):
    form = certificate_form(certificate, number="C-2", authority="Ai khác")
    client.post(address(Certificate, "edit", certificate.pk), form)
    assert Certificate.objects.get().number == "C-1"

    Certificate.objects.update(decision="returned")
    client.post(address(Certificate, "edit", certificate.pk), form)
    assert Certificate.objects.get().number == "C-2"
    entry = ModelLogEntry.objects.get(action="catalogue.register.changed")
    assert entry.data == {
        "changes": {"number": ["C-1", "C-2"], "authority": ["Cơ quan cấp Mẫu", "Ai khác"]}
    }
    history = client.get(address(Certificate, "history", certificate.pk)).content.decode()
    assert "C-1 → C-2" in history


def test_a_decision_is_not_made_by_editing(client, certificate):
    form = certificate_form(certificate, decision="withdrawn")
    client.post(address(Certificate, "edit", certificate.pk), form)
    assert Certificate.objects.get().decision == "accepted"


def test_other_facts_of_an_area_are_changed_and_noted(client, market_staff):
    client.force_login(market_staff)
    area = GrowingAreaFactory(households=3, species=[SpeciesFactory()])
    form = {"name": area.name, "households": 4, "under_canopy": "on", "area_m2": 1}
    answer = client.post(address(GrowingArea, "edit", area.pk), form)
    assert answer.status_code == 302
    area.refresh_from_db()
    assert (area.households, area.under_canopy, area.area_m2) == (4, True, 20_000)
    entry = ModelLogEntry.objects.get(action="catalogue.register.changed")
    assert entry.data["changes"]["households"] == ["3", "4"]


def test_the_yield_of_an_area_is_typed_in_tonnes(client, market_staff):
    client.force_login(market_staff)
    area = GrowingAreaFactory(decision="draft", species=[SpeciesFactory()])
    form = {
        "code": area.code,
        "name": area.name,
        "establishment": area.establishment_id,
        "commune": area.commune_id,
        "species": [one.pk for one in area.species.all()],
        "area_m2": area.area_m2,
        "households": 0,
        "expected_yield_grams": "1.450,5",
    }
    page = address(GrowingArea, "edit", area.pk)
    assert client.post(page, form).status_code == 302
    area.refresh_from_db()
    assert area.expected_yield_grams == 1_450_500_000
    assert 'value="1450,5' in client.get(page).content.decode()
    assert client.post(page, form | {"expected_yield_grams": "0"}).status_code == 200
    decided(area, "submitted", "checked", "accepted")
    assert "1.450,5 tấn mỗi năm" in client.get(area.get_absolute_url()).content.decode()
    assert client.get(f"/api/v1/areas/{area.code}").json()["expected_yield_grams"] == 1_450_500_000


def test_a_limit_of_yield_is_typed_in_tonnes_and_says_who_set_it(client, market_staff):
    client.force_login(market_staff)
    species = SpeciesFactory()
    form = {"species": species.pk, "grams_per_hectare": "9,5", "source": "Quyết định Mẫu"}
    assert client.post(address(YieldLimit, "add"), form).status_code == 302
    assert species.yield_limit.grams_per_hectare == 9_500_000
    assert "9,5" in client.get(address(YieldLimit, "list")).content.decode()
    assert client.post(address(YieldLimit, "add"), form | {"source": ""}).status_code == 200


def test_a_record_that_was_decided_about_is_not_deleted(client, certificate):
    decided(certificate, "suspended")
    answer = client.post(address(Certificate, "delete", certificate.pk))
    assert answer.status_code == 302
    assert Certificate.objects.exists()
    fresh = CertificateFactory(decision="draft")
    client.post(address(Certificate, "delete", fresh.pk))
    assert not Certificate.objects.filter(pk=fresh.pk).exists()


@pytest.mark.parametrize("factory", [CertificateFactory, GrowingAreaFactory])
def test_labels_of_chosen_records_are_printed_from_their_list(client, market_staff, factory):
    client.force_login(market_staff)
    records = [factory(), factory(), factory()]
    model = type(records[0])
    page = reverse(
        "wagtail_bulk_action", args=[model._meta.app_label, model._meta.model_name, "labels"]
    )
    chosen = f"{page}?id={records[0].pk}&id={records[2].pk}"
    assert "In nhãn" in client.get(chosen).content.decode()
    answer = client.post(chosen, {"skip": 20})
    assert answer.headers["Content-Type"] == "application/pdf"
    assert len(PdfReader(io.BytesIO(answer.content)).pages) == 2
    assert client.post(chosen, {"skip": 99}).headers["Content-Type"].startswith("text/html")


def test_an_audit_is_entered_with_its_parts_and_shown_without_its_assessors(client, certificate):
    form = nested_form_data(
        {
            "certificate": certificate.pk,
            "kind": "first",
            "visited_on": "2026-03-05",
            "assessors": "Người Đánh Giá Mẫu",
            "parts": inline_formset(
                [{"part": 1, "met": 20, "not_met": 2}, {"part": 5, "met": 8, "not_met": 0}]
            ),
            "findings": inline_formset(
                [{"part": 1, "criterion": "1.9", "note": "Chưa đủ nhật ký bón phân"}]
            ),
            "corrections": "Bổ sung nhật ký",
            "corrections_due_on": "2026-04-05",
        }
    )
    answer = client.post(address(Audit, "add"), form)
    assert answer.status_code == 302
    audit = certificate.audits.get()
    assert (audit.met, audit.not_met) == (28, 2)
    page = " ".join(client.get(certificate.get_absolute_url()).content.decode().split())
    assert "28 tiêu chí đạt, 2 không đạt" in page
    assert "Hạn khắc phục 5.4.2026." in page
    assert "Người Đánh Giá Mẫu" not in page
    assert [(row.part, row.criterion) for row in audit.findings.all()] == [(1, "1.9")]
    assert "nhật ký bón phân" not in page


def test_more_criteria_than_there_are_is_refused(client, certificate):
    form = nested_form_data(
        {
            "certificate": certificate.pk,
            "kind": "first",
            "visited_on": "2026-03-05",
            "parts": inline_formset(
                [{"part": 1, "met": 30, "not_met": 2}, {"part": 3, "met": 20, "not_met": 3}]
            ),
            "findings": inline_formset([]),
        }
    )
    answer = client.post(address(Audit, "add"), form)
    assert answer.status_code == 200
    assert "Tất cả các phần có 54 tiêu chí." in answer.content.decode()
    assert not certificate.audits.exists()


@pytest.mark.parametrize(
    "findings",
    [
        [{"part": 1, "criterion": "1.9"}, {"part": 1, "criterion": "1.10"}],
        [{"part": 2, "criterion": "2.1"}],
    ],
)
def test_no_more_criteria_are_named_than_were_not_met(client, certificate, findings):
    form = nested_form_data(
        {
            "certificate": certificate.pk,
            "kind": "first",
            "visited_on": "2026-03-05",
            "parts": inline_formset([{"part": 1, "met": 30, "not_met": 1}]),
            "findings": inline_formset(findings),
        }
    )
    answer = client.post(address(Audit, "add"), form)
    assert answer.status_code == 200
    assert "số tiêu chí nêu ra nhiều hơn số không đạt" in answer.content.decode()
    assert not certificate.audits.exists()


def test_what_is_printed_is_entered_and_shown(client, certificate):
    Certificate.objects.update(decision="returned")
    form = certificate_form(
        certificate,
        scheme="TCVN 11041",
        document_kind="announcement",
        species_as_printed="Quế (Cinnamomum cassia Presl.)",
        first_issued_on="2020-01-05",
        certified_m2="196000",
        source_url="https://example.org/tra-cuu",
    )
    assert client.post(address(Certificate, "edit", certificate.pk), form).status_code == 302
    decided(certificate, "submitted", "checked", "accepted")
    page = client.get(certificate.get_absolute_url()).content.decode()
    for words in (
        "TCVN 11041",
        "Công bố trên cổng",
        "Presl.",
        "5.1.2020",
        "19,6 ha",
        "example.org/tra-cuu",
    ):
        assert words in page


def test_an_area_has_a_code_for_each_market(client, market_staff):
    client.force_login(market_staff)
    area = GrowingAreaFactory(code="VN-1")
    form = {
        "area": area.pk,
        "market": "CN",
        "code": " vn-lcor-0128 ",
        "authority": "Cơ quan cấp Mẫu",
        "issued_on": "2026-01-05",
    }
    assert client.post(address(AreaCode, "add"), form).status_code == 302
    assert area.codes.get().code == "VN-LCOR-0128"
    page = client.get(area.get_absolute_url()).content.decode()
    assert "Mã số cho CN" in page
    assert "VN-LCOR-0128" in page
    assert client.post(address(AreaCode, "add"), form | {"market": "China"}).status_code == 200
    assert client.post(address(AreaCode, "add"), form).status_code == 200  # the code is taken


@pytest.mark.parametrize(
    ("factory", "words"),
    [(CertificateFactory, "tạm đình chỉ"), (GrowingAreaFactory, "tạm đình chỉ")],
)
def test_lists_say_the_state_in_words(client, market_staff, factory, words):
    client.force_login(market_staff)
    record = factory(decision="suspended")
    listing = client.get(address(type(record), "list")).content.decode()
    assert f">{words}<" in "".join(line.strip() for line in listing.splitlines())


@pytest.mark.parametrize("step", ["submitted", "checked", "accepted", "suspended", "withdrawn"])
def test_what_was_submitted_stays_as_it_was_for_the_second_pair_of_eyes(client, certificate, step):
    Certificate.objects.update(decision=step)
    form = certificate_form(certificate, number="C-2", expires_on="2999-01-01")
    client.post(address(Certificate, "edit", certificate.pk), form)
    kept = Certificate.objects.get()
    assert (kept.number, kept.expires_on) == ("C-1", certificate.expires_on)
