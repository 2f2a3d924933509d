"""Refusals of the market. Each says to a person what happened and what to do."""

from django.utils.translation import gettext as _

from core.money import format_money
from core.weights import format_kg


class MarketError(Exception):
    """A refusal; `str()` is the sentence to show. Nothing has been changed."""


class LotNotOnSale(MarketError):
    """The lot is not open, its seller is not vetted, or its papers have lapsed."""

    def __init__(self):
        super().__init__(_("This lot is no longer on sale."))


class OwnLot(MarketError):
    """Somebody tries to buy from their own organisation."""

    def __init__(self):
        super().__init__(_("This lot belongs to your own organisation."))


class InsufficientStock(MarketError):
    """More was asked than is left."""

    def __init__(self, available_grams: int):
        super().__init__(
            _("Only %(weight)s of this lot are left. Please order less.")
            % {"weight": format_kg(available_grams)}
        )
        self.available_grams = available_grams


class BelowMinimum(MarketError):
    """Less was asked than the seller's smallest order."""

    def __init__(self, minimum_grams: int):
        super().__init__(
            _("The smallest order of this lot is %(weight)s.")
            % {"weight": format_kg(minimum_grams)}
        )


class PaymentTooSmall(MarketError):
    """The total is less than a card payment may be."""

    def __init__(self, floor_minor: int, currency: str):
        super().__init__(
            _("The total must be at least %(amount)s. Please order more.")
            % {"amount": format_money(floor_minor, currency)}
        )


class PaymentTooLarge(MarketError):
    """The total is beyond what one card payment can carry."""

    def __init__(self):
        super().__init__(
            _("The total is more than one card payment can carry. Please order less at a time.")
        )


class FormAlreadySent(MarketError):
    """The same order form came again with something else in it."""

    def __init__(self):
        super().__init__(_("This form has been sent before. Please fill it in again."))


class TooLateToPay(MarketError):
    """The payment page of an order was not opened in time, for instance during an outage."""

    def __init__(self):
        super().__init__(
            _("The time to pay for this order has passed. Please cancel it and order again.")
        )


class PaymentArriving(MarketError):
    """The order cannot be cancelled: it has just been paid."""

    def __init__(self):
        super().__init__(_("This order has just been paid and can no longer be cancelled."))


class MoveNotAllowed(MarketError):
    """An order or lot cannot go from its state to the one asked for."""

    def __init__(self):
        super().__init__(_("This is no longer possible: something changed in the meantime."))


class ListingRefused(MarketError):
    """A lot cannot be published; `problems` maps a field to the sentence to show at it."""

    def __init__(self, problems: dict[str, str]):
        super().__init__(" ".join(problems.values()))
        self.problems = problems
