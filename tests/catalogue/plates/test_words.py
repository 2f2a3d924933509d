"""The plate in words."""

from catalogue.plates.words import describe


def test_facts_become_one_list():
    facts = [("dạng sống", ["cây gỗ"]), ("màu hoa", ["trắng", "vàng"]), ("mùi khi vò", [])]
    assert describe(facts, name="Quế") == "Quế. dạng sống: cây gỗ; màu hoa: trắng, vàng."


def test_without_facts_only_the_name_is_left():
    assert describe([("fruit", [""])], name="Star anise.") == "Star anise."
    assert describe([]) == ""


def test_without_a_name_the_list_stands_alone():
    assert describe([("habit", ["tree"])]) == "habit: tree."
