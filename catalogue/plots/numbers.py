"""Numbers of a file, kept as they were written."""

from decimal import Decimal, InvalidOperation

MOST_DIGITS = 40


class NotANumber(ValueError):
    """Text that is no finite number of a sensible length."""


def number(value: object) -> Decimal:
    """Return a number with the decimals it was written with. Raises NotANumber."""
    if isinstance(value, bool) or not isinstance(value, (int, Decimal, str)):
        raise NotANumber
    if len(str(value)) > MOST_DIGITS:
        raise NotANumber
    try:
        found = Decimal(value)
    except InvalidOperation as error:
        raise NotANumber from error
    # Beyond some powers of ten, counting with a number is an error of its own.
    if not found.is_finite() or abs(found.adjusted()) > MOST_DIGITS:
        raise NotANumber
    return found


def decimals(value: Decimal) -> int:
    """Return how many decimals a number was written with."""
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0
