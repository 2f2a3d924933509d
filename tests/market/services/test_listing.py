"""What may be put on sale, and the moves of a lot between its states."""

import uuid
from dataclasses import replace
from datetime import timedelta

from django.utils import timezone

from wagtail.models import ModelLogEntry

import pytest

from catalogue.decisions import Decision
from catalogue.models import Certificate, Species
from market.exceptions import ListingRefused, MarketError, MoveNotAllowed
from market.models import Lot, LotMovement, LotText, Seller
from market.services import listing
from market.signals import lot_changed
from tests.factories.catalogue import (
    CertificateFactory,
    GrowingAreaFactory,
    PartFactory,
    SpeciesFactory,
)
from tests.factories.market import LotFactory, SellerFactory

pytestmark = pytest.mark.django_db

State = Lot.State


@pytest.fixture
def seller():
    return SellerFactory()


@pytest.fixture
def draft():
    """Return a lot that can be listed as it stands: 500 kg at 75.000 ₫ from 5 kg."""
    species = SpeciesFactory()
    return listing.LotDraft(
        species=species,
        part=species.parts.get(),
        form=Lot.Form.DRIED_CUT,
        grade=Lot.Grade.A,
        harvested_on=timezone.localdate(),
        grams=500_000,
        price_minor_per_kg=75_000,
        minimum_grams=5_000,
    )


@pytest.fixture
def changed():
    """Return the lots that were announced as changed, in order."""
    heard = []

    def hear(sender, *, pk, **kwargs):
        heard.append(pk)

    lot_changed.connect(hear)
    yield heard
    lot_changed.disconnect(hear)


def area_of(seller, draft, **changes):
    said = {"establishment": seller.establishment, "species": [draft.species]}
    return GrowingAreaFactory(**(said | changes))


def certificate_of(seller, draft, **changes):
    said = {"establishment": seller.establishment, "species": [draft.species]}
    return CertificateFactory(**(said | changes))


def refused(seller, draft, **changes):
    """Return the fields at which publishing is refused; fail unless it leaves nothing behind."""
    draft = replace(draft, **changes)
    with pytest.raises(ListingRefused) as refusal:
        listing.save_lot(seller=seller, draft=draft, publish=True)
    assert not Lot.objects.exists()
    assert not LotMovement.objects.exists()
    assert set(refusal.value.problems) == set(listing.problems(seller, draft))
    assert all(str(sentence) for sentence in refusal.value.problems.values())
    return set(refusal.value.problems)


def test_a_published_lot_is_on_sale_with_its_kilograms_in_the_ledger(seller, draft, changed):
    papers, areas = [certificate_of(seller, draft)], [area_of(seller, draft)]
    draft = replace(draft, certificates=papers, areas=areas, notes={"vi": " Khô ", "en": ""})

    lot = listing.save_lot(seller=seller, draft=draft, publish=True)

    assert (lot.state, lot.listed_grams, lot.available_grams) == (State.OPEN, 500_000, 500_000)
    assert (lot.price_minor_per_kg, lot.minimum_grams, lot.currency) == (75_000, 5_000, "VND")
    assert (lot.species, lot.part, lot.grade) == (draft.species, draft.part, "a")
    assert lot.published_at is not None
    assert lot.valid_certificates == papers
    assert list(lot.areas.all()) == areas
    assert list(lot.texts.values_list("language", "note")) == [("vi", "Khô")]
    assert list(lot.movements.values_list("grams", "reason")) == [(500_000, "listed")]
    assert list(Lot.objects.sellable().certified()) == [lot]
    assert set(changed) == {lot.pk}
    assert set(ModelLogEntry.objects.values_list("action", flat=True)) == {
        "market.lot.saved",
        "market.lot.open",
    }


def test_a_draft_is_not_on_sale_and_has_no_kilograms_yet(seller, draft):
    lot = listing.save_lot(seller=seller, draft=draft, publish=False)

    assert (lot.state, lot.listed_grams, lot.available_grams) == (State.DRAFT, 500_000, 0)
    assert lot.published_at is None
    assert not lot.movements.exists()
    assert not Lot.objects.on_sale().exists()


@pytest.mark.parametrize(
    ("_case", "changes", "fields"),
    [
        ("harvested tomorrow", {"harvested_on": timedelta(days=1)}, {"harvested_on"}),
        ("smallest order above the lot", {"minimum_grams": 500_001}, {"minimum_kg"}),
        (
            "both at once",
            {"harvested_on": timedelta(days=400), "grams": 1},
            {"harvested_on", "minimum_kg"},
        ),
    ],
)
def test_what_cannot_be_is_not_put_on_sale(_case, changes, fields, seller, draft):
    if "harvested_on" in changes:
        changes = changes | {"harvested_on": timezone.localdate() + changes["harvested_on"]}

    assert refused(seller, draft, **changes) == fields


