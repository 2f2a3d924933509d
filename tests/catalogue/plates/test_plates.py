"""A plate is a function of the record: complete, small, safe, and different for every record."""

import re
import xml.etree.ElementTree as ET
from collections import defaultdict
from hashlib import sha256
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.plates import PARTS, QUESTIONS, VERSION, draw, sheet, signature
from catalogue.plates.record import Record
from catalogue.plates.sheet import compose

ROOT = Path(__file__).resolve().parents[3]
VOCABULARY = ROOT / "catalogue/data/traits.yaml"
SPECIES = sorted((ROOT / "catalogue/data/species").glob("*.yaml"))
MOST_BYTES = 30_000
SVG = "{http://www.w3.org/2000/svg}"

CINNAMON = {
    "habit": ["tree"],
    "stem": ["round"],
    "leaf-arrangement": ["alternate"],
    "leaf-type": ["simple"],
    "leaf-shape": ["elliptic"],
    "leaf-margin": ["entire"],
    "venation": ["three-nerved"],
    "leaf-surface": ["glossy"],
    "inflorescence": ["panicle"],
    "flower-position": ["terminal"],
    "flower-form": ["six-parted"],
    "flower-colour": ["white"],
    "fruit": ["drupe"],
    "fruit-colour": ["black"],
    "underground": ["woody"],
    "habitat": ["canopy"],
    "scent": ["aromatic"],
}
GINSENG = CINNAMON | {
    "habit": ["herb"],
    "leaf-arrangement": ["whorled"],
    "leaf-type": ["palmate"],
    "leaf-margin": ["toothed"],
    "venation": ["pinnate"],
    "inflorescence": ["umbel"],
    "flower-form": ["five-parted"],
    "fruit": ["berry"],
    "fruit-colour": ["red"],
    "underground": ["rhizome"],
}
CISTANCHE = CINNAMON | {
    "habit": ["parasite"],
    "leaf-arrangement": ["absent"],
    "leaf-type": ["scale"],
    "inflorescence": ["spike"],
    "flower-form": ["tube"],
    "underground": ["haustoria"],
}
PLANTS = {"cinnamon": CINNAMON, "ginseng": GINSENG, "cistanche": CISTANCHE}

records = st.fixed_dictionaries(
    {},
    optional={
        question: st.lists(st.sampled_from(list(answers)), min_size=1, unique=True)
        for question, answers in QUESTIONS.items()
    },
)
used = st.lists(st.sampled_from(PARTS), unique=True)


def parsed(plate):
    """Return the root of a plate, which must be well-formed."""
    return ET.fromstring(plate)  # noqa: S314  we wrote the plate ourselves


def drawing(traits, parts=()):
    """Return what is drawn, always with the same hand."""
    return compose(Record(traits, parts), "0" * 16)


@pytest.fixture
def without_rule(monkeypatch):
    """Leave out the rule along the edge, on which every answer has its mark."""
    monkeypatch.setattr(sheet, "PLACES", [])


def given_by(record):
    """Return a record as what it says, whatever the order."""
    traits, parts = record
    return {q: frozenset(a) for q, a in traits.items() if a}, frozenset(parts)


def test_every_answer_of_the_vocabulary_is_known_to_the_drawing():
    if not VOCABULARY.exists():
        pytest.skip("the vocabulary is not there yet")
    questions = yaml.safe_load(VOCABULARY.read_text(encoding="utf-8"))
    recorded = {q["code"]: {state["code"] for state in q["states"]} for q in questions}
    assert {code: set(answers) for code, answers in QUESTIONS.items()} == recorded


@pytest.mark.parametrize("path", SPECIES, ids=lambda path: path.stem)
def test_every_species_has_a_plate_of_its_own_size(path):
    species = yaml.safe_load(path.read_text(encoding="utf-8"))
    if "traits" not in species:
        pytest.skip("no traits are recorded")
    plate = draw(species["traits"], species.get("parts", ()))
    assert parsed(plate).tag == f"{SVG}svg"
    assert len(plate.encode()) <= MOST_BYTES


def test_a_plate_is_a_picture_with_a_name_and_a_description():
    root = parsed(draw(CINNAMON, ["bark"], title="Quế <& bạn>", description='"vỏ" < lá'))
    assert root.attrib == {"viewBox": "0 0 400 500", "role": "img", "class": "pl"}
    assert root.find(f"{SVG}title").text == "Quế <& bạn>"
    assert root.find(f"{SVG}desc").text == '"vỏ" < lá'


def test_a_title_with_unprintable_letters_is_still_well_formed():
    root = parsed(draw({}, title="Quế\x00\x0b\nđơn\ud800", description="a\x1fb"))
    assert root.find(f"{SVG}title").text == "Quế   đơn "
    assert root.find(f"{SVG}desc").text == "a b"


def test_flowers_of_unknown_place_are_drawn_beside_the_plant():
    without = {q: a for q, a in CINNAMON.items() if q != "flower-position"}
    assert len({drawing(without | {"inflorescence": [a]}) for a in ("umbel", "spike")}) == 2
    assert "translate(350 130)" in draw(without)


def test_a_plate_without_words_has_no_empty_title():
    root = parsed(draw(CINNAMON))
    assert root.find(f"{SVG}title") is None
    assert root.find(f"{SVG}desc") is None


