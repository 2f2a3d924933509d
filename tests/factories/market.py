"""Records of the market for tests."""

from django.utils import timezone

import factory
from factory.django import DjangoModelFactory

from market.models import (
    Analysis,
    AnalysisResult,
    Buyer,
    BuyerMember,
    Lot,
    LotMovement,
    Seller,
    SellerMember,
)
from market.services import ledger
from tests.factories.catalogue import (
    CompoundFactory,
    EstablishmentFactory,
    PartFactory,
    SpeciesFactory,
)
from tests.factories.people import PersonFactory


class SellerFactory(DjangoModelFactory):
    """A vetted seller."""

    slug = factory.Sequence(lambda n: f"nguoi-ban-{n}")
    establishment = factory.SubFactory(EstablishmentFactory)
    vetting = Seller.Vetting.ACCEPTED

    class Meta:
        model = Seller


class SellerMemberFactory(DjangoModelFactory):
    seller = factory.SubFactory(SellerFactory)
    person = factory.SubFactory(PersonFactory)

    class Meta:
        model = SellerMember


class BuyerFactory(DjangoModelFactory):
    name = factory.Sequence(lambda n: f"Công ty Mua Mẫu {n}")

    class Meta:
        model = Buyer


class BuyerMemberFactory(DjangoModelFactory):
    buyer = factory.SubFactory(BuyerFactory)
    person = factory.SubFactory(PersonFactory)

    class Meta:
        model = BuyerMember


class LotFactory(DjangoModelFactory):
    """A lot on sale with its kilograms in the ledger; pass grams, certificates, areas."""

    code = factory.Sequence(lambda n: f"TEST-LOT-{n:04}")
    seller = factory.SubFactory(SellerFactory)
    species = factory.SubFactory(SpeciesFactory)
    part = factory.SubFactory(PartFactory)
    form = Lot.Form.DRIED_CUT
    harvested_on = factory.LazyFunction(timezone.localdate)
    price_minor_per_kg = 75_000
    minimum_grams = 1_000
    state = Lot.State.OPEN
    published_at = factory.LazyFunction(timezone.now)

    class Meta:
        model = Lot

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        grams = kwargs.pop("grams", 100_000)
        certificates, areas = kwargs.pop("certificates", []), kwargs.pop("areas", [])
        lot = model_class.objects.create(*args, listed_grams=grams, **kwargs)
        lot.certificates.set(certificates)
        lot.areas.set(areas)
        if lot.state != Lot.State.DRAFT:
            ledger.post(lot=lot, grams=grams, reason=LotMovement.Reason.LISTED)
        lot.refresh_from_db()
        return lot


class AnalysisFactory(DjangoModelFactory):
    """A report on a lot; pass results={"essential-oil": 30_000} in parts per million, dried."""

    lot = factory.SubFactory(LotFactory)
    number = factory.Sequence(lambda n: f"TEST-PKN-{n:03}")
    laboratory = "Phòng kiểm nghiệm Mẫu"
    analysed_on = factory.LazyFunction(timezone.localdate)

    class Meta:
        model = Analysis
        skip_postgeneration_save = True

    @factory.post_generation
    def results(analysis, create, extracted, **kwargs):
        for code, ppm in (extracted or {}).items():
            AnalysisResultFactory(analysis=analysis, compound__code=code, value=ppm)


class AnalysisResultFactory(DjangoModelFactory):
    analysis = factory.SubFactory(AnalysisFactory)
    compound = factory.SubFactory(CompoundFactory)
    value = 30_000
    basis = "dried"
    method = "HPLC"

    class Meta:
        model = AnalysisResult
