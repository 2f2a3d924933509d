"""The arithmetic of the identification key, on a matrix small enough to check by hand."""

import pytest

from catalogue.key import Key, Matrix, Path, Withdrawal, isolation, paths

TREE, HERB, WHITE, RED, BERRY, POD = range(6)
QUESTIONS = {"habit": [TREE, HERB], "colour": [WHITE, RED], "fruit": [BERRY, POD]}
# Four species: the third varies in colour, the fourth has no fruit on record.
ROWS = [
    (11, {TREE, WHITE, BERRY}),
    (12, {TREE, RED, BERRY}),
    (13, {HERB, WHITE, RED, BERRY}),
    (14, {HERB, RED}),
]
A, B, C, D = 1, 2, 4, 8


def matrix(rows=ROWS, poisonous=0):
    answers = {}
    for place, (_pk, given) in enumerate(rows):
        for answer in given:
            answers[answer] = answers.get(answer, 0) | 1 << place
    return Matrix([pk for pk, _given in rows], answers, poisonous)


@pytest.fixture
def key():
    return Key(matrix(), QUESTIONS)


@pytest.mark.parametrize(
    ("_case", "given", "fitting"),
    [
        ("no answer", {}, A | B | C | D),
        ("one answer", {"habit": [TREE]}, A | B),
        ("two questions narrow", {"habit": [TREE], "colour": [RED]}, B),
        ("two answers to one question mean either", {"habit": [TREE, HERB]}, A | B | C | D),
        ("one that varies fits each of its answers", {"colour": [WHITE]}, A | C),
        ("and the other one", {"colour": [RED]}, B | C | D),
        ("one without an answer stays in", {"fruit": [POD]}, D),
        ("an answer nobody knows of", {"habit": [99]}, 0),
        ("answers that exclude each other", {"habit": [TREE], "fruit": [POD]}, 0),
    ],
)
def test_fitting(key, _case, given, fitting):
    assert key.fitting(given) == fitting


def test_the_first_species_of_a_set_are_in_the_order_of_the_matrix():
    assert matrix().first(B | C | D, 2) == [12, 13]
    assert matrix().first(0, 2) == []


def test_the_best_question_is_the_one_that_leaves_least_uncertainty(key):
    ranked = key.rank(A | B | C | D)
    # habit halves four species: one bit. colour: 2 of 5 answers leave two, 3 of 5 leave three.
    assert [(one.question, round(one.gain, 3)) for one in ranked] == [
        ("habit", 1.0),
        ("colour", 0.649),
    ]
    assert ranked[0].expected == 2
    assert key.best(A | B | C | D) == "habit"


def test_an_answered_question_and_one_that_tells_nothing_are_not_asked(key):
    assert [one.question for one in key.rank(A | B | C | D, but={"habit"})] == ["colour"]
    # Of the two herbs both may be red, only one white; both may have a berry.
    assert [one.question for one in key.rank(C | D)] == ["colour"]
    assert key.rank(A) == []
    assert key.best(A) is None


def test_of_two_equal_questions_the_first_of_the_vocabulary_is_asked():
    same = Key(matrix([(1, {0, 2}), (2, {1, 3})]), {"second": [2, 3], "first": [0, 1]})
    assert same.best(A | B) == "second"


def test_what_to_withdraw_when_nothing_fits(key):
    assert key.withdrawals({"habit": [TREE], "fruit": [POD]}) == [
        Withdrawal(("fruit",), 2),
        Withdrawal(("habit",), 1),
    ]


def test_pairs_are_withdrawn_where_one_answer_is_not_enough():
    three = Key(matrix([(1, {0, 2, 4})]), QUESTIONS)
    given = {"habit": [HERB], "colour": [RED], "fruit": [BERRY]}
    assert three.withdrawals(given) == [Withdrawal(("habit", "colour"), 1)]


def test_three_wrong_answers_are_beyond_advice():
    one = Key(matrix([(1, {0, 2, 4})]), QUESTIONS)
    assert one.withdrawals({"habit": [HERB], "colour": [RED], "fruit": [POD]}) == []


def test_a_species_is_identified_by_true_answers_to_the_best_questions(key):
    assert list(paths(key, A)) == [Path(1, 2, A)]


def test_one_that_varies_is_identified_in_each_of_its_ways(key):
    assert list(paths(key, C)) == [Path(0.5, 2, C), Path(0.5, 2, C | D)]
    found = isolation(key, C)
    assert (found.average, found.worst, found.certainty) == (2, 2, 0.5)
    assert found.companions == D


def test_a_question_to_which_a_species_has_no_answer_is_skipped():
    rows = [(1, {TREE, BERRY}), (2, {TREE, POD}), (3, {HERB, BERRY}), (4, {BERRY}), (5, {POD})]
    key = Key(matrix(rows), {"habit": [TREE, HERB], "fruit": [BERRY, POD]})
    assert key.best(key.matrix.everything) == "fruit"
    assert list(paths(key, 1 << 3)) == [Path(1, 1, 1 | 4 | 8)]


def test_a_collection_without_species_asks_nothing():
    empty = Key(matrix([]), QUESTIONS)
    assert empty.fitting({}) == 0
    assert empty.rank(0) == []
