"""Figures, days and names in templates."""

from datetime import UTC, date, datetime

from django.template import Context, RequestContext, Template
from django.template.loader import render_to_string
from django.utils import translation

import pytest

from core.templatetags.core_tags import DRAWN_PARTS


def rendered(source, **context):
    return Template("{% load core_tags %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("_case", "source", "value", "vi", "en"),
    [
        ("money", "{{ value|money:'VND' }}", 75_000, "75.000 ₫", "75,000 ₫"),
        ("weight", "{{ value|kg }}", 1_250_500, "1.250,5 kg", "1,250.5 kg"),
        ("number", "{{ value|grouped }}", 3_321, "3.321", "3,321"),
        ("day", "{{ value|day }}", date(2026, 11, 2), "2.11.2026", "2 Nov 2026"),
        (
            "the day of a moment is the day here",
            "{{ value|day }}",
            datetime(2026, 11, 1, 18, 30, tzinfo=UTC),
            "2.11.2026",
            "2 Nov 2026",
        ),
    ],
)
def test_filters(_case, source, value, vi, en):
    for language, written in (("vi", vi), ("en", en)):
        with translation.override(language):
            assert rendered(source, value=value) == written


@pytest.mark.parametrize(
    ("_case", "name", "authorship", "html"),
    [
        ("a species", "Cinnamomum cassia", "", '<i lang="la">Cinnamomum cassia</i>'),
        (
            "with its author",
            "Cinnamomum cassia",
            "(L.) J.Presl",
            '<i lang="la">Cinnamomum cassia</i> <span class="author">(L.) J.Presl</span>',
        ),
        (
            "the rank stands upright",
            "Panax vietnamensis var. fuscidiscus",
            "",
            '<i lang="la">Panax vietnamensis <span class="rank">var.</span> fuscidiscus</i>',
        ),
        (
            "text is never markup",
            "A<b>",
            "<script>",
            '<i lang="la">A&lt;b&gt;</i> <span class="author">&lt;script&gt;</span>',
        ),
    ],
)
def test_scientific(_case, name, authorship, html):
    assert rendered("{% scientific name authorship %}", name=name, authorship=authorship) == html


@pytest.mark.parametrize("code", ["bark", "root", "tuberous-root"])
def test_part_icon_draws(code):
    assert f'<g id="part-{code}">' in rendered("{% part_icon code %}", code=code)


@pytest.mark.parametrize("code", ["", "no-such-part", "../../base"])
def test_an_unknown_part_still_has_a_drawing(code):
    assert '<g id="part-sprig">' in rendered("{% part_icon code %}", code=code)


def test_every_part_that_is_known_has_a_drawing_of_its_own():
    drawings = {code: rendered("{% part_icon code %}", code=code) for code in DRAWN_PARTS}
    assert len(set(drawings.values())) == len(DRAWN_PARTS)


def test_an_answer_writes_a_drawing_out_once_and_points_at_it_after_that(rf):
    source = (
        "{% load core_tags %}{% part_icon 'bark' %}{% part_icon 'root' %}{% part_icon 'bark' %}"
    )
    request = rf.get("/")

    html = Template(source).render(RequestContext(request)) + render_to_string(
        "components/empty_state.html", {"why": "–"}, request
    )

    assert html.count('<g id="part-bark">') == html.count('<use href="#part-bark"/>') == 1
    assert html.count('<g id="part-root">') == html.count('<g id="part-sprig">') == 1
    assert Template(source).render(RequestContext(rf.get("/"))).count('id="part-bark"') == 1
