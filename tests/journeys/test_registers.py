"""Staff draw the plots of a growing area; what is drawn is checked like a file."""

import re

import pytest
from playwright.sync_api import expect

from catalogue.services.loading.files import read_csv
from catalogue.services.loading.registers import REGISTERS

pytestmark = pytest.mark.one_database

# A demonstration area in the order of its file, which is that of its keys.
AREA = 1 + [row["code"] for row in read_csv(REGISTERS / "areas.csv")].index("VN-DEMO-0001")
PLOTS = f"/admin/registers/areas/{AREA}/plots/"


def last_corner(page) -> dict:
    return page.locator(".drawing__corner").last.bounding_box()


def wait_until_still(page, *, since: dict) -> None:
    """Wait until the map has moved, and stands still for three looks."""
    looks = [since]
    while looks[-1] == since or len(looks) < 4 or looks[-1] != looks[-3]:
        assert len(looks) < 200
        page.wait_for_timeout(50)
        looks.append(last_corner(page))


def draw_at_the_cross(page, *, label: str) -> None:
    """Draw a small plot with the keyboard alone: the map moves, the corner is at the cross."""
    page.locator("[data-do=begin]").press("Enter")
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft"):
        page.locator("[data-do=centre]").press("Enter")
        before = last_corner(page)
        page.locator(".drawing__map").press(key)
        wait_until_still(page, since=before)
    page.fill(".drawing [name=label]", label)
    page.locator("[data-do=finish]").press("Enter")


def test_a_plot_is_drawn_with_the_keyboard_and_its_faults_are_named(visit):
    page = visit(PLOTS, "desk", "staff")
    kept = page.locator(".drawing__list li")
    expect(kept).to_have_count(5)
    draw_at_the_cross(page, label="Ở giữa")
    expect(kept).to_have_count(6)
    assert '"label":"Ở giữa"' in page.locator("[name=text]").input_value()

    page.click("button[name=check]")
    expect(page.locator("#outcome ~ table")).to_contain_text("Ở giữa")
    # What was drawn is still there, and is taken away again.
    page.get_by_role("button", name="Bỏ ra: Ở giữa").press("Enter")
    page.click("button[name=check]")
    expect(page.get_by_text("Các thửa này không có lỗi.")).to_be_visible()


@pytest.mark.parametrize("width", ["phone", "desk"])
def test_corners_are_added_where_one_stands(visit, width):
    page = visit(
        PLOTS,
        width,
        "staff",
        geolocation={"latitude": 21.7801, "longitude": 103.8502, "accuracy": 7},
        permissions=["geolocation"],
    )
    page.locator("[data-do=begin]").click()
    page.locator("[data-do=here]").click()
    expect(page.locator(".drawing__status")).to_have_text(re.compile("sai số 7 mét"))
    expect(page.locator(".drawing__corner")).to_have_count(1)
    page.locator("[data-do=finish]").click()
    expect(page.locator(".drawing__status")).to_have_text("Một thửa có ít nhất ba góc.")
    page.locator("[data-do=cancel]").click()
    expect(page.locator(".drawing__corner")).to_have_count(0)
    assert page.locator("[name=text]").input_value() == ""


def test_a_text_that_cannot_be_drawn_is_left_alone(visit):
    page = visit(PLOTS, "desk", "staff")
    page.fill("[name=text]", "label,lon,lat,hectares\nA,103.85,22.34,9")
    page.click("button[name=check]")
    expect(page.locator(".drawing")).to_contain_text("không vẽ được ở đây")
    assert "103.85" in page.locator("[name=text]").input_value()
