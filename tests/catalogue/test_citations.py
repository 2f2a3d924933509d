"""Citations, letter by letter."""

from datetime import UTC, date, datetime

from django.utils.translation import override

import pytest

from catalogue.citations import (
    Citation,
    apa,
    bibtex,
    cited_codes,
    reference_text,
    ris,
    with_citations,
)
from catalogue.models import Reference, Species
from tests.factories.catalogue import SpeciesFactory

WORKS = {
    "powo": Reference(code="powo", author="Kew", title="POWO"),
    "foc": Reference(code="foc", author="Wu Z.Y. (eds.)", year=1994, title="Flora of China"),
}


def cited(**changes):
    values = {
        "slug": "que",
        "title": "Quế",
        "scientific_name": "Cinnamomum cassia (L.) J.Presl",
        "publisher": "Hoàng Liên",
        "url": "https://museum.example/vi/species/que/",
        "language": "vi",
        "changed": date(2026, 11, 3),
        "accessed": date(2026, 12, 24),
    }
    return Citation(**(values | changes))


@pytest.mark.parametrize(
    ("work", "text"),
    [
        (WORKS["powo"], "Kew. POWO."),
        (WORKS["foc"], "Wu Z.Y. (eds.) (1994). Flora of China."),
        (
            Reference(
                author="A.", title="T.", year=2004, publisher="NXB Y học", url="https://a.b/"
            ),
            "A. (2004). T. NXB Y học. https://a.b/",
        ),
    ],
)
def test_a_work_is_one_line(work, text):
    assert reference_text(work) == text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Dầu.[^powo] Vỏ.", "Dầu (Kew). Vỏ."),
        ("Dầu.[^powo][^foc]", "Dầu (Kew; Wu Z.Y. (eds.), 1994)."),
        ("Dầu.[^powo] [^foc] Vỏ", "Dầu (Kew; Wu Z.Y. (eds.), 1994). Vỏ"),
        ("Dầu[^powo] và vỏ", "Dầu (Kew) và vỏ"),
        ("Dầu.[^ai-do] Vỏ.", "Dầu. Vỏ."),
        ("Không có gì [1].", "Không có gì [1]."),
    ],
)
def test_a_footnote_becomes_words_before_the_stop(text, words):
    assert with_citations(text, WORKS) == words


def test_the_works_a_text_cites_are_each_named_once():
    assert cited_codes("A.[^foc] B.[^powo] C.[^foc]") == ["foc", "powo"]


def test_apa_in_both_languages():
    with override("en"):
        assert apa(cited(title="Cassia")) == (
            "Hoàng Liên. (3 Nov 2026). Cassia – Cinnamomum cassia (L.) J.Presl [Species record]. "
            "Retrieved 24 Dec 2026, from https://museum.example/vi/species/que/"
        )


def test_bibtex():
    assert bibtex(cited()) == (
        "@misc{que-20261103,\n"
        "  author = {{Hoàng Liên}},\n"
        "  title = {{Quế – Cinnamomum cassia (L.) J.Presl}},\n"
        "  publisher = {Hoàng Liên},\n"
        "  year = {2026},\n"
        "  month = {11},\n"
        "  version = {2026-11-03},\n"
        "  url = {https://museum.example/vi/species/que/},\n"
        "  urldate = {2026-12-24},\n"
        "  langid = {vietnamese},\n"
        "}\n"
    )


def test_bibtex_takes_no_letter_for_a_command():
    entry = bibtex(cited(title="A{b}\\c $d & #e_f^g%~\nh", scientific_name="X y"))
    assert r"title = {{A\{b\}\textbackslash{}c \$d \& \#e\_f\textasciicircum{}g\%" in entry
    assert r"g\%\textasciitilde{} h – X y}}" in entry


def test_ris():
    assert ris(cited()) == (
        "TY  - ELEC\r\n"
        "ID  - que\r\n"
        "AU  - Hoàng Liên\r\n"
        "TI  - Quế – Cinnamomum cassia (L.) J.Presl\r\n"
        "PB  - Hoàng Liên\r\n"
        "PY  - 2026\r\n"
        "DA  - 2026/11/03/\r\n"
        "ET  - 2026-11-03\r\n"
        "Y2  - 2026/12/24/\r\n"
        "LA  - vi\r\n"
        "UR  - https://museum.example/vi/species/que/\r\n"
        "ER  - \r\n"
    )


def test_a_line_break_in_a_name_begins_no_new_field_of_ris():
    assert "TI  - A ER - – X y\r\n" in ris(cited(title="A\r\nER  - ", scientific_name="X y"))


def test_a_record_without_a_common_name_is_named_once():
    assert cited(title="Cinnamomum cassia").heading == "Cinnamomum cassia (L.) J.Presl"


@pytest.mark.django_db
def test_the_version_is_the_day_of_the_last_change_where_the_museum_stands():
    species = SpeciesFactory(slug="que", scientific_name="Cinnamomum cassia", eng="Cassia")
    # Half past one in the morning of the fourth in Vietnam.
    changed = datetime(2026, 11, 3, 18, 30, tzinfo=UTC)
    Species.objects.filter(pk=species.pk).update(changed_at=changed)
    species = Species.objects.get(pk=species.pk)
    with override("en"):
        assert Citation.of(species, date(2026, 12, 24)) == Citation(
            slug="que",
            title="Cassia",
            scientific_name="Cinnamomum cassia L.",
            publisher="Hoàng Liên",
            url="http://testserver/en/species/que/",
            language="en",
            changed=date(2026, 11, 4),
            accessed=date(2026, 12, 24),
        )