@pytest.mark.parametrize("vetting", [Seller.Vetting.PENDING, Seller.Vetting.SUSPENDED])
def test_only_a_vetted_seller_puts_lots_on_sale(vetting, draft):
    assert refused(SellerFactory(vetting=vetting), draft) == {"species"}


@pytest.mark.parametrize(
    ("_case", "changes"),
    [
        ("of somebody else", {"establishment": None}),
        ("suspended", {"decision": Decision.SUSPENDED}),
        ("withdrawn", {"decision": Decision.WITHDRAWN}),
        ("for another species", {"species": []}),
    ],
)
def test_an_area_must_be_the_sellers_active_and_for_the_species(_case, changes, seller, draft):
    if "establishment" in changes:
        changes = {"establishment": SellerFactory().establishment}
    good, bad = area_of(seller, draft), area_of(seller, draft, **changes)

    assert refused(seller, draft, areas=[good, bad]) == {"areas"}


@pytest.mark.parametrize(
    ("_case", "changes"),
    [
        ("of somebody else", {"establishment": None}),
        ("expired yesterday", {"expires_on": timedelta(days=-1)}),
        ("not yet valid", {"issued_on": timedelta(days=1)}),
        ("a draft", {"decision": Decision.DRAFT}),
        ("suspended", {"decision": Decision.SUSPENDED}),
        ("withdrawn", {"decision": Decision.WITHDRAWN}),
        ("for another species", {"species": []}),
    ],
)
def test_a_certificate_must_be_the_sellers_valid_and_for_the_species(_case, changes, seller, draft):
    if "establishment" in changes:
        changes = {"establishment": SellerFactory().establishment}
    for day in {"expires_on", "issued_on"} & set(changes):
        changes = changes | {day: timezone.localdate() + changes[day]}
    good, bad = certificate_of(seller, draft), certificate_of(seller, draft, **changes)

    assert refused(seller, draft, certificates=[good, bad]) == {"certificates"}


def test_a_certificate_on_its_last_day_and_one_due_for_renewal_still_prove(seller, draft):
    today = timezone.localdate()
    papers = [
        certificate_of(seller, draft, expires_on=today + timedelta(days=left)) for left in (0, 20)
    ]

    lot = listing.save_lot(seller=seller, draft=replace(draft, certificates=papers), publish=True)

    assert lot.valid_certificates == papers


@pytest.mark.parametrize(
    ("_case", "form", "fields"),
    [
        ("dried", Lot.Form.DRIED_WHOLE, {"part"}),
        ("oil", Lot.Form.OIL, {"part"}),
        ("fresh", Lot.Form.FRESH, {"part"}),
        ("seed", Lot.Form.SEED, set()),
        ("seedling", Lot.Form.SEEDLING, set()),
    ],
)
def test_a_part_the_museum_does_not_record_is_sold_for_planting_only(
    _case, form, fields, seller, draft
):
    draft = replace(draft, part=PartFactory(code="seed"), form=form)

    if fields:
        assert refused(seller, draft) == fields
    else:
        assert listing.save_lot(seller=seller, draft=draft, publish=True).state == State.OPEN


@pytest.mark.parametrize("form", Lot.Form)
def test_a_closed_species_is_never_put_on_sale(form, seller, draft):
    draft.species.trade = Species.Trade.CLOSED
    papers = {"areas": [area_of(seller, draft)], "certificates": [certificate_of(seller, draft)]}

    assert refused(seller, draft, form=form, **papers) == {"species"}


@pytest.mark.parametrize(
    ("_case", "with_area", "activity", "is_listed"),
    [
        ("nothing", False, None, False),
        ("an area alone", True, None, False),
        ("a certificate alone", False, Certificate.Activity.CULTIVATION, False),
        ("collected in the wild", True, Certificate.Activity.WILD_COLLECTION, False),
        ("grown, with its papers", True, Certificate.Activity.CULTIVATION, True),
    ],
)
def test_a_protected_species_needs_its_area_and_a_certificate_of_cultivation(
    _case, with_area, activity, is_listed, seller, draft
):
    draft.species.trade = Species.Trade.CULTIVATED
    areas = [area_of(seller, draft)] if with_area else []
    papers = [certificate_of(seller, draft, activity=activity)] if activity else []
    draft = replace(draft, areas=areas, certificates=papers)

    if is_listed:
        assert listing.save_lot(seller=seller, draft=draft, publish=True).state == State.OPEN
    else:
        assert refused(seller, draft) == {"species"}


