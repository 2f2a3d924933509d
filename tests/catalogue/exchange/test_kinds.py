"""What a spreadsheet does to a cell without changing its meaning is no change; else it is said."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.exchange.kinds import Amount, Code, Codes, Flag, Number, Text, Unreadable
from catalogue.exchange.texts import tidy
from catalogue.models import Commune, Part


@pytest.mark.parametrize(
    ("kind", "cell", "text"),
    [
        (Text(), "  Quế \r\n bì ", "Quế \n bì"),
        (Text(), "Que\u0302\u0301", "Quế"),
        (Text(), 2007.0, "2007"),
        (Text(), 5.1, "5.1"),
        (Text(), 7, "7"),
        (Number(), 900.0, "900"),
        (Number(), "0900", "900"),
        (Number(), "", ""),
        (Amount(), "0.50", "0.5"),
        (Amount(), "0,5", "0.5"),
        (Amount(), 0.1 + 0.2, "0.3"),
        (Amount(), 10.0, "10"),
        (Amount(), "", ""),
        (Flag(), "YES", "yes"),
        (Flag(), "Có", "yes"),
        (Flag(), True, "yes"),
        (Flag(), 0.0, "no"),
        (Flag(), "không", "no"),
        (Code(Commune, width=5), 3640.0, "03640"),
        (Code(Commune, width=5), "3640", "03640"),
        (Code(Commune, width=5), "", ""),
        (Code(Part), 15.0, "15"),
        (Codes(Part), "seed; bark,\nseed | oil", "bark, oil, seed"),
        (Codes(Part), "", ""),
    ],
)
def test_a_cell_is_read_as_what_it_means(kind, cell, text):
    assert kind.read(cell) == text


@pytest.mark.parametrize(
    ("kind", "cell"),
    [
        (Text(), date(2024, 2, 1)),
        (Text(), datetime(2024, 2, 1, 3)),  # noqa: DTZ001  as a spreadsheet gives it
        (Text(), timedelta(hours=1)),
        (Text(), "a\x00b"),
        (Text(), "a\x0bb"),
        (Text(), "\ufffe"),
        (Number(), "nine"),
        (Number(), "1.000"),
        (Number(), 12.5),
        (Number(), "-5"),
        (Number(), "9" * 5000),
        (Amount(), "1,000"),
        (Amount(), "1.000.000"),
        (Amount(), "1e5"),
        (Amount(), "9" * 5000),
        (Flag(), ""),
        (Flag(), "maybe"),
    ],
)
def test_a_cell_that_means_nothing_is_refused(kind, cell):
    with pytest.raises(Unreadable):
        kind.read(cell)


@given(st.text())
def test_a_text_is_read_as_it_was_written(text):
    written = Text().text(text, None)
    assert Text().read(written) == written == tidy(written)


@given(st.decimals(min_value=0, max_value=99999, places=4))
def test_an_amount_is_stored_as_it_was(amount):
    written = Amount().text(amount, None)
    assert Amount().read(written) == written
    assert Amount().value(written, None) == amount
    assert "e" not in written.lower()


def test_nothing_is_nothing():
    assert (Number().value("", None), Amount().value("", None), Code(Part).value("", None)) == (
        None,
        None,
        None,
    )
    assert Amount().value("0.5", None) == Decimal("0.5")
