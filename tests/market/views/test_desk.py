"""The seller's desk: own lots, own orders, true figures."""

import uuid
from datetime import timedelta

from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

import pytest

from market.models import Lot, LotMovement, Order, Seller
from market.services import orders, payments
from tests.factories.market import LotFactory, SellerFactory, SellerMemberFactory
from tests.market.stripe_events import event, paid

pytestmark = pytest.mark.django_db


@pytest.fixture
def typed(lot):
    """Return what the seller types for a lot that can be put on sale."""
    return {
        "species": lot.species_id,
        "part": lot.part_id,
        "form": "dried_cut",
        "grade": "",
        "harvested_on": timezone.localdate().isoformat(),
        "kg": "1.250,5",
        "price": "75.000",
        "minimum_kg": "5",
        "note_vi": "Phơi khô",
        "note_en": "",
        "action": "publish",
    }


@pytest.fixture
def draft(seller):
    return LotFactory(seller=seller, state=Lot.State.DRAFT)


@pytest.mark.parametrize("path", ["desk/", "desk/lots/new/"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_desk_is_for_sellers(language, path, selling, buying):
    assert selling.get(f"/{language}/{path}").status_code == 200
    assert buying.get(f"/{language}/{path}").status_code == 403


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("post", "desk/lots/new/"),
        ("get", "desk/lots/{}/"),
        ("post", "desk/lots/{}/"),
        ("post", "desk/lots/{}/state/"),
    ],
)
def test_who_sells_nothing_changes_nothing(method, path, buying, lot, typed, facts):
    before = facts()

    answer = getattr(buying, method)(f"/vi/{path.format(lot.code)}", typed | {"state": "closed"})

    assert answer.status_code == 403
    assert facts() == before


@pytest.mark.parametrize(
    ("method", "path"),
    [("get", "desk/lots/{}/"), ("post", "desk/lots/{}/"), ("post", "desk/lots/{}/state/")],
)
@pytest.mark.parametrize("state", ["draft", "open"])
def test_the_lot_of_another_seller_is_not_there(state, method, path, selling, typed, facts):
    other = LotFactory(state=state)
    before = facts()

    answer = getattr(selling, method)(f"/vi/{path.format(other.code)}", typed | {"state": "closed"})

    assert answer.status_code == 404
    assert facts() == before


def test_figures_agree_with_orders(selling, seller, lot, place, draft):
    for grams, end in ((10_000, "paid"), (20_000, "paid"), (5_000, ""), (7_000, "expired")):
        order = place(lot, grams)
        if end == "paid":
            payments.process(event("completed", paid(order)))
        elif end:
            orders.move(order, Order.State.EXPIRED)
    elsewhere = place(LotFactory(), 3_000)

    answer = selling.get("/vi/desk/")

    shown = {one.code: one for one in answer.context["lots"]}
    assert set(shown) == {lot.code, draft.code}
    on_sale = shown[lot.code]
    assert (on_sale.sold_grams, on_sale.held_grams, on_sale.available_grams) == (
        30_000,
        5_000,
        65_000,
    )
    assert (shown[draft.code].sold_grams, shown[draft.code].held_grams) == (0, 0)
    assert answer.context["counts"] == {"open": 1, "draft": 1, "waiting": 1, "paid": 2}
    assert len(answer.context["orders"]) == 4
    assert elsewhere.reference not in answer.content.decode()


def test_the_desk_asks_the_same_number_of_questions_for_many_lots(
    selling, seller, lot, place, django_assert_max_num_queries
):
    for _ in range(12):
        place(LotFactory(seller=seller), 1_000)

    with django_assert_max_num_queries(15):
        selling.get("/vi/desk/")


def test_a_lot_is_put_on_sale(selling, seller, typed, lot):
    answer = selling.post("/vi/desk/lots/new/", typed)

    new = Lot.objects.exclude(pk=lot.pk).get()
    assert answer.headers["location"] == f"/vi/market/lots/{new.code}/"
    assert (new.seller, new.state, new.available_grams) == (seller, "open", 1_250_500)
    assert (new.price_minor_per_kg, new.minimum_grams, new.note) == (75_000, 5_000, "Phơi khô")


