"""No text may make a search raise; what is typed is never query syntax."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search import indexing
from search.engines import get_engine
from search.engines.base import SearchQuery

# An index is built once for all examples of a test, which hypothesis warns about.
relaxed = settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
SYNTAX = st.text(alphabet="\"'()[]{}+-:^~*?\\/|&!<>=@#$%;,. aàđ\x00\n\t😀ऀ́", max_size=300)


@pytest.fixture
def small_index(add_species):
    add_species("Cinnamomum cassia", "Quế")
    indexing.rebuild()


@pytest.mark.parametrize(
    "_case_text",
    [
        '"', "(", "name:quế AND", "quế OR *", "a~2^3", "/.*/", "\x00", "\x00quế", "😀", "-quế",
        "[a TO b]", "NOT", "\\", "quế" * 10_000, "quế " * 10_000, "a" * 10_000, "\ud800", "\u0300",
        "İstanbul", "ﬁ", "' OR 1=1 --", "<script>alert(1)</script>",
    ],
)  # fmt: skip
def test_no_text_makes_a_search_raise(_case_text, small_index):
    engine = get_engine()

    assert engine.search(SearchQuery(text=_case_text, language="vi")).total in (0, 1)
    assert len(engine.suggest(_case_text, language="vi", kinds=["species"], limit=5)) in (0, 1)


@relaxed
@given(text=st.text(max_size=300) | SYNTAX)
def test_no_generated_text_makes_a_search_raise(text, small_index):
    engine = get_engine()

    engine.search(SearchQuery(text=text, language="vi"))
    engine.suggest(text, language="vi", kinds=["species", "pages"], limit=5)


@relaxed
@given(value=st.text(max_size=100))
def test_no_generated_value_of_a_filter_makes_a_search_raise(value, small_index):
    query = SearchQuery(text="quế", language="vi", filters={"family": (value,)})

    assert get_engine().search(query).total == 0


def test_operators_are_only_signs_between_words(small_index, found):
    assert found('+"quế" -cassia') == [("species", "que")]
    assert found("NOT quế") == [("species", "que")]
