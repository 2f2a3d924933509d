"""Stripe's objects as its API answers them, with the fields a card payment fills."""

import copy
import secrets
from typing import Any

import stripe

API_VERSION = stripe.api_version


def new_id(prefix: str) -> str:
    """Return an identifier that looks like Stripe's."""
    return f"{prefix}_{secrets.token_hex(12)}"


def session(params: dict[str, Any], *, amount: int, now: int) -> dict[str, Any]:
    """Return a new, open Checkout Session for checked parameters."""
    currency = params["line_items"][0]["price_data"]["currency"].lower()
    email = params.get("customer_email")
    return {
        "id": f"cs_test_{secrets.token_hex(29)}",
        "object": "checkout.session",
        "adaptive_pricing": {"enabled": False},
        "after_expiration": None,
        "allow_promotion_codes": None,
        "amount_subtotal": amount,
        "amount_total": amount,
        "automatic_tax": {"enabled": False, "liability": None, "provider": None, "status": None},
        "billing_address_collection": None,
        "cancel_url": params.get("cancel_url"),
        "client_reference_id": params.get("client_reference_id"),
        "client_secret": None,
        "consent": None,
        "consent_collection": None,
        "created": now,
        "currency": currency,
        "currency_conversion": None,
        "custom_fields": [],
        "custom_text": {
            "after_submit": None,
            "shipping_address": None,
            "submit": None,
            "terms_of_service_acceptance": None,
        },
        "customer": None,
        "customer_creation": "if_required",
        "customer_details": None,
        "customer_email": email,
        "discounts": [],
        "expires_at": params.get("expires_at", now + 24 * 3600),
        "invoice": None,
        "invoice_creation": None,
        "livemode": False,
        "locale": params.get("locale"),
        "metadata": params.get("metadata", {}),
        "mode": params["mode"],
        "payment_intent": None,
        "payment_link": None,
        "payment_method_collection": "if_required",
        "payment_method_options": {},
        "payment_method_types": params.get("payment_method_types", ["card"]),
        "payment_status": "unpaid",
        "phone_number_collection": {"enabled": False},
        "recovered_from": None,
        "saved_payment_method_options": None,
        "setup_intent": None,
        "shipping_address_collection": None,
        "shipping_cost": None,
        "shipping_options": [],
        "status": "open",
        "submit_type": None,
        "subscription": None,
        "success_url": params["success_url"],
        "total_details": {"amount_discount": 0, "amount_shipping": 0, "amount_tax": 0},
        "ui_mode": "hosted_page",
        "url": None,
    }


def customer_details(email: str | None) -> dict[str, Any]:
    """Return what Checkout knows of a buyer who paid."""
    return {
        "address": None,
        "business_name": None,
        "email": email,
        "individual_name": None,
        "name": None,
        "phone": None,
        "tax_exempt": "none",
        "tax_ids": [],
    }


def payment_intent(paid_session: dict[str, Any], *, status: str, now: int) -> dict[str, Any]:
    """Return a PaymentIntent, either "succeeded" or "requires_payment_method"."""
    is_paid = status == "succeeded"
    return {
        "id": new_id("pi"),
        "object": "payment_intent",
        "amount": paid_session["amount_total"],
        "amount_received": paid_session["amount_total"] if is_paid else 0,
        "capture_method": "automatic_async",
        "confirmation_method": "automatic",
        "created": now,
        "currency": paid_session["currency"],
        "latest_charge": new_id("ch"),
        "livemode": False,
        "metadata": {},
        "payment_method_types": paid_session["payment_method_types"],
        "status": status,
    }


def refund(
    intent: dict[str, Any], *, amount: int, params: dict[str, Any], now: int
) -> dict[str, Any]:
    """Return a refund that went through at once."""
    return {
        "id": new_id("re"),
        "object": "refund",
        "amount": amount,
        "balance_transaction": None,
        "charge": intent["latest_charge"],
        "created": now,
        "currency": intent["currency"],
        "destination_details": {
            "card": {
                "reference_status": "pending",
                "reference_type": "acquirer_reference_number",
                "type": "refund",
            },
            "type": "card",
        },
        "metadata": params.get("metadata", {}),
        "payment_intent": intent["id"],
        "reason": params.get("reason"),
        "receipt_number": None,
        "source_transfer_reversal": None,
        "status": "succeeded",
        "transfer_reversal": None,
    }


def event(type_: str, subject: dict[str, Any], *, now: int) -> dict[str, Any]:
    """Return an event that carries its subject as it is at this moment."""
    return {
        "id": new_id("evt"),
        "object": "event",
        "api_version": API_VERSION,
        "created": now,
        "data": {"object": copy.deepcopy(subject)},
        "livemode": False,
        "pending_webhooks": 1,
        "request": {"id": None, "idempotency_key": None},
        "type": type_,
    }