@pytest.mark.parametrize("live", [True, False])
def test_a_draft_may_have_every_problem(live, draft):
    draft.species.trade = Species.Trade.CLOSED
    draft.species.live = live
    stranger = SellerFactory()
    wrong = replace(
        draft,
        harvested_on=timezone.localdate() + timedelta(days=3),
        minimum_grams=draft.grams + 1,
        part=PartFactory(code="root"),
        areas=[area_of(stranger, draft)],
        certificates=[certificate_of(stranger, draft)],
    )
    seller = SellerFactory(vetting=Seller.Vetting.PENDING)

    lot = listing.save_lot(seller=seller, draft=wrong, publish=False)

    assert lot.state == State.DRAFT
    assert set(listing.problems(seller, wrong)) == {
        "species",
        "harvested_on",
        "minimum_kg",
        "part",
        "areas",
        "certificates",
    }
    with pytest.raises(ListingRefused):
        listing.save_lot(seller=seller, draft=wrong, publish=True, lot=lot)
    lot.refresh_from_db()
    assert lot.state == State.DRAFT
    assert not lot.movements.exists()


def test_a_draft_is_changed_and_then_put_on_sale_under_its_code(seller, draft):
    lot = listing.save_lot(
        seller=seller, draft=replace(draft, notes={"vi": "Cũ", "en": "Old"}), publish=False
    )

    later = replace(draft, grams=250_000, notes={"vi": "Mới", "en": "  "})
    published = listing.save_lot(seller=seller, draft=later, publish=True, lot=lot)

    assert (published.pk, published.code) == (lot.pk, lot.code)
    assert (published.listed_grams, published.available_grams) == (250_000, 250_000)
    assert list(LotText.objects.values_list("language", "note")) == [("vi", "Mới")]
    assert Lot.objects.count() == LotMovement.objects.count() == 1


@pytest.mark.parametrize("publish", [True, False])
@pytest.mark.parametrize("state", [State.OPEN, State.PAUSED, State.CLOSED])
def test_a_lot_that_was_published_is_not_saved_again(state, publish, seller, draft, facts):
    lot = LotFactory(seller=seller, state=state)
    before = facts()

    with pytest.raises(MoveNotAllowed):
        listing.save_lot(seller=seller, draft=draft, publish=publish, lot=lot)

    assert facts() == before
    lot.refresh_from_db()
    assert (lot.listed_grams, lot.species == draft.species) == (100_000, False)


def test_publishing_a_stale_draft_twice_lists_its_kilograms_once(seller, draft):
    stale = listing.save_lot(seller=seller, draft=draft, publish=False)
    listing.save_lot(seller=seller, draft=draft, publish=True, lot=stale)

    with pytest.raises(MoveNotAllowed):
        listing.save_lot(seller=seller, draft=draft, publish=True, lot=stale)

    assert Lot.objects.get().available_grams == 500_000
    assert LotMovement.objects.get().grams == 500_000


@pytest.mark.parametrize("publish", [True, False])
def test_a_new_lot_sent_twice_is_saved_once(publish, seller, draft, facts, changed):
    draft = replace(draft, token=uuid.uuid4(), notes={"vi": "Khô"})
    lot = listing.save_lot(seller=seller, draft=draft, publish=publish)
    before, heard = facts(), list(changed)

    assert listing.save_lot(seller=seller, draft=draft, publish=publish) == lot

    assert facts() == before
    assert changed == heard
    assert Lot.objects.get().token == draft.token
    assert LotMovement.objects.count() == (1 if publish else 0)


def test_a_new_lot_sent_again_after_it_was_closed_finds_it(seller, draft, facts):
    draft = replace(draft, token=uuid.uuid4())
    lot = listing.save_lot(seller=seller, draft=draft, publish=True)
    listing.move_lot(lot=lot, state=State.CLOSED)
    before = facts()

    assert listing.save_lot(seller=seller, draft=draft, publish=True).state == State.CLOSED
    assert facts() == before


