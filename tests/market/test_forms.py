"""Numbers as people type them, in both notations; what cannot be is said and nothing is saved."""

import uuid
from datetime import timedelta
from functools import partial

from django.http import QueryDict
from django.utils import timezone, translation

import pytest

from catalogue.decisions import UNDER_REVIEW, Decision
from market.forms import BuyerForm, LotFilterForm, LotForm, OrderForm, plain_kg
from market.models import Lot
from market.services import listing
from tests.factories.catalogue import CertificateFactory, GrowingAreaFactory, SpeciesFactory
from tests.factories.market import LotFactory, SellerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def seller():
    return SellerFactory()


@pytest.fixture
def species():
    return SpeciesFactory()


@pytest.fixture
def typed(species):
    """Return what a seller types for a lot that can be put on sale."""
    return {
        "species": species.pk,
        "part": species.parts.get().pk,
        "form": "dried_cut",
        "grade": "a",
        "harvested_on": timezone.localdate().isoformat(),
        "kg": "500",
        "price": "75000",
        "minimum_kg": "5",
        "note_vi": "",
        "note_en": "",
    }


def kilograms(text, language):
    with translation.override(language):
        form = OrderForm({"kg": text, "token": str(uuid.uuid4())})
        return form.cleaned_data["kg"] if form.is_valid() else None


@pytest.mark.parametrize(
    ("text", "vi", "en"),
    [
        ("50", 50_000, 50_000),
        (" 50 ", 50_000, 50_000),
        ("12,5", 12_500, 12_500),
        ("12.5", 12_500, 12_500),
        ("1.250", 1_250_000, 1_250),
        ("1,250", 1_250, 1_250_000),
        ("1.250,5", 1_250_500, None),
        ("1,250.5", None, 1_250_500),
        ("1 250", 1_250_000, 1_250_000),
        ("1\u00a0250", 1_250_000, 1_250_000),
        ("1\u202f250,5", 1_250_500, 1_250_500),
        ("0,5", 500, 500),
        ("0.500", 500, 500),
        ("0.001", 1, 1),
        ("1.000.000", 1_000_000_000, None),
        ("1,000,000", None, 1_000_000_000),
        ("0", None, None),
        ("0.0005", None, None),
        ("12.3456", None, None),
        ("-5", None, None),
        ("−5", None, None),
        ("abc", None, None),
        ("5kg", 5_000, 5_000),
        ("1e9", None, None),
        ("1e-9", None, None),
        ("NaN", None, None),
        ("sNaN", None, None),
        ("Infinity", None, None),
        ("-Infinity", None, None),
        (str(10**20), None, None),
        ("9" * 5000, None, None),
        ("1000001", None, None),
        ("1..5", None, None),
        ("1,2,5", None, None),
        ("12.50.0", None, None),
        ("", None, None),
        ("   ", None, None),
        ("0x10", None, None),
        ("½", None, None),
        ("\x00", None, None),
    ],
)
def test_kilograms_are_read_as_the_language_writes_them(text, vi, en):
    assert (kilograms(text, "vi"), kilograms(text, "en")) == (vi, en)


@pytest.mark.parametrize(
    ("text", "vi", "en"),
    [
        ("75000", 75_000, 75_000),
        (" 75 000 ", 75_000, 75_000),
        ("75.000", 75_000, 75_000),
        ("75,000", 75_000, 75_000),
        ("75\u00a0000", 75_000, 75_000),
        ("1\u202f250\u202f000", 1_250_000, 1_250_000),
        ("75.00", 75, 75),
        ("0.500", None, None),
        ("75..000", None, None),
        (".000", None, None),
        ("1.250.000", 1_250_000, 1_250_000),
        ("1,250,000", 1_250_000, 1_250_000),
        ("1", 1, 1),
        ("0", None, None),
        ("-75000", None, None),
        ("75000,5", None, None),
        ("75.000,5", None, None),
        ("abc", None, None),
        ("1e5", None, None),
        ("NaN", None, None),
        ("Infinity", None, None),
        (str(10**20), None, None),
        ("10000000001", None, None),
        ("9" * 5000, None, None),
        ("", None, None),
    ],
)
def test_a_price_is_whole_dong_however_its_thousands_are_marked(text, vi, en, typed, seller):
    """Đồng have no decimals, so 75.000 can mean only one thing to anybody."""
    found = []
    for language in ("vi", "en"):
        with translation.override(language):
            form = LotForm(typed | {"price": text}, seller=seller)
            form.is_valid()
            found.append(form.cleaned_data.get("price"))

    assert found == [vi, en]


