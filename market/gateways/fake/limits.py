"""The amounts and times that Stripe accepts."""

from typing import Any

from core.money import format_money
from market.gateways.fake.params import Refusal

MINUTE = 60
DAY = 24 * 60 * MINUTE

# Smallest charge per currency in minor units: about half a US dollar.
MINIMUM = {"eur": 50, "jpy": 50, "krw": 500, "usd": 50, "vnd": 13_000}
CARD_MAXIMUM = 999_999_999_999


def total(items: list[dict[str, Any]]) -> int:
    """Return the sum of the line items in minor units. Raises Refusal outside Stripe's limits."""
    currencies = {item["price_data"]["currency"].lower() for item in items}
    if not items or len(currencies) > 1:
        raise Refusal("All line items must have the same currency.", param="line_items")
    currency = currencies.pop()
    if currency not in MINIMUM:
        raise Refusal(f"Invalid currency: {currency}.", param="line_items[0][price_data][currency]")
    if any(item["quantity"] < 1 or item["price_data"]["unit_amount"] < 0 for item in items):
        raise Refusal("Invalid integer: must be positive", code="parameter_invalid_integer")
    total: int = sum(item["quantity"] * item["price_data"]["unit_amount"] for item in items)
    if total < MINIMUM[currency]:
        raise Refusal(
            "The Checkout Session's total amount must convert to at least 50 cents.",
            code="amount_too_small",
        )
    if total > CARD_MAXIMUM:
        most = format_money(CARD_MAXIMUM, currency.upper(), "en")
        raise Refusal(
            f"The Checkout Session's total amount due must be no more than {most}.",
            code="amount_too_large",
        )
    return total


def check_expiry(expires_at: int | None, now: int) -> None:
    """Refuse a session that would end in less than 30 minutes or more than 24 hours."""
    if expires_at is None:
        return
    if expires_at < now + 30 * MINUTE:
        raise Refusal(
            "The `expires_at` timestamp must be at least 30 minutes from now.",
            param="expires_at",
        )
    if expires_at > now + DAY:
        raise Refusal(
            "The `expires_at` timestamp must be less than 24 hours from now.",
            param="expires_at",
        )


def check_refund(amount: int, left: int, intent: dict[str, Any]) -> None:
    """Refuse to give back more than the part of a payment that is left."""
    if left == 0:
        raise Refusal(
            f"Charge {intent['latest_charge']} has already been refunded.",
            code="charge_already_refunded",
        )
    if amount < 1:
        raise Refusal("Invalid positive integer", code="parameter_invalid_integer", param="amount")
    if amount > left:
        asked, most = (format_money(x, intent["currency"].upper(), "en") for x in (amount, left))
        raise Refusal(
            f"Refund amount ({asked}) is greater than unrefunded amount on charge ({most})",
            param="amount",
        )
