"""What a buyer does, and what is kept from everybody else."""

import uuid
from datetime import timedelta
from urllib.parse import urlencode

from django.test import Client
from django.utils.html import escape

import pytest

from market.models import Buyer, Lot, Order
from market.services import checkout, orders
from tests.factories.market import BuyerMemberFactory, LotFactory, SellerMemberFactory

pytestmark = pytest.mark.django_db


def order_of(lot, kg="50", **changes):
    return {"kg": kg, "token": str(uuid.uuid4())} | changes


@pytest.fixture
def ordering(lot):
    return f"/vi/market/lots/{lot.code}/order/"


@pytest.fixture
def order(lot, place):
    return place(lot, 40_000)


def page_of(order, action="", language="vi"):
    return f"/{language}/account/orders/{order.reference}/{action}"


def test_an_order_leads_to_its_payment_page(buying, lot, ordering, fake_stripe):
    answer = buying.post(ordering, order_of(lot))

    order = Order.objects.get()
    assert answer.status_code == 302
    assert answer.headers["location"] == order.payment.checkout_url
    assert order.payment.checkout_url.startswith(f"{fake_stripe.url}/pay/cs_")
    assert (order.grams, order.state, order.language) == (50_000, "pending", "vi")
    lot.refresh_from_db()
    assert lot.available_grams == 50_000


def test_a_double_click_is_one_order_and_the_same_page(buying, lot, ordering, fake_stripe):
    said = order_of(lot)

    first, second = (buying.post(ordering, said) for _ in range(2))

    assert first.headers["location"] == second.headers["location"]
    assert Order.objects.get().grams == 50_000


def test_while_the_payment_service_is_down_the_order_is_kept_and_paid_later(
    buying, lot, ordering, fake_stripe
):
    fake_stripe.break_next(503, 503)

    answer = buying.post(ordering, order_of(lot), follow=True)

    order = Order.objects.get()
    assert answer.redirect_chain == [(page_of(order), 302)]
    assert [message.level_tag for message in answer.context["messages"]] == ["error"]
    assert answer.context["can_pay"]
    again = buying.post(page_of(order, "pay/"))
    assert again.headers["location"].startswith(f"{fake_stripe.url}/pay/")


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    ("_case", "changes", "field"),
    [
        ("too much", {"kg": "101"}, "kg"),
        ("too little", {"kg": "0,5"}, "kg"),
        ("not a number", {"kg": "abc"}, "kg"),
        ("nothing", {"kg": ""}, "kg"),
        ("below zero", {"kg": "-5"}, "kg"),
        ("far too much", {"kg": str(10**20)}, "kg"),
        ("no token", {"token": ""}, "token"),
    ],
)
def test_a_refused_order_says_why_and_changes_nothing(
    _case, changes, field, language, buying, lot, facts
):
    before = facts()

    answer = buying.post(f"/{language}/market/lots/{lot.code}/order/", order_of(lot, **changes))

    assert answer.status_code == 400
    form = answer.context["order_form"]
    assert set(form.errors) == {field}
    if field == "kg":
        assert escape(form.errors[field][0]) in answer.content.decode()
    assert facts() == before
    assert uuid.UUID(str(form["token"].value()))


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("kg", ["20", "50,5", "60"])
def test_a_form_changed_and_sent_again_is_refused_once_and_then_taken(
    kg, language, buying, lot, fake_stripe, facts
):
    """Back in the browser: the first order stands, the page has a token for a second one."""
    address, said = f"/{language}/market/lots/{lot.code}/order/", order_of(lot)
    kg = kg.replace(",", {"vi": ",", "en": "."}[language])
    assert buying.post(address, said).status_code == 302
    before = facts()

    answer = buying.post(address, said | {"kg": kg})

    assert answer.status_code == 400
    assert facts() == before
    form = answer.context["order_form"]
    assert set(form.errors) == {"kg"}
    assert escape(form.errors["kg"][0]) in answer.content.decode()
    token = form["token"].value()
    assert token != said["token"]
    assert f'value="{token}"' in answer.content.decode()
    assert form["kg"].value() == kg

    again = buying.post(address, {"kg": "20", "token": token})
    assert again.status_code == 302
    assert sorted(Order.objects.values_list("grams", flat=True)) == [20_000, 50_000]