@pytest.mark.parametrize("text", ["75.000,000", "75,000.000"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_two_marks_that_differ_are_not_both_of_thousands(language, text, typed, seller):
    with translation.override(language):
        form = LotForm(typed | {"price": text}, seller=seller)
        form.is_valid()

    assert form.cleaned_data.get("price") in (None, 75_000)


def test_what_was_typed_becomes_whole_grams_and_dong(typed, seller, species):
    area = GrowingAreaFactory(establishment=seller.establishment, species=[species])
    certificate = CertificateFactory(establishment=seller.establishment, species=[species])
    said = typed | {
        "kg": "1.250,5",
        "price": "75.000",
        "minimum_kg": "2,5",
        "areas": [area.pk],
        "certificates": [certificate.pk],
        "note_vi": "Phơi khô",
    }
    form = LotForm(said, seller=seller)

    assert form.is_valid(), form.errors
    draft = form.draft()
    assert (draft.grams, draft.price_minor_per_kg, draft.minimum_grams) == (
        1_250_500,
        75_000,
        2_500,
    )
    assert (draft.species, draft.part, draft.form, draft.grade) == (
        species,
        species.parts.get(),
        "dried_cut",
        "a",
    )
    assert (draft.areas, draft.certificates) == ([area], [certificate])
    assert draft.notes == {"vi": "Phơi khô", "en": ""}
    assert listing.problems(seller, draft) == {}


@pytest.mark.parametrize(
    ("_case", "text", "is_read"),
    [
        ("as the browser sends it", "2026-11-22", True),
        ("with points", "22.11.2026", True),
        ("with slashes", "22/11/2026", True),
        ("a day that never was", "2026-02-30", False),
        ("American", "11/22/2026", False),
        ("a word", "hôm qua", False),
        ("year five thousand and a half", "50000-01-01", False),
        ("nothing", "", False),
    ],
)
def test_a_harvest_day_is_read(_case, text, is_read, typed, seller):
    form = LotForm(typed | {"harvested_on": text}, seller=seller)

    assert ("harvested_on" not in form.errors) is is_read


def test_a_harvest_tomorrow_is_parsed_by_the_form_and_refused_by_the_service(typed, seller):
    tomorrow = timezone.localdate() + timedelta(days=1)
    form = LotForm(typed | {"harvested_on": tomorrow.isoformat()}, seller=seller)

    assert form.is_valid()
    assert set(listing.problems(seller, form.draft())) == {"harvested_on"}


@pytest.mark.parametrize(
    ("_case", "field"), [("another's area", "areas"), ("another's certificate", "certificates")]
)
def test_what_belongs_to_others_is_no_choice(_case, field, typed, seller, species):
    other = SellerFactory().establishment
    factory = {"areas": GrowingAreaFactory, "certificates": CertificateFactory}[field]
    record = factory(establishment=other, species=[species])
    form = LotForm(typed | {field: [record.pk]}, seller=seller)

    assert set(form.errors) == {field}
    assert record not in form.fields[field].queryset


@pytest.mark.parametrize("decision", Decision)
def test_a_certificate_under_review_is_no_choice(decision, seller, species):
    certificate = CertificateFactory(
        establishment=seller.establishment, species=[species], decision=decision
    )
    shown = LotForm(seller=seller).fields["certificates"].queryset

    assert (certificate in shown) is (decision not in UNDER_REVIEW)


def test_an_unpublished_species_is_no_choice(typed, seller, species):
    species.live = False
    species.save()

    assert set(LotForm(typed, seller=seller).errors) == {"species"}


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("species", "999999"),
        ("species", "' OR 1=1 --"),
        ("part", "abc"),
        ("form", "smoked"),
        ("grade", "z"),
        ("areas", ["abc"]),
        ("certificates", ["999999"]),
        ("note_vi", "a" * 1001),
        ("note_en", "a\x00b"),
    ],
)
def test_a_value_that_was_no_choice_is_refused_at_its_field(field, text, typed, seller):
    assert set(LotForm(typed | {field: text}, seller=seller).errors) == {field}
    assert not Lot.objects.exists()


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("grams", [1, 500, 1_000, 1_250, 12_500, 1_250_000, 1_000_000_000])
def test_a_form_reads_what_it_shows(grams, language):
    """A draft opened and saved again without a change is the same draft."""
    lot = LotFactory(grams=grams, minimum_grams=grams, state=Lot.State.DRAFT)
    with translation.override(language):
        form = LotForm(seller=lot.seller, initial=LotForm.initial_of(lot))
        shown = {
            name: [str(one) for one in form[name].value()]
            if name in ("areas", "certificates")
            else str(form[name].value() if form[name].value() is not None else "")
            for name in form.fields
        }
        again = LotForm(shown, seller=lot.seller)
        assert again.is_valid(), again.errors
        draft = again.draft()
        assert kilograms(plain_kg(grams), language) == grams

    assert (draft.grams, draft.minimum_grams) == (grams, grams)
    assert (draft.price_minor_per_kg, draft.harvested_on) == (75_000, lot.harvested_on)


