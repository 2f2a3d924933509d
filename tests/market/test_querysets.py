"""What is on sale, what proves it, and who may see which record."""

from datetime import timedelta

from django.contrib.auth.models import AnonymousUser, Group
from django.utils import timezone

import pytest

from catalogue.decisions import Decision
from core import roles
from market.models import Buyer, Lot, Order, Seller
from market.services import orders
from tests.factories.catalogue import CertificateFactory, GrowingAreaFactory, SpeciesFactory
from tests.factories.decisions import decided
from tests.factories.market import LotFactory, SellerFactory, SellerMemberFactory

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def words(lot):
    """Return which of the three words about sale hold for a lot."""
    one = Lot.objects.filter(pk=lot.pk)
    return {name for name in ("on_sale", "sellable", "certified") if getattr(one, name)().exists()}


@pytest.fixture
def staff(nobody):
    group, _ = Group.objects.get_or_create(name=roles.MARKET_STAFF)
    nobody.groups.add(group)
    return nobody


def test_an_open_lot_without_papers_is_sold_but_not_as_certified(lot):
    assert words(lot) == {"on_sale", "sellable"}


def test_a_lot_that_is_sold_out_is_shown_and_cannot_be_ordered(lot, place):
    place(lot, 100_000)

    assert words(lot) == {"on_sale"}


@pytest.mark.parametrize("state", [Lot.State.DRAFT, Lot.State.PAUSED, Lot.State.CLOSED])
def test_only_an_open_lot_is_on_sale(state):
    assert words(LotFactory(state=state)) == set()


@pytest.mark.parametrize(
    ("_case", "vetting", "expected"),
    [
        ("vetted", Seller.Vetting.ACCEPTED, {"on_sale", "sellable"}),
        ("not yet", Seller.Vetting.PENDING, set()),
        ("suspended", Seller.Vetting.SUSPENDED, set()),
    ],
)
def test_only_a_vetted_seller_sells(_case, vetting, expected):
    assert words(LotFactory(seller__vetting=vetting)) == expected


def test_a_lot_of_an_unpublished_species_is_not_on_sale():
    assert words(LotFactory(species__live=False)) == set()


@pytest.mark.parametrize(
    ("_case", "paper", "expected"),
    [
        ("valid", {}, {"on_sale", "sellable", "certified"}),
        ("last day", {"expires_in": 0}, {"on_sale", "sellable", "certified"}),
        ("expires tomorrow", {"expires_in": 1}, {"on_sale", "sellable", "certified"}),
        ("expired yesterday", {"expires_in": -1}, set()),
        ("first day", {"issued_in": 0}, {"on_sale", "sellable", "certified"}),
        ("from tomorrow", {"issued_in": 1}, set()),
        ("draft", {"decision": Decision.DRAFT}, set()),
        ("suspended", {"decision": Decision.SUSPENDED}, set()),
        ("withdrawn", {"decision": Decision.WITHDRAWN}, set()),
        ("of another species", {"covers": False}, set()),
    ],
)
def test_a_lot_with_papers_sells_while_one_of_them_holds(_case, paper, expected):
    today = timezone.localdate()
    species = SpeciesFactory()
    covered = species if paper.get("covers", True) else SpeciesFactory()
    certificate = CertificateFactory(
        species=[covered],
        issued_on=today + paper.get("issued_in", -10) * DAY,
        expires_on=today + paper.get("expires_in", 30) * DAY,
        decision=paper.get("decision", Decision.ACCEPTED),
    )

    assert words(LotFactory(species=species, certificates=[certificate])) == expected


def test_the_day_decides_and_may_be_asked():
    today = timezone.localdate()
    species = SpeciesFactory()
    certificate = CertificateFactory(species=[species], expires_on=today)
    lot = LotFactory(species=species, certificates=[certificate])

    for word in (Lot.objects.on_sale, Lot.objects.sellable, Lot.objects.certified):
        assert list(word(on=today)) == [lot]
        assert list(word(on=today + DAY)) == []


def test_of_several_papers_one_is_enough_and_the_lot_appears_once():
    species = SpeciesFactory()
    good = [CertificateFactory(species=[species, SpeciesFactory()]) for _ in range(2)]
    lapsed = CertificateFactory(species=[species], decision=Decision.SUSPENDED)
    lot = LotFactory(species=species, certificates=[*good, lapsed])

    assert list(Lot.objects.on_sale()) == [lot]
    assert list(Lot.objects.certified()) == [lot]
    assert list(Lot.objects.visible_to(None)) == [lot]