def test_a_form_without_its_token_can_be_sent_again_as_it_is_shown(
    buying, lot, ordering, fake_stripe
):
    answer = buying.post(ordering, order_of(lot, token="lost"))
    shown = answer.context["order_form"]["token"].value()

    buying.post(ordering, order_of(lot, token=str(shown)))

    assert Order.objects.count() == 1


def test_a_lot_closed_meanwhile_is_refused(buying, lot, ordering, facts):
    Lot.objects.update(state=Lot.State.CLOSED)
    before = facts()

    answer = buying.post(ordering, order_of(lot))

    assert answer.status_code == 400
    assert (answer.context["is_sellable"], answer.context["order_form"]) == (False, None)
    assert facts() == before


def test_a_lot_sold_out_meanwhile_is_refused_and_shown_as_it_is(buying, lot, place, ordering):
    place(lot, 100_000)

    answer = buying.post(ordering, order_of(lot))

    assert answer.status_code == 400
    assert answer.context["lot"].available_grams == 0
    assert answer.context["order_form"] is None


def test_a_lot_closed_meanwhile_is_refused_to_somebody_who_ordered_before(
    buying, lot, ordering, order, facts
):
    Lot.objects.update(state=Lot.State.CLOSED)
    before = facts()

    assert buying.post(ordering, order_of(lot)).status_code == 400
    assert facts() == before


def test_nobody_orders_their_own_lot(buying, lot, person, ordering, facts):
    SellerMemberFactory(seller=lot.seller, person=person)
    before = facts()

    assert buying.post(ordering, order_of(lot)).status_code == 400
    assert facts() == before


def test_without_an_organisation_one_is_asked_for_first(nobody, sign_in, lot, ordering, facts):
    browser, before = sign_in(nobody), facts()

    answer = browser.post(ordering, order_of(lot), follow=True)

    [(address, status)] = answer.redirect_chain
    back = f"/vi/market/lots/{lot.code}/?kg={order_of(lot)['kg']}"
    assert (address, status) == (f"/vi/account/?{urlencode({'next': back})}", 302)
    assert answer.context["buyer_form"] is not None
    assert facts() == before

    named = browser.post(address, {"name": "Công ty Dược Mẫu", "kind": "pharma"})
    assert named.headers["location"] == back
    assert browser.get(back).context["order_form"]["kg"].value() == order_of(lot)["kg"]


@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/", "//elsewhere.example/"])
def test_the_way_back_never_leads_elsewhere(nobody, sign_in, elsewhere):
    browser = sign_in(nobody)
    said = {"name": "Công ty Dược Mẫu", "kind": "pharma"}
    answer = browser.post(f"/vi/account/?{urlencode({'next': elsewhere})}", said)
    assert answer.headers["location"] == "/vi/account/"


def test_an_organisation_is_named_once(nobody, sign_in):
    browser = sign_in(nobody)
    said = {"name": "Công ty Dược Mẫu", "kind": "pharma"}

    assert browser.post("/vi/account/", {"name": "", "kind": "pharma"}).status_code == 400
    assert not Buyer.objects.exists()
    for _ in range(2):
        assert browser.post("/vi/account/", said).status_code == 302

    assert Buyer.objects.get().members.get().person == nobody


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("post", "/vi/market/lots/{lot}/order/"),
        ("get", "/vi/account/orders/{order}/"),
        ("post", "/vi/account/orders/{order}/pay/"),
        ("post", "/vi/account/orders/{order}/cancel/"),
        ("get", "/vi/account/"),
        ("get", "/vi/desk/"),
        ("get", "/vi/desk/lots/new/"),
        ("post", "/vi/desk/lots/new/"),
        ("get", "/vi/desk/lots/{lot}/"),
        ("post", "/vi/desk/lots/{lot}/state/"),
    ],
)
def test_a_visitor_is_asked_to_sign_in_and_changes_nothing(method, path, client, lot, order, facts):
    path, before = path.format(lot=lot.code, order=order.reference), facts()

    answer = getattr(client, method)(path, order_of(lot) if method == "post" else {})

    assert answer.status_code == 302
    assert answer.headers["location"].startswith("/vi/account/login/?next=/vi/")
    assert facts() == before