@pytest.mark.parametrize("token", ["", "abc", "0", "9aa135d2-c5d4-4209-ba8d-5686b5ab569", "\x00"])
def test_an_order_needs_the_token_of_its_form(token):
    assert set(OrderForm({"kg": "5", "token": token}).errors) == {"token"}


def test_every_form_has_a_token_of_its_own(seller):
    for make in (OrderForm, partial(LotForm, seller=seller)):
        assert len({str(make()["token"].value()) for _ in range(5)}) == 5


def test_a_refused_form_is_shown_as_typed_with_a_fresh_token():
    token = str(uuid.uuid4())
    said = QueryDict(f"kg=abc&token={token}")
    form = OrderForm(said)
    assert not form.is_valid()

    shown = form.with_fresh_token()

    assert (shown["kg"].value(), set(shown.errors)) == ("abc", {"kg"})
    assert uuid.UUID(shown["token"].value()) != uuid.UUID(token)
    assert f'value="{shown["token"].value()}"' in str(shown["token"])
    assert said["token"] == token  # what was sent stays as it was


@pytest.mark.parametrize(
    ("_case", "token", "errors"),
    [("none", None, set()), ("empty", "", set()), ("no token at all", "abc", {"token"})],
)
def test_a_lot_form_may_come_without_a_token(_case, token, errors, typed, seller):
    form = LotForm(typed | ({"token": token} if token is not None else {}), seller=seller)

    assert set(form.errors) == errors
    if not errors:
        assert form.draft().token is None


def test_a_lot_form_hands_its_token_on(typed, seller):
    token = uuid.uuid4()
    form = LotForm(typed | {"token": str(token)}, seller=seller)

    assert form.is_valid()
    assert form.draft().token == token


@pytest.mark.parametrize(
    ("_case", "said", "errors"),
    [
        ("named", {"name": "Công ty A", "kind": "pharma"}, set()),
        ("nameless", {"name": "  ", "kind": "pharma"}, {"name"}),
        ("too long", {"name": "a" * 201, "kind": "pharma"}, {"name"}),
        ("a kind of their own", {"name": "A", "kind": "king"}, {"kind"}),
        ("a zero byte", {"name": "A\x00", "kind": "other"}, {"name"}),
    ],
)
def test_an_organisation_has_a_name_and_a_known_kind(_case, said, errors):
    assert set(BuyerForm(said).errors) == errors


@pytest.mark.parametrize(
    ("_case", "query", "errors"),
    [
        ("nothing", {}, set()),
        ("everything", {"q": "quế", "sort": "-kg", "certified": "on", "species": ["que"]}, set()),
        ("unknown code", {"species": ["no-such"]}, set()),
        ("unknown order", {"sort": "colour"}, {"sort"}),
        ("a code with a quote", {"part": ["bark'"]}, {"part"}),
        ("a code too long", {"province": ["1" * 81]}, {"province"}),
        ("a text too long", {"q": "a" * 201}, {"q"}),
        ("zero bytes", {"q": "\x00", "after": "\x00", "form": ["\x00"]}, {"q", "after", "form"}),
    ],
)
def test_the_market_is_asked_in_words_it_knows(_case, query, errors):
    assert set(LotFilterForm(query).errors) == errors
