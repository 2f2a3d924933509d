"""Cells that no spreadsheet takes for a formula."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.cells import guarded, unguarded


@pytest.mark.parametrize("cell", ["=1+1", "+84", "-5", "@SUM(A1)", "\t=1", "'=1", "''=1"])
def test_what_looks_like_a_formula_gets_an_apostrophe(cell):
    assert guarded(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "Quế", "'quoted'", "5 - 6", "1=1"])
def test_all_else_stays_as_it_is(cell):
    assert guarded(cell) == cell


@given(st.text(alphabet="'=+-@\t\r a"))
def test_a_guarded_cell_comes_back(cell):
    assert unguarded(guarded(cell)) == cell
