"""From search to money and back, without a mock: pages, a payment service, its signed events."""

import json
from datetime import timedelta
from http.client import HTTPConnection
from urllib.parse import urlsplit

from django.conf import settings as site
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

import pytest
import stripe

from market.models import Order
from search import indexing
from tests.factories.catalogue import CertificateFactory, SpeciesFactory
from tests.factories.market import LotFactory, SellerMemberFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

PASSWORD = "pass-2026-word"


@pytest.fixture(autouse=True)
def index(settings, tmp_path, db):
    settings.SEARCH_INDEX_DIR = tmp_path / "search"


@pytest.fixture
def lot(db):
    """100 kg of certified cassia bark on sale at 75.000 ₫/kg."""
    species = SpeciesFactory(slug="que", vie="Quế Văn Yên", eng="Cassia")
    lot = LotFactory(species=species, certificates=[CertificateFactory(species=[species])])
    indexing.rebuild()
    return lot


@pytest.fixture
def heard(fake_stripe, client):
    """Post every event of the payment service to the webhook, signed; keep them for repeats."""
    events = []
    fake_stripe.account.on_event = events.append

    def deliver():
        for message in events:
            payload = json.dumps(message)
            answer = client.post(
                "/webhooks/stripe/",
                payload,
                content_type="application/json",
                headers={
                    "stripe-signature": stripe.WebhookSignature.generate_signature_header(
                        payload, site.STRIPE_WEBHOOK_SECRET
                    )
                },
            )
            assert answer.status_code == 200
        return len(events)

    return deliver


def sign_up(language="vi", email="mua@example.org") -> Client:
    """Make an account and name an organisation through the pages."""
    browser = Client()
    said = {"email": email, "password1": PASSWORD, "password2": PASSWORD}
    assert browser.post(f"/{language}/account/signup/", said).status_code == 302
    organisation = {"name": "Công ty Dược Mẫu", "kind": "pharma"}
    assert browser.post(f"/{language}/account/", organisation).status_code == 302
    return browser


def press(url, action):
    """Press a button of the hosted payment page and return where it leads."""
    parts = urlsplit(url)
    connection = HTTPConnection(parts.netloc, timeout=10)
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", parts.path, f"action={action}", form)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    assert answer.status == 303
    return answer.headers["Location"].removeprefix("http://testserver")


def order_50_kg(browser, lot, language="vi"):
    """Order through the form that the lot's page shows and return the payment page's address."""
    page = browser.get(f"/{language}/market/lots/{lot.code}/")
    token = page.context["order_form"]["token"].value()
    assert f'value="{token}"' in page.content.decode()
    answer = browser.post(
        f"/{language}/market/lots/{lot.code}/order/", {"kg": "50", "token": token}
    )
    assert answer.status_code == 302
    return answer.headers["location"]


@pytest.mark.parametrize(
    ("language", "total", "left"),
    [("vi", "3.750.000 ₫", "50 kg"), ("en", "3,750,000 ₫", "50 kg")],
)
def test_a_buyer_finds_orders_and_pays_and_everybody_sees_the_same(
    language, total, left, lot, heard, client, fake_stripe
):
    browser = sign_up(language)
    results = client.get("/api/v1/search", {"q": "que van yen", "kind": "lots"}).json()["items"]
    assert [item["id"] for item in results] == [lot.code]

    payment_page = order_50_kg(browser, lot, language)
    order = Order.objects.get()
    shown = browser.get(order_address := f"/{language}/account/orders/{order.reference}/")
    assert shown.context["can_pay"]
    assert total in shown.content.decode()
    assert left in client.get(f"/{language}/market/lots/{lot.code}/").content.decode()
    assert client.get(f"/api/v1/lots/{lot.code}").json()["available_grams"] == 50_000

    back = press(payment_page, "pay")
    assert back == f"{order_address}?returned=1"
    assert heard() == 1
    assert browser.get(back).context["order"].state == "paid"
    assert heard() == 1  # delivered once more

    order.refresh_from_db()
    lot.refresh_from_db()
    assert (order.state, order.payment.received_minor) == ("paid", 3_750_000)
    assert lot.available_grams == 50_000
    desk = Client()
    seller = SellerMemberFactory(seller=lot.seller).person
    said = {"login": seller.email, "password": PASSWORD}
    assert desk.post(f"/{language}/account/login/", said).status_code == 302
    shown = desk.get(f"/{language}/desk/")
    assert shown.context["counts"] == {"open": 1, "draft": 0, "waiting": 0, "paid": 1}
    assert [one.sold_grams for one in shown.context["lots"]] == [50_000]
    assert [one.reference for one in shown.context["orders"]] == [order.reference]
    assert total in shown.content.decode()
    assert order.reference in browser.get(f"/{language}/account/").content.decode()
    call_command("check_ledger")


def test_a_buyer_who_comes_back_before_the_event_reads_that_it_is_paid(lot, heard):
    browser = sign_up()
    back = press(order_50_kg(browser, lot), "pay")

    assert browser.get(back).context["order"].state == "paid"

    assert heard() == 1
    order = Order.objects.get()
    assert (order.state, order.payment.received_minor) == ("paid", 3_750_000)