@pytest.mark.parametrize(
    ("_case", "first", "changes"),
    [
        ("a draft, then put on sale", False, {}),
        ("a draft, then put on sale with less", False, {"grams": 250_000}),
        ("another price", True, {"price_minor_per_kg": 80_000}),
    ],
)
def test_a_form_changed_and_sent_again_is_not_taken_for_its_first_lot(
    _case, first, changes, seller, draft
):
    """Back in the browser after saving a draft: nobody may be told that it is on sale."""
    draft = replace(draft, token=uuid.uuid4())
    listing.save_lot(seller=seller, draft=draft, publish=first)
    later = replace(draft, **changes)

    try:
        lot = listing.save_lot(seller=seller, draft=later, publish=True)
    except MarketError:
        return
    assert (lot.state, lot.listed_grams, lot.price_minor_per_kg) == (
        State.OPEN,
        later.grams,
        later.price_minor_per_kg,
    )


def test_a_token_of_another_seller_neither_shows_their_lot_nor_breaks(seller, draft):
    draft, other = replace(draft, token=uuid.uuid4()), SellerFactory()
    listing.save_lot(seller=seller, draft=draft, publish=True)

    try:
        lot = listing.save_lot(seller=other, draft=draft, publish=True)
    except MarketError:
        return
    assert lot.seller == other


def test_without_a_token_or_with_another_each_sending_is_a_lot_of_its_own(seller, draft):
    for token in (None, None, uuid.uuid4(), uuid.uuid4()):
        listing.save_lot(seller=seller, draft=replace(draft, token=token), publish=True)

    assert Lot.objects.count() == LotMovement.objects.count() == 4


def test_a_refused_lot_does_not_use_up_its_token(seller, draft):
    wrong = replace(draft, token=uuid.uuid4(), minimum_grams=500_001)
    with pytest.raises(ListingRefused):
        listing.save_lot(seller=seller, draft=wrong, publish=True)

    right = replace(wrong, minimum_grams=5_000)
    assert listing.save_lot(seller=seller, draft=right, publish=True).token == wrong.token


def test_a_draft_that_is_changed_keeps_the_token_it_was_made_with(seller, draft):
    draft = replace(draft, token=uuid.uuid4())
    lot = listing.save_lot(seller=seller, draft=draft, publish=False)

    for token in (None, uuid.uuid4()):
        listing.save_lot(seller=seller, draft=replace(draft, token=token), publish=False, lot=lot)

    assert Lot.objects.get().token == draft.token


@pytest.mark.parametrize("target", [*State.values, "", "sold", "OPEN"])
@pytest.mark.parametrize("state", State)
def test_a_lot_makes_the_moves_of_its_table_and_no_others(state, target, facts, changed):
    allowed = {
        State.OPEN: {"paused", "closed"},
        State.PAUSED: {"open", "closed"},
    }.get(state, set())
    lot = LotFactory(state=state)
    before = facts()

    if target in allowed:
        moved = listing.move_lot(lot=lot, state=target)
        assert moved.state == Lot.objects.get().state == target
        assert facts()[1] == before[1]
        assert changed == [lot.pk]
        assert ModelLogEntry.objects.get().action == f"market.lot.{target}"
    else:
        with pytest.raises(MoveNotAllowed):
            listing.move_lot(lot=lot, state=target)
        assert facts() == before
        assert changed == []
        assert not ModelLogEntry.objects.exists()


def test_a_move_looks_at_the_lot_as_it_is_now(facts):
    lot = LotFactory()
    stale = Lot.objects.get()
    listing.move_lot(lot=lot, state=State.CLOSED)
    before = facts()

    with pytest.raises(MoveNotAllowed):
        listing.move_lot(lot=stale, state=State.PAUSED)

    assert facts() == before


def test_a_pause_keeps_orders_and_their_kilograms(place):
    lot = LotFactory()
    order = place(lot, 40_000)

    listing.move_lot(lot=lot, state=State.PAUSED)

    order.refresh_from_db()
    lot.refresh_from_db()
    assert (order.state, lot.available_grams) == ("pending", 60_000)


@pytest.mark.parametrize(
    ("_case", "name", "stem"),
    [
        ("short", "Quế", "QUE"),
        ("long, cut", "Hoàng liên ô rô", "HOANG-LI"),
        ("cut at a hyphen", "Bạch chỉ bắc sơn", "BACH-CHI"),
        ("đ", "Đương quy", "DUONG-QU"),
    ],
)
def test_a_code_says_the_herb_and_the_day_and_fits_a_barcode(_case, name, stem, seller):
    species = SpeciesFactory(vie=name)

    codes = {listing.new_code(species) for _ in range(20)}

    assert len(codes) == 20
    for code in codes:
        lot = LotFactory.build(code=code, seller=seller, species=species, part=species.parts.get())
        lot.clean_fields(exclude=["areas", "certificates"])
        assert code.startswith(f"{stem}-{timezone.localdate():%y%m%d}-")
        assert len(code) <= 20
