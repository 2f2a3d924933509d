"""A visitor finds a herb by typing its name without accents, and reads its page."""

import pytest
from playwright.sync_api import expect

# The same pages are crawled on every database by tests/functional.
pytestmark = pytest.mark.one_database


@pytest.mark.parametrize("width", ["phone", "desk"])
def test_a_name_without_accents_leads_to_the_herb_and_its_lots(visit, accessible, width):
    page = visit("/vi/", width)
    accessible(page)
    page.locator("main input[name=q]").fill("que van yen")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/**")
    accessible(page)
    first = page.locator("main h3 a, main h2 a").first
    assert first.inner_text().startswith("Quế")
    first.click()
    page.wait_for_url("**/vi/species/que/")
    assert page.locator("h1").inner_text() == "Quế"
    assert page.locator("a[href*='/market/lots/']").count() >= 4
    accessible(page)


def test_the_same_page_in_english(visit, accessible):
    page = visit("/vi/species/que/")
    page.get_by_role("link", name="English").click()
    page.wait_for_url("**/en/species/que/")
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator("h1").inner_text() == "Chinese cinnamon"
    accessible(page)


def test_suggestions_come_while_typing_and_the_keyboard_reaches_them(visit):
    page = visit("/vi/species/")
    box = page.locator("header input[name=q]")
    box.press_sequentially("thao q", delay=30)
    page.locator("header").get_by_role("option", name="Thảo quả").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/vi/species/thao-qua/")


@pytest.mark.parametrize("width", ["phone", "desk"])
@pytest.mark.parametrize(
    "path",
    [
        "/species/",
        "/species/o-dau/",
        "/species/?family=lauraceae",
        "/species/?view=list&flowering=6&toxic=yes",
        "/species/a-z/?letter=đ",
        "/species/a-z/?names=scientific&letter=c",
        "/species/tree/?family=lauraceae",
        "/glossary/#rhizome",
        "/market/",
        "/market/lots/DEMO-QUE-01/",
        "/market/sellers/htx-mau-so-3/",
        "/registers/certificates/",
        "/registers/areas/",
        "/registers/areas/VN-DEMO-0004/",
        "/registers/certificates/DEMO-GACP-006/",
        "/registers/establishments/cong-ty-que-mau/",
        "/registers/statistics/",
        "/gioi-thieu/",
        "/account/login/",
        "/account/signup/",
        "/search/?q=khong co gi nhu the",
        "/nothing-here/",
    ],
)
def test_public_pages_are_accessible(visit, accessible, path, width):
    accessible(visit(f"/vi{path}", width))


def test_everything_works_without_scripts(visit):
    page = visit("/vi/species/", java_script_enabled=False)
    page.locator("header input[name=q]").fill("hoi")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/**")
    assert page.get_by_role("link", name="Hồi").first.is_visible()


def test_the_collection_is_narrowed_and_put_in_order_in_place(visit):
    page = visit("/en/species/")
    page.locator("#facet-flowering-6").click()
    page.wait_for_url("**/en/species/?flowering=6")
    page.locator(".selected").get_by_text("Flowering: Jun").wait_for()
    page.locator("#id_sort").select_option("family")
    page.wait_for_url("**sort=family**")
    assert "flowering=6" in page.url
    page.locator("#view-list").click()
    page.wait_for_url("**view=list**")
    assert {"flowering=6", "sort=family"} <= set(page.url.split("?")[1].split("&"))
    assert page.locator(".card--row").count() > 0
    assert page.locator("#id_sort").input_value() == "family"


def test_the_collection_is_put_in_order_without_scripts(visit):
    page = visit("/en/species/?part=bark&view=list", java_script_enabled=False)
    page.locator("#id_sort").select_option("scientific")
    page.get_by_role("button", name="Sort").click()
    page.wait_for_url("**sort=scientific**")
    assert {"part=bark", "view=list"} <= set(page.url.split("?")[1].split("&"))


def test_a_family_of_the_tree_opens_in_place(visit):
    page = visit("/en/species/tree/")
    page.locator("#open-lauraceae").press("Enter")
    page.get_by_role("link", name="Litsea cubeba").click()
    page.wait_for_url("**/en/species/mang-tang/")


def test_dark_pages_keep_their_contrast(visit, accessible):
    for path in ("/vi/species/", "/vi/species/a-z/", "/vi/species/tree/", "/vi/glossary/#node"):
        accessible(visit(path, color_scheme="dark"))
    for path in ("/vi/", "/vi/species/o-dau/", "/vi/market/lots/DEMO-QUE-01/"):
        accessible(visit(path, color_scheme="dark"))


def test_the_map_of_areas_follows_the_list_and_leads_to_an_area(visit):
    page = visit("/vi/registers/areas/")
    page.locator(".areamap__bubble").first.wait_for()
    page.locator("#facet-state-withdrawn").click()
    page.wait_for_url("**state=withdrawn**")
    # The map is drawn anew a moment after the list.
    expect(page.locator(".areamap .leaflet-marker-icon[title]")).to_have_count(1)
    page.locator(".areamap__dot--2[title]").press("Enter")
    page.wait_for_url("**/vi/registers/areas/VN-DEMO-0012/")


def test_the_register_of_areas_is_whole_without_scripts_and_without_its_data(visit):
    page = visit("/vi/registers/areas/", java_script_enabled=False)
    assert page.locator(".areamap").is_hidden()
    assert page.locator(".register tbody tr").count() == 50
