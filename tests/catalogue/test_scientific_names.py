"""A name is questioned on entry, with a reason, and never changed."""

from django.core.exceptions import ValidationError

import pytest

from catalogue.scientific_names import check_name, take_apart


@pytest.mark.parametrize(
    ("name", "authorship", "rank"),
    [
        ("Cinnamomum cassia", "(L.) J.Presl", "species"),
        ("Panax vietnamensis var. fuscidiscus", "K.Komatsu, S.Zhu & S.Q.Cai", "variety"),
        ("Lanxangia tsao-ko", "(Crevost & Lemarié) M.F.Newman & Škorničk.", "species"),
        ("Mentha × piperita", "L.", "species"),
        ("Cinnamomum cassia", "", ""),
    ],
)
def test_a_good_name_is_taken_as_it_is(name, authorship, rank):
    check_name(name, authorship, rank)


@pytest.mark.parametrize(
    ("_case", "name", "authorship", "rank", "field", "said"),
    [
        ("a small genus", "cinnamomum cassia", "", "", "name", "Cinnamomum cassia"),
        ("a genus alone", "Cinnamomum", "", "", "name", "Cinnamomum cassia"),
        ("a capital epithet", "Cinnamomum Cassia", "", "", "name", "Cassia"),
        ("an author in the name", "Cinnamomum cassia L.", "", "", "name", "L."),
        ("a rank not written", "Panax vietnamensis fuscidiscus", "", "", "name", "var."),
        ("another rank", "Cinnamomum cassia", "", "variety", "name", "species"),
        ("not determined", "Amomum sp.", "", "", "name", "Amomum sp."),
        ("doubtful", "Elsholtzia cf. blanda", "", "", "name", "cf."),
        ("markup", "X <i>y", "", "", "name", "X <i>y"),
        ("nothing", "", "", "", "name", ""),
        ("an authorship of digits", "Cinnamomum cassia", "123 ???", "", "authorship", "123 ???"),
    ],
)
def test_a_bad_name_is_refused_with_a_reason(_case, name, authorship, rank, field, said):
    with pytest.raises(ValidationError) as refusal:
        check_name(name, authorship, rank)
    assert list(refusal.value.message_dict) == [field]
    assert said in refusal.value.message_dict[field][0]


def test_a_name_is_taken_apart():
    parts = take_apart("Cynara cardunculus var. scolymus")
    assert (parts.genus, parts.species, parts.infraspecies, parts.rank) == (
        "Cynara",
        "cardunculus",
        "scolymus",
        "variety",
    )


@pytest.mark.parametrize("text", ["", "???", "Tobacco mosaic virus", "Amomum sp."])
def test_what_is_no_name_has_no_parts(text):
    assert take_apart(text).species == ""