@pytest.mark.parametrize("action", ["", "pay/", "cancel/"])
@pytest.mark.parametrize("who", ["another buyer", "another seller", "nobody's"])
def test_an_order_is_not_there_for_anybody_else(
    who, action, order, stranger, nobody, sign_in, facts
):
    person = {"another buyer": stranger, "nobody's": nobody}.get(who)
    browser, before = sign_in(person or SellerMemberFactory().person), facts()
    path = page_of(order, action)

    answer = browser.post(path) if action else browser.get(path)

    assert answer.status_code == 404
    assert facts() == before


def test_the_seller_reads_an_order_of_its_lot_and_neither_pays_nor_cancels_it(
    selling, order, facts
):
    before = facts()

    answer = selling.get(page_of(order))

    assert answer.status_code == 200
    assert answer.context["is_seller_side"]
    assert not answer.context["can_pay"]
    assert not answer.context["can_cancel"]
    for action in ("pay/", "cancel/"):
        assert selling.post(page_of(order, action)).status_code == 404
    assert facts() == before


def test_a_colleague_reads_pays_and_cancels_an_order(buyer, order, sign_in, fake_stripe):
    colleague = sign_in(BuyerMemberFactory(buyer=buyer).person)

    assert colleague.get(page_of(order)).context["can_pay"]
    assert colleague.post(page_of(order, "pay/")).headers["location"].startswith(fake_stripe.url)
    assert colleague.post(page_of(order, "cancel/")).status_code == 302
    order.refresh_from_db()
    assert order.state == "cancelled"


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("state", Order.State)
def test_an_order_is_shown_in_every_state(state, language, buying, selling, order):
    Order.objects.update(state=state)

    for browser in (buying, selling):
        answer = browser.get(page_of(order, language=language))
        assert answer.status_code == 200
        assert order.reference in answer.content.decode()
    waiting = state == Order.State.PENDING
    answer = buying.get(page_of(order, language=language))
    assert (answer.context["can_pay"], answer.context["can_cancel"]) == (waiting, waiting)
    assert "no-store" in answer.headers["cache-control"]


def test_coming_back_paid_shows_it_paid_before_any_event(buying, order, fake_stripe):
    checkout.open_checkout(order)
    fake_stripe.account.pay(order.payment.reference_starting("cs_"))

    assert buying.get(page_of(order)).context["order"].state == "pending"
    assert buying.get(page_of(order) + "?returned=1").context["order"].state == "paid"


def test_coming_back_while_the_service_is_down_is_no_error(buying, order, fake_stripe, facts):
    checkout.open_checkout(order)
    before = facts()
    fake_stripe.break_next(500, 500)

    answer = buying.get(page_of(order) + "?returned=1")

    assert answer.status_code == 200
    assert answer.context["order"].state == "pending"
    assert facts() == before


def test_a_typed_return_proves_nothing(buying, order, fake_stripe):
    checkout.open_checkout(order)

    assert buying.get(page_of(order) + "?returned=1").context["order"].state == "pending"


def test_cancelling_gives_the_kilograms_back_and_only_once(buying, order, lot):
    for _ in range(2):
        assert buying.post(page_of(order, "cancel/")).headers["location"] == page_of(order)

    order.refresh_from_db()
    lot.refresh_from_db()
    assert (order.state, lot.available_grams) == ("cancelled", 100_000)


