"""A generated market: the same from the same numbers, and as lawful as one that people made."""

from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

import pytest

from catalogue.models import Commune, Compound, Family, OcopProduct, Part, Province, Species
from market.models import Analysis, Lot, LotText
from market.services import generating

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_small_collection():
    province = Province.objects.create(code="15", name="Lào Cai", full_name="Tỉnh Lào Cai")
    Commune.objects.create(code="00001", name="Văn Yên", full_name="Xã Văn Yên", province=province)
    family = Family.objects.create(code="ficto", name="Fictaceae")
    part = Part.objects.create(code="bark")
    Compound.objects.create(code="essential-oil")
    for number, trade in enumerate([*[Species.Trade.FREE] * 3, Species.Trade.CLOSED]):
        species = Species(
            slug=f"mau-{number}",
            scientific_name=f"Ficta {'abcd'[number]}nsis",
            family=family,
            trade=trade,
            live=True,
        )
        species.parts = [part]
        species.save()


def content():
    return list(
        Lot.objects.order_by("code").values_list(
            "code",
            "species__slug",
            "seller__slug",
            "areas__code",
            "certificates__number",
            "available_grams",
            "price_minor_per_kg",
            "analyses__results__value",
        )
    ), list(LotText.objects.order_by("lot__code", "language").values_list("language", "note"))


def test_the_same_numbers_give_the_same_market():
    assert generating.generate(lots=30, sellers=3, seed=7) == 30
    before = content()
    Lot.objects.all().update(state=Lot.State.CLOSED)
    assert generating.generate(lots=30, sellers=3, seed=7) == 0
    assert content() == before


def test_what_was_interrupted_is_taken_up(monkeypatch):
    monkeypatch.setattr(generating, "CHUNK", 4)
    done = []
    assert generating.generate(lots=6, sellers=2, progress=done.append) == 6
    assert generating.generate(lots=10, sellers=2) == 4
    assert done == [4, 2]


def test_every_lot_is_on_sale_or_rests_on_a_lapsed_paper_and_agrees_with_its_ledger():
    generating.generate(lots=60, sellers=4)
    assert not Lot.objects.with_ledger_differences().exists()
    assert set(Lot.objects.values_list("species__trade", flat=True)) == {Species.Trade.FREE}
    for lot in Lot.objects.exclude(pk__in=Lot.objects.on_sale()):
        assert lot.proofs.exists()
        assert not lot.valid_certificates


def test_some_lots_are_analysed_and_some_sellers_graded():
    generating.generate(lots=60, sellers=12)
    analysed = Lot.objects.filter(analyses__results__compound__code="essential-oil").count()
    assert 0 < analysed == Analysis.objects.count() < 60
    assert 0 < OcopProduct.objects.count() < 12
    assert Lot.objects.with_ocop_stars().filter(most_ocop_stars__gte=3).exists()


def test_without_compounds_nothing_is_analysed():
    Compound.objects.all().delete()
    assert generating.generate(lots=20, sellers=2) == 20
    assert not Analysis.objects.exists()


def test_what_may_not_be_sold_any_more_is_in_no_later_lot():
    generating.generate(lots=5, sellers=2)
    Species.objects.filter(slug="mau-1").update(trade=Species.Trade.CLOSED)
    before = Lot.objects.filter(species__slug="mau-1").count()
    assert generating.generate(lots=40, sellers=2) == 35
    assert Lot.objects.filter(species__slug="mau-1").count() == before


def test_nothing_is_generated_outside_a_demonstration(settings):
    settings.IS_DEMONSTRATION = False
    with pytest.raises(ImproperlyConfigured):
        generating.generate(lots=1, sellers=1)
    with pytest.raises(CommandError, match="DEMONSTRATION"):
        call_command("generate_market", lots=1, verbosity=0)


def test_without_a_collection_there_is_nothing_to_sell():
    Species.objects.update(live=False)
    with pytest.raises(CommandError, match="Load a collection first"):
        call_command("generate_market", lots=1, verbosity=0)
    with pytest.raises(CommandError, match="at least 1"):
        call_command("generate_market", lots=0, verbosity=0)
