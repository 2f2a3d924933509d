"""Market staff verify, suspend and restore in the Wagtail admin."""

from django.urls import reverse

import pytest

from catalogue.models import Certificate, YieldLimit
from catalogue.signals import certificate_changed
from tests.factories.catalogue import (
    CertificateFactory,
    GrowingAreaFactory,
    PlotFactory,
    SpeciesFactory,
)
from tests.factories.decisions import decided

pytestmark = pytest.mark.django_db


@pytest.fixture
def certificate(client, market_staff):
    client.force_login(market_staff)
    return CertificateFactory(
        number="C-1", species=[SpeciesFactory(slug="que")], areas=[GrowingAreaFactory()]
    )


def test_market_staff_suspend_a_certificate_and_the_badge_goes(client, certificate):
    told = []

    def follow(sender, pk, **kwargs):
        told.append(pk)

    certificate_changed.connect(follow)
    page = reverse("catalogue_decide", args=["certificates", certificate.pk])
    answer = client.post(page, {"step": "suspended", "reason": "Thiếu sổ tay"}, follow=True)
    certificate_changed.disconnect(follow)
    assert answer.redirect_chain == [(reverse("catalogue_queue"), 302)]
    certificate.refresh_from_db()
    assert certificate.state == "suspended"
    assert told == [certificate.pk]
    assert client.get("/api/v1/species/que").json()["certificates"] == []
    assert "Thiếu sổ tay" in client.get(page).content.decode()


@pytest.mark.parametrize("address", ["certificates/0/", "orders/1/", "areas/999/"])
def test_deciding_about_what_is_not_there_is_not_found(client, market_staff, address):
    client.force_login(market_staff)
    page = client.get(f"/admin/registers/verification/{address}", follow=True)
    assert page.status_code == 404


@pytest.mark.parametrize("name", ["catalogue_queue", "catalogue_decide"])
def test_only_market_staff_decide(client, curator, name):
    args = ["certificates", CertificateFactory().pk] if name == "catalogue_decide" else []
    client.force_login(curator)
    answer = client.post(reverse(name, args=args), {"step": "suspended", "reason": "x"})
    assert answer.status_code == 302
    assert answer.headers["Location"] == reverse("wagtailadmin_home")
    assert not Certificate.objects.filter(decision="suspended").exists()


@pytest.mark.parametrize(
    ("_case", "form"),
    [
        ("nothing chosen", {"reason": "x"}),
        ("no reason", {"step": "suspended"}),
        ("a step out of order", {"step": "withdrawn", "reason": "x"}),
        ("not a step", {"step": "burnt", "reason": "x"}),
        ("a reason without end", {"step": "suspended", "reason": "x" * 301}),
    ],
)
def test_a_step_that_cannot_be_taken_is_refused_on_its_page(client, certificate, _case, form):
    page = reverse("catalogue_decide", args=["certificates", certificate.pk])
    answer = client.post(page, form)
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert not certificate.decisions.exists()


def test_the_queue_names_what_is_suspicious_in_a_few_queries(
    client, market_staff, django_assert_max_num_queries
):
    client.force_login(market_staff)
    foreign = GrowingAreaFactory(decision="suspended", code="ABC")
    CertificateFactory(number="12/GCN")
    for number in ("12-GCN", "13/GCN", "14/GCN"):
        paper = CertificateFactory(number=number, decision="draft", areas=[foreign])
        decided(paper, "submitted")
    decided(GrowingAreaFactory(decision="draft", code="Vùng 1"), "submitted")
    with django_assert_max_num_queries(30):
        page = client.get(reverse("catalogue_queue"))
    found = {
        getattr(row["record"], "number", "") or row["record"].code: row["record"].suspicions
        for row in page.context["rows"]
    }
    assert found["12-GCN"] == [
        "Giấy chứng nhận 12/GCN có cùng số, chỉ khác cách viết.",
        "Hồ sơ không ghi loài nào.",
        "Vùng trồng ABC thuộc cơ sở khác.",
        "Vùng trồng ABC không đăng ký loài nào trong giấy này.",
        "Mã số vùng trồng ABC hiện không có hiệu lực.",
    ]
    assert len(found["13/GCN"]) == 4
    assert found["Vùng 1"] == [
        "Mã số không theo dạng thường dùng cho vùng trồng.",
        "Chưa có thửa nào được lưu.",
    ]