def test_cancelling_what_has_just_run_out_is_no_error(buying, order, lot):
    orders.expire(Order.objects.get())

    answer = buying.post(page_of(order, "cancel/"), follow=True)

    assert "error" not in [message.level_tag for message in answer.context["messages"]]
    lot.refresh_from_db()
    assert (answer.context["order"].state, lot.available_grams) == ("expired", 100_000)


def test_a_page_whose_time_has_passed_is_not_offered(buying, order, fake_stripe, facts):
    checkout.open_checkout(order)
    before = facts()
    Order.objects.update(created_at=order.created_at - timedelta(minutes=45, seconds=1))

    answer = buying.post(page_of(order, "pay/"), follow=True)

    assert answer.redirect_chain == [(page_of(order), 302)]
    assert [message.level_tag for message in answer.context["messages"]] == ["error"]
    assert facts() == before


def test_cancelling_what_was_paid_says_so_and_keeps_it(buying, order, fake_stripe, lot):
    checkout.open_checkout(order)
    fake_stripe.account.pay(order.payment.reference_starting("cs_"))

    answer = buying.post(page_of(order, "cancel/"), follow=True)

    assert [message.level_tag for message in answer.context["messages"]] == ["error"]
    lot.refresh_from_db()
    assert lot.available_grams == 60_000


@pytest.mark.parametrize("state", [one for one in Order.State if one != Order.State.PENDING])
def test_paying_what_does_not_wait_leads_to_no_payment_page(state, buying, order, facts):
    Order.objects.update(state=state)
    before = facts()

    answer = buying.post(page_of(order, "pay/"))

    assert answer.headers["location"] == page_of(order)
    assert facts() == before


@pytest.mark.parametrize("path", ["market/lots/{lot}/order/", "account/orders/{order}/pay/",
                                  "account/orders/{order}/cancel/"])  # fmt: skip
@pytest.mark.parametrize(
    ("method", "status"), [("get", 302), ("head", 302), ("put", 405), ("delete", 405)]
)
def test_what_changes_something_is_done_by_post_alone(
    method, status, path, buying, lot, order, facts
):
    """Who comes to an action by a link, as after signing in, is sent to the page it belongs to."""
    before = facts()

    answer = getattr(buying, method)("/vi/" + path.format(lot=lot.code, order=order.reference))

    assert answer.status_code == status
    if status == 302:
        assert answer.headers["location"] in (page_of(order), f"/vi/market/lots/{lot.code}/")
    assert facts() == before


@pytest.mark.parametrize(
    "path",
    [
        "market/lots/{lot}/order/",
        "account/orders/{order}/pay/",
        "account/orders/{order}/cancel/",
        "account/",
    ],
)
def test_without_the_token_of_our_page_nothing_is_changed(path, person, lot, order, facts):
    browser, before = Client(enforce_csrf_checks=True), facts()
    browser.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")

    said = order_of(lot, name="Kẻ gian", kind="other")
    answer = browser.post("/vi/" + path.format(lot=lot.code, order=order.reference), said)

    assert answer.status_code == 403
    assert facts() == before


def test_the_account_lists_the_orders_of_its_organisations_alone(buying, order, stranger, sign_in):
    LotFactory()

    assert list(buying.get("/vi/account/").context["orders"]) == [order]
    assert list(sign_in(stranger).get("/vi/account/").context["orders"]) == []


def test_an_order_page_asks_few_questions(buying, order, django_assert_max_num_queries):
    with django_assert_max_num_queries(15):
        buying.get(page_of(order))


def test_a_second_organisation_does_not_see_a_form_sent_by_the_first(
    buying, stranger, sign_in, lot, ordering, fake_stripe
):
    """Somebody else's token neither shows their order nor breaks the page."""
    said = order_of(lot)
    buying.post(ordering, said)

    answer = sign_in(stranger).post(ordering, said)

    assert answer.status_code == 400
    first = Order.objects.get()
    assert first.reference not in answer.content.decode()
    assert first.payment.checkout_url not in answer.content.decode()
