from datetime import UTC, datetime, timedelta

from django.utils import translation

import pytest

from market.gateways import GatewayRefused, GatewayUnavailable, gateway


def test_a_paid_page_reads_complete(stripe_gateway, open_checkout, browse):
    link = open_checkout()
    before = stripe_gateway.read_checkout(session_id=link.session_id)

    status, location, _ = browse(link.url, action="pay")

    assert (before.status, before.is_paid, before.payment_intent) == ("open", False, "")
    assert status == 303
    assert location == f"http://testserver/vi/account/orders/HL-1/?session={link.session_id}"
    after = stripe_gateway.read_checkout(session_id=link.session_id)
    assert (after.status, after.is_paid) == ("complete", True)
    assert (after.reference, after.amount_minor, after.currency) == ("HL-1", 4_500_000, "VND")
    assert after.payment_intent.startswith("pi_")


def test_dong_are_not_multiplied(fake, open_checkout):
    open_checkout(amount_minor=4_500_000, currency="VND")

    item = fake.requests[-1].params["line_items"]["0"]
    assert item["price_data"]["unit_amount"] == "4500000"
    assert item["price_data"]["currency"] == "vnd"
    assert fake.requests[-1].body["amount_total"] == 4_500_000


@pytest.mark.parametrize(
    ("_case", "language", "locale"),
    [("vietnamese", "vi", "vi"), ("english", "en", "en"), ("another", "mn", "auto")],
)
def test_the_page_speaks_the_readers_language(_case, language, locale, fake, open_checkout):
    with translation.override(language):
        open_checkout()

    assert fake.requests[-1].params["locale"] == locale


def test_the_request_says_whose_it_is(fake, open_checkout, settings):
    settings.BASE_URL = "https://duoclieu.example.vn"

    open_checkout()

    request = fake.requests[-1]
    assert request.key == "HL-1:1"
    assert request.params["client_reference_id"] == "HL-1"
    assert request.params["metadata"] == {"order": "HL-1", "platform": "duoclieu.example.vn"}
    assert request.params["payment_method_types"] == {"0": "card"}


def test_without_an_address_none_is_sent(fake, open_checkout):
    open_checkout(email="")

    assert "customer_email" not in fake.requests[-1].params


def test_an_open_page_can_be_closed(stripe_gateway, open_checkout, browse):
    link = open_checkout()

    state = stripe_gateway.expire_checkout(session_id=link.session_id)

    assert (state.status, state.is_paid) == ("expired", False)
    assert browse(link.url, action="pay")[0] == 410
    assert stripe_gateway.read_checkout(session_id=link.session_id) == state


def test_closing_a_paid_page_returns_its_state(stripe_gateway, open_checkout, browse):
    link = open_checkout()
    browse(link.url, action="pay")

    state = stripe_gateway.expire_checkout(session_id=link.session_id)

    assert (state.status, state.is_paid) == ("complete", True)


def test_closing_twice_returns_the_same_state(stripe_gateway, open_checkout):
    link = open_checkout()
    first = stripe_gateway.expire_checkout(session_id=link.session_id)

    assert stripe_gateway.expire_checkout(session_id=link.session_id) == first


def test_closing_an_unknown_page_is_refused(stripe_gateway):
    with pytest.raises(GatewayRefused, match="No such checkout"):
        stripe_gateway.expire_checkout(session_id="cs_test_none")


def test_a_page_runs_out_by_the_clock(stripe_gateway, open_checkout, clock):
    link = open_checkout()

    clock.forward(minutes=46)

    assert stripe_gateway.read_checkout(session_id=link.session_id).status == "expired"


def test_the_same_key_opens_one_page(stripe_gateway, open_checkout, fake):
    first = open_checkout()

    assert open_checkout() == first
    assert len(fake.account.list_sessions({})["data"]) == 1


def test_the_same_key_with_another_amount_is_refused(open_checkout, fake):
    open_checkout()

    with pytest.raises(GatewayRefused, match="IdempotencyError"):
        open_checkout(amount_minor=4_600_000)

    assert len(fake.account.list_sessions({})["data"]) == 1


def test_a_lost_answer_is_asked_again_and_opens_one_page(open_checkout, fake):
    fake.break_next(0)

    link = open_checkout()

    assert [request.status for request in fake.requests] == [200, 200]
    assert [s["id"] for s in fake.account.list_sessions({})["data"]] == [link.session_id]


