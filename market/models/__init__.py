"""Everything the market keeps, by noun; import the models from here."""

from market.models.analyses import Analysis, AnalysisResult
from market.models.ledger import LotMovement
from market.models.lots import Lot, LotProof, LotText
from market.models.notices import Notice
from market.models.orders import Order
from market.models.organisations import Buyer, BuyerMember, Seller, SellerMember, SellerText
from market.models.payments import Payment, StripeEvent, StripeReference

__all__ = [
    "Analysis",
    "AnalysisResult",
    "Buyer",
    "BuyerMember",
    "Lot",
    "LotMovement",
    "LotProof",
    "LotText",
    "Notice",
    "Order",
    "Payment",
    "Seller",
    "SellerMember",
    "SellerText",
    "StripeEvent",
    "StripeReference",
]