def test_two_papers_do_not_lend_each_other_what_each_lacks():
    """One is valid for another species, one of this species has expired: neither proves."""
    species = SpeciesFactory()
    lot = LotFactory(
        species=species,
        certificates=[
            CertificateFactory(species=[SpeciesFactory()]),
            CertificateFactory(species=[species], expires_on=timezone.localdate() - DAY),
        ],
    )

    assert words(lot) == set()


def test_a_valid_paper_that_a_lot_does_not_name_proves_nothing_for_it(lot):
    CertificateFactory(species=[lot.species], establishment=lot.seller.establishment)

    assert words(lot) == {"on_sale", "sellable"}


def test_a_suspended_certificate_takes_its_lots_off_sale_at_once_and_back(place, facts):
    species = SpeciesFactory()
    certificate = CertificateFactory(species=[species])
    lot = LotFactory(species=species, certificates=[certificate])
    assert words(lot) == {"on_sale", "sellable", "certified"}
    before = facts()

    decided(certificate, "suspended")

    assert words(lot) == set()
    assert lot.valid_certificates == []
    with pytest.raises(orders.exceptions.LotNotOnSale):
        place(lot, 1_000)
    assert facts() == before

    decided(certificate, "accepted")
    assert words(lot) == {"on_sale", "sellable", "certified"}


def test_a_species_that_becomes_protected_is_not_sold_any_more(lot, place, facts):
    lot.species.trade = lot.species.Trade.CLOSED
    lot.species.save()
    before = facts()

    assert words(lot) == set()
    with pytest.raises(orders.exceptions.LotNotOnSale):
        place(lot, 1_000)
    assert facts() == before


@pytest.mark.parametrize(
    ("_case", "trade", "with_area", "paper", "expected"),
    [
        ("free, bare", "free", False, None, {"on_sale", "sellable"}),
        ("free, proved", "free", True, {}, {"on_sale", "sellable", "certified"}),
        ("cultivated, proved", "cultivated", True, {}, {"on_sale", "sellable", "certified"}),
        ("cultivated, bare", "cultivated", False, None, set()),
        ("cultivated, an area alone", "cultivated", True, None, set()),
        ("cultivated, a paper alone", "cultivated", False, {}, {"certified"}),
        ("cultivated, lapsed", "cultivated", True, {"expires_on": -DAY}, set()),
        ("cultivated, suspended", "cultivated", True, {"decision": "suspended"}, set()),
        ("closed, bare", "closed", False, None, set()),
        ("closed, whatever is proved", "closed", True, {}, {"certified"}),
    ],
)
def test_of_a_protected_species_only_what_was_grown_and_certified_is_sold(
    _case, trade, with_area, paper, expected, place
):
    """The list of protected species changes after lots were put on sale."""
    species = SpeciesFactory(trade=trade)
    lot = LotFactory(species=species)
    if with_area:
        lot.areas.set([GrowingAreaFactory(species=[species]) for _ in range(2)])
    if paper is not None:
        if "expires_on" in paper:
            paper = paper | {"expires_on": timezone.localdate() + paper["expires_on"]}
        lot.certificates.set([CertificateFactory(species=[species], **paper)])

    assert words(lot) == expected
    assert Lot.objects.on_sale().count() == ("on_sale" in expected)  # two areas, still one lot
    if "on_sale" not in expected:
        with pytest.raises(orders.exceptions.LotNotOnSale):
            place(lot, 1_000)


@pytest.mark.parametrize("person", [None, AnonymousUser()])
def test_a_visitor_sees_every_lot_that_was_ever_published(person, lot):
    """Printed codes lead to a lot long after it was sold; what can be bought is `on_sale`."""
    LotFactory(state=Lot.State.DRAFT)
    over = [LotFactory(state=state) for state in (Lot.State.PAUSED, Lot.State.CLOSED)]
    lapsed = LotFactory()
    lapsed.certificates.set([CertificateFactory(expires_on=timezone.localdate() - DAY)])
    protected = LotFactory(species__trade="closed")

    assert set(Lot.objects.visible_to(person)) == {lot, *over, lapsed, protected}
    assert list(Lot.objects.visible_to(person).on_sale()) == [lot]


@pytest.mark.parametrize(
    ("_case", "lot_is"),
    [
        ("seller not yet vetted", {"seller__vetting": Seller.Vetting.PENDING}),
        ("seller suspended", {"seller__vetting": Seller.Vetting.SUSPENDED}),
        ("species unpublished", {"species__live": False}),
    ],
)
@pytest.mark.parametrize("state", [Lot.State.OPEN, Lot.State.PAUSED, Lot.State.CLOSED])
def test_what_its_seller_or_species_hides_is_hidden_from_the_public(state, _case, lot_is, stranger):
    lot = LotFactory(state=state, **lot_is)
    own = SellerMemberFactory(seller=lot.seller).person

    for outsider in (None, AnonymousUser(), stranger):
        assert list(Lot.objects.visible_to(outsider)) == []
    assert list(Lot.objects.visible_to(own)) == [lot]