def test_a_draft_is_saved_opened_changed_and_put_on_sale(selling, typed, lot):
    answer = selling.post("/vi/desk/lots/new/", typed | {"action": "draft"})
    assert answer.headers["location"] == "/vi/desk/"
    draft = Lot.objects.get(state="draft")
    assert not draft.movements.exists()

    page = f"/vi/desk/lots/{draft.code}/"
    shown = selling.get(page).context["form"]
    assert (shown["kg"].value(), shown["price"].value()) == ("1250,5", 75_000)
    selling.post(page, typed | {"kg": "800"})

    draft.refresh_from_db()
    assert (draft.state, draft.available_grams) == ("open", 800_000)
    assert Lot.objects.count() == 2


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    ("_case", "changes", "fields"),
    [
        ("harvest to come", {"harvested_on": "2999-01-01"}, {"harvested_on"}),
        ("minimum above the lot", {"kg": "4"}, {"minimum_kg"}),
        ("no price", {"price": ""}, {"price"}),
        ("price of nothing", {"price": "0"}, {"price"}),
        ("no weight", {"kg": "NaN"}, {"kg"}),
        ("too heavy", {"kg": str(10**20)}, {"kg"}),
        ("no species", {"species": ""}, {"species"}),
        ("two things", {"price": "abc", "kg": "1e9"}, {"price", "kg"}),
    ],
)
def test_a_refused_lot_says_why_at_its_field_and_keeps_what_was_typed(
    _case, changes, fields, language, selling, typed, facts
):
    before, said = facts(), typed | {"kg": "1250.5", "price": "75000"} | changes

    answer = selling.post(f"/{language}/desk/lots/new/", said)

    assert answer.status_code == 400
    form = answer.context["form"]
    assert set(form.errors) == fields
    assert {name: form[name].value() for name in changes} == changes
    page = answer.content.decode()
    assert all(escape(form.errors[name][0]) in page for name in fields)
    assert facts() == before


def test_a_lot_form_sent_twice_lists_one_lot(selling, typed, lot):
    token = selling.get("/vi/desk/lots/new/").context["form"]["token"].value()
    said = typed | {"token": str(token)}

    first, second = (selling.post("/vi/desk/lots/new/", said) for _ in range(2))

    new = Lot.objects.exclude(pk=lot.pk).get()
    assert first.headers["location"] == second.headers["location"] == new.get_absolute_url()
    assert (str(new.token), new.available_grams) == (str(token), 1_250_500)
    assert new.movements.count() == 1


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    ("_case", "changes"),
    [
        ("by the form", {"price": ""}),
        ("by the service", {"harvested_on": "2999-01-01"}),
        ("for its token", {"token": "abc"}),
    ],
)
def test_a_refused_lot_form_is_shown_with_a_fresh_token(
    _case, changes, language, selling, typed, lot
):
    address = f"/{language}/desk/lots/new/"
    said = typed | {"token": str(uuid.uuid4()), "kg": "500", "price": "75000"}

    answer = selling.post(address, said | changes)

    assert answer.status_code == 400
    token = answer.context["form"]["token"].value()
    assert token not in (said["token"], changes.get("token"))
    assert f'value="{token}"' in answer.content.decode()
    assert selling.post(address, said | {"token": token}).status_code == 302
    assert str(Lot.objects.exclude(pk=lot.pk).get().token) == token


