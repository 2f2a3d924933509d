"""Where pages may stand, and what the home page shows."""

from django.test import override_settings

from wagtail.models import Page
from wagtail.test.utils import WagtailPageTestCase

import pytest

from catalogue.models import HomePage, StoryPage
from herbarium.setup import set_up
from tests.factories.catalogue import CertificateFactory, SpeciesFactory


@override_settings(LANGUAGE_CODE="vi")
class PageRules(WagtailPageTestCase):
    @classmethod
    def setUpTestData(cls):
        set_up()

    def test_the_home_page_stands_under_the_root_and_holds_stories(self):
        self.assertAllowedParentPageTypes(HomePage, {Page})
        self.assertAllowedSubpageTypes(HomePage, {StoryPage})
        self.assertCanNotCreateAt(HomePage, HomePage)
        self.assertCanNotCreateAt(StoryPage, HomePage)

    def test_a_story_stands_under_a_home_page_and_holds_nothing(self):
        self.assertAllowedParentPageTypes(StoryPage, {HomePage})
        self.assertAllowedSubpageTypes(StoryPage, set())
        self.assertCanCreateAt(HomePage, StoryPage)
        self.assertCanNotCreateAt(Page, StoryPage)
        self.assertCanNotCreateAt(StoryPage, StoryPage)

    def test_the_first_pages_can_be_shown_and_edited(self):
        for page in [*HomePage.objects.all(), *StoryPage.objects.all()]:
            self.assertPageIsRenderable(page)
            self.assertPageIsEditable(page)
            self.assertPageIsPreviewable(page)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_home_page_counts_what_a_visitor_may_see(client, site, language):
    shown = SpeciesFactory()
    SpeciesFactory(live=False)
    SpeciesFactory(family__name="Zingiberaceae")
    CertificateFactory(species=[shown])
    page = client.get(f"/{language}/")
    assert page.status_code == 200
    assert page.context["species_count"] == 2
    assert page.context["family_count"] == 2
    assert shown in page.context["species"]
    stories = [story.locale.language_code for story in page.context["stories"]]
    assert stories == [language]


@pytest.mark.parametrize(
    ("language", "other", "title"), [("vi", "en", "Giới thiệu"), ("en", "vi", "About")]
)
def test_a_story_names_its_translation(client, site, language, other, title):
    page = client.get(f"/{language}/gioi-thieu/").content.decode()
    assert title in page
    assert f'hreflang="{other}" href="http://testserver/{other}/gioi-thieu/"' in page


def test_a_story_that_is_not_published_is_not_there(client, site):
    story = StoryPage.objects.get(locale__language_code="vi")
    story.unpublish()
    assert client.get("/vi/gioi-thieu/").status_code == 404
    assert list(client.get("/vi/").context["stories"]) == []
    assert client.get("/en/gioi-thieu/").status_code == 200