def test_a_declined_card_leaves_the_order_to_be_paid_again(lot, heard):
    browser = sign_up()
    payment_page = order_50_kg(browser, lot)

    press(payment_page, "decline")
    heard()
    assert Order.objects.get().state == "pending"
    again = browser.post(f"/vi/account/orders/{Order.objects.get().reference}/pay/")
    assert again.headers["location"] == payment_page

    press(payment_page, "pay")
    heard()
    assert Order.objects.get().state == "paid"


def test_a_cancelled_order_puts_its_kilograms_back_on_sale(lot, heard):
    browser = sign_up()
    order_50_kg(browser, lot)
    order = Order.objects.get()

    browser.post(f"/vi/account/orders/{order.reference}/cancel/")
    heard()

    order.refresh_from_db()
    lot.refresh_from_db()
    assert (order.state, lot.available_grams) == ("cancelled", 100_000)


def test_an_order_nobody_pays_expires_and_somebody_else_buys(lot, heard, fake_stripe):
    order_50_kg(sign_up(), lot)
    Order.objects.update(held_until=timezone.now() - timedelta(minutes=1))
    fake_stripe.account.expire(Order.objects.get().payment.reference_starting("cs_"))

    call_command("expire_orders")
    heard()
    call_command("expire_orders")

    assert Order.objects.get().state == "expired"
    press(order_50_kg(sign_up(email="khac@example.org"), lot), "pay")
    heard()
    assert sorted(Order.objects.values_list("state", flat=True)) == ["expired", "paid"]
    lot.refresh_from_db()
    assert lot.available_grams == 50_000


def test_a_payment_whose_event_is_lost_is_found_when_the_hold_ends(lot, heard):
    browser = sign_up()
    press(order_50_kg(browser, lot), "pay")
    Order.objects.update(held_until=timezone.now() - timedelta(minutes=1))

    call_command("expire_orders")

    order = Order.objects.get()
    assert (order.state, order.payment.received_minor) == ("paid", 3_750_000)
    assert heard() == 1  # the event, after all
    lot.refresh_from_db()
    assert (Order.objects.get().state, lot.available_grams) == ("paid", 50_000)
    call_command("check_ledger")


def test_while_the_payment_service_is_away_no_hold_ends(lot, heard, fake_stripe):
    order_50_kg(sign_up(), lot)
    Order.objects.update(held_until=timezone.now() - timedelta(minutes=1))
    fake_stripe.break_next(503, 503)

    call_command("expire_orders")
    lot.refresh_from_db()
    assert (Order.objects.get().state, lot.available_grams) == ("pending", 50_000)

    call_command("expire_orders")
    heard()
    lot.refresh_from_db()
    assert (Order.objects.get().state, lot.available_grams) == ("expired", 100_000)


def test_back_in_the_browser_the_old_form_does_not_pay_for_the_old_kilograms(lot, heard):
    browser = sign_up()
    page = browser.get(f"/vi/market/lots/{lot.code}/")
    said = {"token": page.context["order_form"]["token"].value()}
    address = f"/vi/market/lots/{lot.code}/order/"
    first = browser.post(address, said | {"kg": "50"})

    refused = browser.post(address, said | {"kg": "20"})
    assert refused.status_code == 400
    assert Order.objects.get().grams == 50_000

    again = refused.context["order_form"]
    sent = {"kg": again["kg"].value(), "token": again["token"].value()}
    second = browser.post(address, sent)
    assert second.status_code == 302
    assert second.headers["location"] != first.headers["location"]
    assert sorted(Order.objects.values_list("grams", flat=True)) == [20_000, 50_000]


def test_money_that_comes_too_late_goes_back(lot, heard, client):
    """The end of the hold and the payment cross: the kilograms are gone, the money is not."""
    browser = sign_up()
    payment_page = order_50_kg(browser, lot)
    order = Order.objects.get()
    order.payment.references.all().delete()  # as if our second transaction had been lost
    Order.objects.update(held_until=timezone.now() - timedelta(minutes=1))
    call_command("expire_orders")

    press(payment_page, "pay")
    heard()
    order.refresh_from_db()
    assert (order.state, order.payment.received_minor) == ("refund_due", 3_750_000)

    for _ in range(2):
        call_command("settle_refunds")
        heard()
    order.refresh_from_db()
    lot.refresh_from_db()
    assert (order.state, lot.available_grams) == ("refunded", 100_000)
    shown = browser.get(f"/vi/account/orders/{order.reference}/")
    assert not shown.context["can_pay"]
    call_command("check_ledger")


def test_somebody_without_an_organisation_is_led_to_name_one(lot):
    browser = Client()
    said = {"login": PersonFactory().email, "password": PASSWORD}
    browser.post("/vi/account/login/", said)

    token = browser.get(f"/vi/market/lots/{lot.code}/").context["order_form"]["token"].value()
    answer = browser.post(f"/vi/market/lots/{lot.code}/order/", {"kg": "50", "token": token})

    assert answer.headers["location"].startswith("/vi/account/?next=")
    assert not Order.objects.exists()
