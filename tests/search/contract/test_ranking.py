"""What is found for which words, and in which order."""

import unicodedata
from datetime import timedelta

from django.utils import timezone

import pytest

from catalogue.models import LookAlike


def test_exact_accents_come_first_and_none_find_both(mint, add_story, rebuild, found):
    place = add_story("Bắc Hà")
    rebuild()

    assert found("bạc hà") == [("species", "bac-ha"), ("pages", str(place.pk))]
    assert found("bắc hà") == [("pages", str(place.pk)), ("species", "bac-ha")]
    assert set(found("bac ha")) == {("species", "bac-ha"), ("pages", str(place.pk))}
    assert set(found("BẠC HÀ")) == set(found("bac ha"))


def test_decomposed_text_finds_what_composed_text_finds(mint, rebuild, found):
    rebuild()

    decomposed = unicodedata.normalize("NFD", "bạc hà")

    assert decomposed != "bạc hà"
    assert found(decomposed) == [("species", "bac-ha")]


def test_d_without_its_stroke_finds_d_with_it(add_species, add_lot, rebuild, found):
    angelica = add_species("Angelica sinensis", "Đương quy", family="Apiaceae")
    add_lot(angelica, "DQ-1", commune="00003")
    rebuild()

    assert found("duong quy")[0] == ("species", "duong-quy")
    assert found("DONG VAN") == [("lots", "DQ-1")]
    assert found("Đồng Văn") == [("lots", "DQ-1")]


def test_a_protected_origin_is_first_of_all_the_plant(cassia, add_lot, add_species, rebuild, found):
    add_lot(cassia, "QUE-1", commune="00001")
    anise = add_species("Illicium verum", "Hồi", family="Schisandraceae")
    add_lot(anise, "HOI-1", commune="00001")
    rebuild()

    assert found("que van yen") == [("species", "que"), ("lots", "QUE-1")]
    assert found("Quế Văn Yên") == [("species", "que"), ("lots", "QUE-1")]


def test_a_plant_is_found_although_no_document_has_all_the_words(cassia, rebuild, found):
    rebuild()

    assert found("que van yen") == [("species", "que")]


@pytest.mark.parametrize(
    "_case_text",
    ["cinnamomum cassia", "CASSIA", "laurus cassia", "Chinese cinnamon", "肉桂", "quế đơn", "que"],
)
def test_every_name_finds_the_species(_case_text, cassia, mint, rebuild, found):
    rebuild()

    assert found(_case_text) == [("species", "que")]


def test_a_name_outranks_a_text_however_often_it_says_the_word(add_species, rebuild, found):
    add_species("Aaa aaa", "Mạch môn", body="Khác với gừng: gừng cay, gừng thơm, gừng gừng gừng.")
    add_species("Zingiber officinale", "Gừng", family="Zingiberaceae")
    add_species("Zzz zzz", "Nghệ", body="Họ gừng.")
    rebuild()

    assert found("gừng")[0] == ("species", "gung")
    assert len(found("gừng")) == 3


def test_a_title_outranks_a_longer_name(add_species, rebuild, found):
    add_species("Aaa aaa", "Hoàng liên gai", family="Berberidaceae")
    add_species("Coptis teeta", "Hoàng liên", family="Ranunculaceae")
    rebuild()

    assert found("hoang lien") == [("species", "hoang-lien"), ("species", "hoang-lien-gai")]
    assert found("hoang lien gai") == [("species", "hoang-lien-gai")]


def test_a_lot_code_finds_its_lot_first(cassia, add_lot, rebuild, found):
    add_lot(cassia, "QUE-11")
    add_lot(cassia, "QUE-1")
    rebuild()

    assert found("que-1")[0] == ("lots", "QUE-1")
    assert found("QUE-11") == [("lots", "QUE-11")]


def test_a_species_stands_before_its_lots(cassia, add_lot, rebuild, found):
    add_lot(cassia, "QUE-1")
    rebuild()

    assert found("quế") == [("species", "que"), ("lots", "QUE-1")]


def test_empty_text_asks_for_everything_and_signs_for_nothing(cassia, mint, rebuild, found):
    rebuild()

    assert set(found("")) == {("species", "que"), ("species", "bac-ha")}
    assert found("!!! ***") == []


def test_a_page_is_found_in_its_own_language(add_story, rebuild, found):
    story = add_story("Giới thiệu", body="<p>Bảo tàng của <b>dược liệu</b>.</p>")
    rebuild()

    assert found("dược liệu") == [("pages", str(story.pk))]
    assert found("dược liệu", language="en") == []


def test_hits_come_page_by_page(add_species, rebuild, found):
    for letter in "abcde":
        add_species(f"Planta {letter}", f"Cây {letter}")
    rebuild()

    first, second = found("planta", limit=3), found("planta", limit=3, offset=3)

    assert len(first) == 3
    assert len(second) == 2
    assert len({*first, *second}) == 5


