"""Words that mean the same, and the file they stand in."""

import csv
from pathlib import Path

import pytest
import yaml

from catalogue import models
from search.synonyms import FILE, LONGEST, also_called, standards_in
from search.words import exact_key, words

DATA = Path(models.__file__).parent.parent / "data"


def meant(text):
    """Return what else a text means, as texts; None when it is no term."""
    runs = also_called(words(text))
    return None if runs is None else [exact_key(run) for run in runs]


@pytest.fixture(scope="module")
def file():
    return yaml.safe_load(FILE.read_text(encoding="utf-8"))


def test_terms_of_a_set_mean_each_other():
    assert {"bark", "cortex", "vỏ thân"} <= set(meant("vỏ"))
    assert {"vỏ", "cortex"} <= set(meant("bark"))


def test_a_broader_term_is_not_meant_by_the_narrower():
    assert meant("yên bái") == ["lào cai"]
    assert meant("lào cai") is None


def test_a_word_with_accents_is_only_the_term_with_these_accents():
    assert "tinh dầu" in meant("dầu")
    assert "tinh dầu" in meant("dau")
    assert meant("đau") is None
    assert meant("đầu") is None


def test_both_places_of_a_tone_mark_are_one_term():
    assert meant("hoà bình") == meant("hòa bình") == ["phú thọ"]


def test_words_that_only_belong_together_mean_nothing_else():
    assert meant("nghệ an") == []
    assert meant("quế") is None


def test_no_term_means_itself_and_none_is_too_long(file):
    terms = [*(term for line in file["same"] for term in line), *file["broader"], *file["together"]]
    for term in terms:
        assert 1 <= len(words(term)) <= LONGEST, term
        assert exact_key(words(term)) == term.lower(), term
        assert term not in meant(term)


def test_a_term_stands_in_one_set_only(file):
    terms = [term for line in file["same"] for term in line]

    assert len(set(terms)) == len(terms)


def test_a_province_that_is_no_more_leads_to_one_that_is(file):
    with (DATA / "admin_units.csv").open(encoding="utf-8") as lines:
        names = {row["province"].lower() for row in csv.DictReader(lines)}
    provinces = {name.removeprefix("thành phố ") for name in names}
    gone = {term: into for term, into in file["broader"].items() if set(into) & provinces}

    assert len(gone) == 29
    assert not set(gone) & provinces
    assert all(len(into) == 1 and into[0] in provinces for into in gone.values())


def test_every_certificate_has_words(file):
    assert set(file["certificates"]) == set(models.Certificate.Standard.values)


def test_certificates_are_named_in_a_text_with_accents_or_without():
    assert standards_in(words("quế huu co FSC")) == ("fsc", "organic")
    assert standards_in(words("ISO 22000")) == ("iso_22000",)
    assert standards_in(words("hữu ích")) == standards_in([]) == ()