@pytest.mark.parametrize(
    ("_case", "change", "message"),
    [
        ("under half a dollar", {"amount_minor": 12_999}, "at least 50 cents"),
        ("thirteen digits", {"amount_minor": 1_000_000_000_000}, "no more than 999,999,999,999"),
        ("an unknown currency", {"currency": "XTS"}, "Invalid currency"),
        ("an address that is none", {"email": "nobody"}, "Invalid email address"),
        ("a relative address", {"success_url": "/vi/"}, "Not a valid URL"),
        ("no description", {"description": ""}, "empty string"),
        (
            "too soon over",
            {"expires_at": datetime.now(UTC) + timedelta(minutes=29)},
            "at least 30 minutes",
        ),
        (
            "too late over",
            {"expires_at": datetime.now(UTC) + timedelta(hours=25)},
            "less than 24 hours",
        ),
    ],
)
def test_what_stripe_does_not_take_is_refused(_case, change, message, fake, open_checkout):
    with pytest.raises(GatewayRefused, match=message):
        open_checkout(**change)

    assert fake.account.list_sessions({})["data"] == []


def test_the_card_maximum_is_taken(fake, open_checkout):
    assert open_checkout(amount_minor=999_999_999_999).url


def test_an_empty_key_never_leaves_the_house(fake, open_checkout):
    with pytest.raises(ValueError, match="must not be empty"):
        open_checkout(key="")

    assert not fake.requests


def test_refunds_are_bounded_by_the_payment(stripe_gateway, open_checkout, browse):
    link = open_checkout()
    browse(link.url, action="pay")
    intent = stripe_gateway.read_checkout(session_id=link.session_id).payment_intent

    def refund(amount: int, key: str) -> str:
        return stripe_gateway.refund(payment_intent=intent, amount_minor=amount, key=key)

    first = refund(1_500_000, "HL-1:refund:1")
    assert refund(1_500_000, "HL-1:refund:1") == first  # asked again, paid back once
    with pytest.raises(GatewayRefused, match="greater than unrefunded amount"):
        refund(3_000_001, "HL-1:refund:2")
    assert refund(3_000_000, "HL-1:refund:3") != first
    with pytest.raises(GatewayRefused, match="already been refunded"):
        refund(1, "HL-1:refund:4")


def test_what_was_not_paid_is_not_refunded(stripe_gateway):
    with pytest.raises(GatewayRefused, match="No such payment_intent"):
        stripe_gateway.refund(payment_intent="pi_none", amount_minor=1, key="HL-1:refund")


def test_a_refund_the_bank_turns_down_is_refused(
    stripe_gateway, open_checkout, browse, monkeypatch, fake
):
    link = open_checkout()
    browse(link.url, action="pay")
    intent = stripe_gateway.read_checkout(session_id=link.session_id).payment_intent
    answer = fake.account.create_refund
    monkeypatch.setattr(
        fake.account, "create_refund", lambda params: answer(params) | {"status": "failed"}
    )

    with pytest.raises(GatewayRefused, match="is failed"):
        stripe_gateway.refund(payment_intent=intent, amount_minor=1, key="HL-1:refund")


def test_a_wrong_key_is_refused_and_not_quoted(fake, settings):
    settings.STRIPE_SECRET_KEY = "sk_test_a_wrong_one"

    with pytest.raises(GatewayRefused, match="Invalid API Key") as refusal:
        gateway().read_checkout(session_id="cs_test_1")

    assert fake.requests[-1].status == 401
    assert "wrong_one" not in str(refusal.value)


def test_a_server_that_is_down_is_unavailable(settings):
    settings.STRIPE_API_BASE = "http://127.0.0.1:1"

    with pytest.raises(GatewayUnavailable):
        gateway().read_checkout(session_id="cs_test_1")


@pytest.mark.parametrize(
    ("_case", "statuses"),
    [
        ("their error, twice", (500, 500)),
        ("too many requests", (429,)),
        ("key in use, twice", (409, 409)),
        ("a gateway between", (502, 503)),
    ],
)
def test_trouble_on_their_side_is_unavailable(_case, statuses, fake, stripe_gateway):
    fake.break_next(*statuses)

    with pytest.raises(GatewayUnavailable):
        stripe_gateway.read_checkout(session_id="cs_test_1")

    assert not fake.troubles


def test_one_passing_error_is_not_noticed(fake, stripe_gateway, open_checkout):
    link = open_checkout()
    fake.break_next(503)

    assert stripe_gateway.read_checkout(session_id=link.session_id).status == "open"
