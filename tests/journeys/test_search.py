"""Searching with a keyboard alone: typing, suggestions, filters, order, pages, a saved search."""

import pytest

# The same pages are crawled on every database by tests/functional.
pytestmark = pytest.mark.one_database

MOST_STEPS = 120


def tab_to(page, target):
    """Press Tab until an element has the focus, as somebody without a mouse does."""
    for _step in range(MOST_STEPS):
        if page.evaluate("target => document.activeElement?.matches(target)", target):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Tab does not reach {target}")


def has_focus(page, target):
    page.wait_for_function("target => document.activeElement?.matches(target)", arg=target)


@pytest.mark.parametrize("width", ["phone", "desk"])
def test_suggestions_are_chosen_with_arrows_and_enter(visit, accessible, width):
    page = visit("/vi/search/", width)
    tab_to(page, "#page-search")
    page.keyboard.type("sam ", delay=30)
    box = page.locator("#page-search")
    page.locator("main [role=option]").first.wait_for()
    assert box.get_attribute("aria-expanded") == "true"
    assert "gợi ý" in page.locator("main [role=search] [role=status]").inner_text()
    accessible(page)

    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    chosen = page.locator(f"#{box.get_attribute('aria-activedescendant')}")
    assert chosen.get_attribute("aria-selected") == "true"
    accessible(page)
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert box.get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowDown")
    address = page.locator("main [aria-selected=true]").get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{address}")


def test_escape_closes_suggestions_and_keeps_what_was_typed(visit):
    page = visit("/vi/species/")
    box = page.locator("header input[name=q]")
    box.press_sequentially("thao q", delay=30)
    page.locator("header [role=option]").first.wait_for()

    page.keyboard.press("Escape")

    page.locator("header [role=option]").first.wait_for(state="hidden")
    assert (box.input_value(), box.get_attribute("aria-expanded")) == ("thao q", "false")
    page.keyboard.press("Enter")
    page.wait_for_url("**/vi/search/?q=thao+q")


def test_results_are_narrowed_in_place_and_the_focus_stays(visit, accessible):
    page = visit("/en/search/?q=&kind=lots")
    said = page.locator("#count-said")
    before = said.inner_text()

    tab_to(page, "#facet-form-powder")
    page.keyboard.press("Enter")
    page.wait_for_url("**form=powder**")
    has_focus(page, "#facet-form-powder")
    assert said.inner_text() != before

    tab_to(page, "#facet-province summary")
    page.keyboard.press("Enter")
    tab_to(page, "#facet-province-12")
    page.keyboard.press("Enter")
    page.wait_for_url("**province=12**")
    has_focus(page, "#facet-province-12")
    accessible(page)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "province" not in address)
    has_focus(page, "#facet-province-12")

    tab_to(page, ".selected a")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "kind" not in address)
    has_focus(page, "#results .count")
    assert said.inner_text() == page.locator("#results .count").inner_text()


def test_results_are_put_in_order_limited_and_paged(visit, accessible):
    page = visit("/en/search/?kind=lots")
    tab_to(page, "#id_under")
    page.keyboard.type("300000")
    page.keyboard.press("Enter")
    page.wait_for_url("**under=300000**")
    has_focus(page, "#id_under")
    tab_to(page, "#id_sort")
    page.keyboard.press("ArrowDown")
    page.wait_for_url("**sort=cheapest**")
    has_focus(page, "#id_sort")
    accessible(page)
    tab_to(page, "a[rel=next]")
    page.keyboard.press("Enter")
    page.wait_for_url("**after=**")
    assert {"under=300000", "sort=cheapest"} <= set(page.url.split("?")[1].split("&"))
    accessible(page)


def test_a_commune_is_asked_within_one_province(visit, accessible):
    page = visit("/vi/search/?kind=species")
    assert page.locator("#facet-commune").count() == 0
    tab_to(page, "#facet-province summary")
    page.keyboard.press("Enter")
    tab_to(page, "#facet-province-20")
    page.keyboard.press("Enter")
    page.wait_for_url("**province=20**")
    tab_to(page, "#facet-commune summary")
    page.keyboard.press("Enter")
    page.locator("#facet-commune .facet__choice").first.wait_for()
    accessible(page)


@pytest.mark.parametrize(("width", "part"), [("phone", "bark"), ("desk", "leaf")])
def test_a_search_is_saved_with_the_keyboard(visit, accessible, width, part):
    page = visit(f"/vi/search/?kind=lots&part={part}", width, "buyer")
    tab_to(page, ".keep > summary")
    page.keyboard.press("Enter")
    tab_to(page, "#keep-name")
    accessible(page)
    page.keyboard.press("Control+a")
    page.keyboard.type(f"Vỏ quế {width}")
    tab_to(page, "#keep-frequency")
    page.keyboard.press("ArrowDown")
    tab_to(page, ".keep__form button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/vi/account/searches/**")
    page.get_by_text(f"Vỏ quế {width}").first.wait_for()
    accessible(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", ["phone", "desk"])
@pytest.mark.parametrize(
    "query",
    ["q=que", "q=bacj haf", "q=xuyen khugn", "q=ligustrina", "kind=lots&province=12&under=90000"],
)
def test_every_state_of_the_page_is_accessible(visit, accessible, query, width, scheme):
    accessible(visit(f"/vi/search/?{query}", width, color_scheme=scheme))


def test_filters_order_and_limit_work_without_scripts(visit):
    page = visit("/en/search/?kind=lots", java_script_enabled=False)
    page.locator("#facet-form-powder").click()
    page.wait_for_url("**form=powder**")
    page.locator("#id_under").fill("90000")
    page.locator("#id_sort").select_option("cheapest")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**sort=cheapest**")
    assert {"form=powder", "under=90000"} <= set(page.url.split("?")[1].split("&"))
    assert page.locator(".hit").count() > 0
