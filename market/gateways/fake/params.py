"""Form-encoded parameters read and refused the way Stripe does it."""

import re
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import parse_qsl, urlsplit

Kind = Literal["string", "integer", "enum", "url", "email", "metadata", "object", "list"]


class Refusal(Exception):
    """An answer in Stripe's form of an error."""

    def __init__(
        self,
        message: str,
        *,
        status: int = 400,
        type: str = "invalid_request_error",  # noqa: A002  the field's name in the answer
        code: str = "",
        param: str = "",
    ) -> None:
        super().__init__(message)
        self.status = status
        self.error = {"message": message, "type": type}
        if code:
            self.error["code"] = code
            self.error["doc_url"] = f"https://stripe.com/docs/error-codes/{code.replace('_', '-')}"
        if param:
            self.error["param"] = param

    def body(self) -> dict[str, Any]:
        """Return the JSON body of the answer."""
        return {"error": self.error}


@dataclass(frozen=True)
class Field:
    """One parameter: what it holds and whether it must be there."""

    kind: Kind = "string"
    required: bool = False
    max_length: int = 5000
    choices: frozenset[str] = frozenset()
    fields: dict[str, "Field"] = field(default_factory=dict)
    item: "Field | None" = None


LOCALES = frozenset({"auto", "en", "fr", "ja", "ko", "th", "vi", "zh"})
REASONS = frozenset({"duplicate", "fraudulent", "requested_by_customer"})

CREATE_SESSION = {
    "mode": Field("enum", required=True, choices=frozenset({"payment"})),
    "success_url": Field("url", required=True),
    "cancel_url": Field("url"),
    "line_items": Field(
        "list",
        required=True,
        item=Field(
            "object",
            fields={
                "quantity": Field("integer", required=True),
                "price_data": Field(
                    "object",
                    required=True,
                    fields={
                        "currency": Field(required=True, max_length=3),
                        "unit_amount": Field("integer", required=True),
                        "product_data": Field(
                            "object",
                            required=True,
                            fields={
                                "name": Field(required=True),
                                "description": Field(max_length=40_000),
                            },
                        ),
                    },
                ),
            },
        ),
    ),
    "payment_method_types": Field("list", item=Field("enum", choices=frozenset({"card"}))),
    "client_reference_id": Field(max_length=200),
    "customer_email": Field("email", max_length=800),
    "expires_at": Field("integer"),
    "locale": Field("enum", choices=LOCALES),
    "metadata": Field("metadata"),
}
LIST_SESSIONS = {
    "limit": Field("integer"),
    "payment_intent": Field(),
    "status": Field("enum", choices=frozenset({"open", "complete", "expired"})),
}
CREATE_REFUND = {
    "payment_intent": Field(required=True),
    "amount": Field("integer"),
    "reason": Field("enum", choices=REASONS),
    "metadata": Field("metadata"),
}


def decode(text: str) -> dict[str, Any]:
    """Turn `a[b][0][c]=v` into nested dictionaries; numbered keys become lists in `check`."""
    tree: dict[str, Any] = {}
    for name, value in parse_qsl(text, keep_blank_values=True):
        first, *rest = re.findall(r"[^\[\]]+|(?<=\[)(?=\])", name) or [name]
        node, path = tree, [first, *rest]
        for step in path[:-1]:
            node = node.setdefault(step or str(len(node)), {})
            if not isinstance(node, dict):
                raise Refusal("Invalid hash", param=name)
        node[path[-1] or str(len(node))] = value
    return tree


def check(given: dict[str, Any], fields: dict[str, Field], prefix: str = "") -> dict[str, Any]:
    """Return the parameters in their types. Raises Refusal as Stripe would."""
    for name in given:
        if name not in fields:
            full = _full_name(prefix, name)
            raise Refusal(
                f"Received unknown parameter: {full}", code="parameter_unknown", param=full
            )
    checked = {}
    for name, wanted in fields.items():
        full = _full_name(prefix, name)
        if name in given:
            checked[name] = _value(given[name], wanted, full)
        elif wanted.required:
            raise Refusal(f"Missing required param: {full}.", code="parameter_missing", param=full)
    return checked


def _full_name(prefix: str, name: str) -> str:
    return f"{prefix}[{name}]" if prefix else name


def _value(raw: Any, wanted: Field, name: str) -> Any:
    match wanted.kind:
        case "object":
            return check(_as_object(raw, name), wanted.fields, name)
        case "list":
            return _list(raw, wanted, name)
        case "metadata":
            return _metadata(raw, name)
    if not isinstance(raw, str):
        raise Refusal("Invalid string", param=name)
    if raw == "":
        raise Refusal(
            f"You passed an empty string for '{name}'. We assume empty values are an attempt to "
            "unset a parameter; however this parameter cannot be unset.",
            code="parameter_invalid_empty",
            param=name,
        )
    if len(raw) > wanted.max_length:
        raise Refusal(
            f"Invalid string: too long; must be at most {wanted.max_length} characters",
            param=name,
        )
    return _scalar(raw, wanted, name)


def _scalar(raw: str, wanted: Field, name: str) -> str | int:
    if wanted.kind == "integer":
        if not re.fullmatch(r"-?[0-9]{1,18}", raw):
            raise Refusal(f"Invalid integer: {raw}", code="parameter_invalid_integer", param=name)
        return int(raw)
    if wanted.kind == "enum" and raw not in wanted.choices:
        raise Refusal(
            f"Invalid {name}: must be one of {', '.join(sorted(wanted.choices))}", param=name
        )
    if wanted.kind == "url" and not _is_url(raw):
        raise Refusal("Not a valid URL", code="url_invalid", param=name)
    if wanted.kind == "email" and not re.fullmatch(r"[^@\s]+@[^@\s]+", raw):
        raise Refusal(f"Invalid email address: {raw}", code="email_invalid", param=name)
    return raw


def _is_url(text: str) -> bool:
    parts = urlsplit(text)
    return parts.scheme in ("http", "https") and bool(parts.netloc) and text.isprintable()


def _as_object(raw: Any, name: str) -> dict[str, Any]:
    if not isinstance(raw, dict):
        raise Refusal("Invalid object", param=name)
    return raw


def _list(raw: Any, wanted: Field, name: str) -> list[Any]:
    members = _as_object(raw, name)
    if not all(key.isascii() and key.isdigit() for key in members):
        raise Refusal("Invalid array", param=name)
    assert wanted.item is not None  # noqa: S101  a list in the tables above names its item
    return [_value(members[key], wanted.item, f"{name}[{key}]") for key in sorted(members, key=int)]


def _metadata(raw: Any, name: str) -> dict[str, str]:
    pairs = _as_object(raw, name)
    if len(pairs) > 50:
        raise Refusal("Metadata can have at most 50 keys.", param=name)
    for key, value in pairs.items():
        if not isinstance(value, str) or len(key) > 40 or len(value) > 500:
            raise Refusal(
                "Metadata keys can be 40 characters long and values 500.",
                param=_full_name(name, key),
            )
    return {key: value for key, value in pairs.items() if value}
