"""Settings from the environment."""

from django.core.exceptions import ImproperlyConfigured

import pytest

from core import env

NAME = "HERBARIUM_TEST_VALUE"


@pytest.fixture
def given(monkeypatch):
    def give(value):
        if value is None:
            monkeypatch.delenv(NAME, raising=False)
        else:
            monkeypatch.setenv(NAME, value)

    return give


@pytest.mark.parametrize("value", [None, ""])
def test_a_required_variable_must_be_there(given, value):
    given(value)
    with pytest.raises(ImproperlyConfigured, match=NAME):
        env.required(NAME)


def test_a_required_variable_is_returned(given):
    given("a value")
    assert env.required(NAME) == "a value"


@pytest.mark.parametrize(("value", "answer"), [(None, "x"), ("", "x"), ("y", "y")])
def test_optional(given, value, answer):
    given(value)
    assert env.optional(NAME, "x") == answer


@pytest.mark.parametrize(
    ("value", "answer"),
    [
        *((word, True) for word in ("1", "true", "TRUE", "yes", "on")),
        *((word, False) for word in (None, "", "0", "false", "No", "off")),
    ],
)
def test_a_flag(given, value, answer):
    given(value)
    assert env.optional_flag(NAME) is answer


@pytest.mark.parametrize("value", ["maybe", "2", "tru", "1 "])
def test_a_flag_that_is_neither_is_refused(given, value):
    given(value)
    with pytest.raises(ImproperlyConfigured, match=NAME):
        env.optional_flag(NAME)


@pytest.mark.parametrize(
    ("value", "answer"),
    [(None, []), ("", []), ("a", ["a"]), ("a, b ,,c,", ["a", "b", "c"])],
)
def test_a_list(given, value, answer):
    given(value)
    assert env.optional_list(NAME) == answer