@pytest.mark.parametrize("price", ["75.000", "75,000", "75 000", "75000"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_price_is_the_same_in_both_languages(language, price, selling, typed, lot):
    said = typed | {"kg": "500", "price": price}

    assert selling.post(f"/{language}/desk/lots/new/", said).status_code == 302
    assert Lot.objects.exclude(pk=lot.pk).get().price_minor_per_kg == 75_000


def test_a_seller_who_is_not_vetted_keeps_drafts_and_sells_nothing(selling, seller, typed, facts):
    Seller.objects.filter(pk=seller.pk).update(vetting=Seller.Vetting.PENDING)
    before = facts()

    assert selling.post("/vi/desk/lots/new/", typed).status_code == 400
    assert facts() == before
    assert selling.post("/vi/desk/lots/new/", typed | {"action": "draft"}).status_code == 302
    assert Lot.objects.filter(state="draft").count() == 1


@pytest.mark.parametrize("state", ["open", "paused", "closed"])
def test_a_published_lot_is_not_edited(state, selling, seller, typed, facts):
    lot = LotFactory(seller=seller, state=state)
    before = facts()

    for answer in (
        selling.get(f"/vi/desk/lots/{lot.code}/"),
        selling.post(f"/vi/desk/lots/{lot.code}/", typed),
    ):
        assert answer.headers["location"] == f"/vi/market/lots/{lot.code}/"
    assert facts() == before


@pytest.mark.parametrize(
    ("_case", "before", "asked", "after"),
    [
        ("pause", "open", "paused", "paused"),
        ("close", "open", "closed", "closed"),
        ("resume", "paused", "open", "open"),
        ("close a paused one", "paused", "closed", "closed"),
        ("reopen a closed one", "closed", "open", "closed"),
        ("open a draft past its checks", "draft", "open", "draft"),
        ("nonsense", "open", "sold", "open"),
        ("nothing", "open", "", "open"),
        ("a zero byte", "open", "\x00", "open"),
    ],
)
def test_a_lot_changes_its_state(_case, before, asked, after, selling, seller):
    lot = LotFactory(seller=seller, state=before)

    answer = selling.post(f"/vi/desk/lots/{lot.code}/state/", {"state": asked})

    assert answer.headers["location"] == "/vi/desk/"
    lot.refresh_from_db()
    assert lot.state == after
    assert LotMovement.objects.filter(lot=lot).count() == (0 if before == "draft" else 1)


@pytest.mark.parametrize(
    ("method", "status"), [("get", 302), ("head", 302), ("put", 405), ("delete", 405)]
)
def test_a_state_changes_by_post_alone(method, status, selling, lot, facts):
    before = facts()

    answer = getattr(selling, method)(f"/vi/desk/lots/{lot.code}/state/?state=closed")

    assert answer.status_code == status
    assert facts() == before


@pytest.mark.parametrize("path", ["desk/lots/new/", "desk/lots/{}/", "desk/lots/{}/state/"])
def test_without_the_token_of_our_page_nothing_is_changed(path, salesman, draft, typed, facts):
    browser, before = Client(enforce_csrf_checks=True), facts()
    browser.force_login(salesman, backend="allauth.account.auth_backends.AuthenticationBackend")

    answer = browser.post(f"/vi/{path.format(draft.code)}", typed | {"state": "closed"})

    assert answer.status_code == 403
    assert facts() == before


def test_a_seller_does_not_sell_for_another(selling, typed, seller):
    """A seller named in the form is not looked at."""
    selling.post("/vi/desk/lots/new/", typed | {"seller": SellerFactory().pk, "code": "MINE-1"})

    assert set(Lot.objects.values_list("seller", flat=True)) == {seller.pk}
    assert not Lot.objects.filter(code="MINE-1").exists()


def test_an_administrator_without_a_seat_has_no_desk(db, sign_in):
    boss = get_user_model().objects.create_superuser(f"boss{uuid.uuid4().hex[:4]}", "b@example.org")

    assert sign_in(boss).get("/vi/desk/").status_code == 403


def test_a_member_of_another_seller_has_a_desk_of_their_own(sign_in, lot):
    answer = sign_in(SellerMemberFactory().person).get("/vi/desk/")

    assert list(answer.context["lots"]) == []
    assert answer.context["counts"] == {"open": 0, "draft": 0, "waiting": 0, "paid": 0}


def test_the_desk_shows_drafts_first_and_then_the_newest(salesman, selling):
    seller = salesman.sellermembers.get().seller
    noon = timezone.now()
    for code, state, published in (
        ("OLD", Lot.State.OPEN, noon - timedelta(days=2)),
        ("DRAFT", Lot.State.DRAFT, None),
        ("NEW", Lot.State.OPEN, noon),
    ):
        LotFactory(code=code, seller=seller, state=state, published_at=published)

    shown = [lot.code for lot in selling.get("/vi/desk/").context["lots"]]

    assert [code for code in shown if code in ("OLD", "DRAFT", "NEW")] == ["DRAFT", "NEW", "OLD"]
