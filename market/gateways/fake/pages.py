"""The hosted payment page of the test account: plain HTML, no script, no money."""

import base64
import hashlib
from html import escape
from typing import Any

from core.money import format_money

STYLE = """
:root { --paper: #fbf8f1; --sheet: #fff; --ink: #1f2421; --soft: #565b52; --line: #d8d1c2;
  --indigo: #2b3f73; --cinnamon: #9a4b22; --amber: #8a5a00; --red: #a3262a;
  --serif: "Source Serif 4", "Noto Serif", Georgia, serif;
  --sans: "Be Vietnam Pro", "Noto Sans", system-ui, sans-serif; color-scheme: light dark; }
@media (prefers-color-scheme: dark) { :root { --paper: #171a18; --sheet: #1f2421; --ink: #ede8dc;
  --soft: #b4b0a4; --line: #3a403b; --indigo: #a9bbea; --cinnamon: #e3a27a; --amber: #e0b45a;
  --red: #f0a0a0; } }
* { box-sizing: border-box; }
body { margin: 0; padding: 2rem 1.25rem; background: var(--paper); color: var(--ink);
  font: 1.0625rem/1.6 var(--sans); font-variant-numeric: tabular-nums; }
main { max-width: 32rem; margin: 0 auto; padding: 1.5rem; background: var(--sheet);
  border: 1px solid var(--line); }
h1 { margin: 0 0 1rem; font: 600 1.6rem/1.25 var(--serif); text-wrap: balance; }
:focus-visible { outline: 3px solid var(--indigo); outline-offset: 2px; }
.notice { margin: 0 0 1.5rem; padding: .75rem 1rem; border: 1px solid var(--amber);
  border-left-width: 6px; }
.refused { border-color: var(--red); }
dl { display: grid; grid-template-columns: auto 1fr; margin: 0 0 1.5rem; }
dt, dd { margin: 0; padding: .5rem 0; border-top: 1px solid var(--line); overflow-wrap: anywhere; }
dt { padding-right: 1.5rem; color: var(--soft); }
.amount { color: var(--cinnamon); font-weight: 600; }
form { display: flex; flex-wrap: wrap; gap: .75rem; }
button, .button { min-height: 2.75rem; padding: .6rem 1.2rem; border: 1px solid var(--cinnamon);
  border-radius: 2px; background: none; color: var(--cinnamon); font: 600 1rem var(--sans);
  text-decoration: none; cursor: pointer; }
[value=pay] { background: var(--cinnamon); color: var(--sheet); }
"""

_digest = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        f"default-src 'none'; style-src 'sha256-{_digest}'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Content-Type": "text/html; charset=utf-8",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}

WORDS = {
    "vi": {
        "title": "Trang thanh toán thử",
        "notice": "Đây là trang thử. Không có tiền nào được chuyển và không cần số thẻ.",
        "refused": "Thẻ đã bị từ chối (thử). Chưa có gì được thanh toán; bạn có thể thử lại.",
        "what": "Nội dung",
        "reference": "Mã đơn hàng",
        "amount": "Số tiền",
        "email": "Thư điện tử",
        "pay": "Thanh toán (thử)",
        "decline": "Thẻ bị từ chối (thử)",
        "cancel": "Quay lại",
        "complete": "Đơn này đã được thanh toán (thử).",
        "expired": "Trang thanh toán này đã hết hạn. Hãy quay lại đơn hàng.",
        "unknown": "Không có trang thanh toán này.",
    },
    "en": {
        "title": "Test payment page",
        "notice": "This is a test page. No money moves and no card number is needed.",
        "refused": "The card was declined (test). Nothing has been paid; you can try again.",
        "what": "For",
        "reference": "Order",
        "amount": "Amount",
        "email": "E-mail",
        "pay": "Pay (test)",
        "decline": "Card declined (test)",
        "cancel": "Go back",
        "complete": "This order has been paid (test).",
        "expired": "This payment page has expired. Please go back to the order.",
        "unknown": "There is no such payment page.",
    },
}


def payment_page(session: dict[str, Any], description: str, *, was_declined: bool) -> str:
    """Return the page on which an open session is paid, declined or left."""
    language = _language(session)
    words = WORDS[language]
    amount = format_money(session["amount_total"], session["currency"].upper(), language)
    rows = [
        ("what", escape(description)),
        ("reference", escape(session["client_reference_id"] or "")),
        ("amount", f'<span class="amount">{escape(amount)}</span>'),
        ("email", escape(session["customer_email"] or "")),
    ]
    table = "".join(f"<dt>{words[name]}</dt><dd>{text}</dd>" for name, text in rows if text)
    refused = f'<p class="notice refused" role="alert">{words["refused"]}</p>'
    names = ["pay", "decline"] + (["cancel"] if session["cancel_url"] else [])
    buttons = "".join(
        f'<button name="action" value="{name}">{words[name]}</button>' for name in names
    )
    return _page(
        language,
        f"{refused if was_declined else ''}<dl>{table}</dl>"
        f'<form method="post" action="/pay/{session["id"]}">{buttons}</form>',
    )


def closed_page(session: dict[str, Any], back_url: str) -> str:
    """Return the page of a session that is complete or expired, with the way back."""
    language = _language(session)
    words = WORDS[language]
    link = f'<a class="button" href="{escape(back_url)}">{words["cancel"]}</a>' if back_url else ""
    return _page(language, f'<p role="status">{words[session["status"]]}</p>{link}')


def unknown_page() -> str:
    """Return the page for an address that belongs to no session."""
    return _page("vi", f'<p>{WORDS["vi"]["unknown"]}</p><p lang="en">{WORDS["en"]["unknown"]}</p>')


def _language(session: dict[str, Any]) -> str:
    return "en" if session["locale"] == "en" else "vi"


def _page(language: str, content: str) -> str:
    words = WORDS[language]
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="robots" content="noindex">'
        f"<title>{words['title']}</title><style>{STYLE}</style></head><body><main>"
        f'<h1>{words["title"]}</h1><p class="notice">{words["notice"]}</p>'
        f"{content}</main></body></html>\n"
    )
