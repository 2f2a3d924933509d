"""Bands in which lots are counted: one of prices, "at least" of weights and of assays."""

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from itertools import pairwise

from core.shares import ppm_from_percent

CURRENCY = "VND"
PRICES = (50_000, 100_000, 200_000, 500_000, 1_000_000, 5_000_000)  # VND a kilogram
WEIGHTS = (10, 50, 100, 500, 1_000, 5_000)  # kilograms
SHARES = ("0.1", "0.5", "1", "2", "3", "5", "10", "50")  # per cent

GRAMS = 1000


@cache
def price_bands() -> dict[str, tuple[int, int | None]]:
    """Return code → lower limit (included) and upper limit (excluded, None is none)."""
    limits = (0, *PRICES, None)
    return {f"{low}-{high or ''}": (low or 0, high) for low, high in pairwise(limits)}


def of_price(minor_per_kg: int, currency: str) -> tuple[str, ...]:
    """Return the band of a price; of another currency than the market's none."""
    if currency != CURRENCY:
        return ()
    return tuple(
        code
        for code, (low, high) in price_bands().items()
        if low <= minor_per_kg and (high is None or minor_per_kg < high)
    )


def of_weight(grams: int) -> tuple[str, ...]:
    """Return the weights that so many grams are at least, in kilograms."""
    return tuple(str(weight) for weight in WEIGHTS if grams >= weight * GRAMS)


def ppm(share: str) -> int:
    """Return a band of assays in parts per million."""
    return ppm_from_percent(Decimal(share))


def of_assays(assays: Mapping[str, int]) -> tuple[str, ...]:
    """Return the shares that so many parts per million are at least: "essential-oil:3"."""
    return tuple(
        f"{code}:{share}"
        for code, found in assays.items()
        for share in SHARES
        if found >= ppm(share)
    )
