"""Market staff check and replace the plots of an area in the admin."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

import pytest

from catalogue.models import Plot
from tests.catalogue.plots.files import collection, feature, polygon, square
from tests.factories.catalogue import CommuneFactory, GrowingAreaFactory, PlotFactory

pytestmark = pytest.mark.django_db

GOOD = collection(
    polygon(label="A", hectares=1.1), feature(square(103.85)[0], "Point", label="B", ha=0.5)
)
BAD = collection(polygon(label="A"), polygon(square(102.6, 20.0), label="Ở <Lào>"))


@pytest.fixture
def area():
    return GrowingAreaFactory(commune=CommuneFactory(code="03006"))


@pytest.fixture
def page(client, market_staff, area):
    client.force_login(market_staff)
    return reverse("catalogue_plots", args=[area.pk])


def labels() -> set[str]:
    return set(Plot.objects.values_list("label", flat=True))


@pytest.mark.parametrize("way", ["file", "text"])
def test_good_plots_are_checked_and_then_kept(client, page, way):
    def form():
        file = SimpleUploadedFile("thua.geojson", GOOD)
        return {"file": file} if way == "file" else {"text": GOOD.decode()}

    answer = client.post(page, form() | {"check": ""})
    assert "Các thửa này không có lỗi. 2 thửa." in answer.content.decode()
    assert labels() == set()

    answer = client.post(page, form() | {"replace": ""}, follow=True)
    assert answer.redirect_chain == [(page, 302)]
    assert labels() == {"A", "B"}
    shown = answer.content.decode()
    assert "1,1407" in shown
    assert shown.count("<circle") == 1


@pytest.mark.parametrize("button", ["check", "replace"])
def test_bad_plots_are_named_and_nothing_is_kept(client, page, area, button):
    PlotFactory(area=area, label="cũ")
    answer = client.post(page, {"text": BAD.decode(), button: ""})
    assert answer.status_code == 400
    shown = answer.content.decode()
    assert "Thửa thứ 2 (Ở &lt;Lào&gt;)" in shown
    assert "Thửa nằm ngoài Việt Nam." in shown
    assert labels() == {"cũ"}


@pytest.mark.parametrize("form", [{}, {"text": " \n"}, {"text": "x", "file": "both"}])
def test_one_of_file_and_text_is_needed(client, page, form):
    if "file" in form:
        form["file"] = SimpleUploadedFile("thua.geojson", GOOD)
    answer = client.post(page, form)
    assert answer.status_code == 200
    assert answer.context["form"].errors


def test_only_who_may_change_areas_sees_the_page(client, curator, area):
    client.force_login(curator)
    answer = client.get(reverse("catalogue_plots", args=[area.pk]))
    assert answer.status_code == 302
    assert client.get(reverse("catalogue_plots", args=[0])).status_code == 302


def test_the_list_of_areas_leads_to_the_plots(client, market_staff, area, page):
    listing = client.get(reverse(type(area).snippet_viewset.get_url_name("list")))
    assert page in listing.content.decode()
