"""What is found although it was typed otherwise: slips, beginnings, sounds, spaces, Telex."""


def test_half_of_the_words_suffice_when_nothing_has_all(add_species, rebuild, found):
    add_species("Amomum aromaticum", "Thảo quả", body="Trồng dưới tán rừng già ẩm.")
    rebuild()

    assert found("tán rừng khô") == [("species", "thao-qua")]
    assert found("tán khô cằn") == []


def test_a_slip_is_forgiven_only_when_nothing_matches(add_species, rebuild, found):
    add_species("Ligusticum striatum", "Xuyên khung", family="Apiaceae")
    add_species("Aaa aaa", "Khunh", family="Apiaceae")
    rebuild()

    assert found("xuyen khunf") == [("species", "xuyen-khung")]
    assert found("khunh") == [("species", "khunh")]
    assert found("ligustcum") == [("species", "xuyen-khung")]
    assert found("kxunz") == []


def test_three_letters_are_never_taken_for_a_slip(add_species, rebuild, found):
    add_species("Aaa aaa", "Hồi")
    rebuild()

    assert found("hok") == []


def test_the_beginning_of_a_name_finds_it_when_nothing_else_does(cassia, rebuild, found):
    rebuild()

    assert found("cinnam") == [("species", "que")]


def test_a_name_is_found_however_its_words_are_parted(add_species, rebuild, found):
    add_species("Gynostemma pentaphyllum", "Giảo cổ lam", family="Cucurbitaceae")
    rebuild()

    assert found("giaoco lam") == [("species", "giao-co-lam")]
    assert found("giao co lma") == [("species", "giao-co-lam")]


def test_telex_and_vni_are_read_where_nothing_holds_the_letters(mint, cassia, rebuild, found):
    rebuild()

    assert found("bacj haf") == [("species", "bac-ha")]
    assert found("quees") == found("que61") == [("species", "que")]


def test_letters_that_are_found_are_never_taken_for_telex(add_species, rebuild, found):
    add_species("Hoaf hoaf", "Hoaf")
    add_species("Aaa aaa", "Hòa")
    rebuild()

    assert found("hoaf") == [("species", "hoaf")]


def test_a_name_is_the_same_however_its_words_are_parted(add_species, add_lot, rebuild, found):
    artichoke = add_species("Cynara cardunculus", "Atiso")
    add_species("Panax notoginseng", "Tam thất")
    add_species("Aaa aaa", "Tam thất hoang", body="Lá a, b và ti sô.")
    add_lot(artichoke, "ATISO-1")
    rebuild()

    assert found("a ti sô")[0] == found("a ti so")[0] == ("species", "atiso")
    assert found("tamthat") == [("species", "tam-that")]
    assert found("atiso 1")[0] == ("lots", "ATISO-1")


def test_sounds_that_are_not_told_apart_find_the_name(add_species, rebuild, found):
    add_species("Codonopsis javanica", "Đảng sâm", body="Củ nạc.")
    add_species("Aaa aaa", "Mạch môn", body="Đáng sợ xâm lấn.")
    rebuild()

    assert found("đảng xâm")[0] == ("species", "dang-sam")
    assert found("xâm lấn") == [("species", "mach-mon")]