def test_a_name_of_a_people_finds_the_species(add_species, rebuild, found):
    add_species("Zanthoxylum rhetsa", "Hoàng mộc hôi", ("Maj Qheeb", "mww"), family="Rutaceae")
    add_species("Mentha arvensis", "Bạc hà", family="Lamiaceae")
    rebuild()

    assert found("maj qheeb") == [("species", "hoang-moc-hoi")]


def test_a_name_that_begins_so_outranks_one_that_holds_it(add_species, rebuild, found):
    add_species("Aaa aaa", "Lan kim tuyến")
    add_species("Bbb bbb", "Kim ngân")
    rebuild()

    assert found("kim") == [("species", "kim-ngan"), ("species", "lan-kim-tuyen")]
    assert found("kim ng")[0] == ("species", "kim-ngan")


def test_other_words_for_a_part_find_its_lot_first(cassia, add_lot, rebuild, found):
    add_lot(cassia, "QUE-1", part="leaf")
    add_lot(cassia, "QUE-2", part="bark")
    rebuild()

    assert found("cortex quế", kind="lots")[0] == ("lots", "QUE-2")
    assert found("folium quế", kind="lots")[0] == ("lots", "QUE-1")


def test_a_province_that_was_merged_finds_what_grows_there(cassia, add_lot, rebuild, found):
    add_lot(cassia, "QUE-1", commune="00003")
    add_lot(cassia, "QUE-2", commune="00001")
    rebuild()

    assert found("quế hà giang", kind="lots")[0] == ("lots", "QUE-1")
    assert found("quế yên bái", kind="lots")[0] == ("lots", "QUE-2")


def test_a_name_inside_a_place_is_not_meant(add_species, rebuild, found):
    add_species("Curcuma longa", "Nghệ", family="Zingiberaceae")
    add_species("Dendrobium nobile", "Thạch hộc", body="Gặp ở Nghệ An.")
    rebuild()

    assert found("Nghệ An") == [("species", "thach-hoc")]


def test_a_price_keeps_lots_that_cost_no_more(cassia, add_lot, rebuild, found):
    add_lot(cassia, "QUE-1")
    rebuild()

    assert found("quế dưới 80k") == [("lots", "QUE-1")]
    assert found("dưới 80k") == [("lots", "QUE-1")]
    assert found("quế dưới 70k") == []


def test_lots_that_match_alike_stand_certified_and_fresh_first(
    cassia, add_lot, add_certificate, rebuild, found
):
    today = timezone.localdate()
    add_lot(cassia, "QUE-1", harvested_on=today - timedelta(days=400))
    add_lot(cassia, "QUE-2")
    add_lot(cassia, "QUE-3", certificates=[add_certificate(cassia)])
    rebuild()

    assert found("quế", kind="lots") == [("lots", f"QUE-{number}") for number in (3, 2, 1)]


def test_a_double_leads_to_the_species_it_is_told_apart_from(add_species, rebuild, found):
    honeysuckle = add_species("Lonicera japonica", "Kim ngân")
    add_species("Aaa aaa", "Giảo cổ lam", body="Hái lá ngọn, lá ngọn non, lá ngọn tươi.")
    honeysuckle.look_alikes = [LookAlike(scientific_name="Gelsemium elegans", vernacular="lá ngón")]
    honeysuckle.save()
    rebuild()

    assert found("lá ngón")[0] == found("la ngon")[0] == ("species", "kim-ngan")
    assert found("gelsemium elegans") == [("species", "kim-ngan")]


def test_whoever_names_a_certificate_wants_a_lot_that_has_it(
    cassia, add_lot, add_certificate, rebuild, found
):
    add_lot(cassia, "QUE-1", certificates=[add_certificate(cassia)])
    add_lot(cassia, "QUE-2")
    rebuild()

    assert found("quế GACP") == [("lots", "QUE-1"), ("species", "que"), ("lots", "QUE-2")]
    assert found("quế")[0] == ("species", "que")


def test_a_whole_name_in_other_words_comes_first(add_species, rebuild, found):
    add_species("Nekemias cantoniensis", "Chè dây")
    add_species("Camellia chrysantha", "Trà hoa vàng", "Chè hoa vàng", body="Không mọc thành dây.")
    rebuild()

    assert found("tra day")[0] == found("trà dây")[0] == ("species", "che-day")


def test_the_name_of_a_place_is_not_the_plant_in_it(add_species, add_lot, rebuild, found):
    add_species("Cymbopogon citratus", "Sả")
    add_species("Cynara cardunculus", "Atiso", body="Trồng ở Sa Pa.")
    rebuild()

    assert found("Sa Pa") == [("species", "atiso")]
