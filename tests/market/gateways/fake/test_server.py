import json
from http.client import HTTPConnection
from urllib.parse import urlencode, urlsplit

import pytest

FORM = {
    "mode": "payment",
    "success_url": "http://testserver/ok/",
    "line_items[0][quantity]": "1",
    "line_items[0][price_data][currency]": "vnd",
    "line_items[0][price_data][unit_amount]": "150000",
    "line_items[0][price_data][product_data][name]": "Quế",
}


@pytest.fixture
def post(fake, settings):
    """Post a form to the API without any client library."""

    def ask(path, form, *, method="POST", **headers):
        connection = HTTPConnection(urlsplit(fake.url).netloc, timeout=10)
        usual = {
            "Authorization": f"Bearer {settings.STRIPE_SECRET_KEY}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        connection.request(method, path, urlencode(form), usual | headers)
        answer = connection.getresponse()
        body = json.loads(answer.read())
        connection.close()
        return answer, body

    return ask


@pytest.mark.parametrize(
    ("_case", "change", "code", "param"),
    [
        ("unknown", {"colour": "red"}, "parameter_unknown", "colour"),
        (
            "unknown inside",
            {"line_items[0][price_data][unit_price]": "1"},
            "parameter_unknown",
            "line_items[0][price_data][unit_price]",
        ),
        ("missing", {"success_url": None}, "parameter_missing", "success_url"),
        (
            "missing inside",
            {"line_items[0][quantity]": None},
            "parameter_missing",
            "line_items[0][quantity]",
        ),
        (
            "no number",
            {"line_items[0][price_data][unit_amount]": "150000.5"},
            "parameter_invalid_integer",
            "line_items[0][price_data][unit_amount]",
        ),
        ("empty", {"cancel_url": ""}, "parameter_invalid_empty", "cancel_url"),
        ("no address", {"cancel_url": "javascript:alert(1)"}, "url_invalid", "cancel_url"),
        ("a list that is none", {"payment_method_types[a]": "card"}, None, "payment_method_types"),
        (
            "a way not enabled",
            {"payment_method_types[0]": "ideal"},
            None,
            "payment_method_types[0]",
        ),
        (
            "a value and an object",
            {"metadata": "x", "metadata[order]": "y"},
            None,
            "metadata[order]",
        ),
        ("long metadata", {"metadata[order]": "x" * 501}, None, "metadata[order]"),
    ],
)
def test_wrong_parameters_are_refused_as_stripe_does(_case, change, code, param, post, fake):
    form = {name: value for name, value in (FORM | change).items() if value is not None}

    answer, body = post("/v1/checkout/sessions", form)

    assert answer.status == 400
    assert body["error"]["type"] == "invalid_request_error"
    assert (body["error"].get("code"), body["error"]["param"]) == (code, param)
    assert fake.account.list_sessions({})["data"] == []


def test_only_the_first_answer_to_a_key_is_worked_for(post):
    key = {"Idempotency-Key": "k-1"}
    first, opened = post("/v1/checkout/sessions", FORM, **key)
    again, replayed = post("/v1/checkout/sessions", FORM, **key)
    changed, error = post("/v1/checkout/sessions", FORM | {"locale": "en"}, **key)

    assert (first.status, first.headers["Idempotent-Replayed"]) == (200, None)
    assert (again.status, again.headers["Idempotent-Replayed"]) == (200, "true")
    assert replayed == opened
    assert (changed.status, error["error"]["type"]) == (400, "idempotency_error")


def test_a_key_is_free_again_after_a_failed_check_and_after_a_day(post, clock):
    key = {"Idempotency-Key": "k-1"}
    assert post("/v1/checkout/sessions", FORM | {"locale": "xx"}, **key)[0].status == 400
    _, opened = post("/v1/checkout/sessions", FORM, **key)

    clock.forward(hours=25)

    assert post("/v1/checkout/sessions", FORM, **key)[1]["id"] != opened["id"]


def test_a_key_that_is_too_long_is_refused(post):
    answer, _ = post("/v1/checkout/sessions", FORM, **{"Idempotency-Key": "k" * 256})

    assert answer.status == 400


@pytest.mark.parametrize("header", ["", "Bearer ", "Basic c2s6", "Bearer sk_test_other"])
def test_without_the_key_nothing_is_answered(header, post, fake):
    answer, body = post("/v1/checkout/sessions", FORM, Authorization=header)

    assert answer.status == 401
    assert body["error"]["type"] == "invalid_request_error"
    assert fake.account.list_sessions({})["data"] == []


@pytest.mark.parametrize("path", ["/v1/charges", "/v1/checkout/sessions/cs_1/x", "/", "/v2/core"])
def test_an_address_it_does_not_know_is_404(path, post):
    answer, body = post(path, {})

    assert answer.status == 404
    assert body["error"]["message"].startswith("Unrecognized request URL")


def test_sessions_are_listed_newest_first(post):
    identifiers = [post("/v1/checkout/sessions", FORM)[1]["id"] for _ in range(3)]

    _, page = post("/v1/checkout/sessions?limit=2", {}, method="GET")

    assert [session["id"] for session in page["data"]] == identifiers[:0:-1]
    assert page["has_more"] is True


def test_a_refund_can_be_read_again(post, fake, browse):
    _, session = post("/v1/checkout/sessions", FORM)
    browse(session["url"], action="pay")
    intent = fake.account.session(session["id"])["payment_intent"]
    _, refund = post("/v1/refunds", {"payment_intent": intent})

    _, read = post(f"/v1/refunds/{refund['id']}", {}, method="GET")

    assert read == refund
    assert (refund["amount"], refund["status"]) == (150_000, "succeeded")


def test_it_listens_on_loopback_only(fake):
    assert fake._server.server_address[0] == "127.0.0.1"