def test_a_seller_sees_all_of_its_own_and_nobody_elses_draft(seller, salesman, lot, stranger):
    own = LotFactory(seller=seller, state=Lot.State.DRAFT)
    other = LotFactory(state=Lot.State.DRAFT)

    assert set(Lot.objects.visible_to(salesman)) == {lot, own}
    assert set(Lot.objects.visible_to(stranger)) == {lot}
    assert other not in Lot.objects.visible_to(salesman)


def test_who_ordered_of_a_lot_still_sees_it_once_when_others_do_not(lot, place, person, stranger):
    place(lot, 1_000)
    place(lot, 2_000)
    Seller.objects.update(vetting=Seller.Vetting.SUSPENDED)

    assert list(Lot.objects.visible_to(person)) == [lot]
    assert list(Lot.objects.visible_to(stranger)) == []
    assert list(Lot.objects.visible_to(None)) == []


def test_staff_see_every_lot_order_and_seller(staff, lot, place):
    draft = LotFactory(state=Lot.State.DRAFT, seller__vetting=Seller.Vetting.PENDING)
    order = place(lot, 1_000)

    assert set(Lot.objects.visible_to(staff)) == {lot, draft}
    assert list(Order.objects.visible_to(staff)) == [order]
    assert set(Seller.objects.visible_to(staff)) == {lot.seller, draft.seller}


def test_orders_are_seen_by_their_buyer_and_their_seller_alone(
    lot, place, person, salesman, stranger, nobody
):
    order = place(lot, 1_000)
    other_seller = SellerMemberFactory().person

    assert list(Order.objects.visible_to(person)) == [order]
    assert list(Order.objects.visible_to(salesman)) == [order]
    assert list(Order.objects.placed_for(person)) == [order]
    for outsider in (stranger, nobody, other_seller, AnonymousUser(), None):
        assert list(Order.objects.visible_to(outsider)) == []
    assert list(Order.objects.placed_for(salesman)) == []


@pytest.mark.parametrize("vetting", [Seller.Vetting.PENDING, Seller.Vetting.SUSPENDED])
def test_a_seller_that_is_not_vetted_is_seen_by_its_members(vetting, seller, salesman, stranger):
    Seller.objects.filter(pk=seller.pk).update(vetting=vetting)
    vetted = SellerFactory()

    assert set(Seller.objects.visible_to(salesman)) == {seller, vetted}
    assert set(Seller.objects.visible_to(stranger)) == {vetted}
    assert set(Seller.objects.visible_to(None)) == {vetted}


def test_of_names_the_organisations_of_a_person(buyer, person, seller, salesman):
    assert list(Buyer.objects.of(person)) == [buyer]
    assert list(Seller.objects.of(salesman)) == [seller]
    assert list(Buyer.objects.of(salesman)) == []
    assert list(Seller.objects.of(person)) == []


def test_overdue_orders_wait_and_are_past_their_hold(lot, place):
    order = place(lot, 1_000)
    after = order.held_until + timedelta(seconds=1)

    assert list(Order.objects.overdue()) == []
    assert list(Order.objects.overdue(order.held_until)) == []
    assert list(Order.objects.overdue(after)) == [order]
    Order.objects.filter(pk=order.pk).update(state=Order.State.PAID)
    assert list(Order.objects.overdue(after)) == []


def test_a_figure_that_left_its_ledger_is_found(lot, place):
    place(lot, 1_000)
    assert list(Lot.objects.with_ledger_differences()) == []

    Lot.objects.filter(pk=lot.pk).update(available_grams=99_999)

    wrong = Lot.objects.with_ledger_differences().get()
    assert (wrong.available_grams, wrong.ledger_grams) == (99_999, 99_000)


def test_rows_of_lots_and_orders_ask_a_fixed_number_of_questions(
    lot, place, django_assert_max_num_queries, django_assert_num_queries
):
    def show():
        for row in Lot.objects.on_sale().for_rows():
            assert row.part.label
            assert row.species.title
            assert row.seller.establishment.name
            assert row.valid_certificates == row.lapsed_certificates == []
        for row in Order.objects.for_rows():
            assert row.lot.species.title
            assert row.lot.part.label
            assert row.payment.amount_minor

    place(lot, 1_000)
    with django_assert_max_num_queries(8) as few:
        show()
    for _ in range(3):
        place(LotFactory(), 1_000)
    with django_assert_num_queries(len(few)):
        show()