@settings(deadline=None, max_examples=150)
@given(records, used)
def test_any_record_gives_a_small_well_formed_plate(traits, parts):
    plate = draw(traits, parts)
    root = parsed(plate)
    assert len(plate.encode()) <= MOST_BYTES
    stamps = [element.attrib["id"] for element in root.iter() if "id" in element.attrib]
    assert len(stamps) == len(set(stamps))
    wanted = {element.attrib["href"] for element in root.iter(f"{SVG}use")}
    assert wanted <= {f"#{stamp}" for stamp in stamps}


def test_the_plate_of_everything_at_once_is_small_too():
    everything = {question: list(answers) for question, answers in QUESTIONS.items()}
    for habit in QUESTIONS["habit"]:
        plate = draw(everything | {"habit": [habit]}, PARTS)
        assert len(plate.encode()) <= MOST_BYTES


@settings(deadline=None, max_examples=40)
@given(records, used)
def test_the_same_record_gives_the_same_plate_in_any_order(traits, parts):
    turned = {question: traits[question][::-1] for question in reversed(traits)}
    assert draw(turned, parts[::-1]) == draw(traits, parts)
    assert signature(turned, parts[::-1]) == signature(traits, parts)


def test_a_plate_stays_what_it_was():
    """Plates are kept by signature. If the drawing has changed: raise VERSION, pin both anew."""
    plate = draw(CINNAMON, ["bark"]).encode()
    assert (VERSION, sha256(plate).hexdigest()[:12]) == ("1", "5866f4505474")
    assert signature(CINNAMON, ["bark"]) == "b5a62c54b36d55e5"


@settings(deadline=None, max_examples=60)
@given(st.tuples(records, used), st.tuples(records, used))
def test_different_records_never_give_the_same_plate(one, other):
    same = given_by(one) == given_by(other)
    assert (drawing(*one) == drawing(*other)) is same


@pytest.mark.parametrize("plant", PLANTS)
@pytest.mark.parametrize("question", QUESTIONS)
def test_each_answer_changes_what_is_drawn(plant, question, without_rule):
    seen = defaultdict(list)
    seen[drawing({q: a for q, a in PLANTS[plant].items() if q != question})].append(None)
    for answer in QUESTIONS[question]:
        seen[drawing(PLANTS[plant] | {question: [answer]})].append(answer)
    assert [answers for answers in seen.values() if len(answers) > 1] == []


def test_two_colours_are_both_drawn():
    plate = draw(CINNAMON | {"flower-colour": ["white", "pink"]})
    assert 'class="pl-white"' in plate
    assert 'class="pl-pink"' in plate


@pytest.mark.parametrize("part", PARTS)
def test_each_used_part_changes_the_plate(part):
    assert drawing(GINSENG, [part]) != drawing(GINSENG)


def test_what_is_not_used_is_not_tinted():
    assert "pl-used" not in draw(GINSENG)
    assert "pl-used" in draw(GINSENG, ["rhizome"])


def test_nothing_recorded_gives_an_empty_sheet_and_no_error():
    root = parsed(draw({}))
    assert root.attrib["viewBox"] == "0 0 400 500"


def test_an_answer_the_drawing_does_not_know_is_written_in_the_margin():
    root = parsed(draw(CINNAMON | {"fruit": ["<syncarp>"], "thorns": ["many"]}, ["gum"]))
    words = [text.text for text in root.iter(f"{SVG}text")]
    assert words == ["fruit: <syncarp>", "thorns: many", "gum"]


strange = st.dictionaries(
    st.text(max_size=60), st.lists(st.text(max_size=60), max_size=20), max_size=20
)


@settings(deadline=None, max_examples=60)
@given(strange, st.lists(st.text(max_size=60), max_size=30))
def test_strange_answers_do_no_harm(traits, parts):
    plate = draw(traits, parts)
    parsed(plate)
    assert len(plate.encode()) <= MOST_BYTES


def test_long_words_are_shortened_but_stay_different():
    plates = {drawing({"fruit": ["x" * 90 + end]}) for end in "ab"}
    assert len(plates) == 2


def test_a_plate_asks_for_nothing_outside_and_runs_nothing():
    plate = draw(CINNAMON, PARTS)
    assert re.findall(r'<script|\bon\w+=|url\(|https?://(?!www\.w3\.org/2000/svg")', plate) == []
    assert set(re.findall(r'href="(.)', plate)) == {"#"}


def test_two_plates_on_one_page_share_no_stamp():
    ids = [set(re.findall(r'id="([^"]+)"', draw(traits))) for traits in PLANTS.values()]
    assert all(ids)
    assert set.intersection(*ids) == set()
    assert sum(map(len, ids)) == len(set.union(*ids))


def test_classes_mean_the_same_on_every_plate():
    """Styles of inlined plates apply to the whole page."""
    rules = defaultdict(set)
    for traits in PLANTS.values():
        style = parsed(draw(traits, ["bark"])).find(f"{SVG}style").text
        for name, rule in re.findall(r"\.pl-(\w+)\{([^}]*)\}", style):
            rules[name].add(rule)
    assert {name: found for name, found in rules.items() if len(found) > 1} == {}