@pytest.mark.parametrize(
    ("registered", "said"),
    [
        (25_000, []),
        (30_000, ["Vùng trồng đăng ký 3 ha, còn các thửa chỉ có 2,28 ha."]),
    ],
)
def test_an_area_larger_than_its_plots_is_suspicious(client, market_staff, registered, said):
    client.force_login(market_staff)
    area = GrowingAreaFactory(decision="draft", code="VN-LCOR-0001", area_m2=registered)
    for label in "AB":
        PlotFactory(area=area, label=label)
    decided(area, "submitted", "returned", "submitted")  # several decisions count no plot twice
    (row,) = client.get(reverse("catalogue_queue")).context["rows"]
    assert row["record"].suspicions == said


@pytest.mark.parametrize(
    ("_case", "limits", "tonnes", "said"),
    [
        ("beyond the limit", [5], 11, ["Mỗi héc-ta dự kiến 5,5 tấn mỗi năm; mức tối đa là 5 tấn."]),
        ("at the limit", [5], 10, []),
        ("the highest of two counts", [5, 6], 11, []),
        ("a species without a limit", [5, None], 11, []),
        ("nothing expected", [5], None, []),
    ],
)
def test_a_yield_beyond_the_limit_of_a_hectare_is_suspicious(
    client, market_staff, _case, limits, tonnes, said
):
    client.force_login(market_staff)
    species = [SpeciesFactory() for _limit in limits]
    for one, limit in zip(species, limits, strict=True):
        if limit:
            YieldLimit.objects.create(
                species=one, grams_per_hectare=limit * 1_000_000, source="Quyết định Mẫu"
            )
    area = GrowingAreaFactory(
        decision="draft",
        code="VN-LCOR-0001",
        area_m2=20_000,
        expected_yield_grams=tonnes and tonnes * 1_000_000,
        species=species,
    )
    for label in "AB":
        PlotFactory(area=area, label=label)
    decided(area, "submitted")
    (row,) = client.get(reverse("catalogue_queue")).context["rows"]
    assert row["record"].suspicions == said


def test_ground_that_was_coded_anew_is_suspicious_when_its_old_code_is_to_come_back(
    client, market_staff
):
    client.force_login(market_staff)
    old = GrowingAreaFactory(decision="withdrawn", code="VN-LCOR-0001")
    new = GrowingAreaFactory(code="VN-LCOR-0002")
    PlotFactory(area=old, label="A")
    PlotFactory(area=new, label="B")
    page = reverse("catalogue_decide", args=["areas", old.pk])
    said = "Một thửa nằm đè lên thửa VN-LCOR-0002, B."
    assert said in client.get(page).context["record"].suspicions
    newer = reverse("catalogue_decide", args=["areas", new.pk])
    assert not any("nằm đè" in one for one in client.get(newer).context["record"].suspicions)


def test_a_paper_that_covers_more_than_its_areas_is_suspicious(client, market_staff):
    client.force_login(market_staff)
    species = SpeciesFactory()
    area = GrowingAreaFactory(area_m2=20_000, species=[species])
    paper = CertificateFactory(
        decision="draft",
        areas=[area],
        species=[species],
        establishment=area.establishment,
        certified_m2=30_000,
    )
    decided(paper, "submitted")
    (row,) = client.get(reverse("catalogue_queue")).context["rows"]
    assert row["record"].suspicions == ["Giấy ghi 3 ha, còn các vùng trồng chỉ có 2 ha."]
