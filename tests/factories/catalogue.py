"""Records of the museum for tests: small, plausible, alike."""

from datetime import timedelta

from django.utils import timezone

import factory
from factory.django import DjangoModelFactory

from catalogue.decisions import Decision
from catalogue.models import (
    AreaCode,
    Audit,
    Certificate,
    Commune,
    Community,
    CommunityMember,
    CommunityText,
    Compound,
    CompoundLabel,
    Consent,
    Distribution,
    Establishment,
    Family,
    GrowingArea,
    KnowledgeRecord,
    KnowledgeText,
    Language,
    OcopProduct,
    Part,
    PartLabel,
    Plot,
    Province,
    Reference,
    Species,
    SpeciesText,
    Trait,
    TraitState,
    VernacularName,
)


class ProvinceFactory(DjangoModelFactory):
    code = "15"
    name = "Lào Cai"
    full_name = "Lào Cai"

    class Meta:
        model = Province
        django_get_or_create = ("code",)


class CommuneFactory(DjangoModelFactory):
    code = "03006"
    name = "Sa Pa"
    full_name = "Phường Sa Pa"
    province = factory.SubFactory(ProvinceFactory)

    class Meta:
        model = Commune
        django_get_or_create = ("code",)


class FamilyFactory(DjangoModelFactory):
    name = "Lauraceae"
    code = factory.LazyAttribute(lambda family: family.name.lower())

    class Meta:
        model = Family
        django_get_or_create = ("code",)


class PartFactory(DjangoModelFactory):
    code = "bark"

    class Meta:
        model = Part
        django_get_or_create = ("code",)
        skip_postgeneration_save = True

    @factory.post_generation
    def labels(part, create, extracted, **kwargs):
        for language, text in {"vi": "vỏ thân", "en": "bark"}.items():
            PartLabel.objects.get_or_create(term=part, language=language, defaults={"text": text})


class CompoundFactory(DjangoModelFactory):
    code = "essential-oil"

    class Meta:
        model = Compound
        django_get_or_create = ("code",)
        skip_postgeneration_save = True

    @factory.post_generation
    def labels(compound, create, extracted, **kwargs):
        known = {"essential-oil": ("tinh dầu", "essential oil")}
        words = known.get(compound.code, (compound.code, compound.code))
        for language, text in zip(("vi", "en"), words, strict=True):
            CompoundLabel.objects.get_or_create(
                term=compound, language=language, defaults={"text": text}
            )


class ReferenceFactory(DjangoModelFactory):
    code = "do-tat-loi"
    kind = Reference.Kind.BOOK
    author = "Đỗ Tất Lợi"
    title = "Những cây thuốc và vị thuốc Việt Nam"

    class Meta:
        model = Reference
        django_get_or_create = ("code",)


class LanguageFactory(DjangoModelFactory):
    code = "vie"

    class Meta:
        model = Language
        django_get_or_create = ("code",)


class TraitFactory(DjangoModelFactory):
    code = "habit"

    class Meta:
        model = Trait
        django_get_or_create = ("code",)


class TraitStateFactory(DjangoModelFactory):
    code = "tree"
    trait = factory.SubFactory(TraitFactory)

    class Meta:
        model = TraitState
        django_get_or_create = ("trait", "code")


def grows_in(species, *provinces):
    """Let a species, saved or not, occur in some provinces."""
    source = ReferenceFactory()
    species.distribution = [
        Distribution(province=province, source=source, sort_order=position)
        for position, province in enumerate(provinces)
    ]


class SpeciesFactory(DjangoModelFactory):
    """A published species with a Vietnamese and an English name, one part and both texts."""

    slug = factory.Sequence(lambda n: f"loai-mau-{n}")
    scientific_name = factory.Sequence(lambda n: f"Exemplum {'abcdefghij'[n % 10]}{n}")
    authorship = "L."
    family = factory.SubFactory(FamilyFactory)
    live = True

    class Meta:
        model = Species
        skip_postgeneration_save = True

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        vie = kwargs.pop("vie", f"Loài mẫu {kwargs['slug']}")
        eng = kwargs.pop("eng", f"Sample herb {kwargs['slug']}")
        parts = kwargs.pop("parts", None)
        provinces = kwargs.pop("provinces", ())
        species = model_class(*args, **kwargs)
        source = ReferenceFactory()
        species.names = [
            VernacularName(name=vie, language="vie", source=source, sort_order=0),
            VernacularName(name=eng, language="eng", source=source, sort_order=1),
        ]
        species.texts = [
            SpeciesText(language="vi", description="Cây gỗ mẫu.", cautions="Thận trọng mẫu."),
            SpeciesText(language="en", description="A sample tree.", cautions="A sample caution."),
        ]
        species.parts = [PartFactory()] if parts is None else parts
        grows_in(species, *provinces)
        species.save()
        return species


class EstablishmentFactory(DjangoModelFactory):
    slug = factory.Sequence(lambda n: f"co-so-mau-{n}")
    kind = Establishment.Kind.COOPERATIVE
    name = factory.Sequence(lambda n: f"HTX Mẫu Số {n}")
    commune = factory.SubFactory(CommuneFactory)

    class Meta:
        model = Establishment


class GrowingAreaFactory(DjangoModelFactory):
    code = factory.Sequence(lambda n: f"VN-TEST-{n:04}")
    establishment = factory.SubFactory(EstablishmentFactory)
    name = "Vùng mẫu"
    commune = factory.SubFactory(CommuneFactory)
    area_m2 = 20_000
    decision = Decision.ACCEPTED

    class Meta:
        model = GrowingArea
        skip_postgeneration_save = True

    @factory.post_generation
    def species(area, create, extracted, **kwargs):
        area.species.set(extracted or [])


class PlotFactory(DjangoModelFactory):
    """A square of about a hectare near Sa Pa; pass west and south to put it elsewhere."""

    area = factory.SubFactory(GrowingAreaFactory)
    label = factory.Sequence(lambda n: f"Thửa {n}")
    west, south = 103.84, 22.34
    east = factory.LazyAttribute(lambda plot: round(plot.west + 0.001, 6))
    north = factory.LazyAttribute(lambda plot: round(plot.south + 0.001, 6))
    area_m2 = 11_407

    class Meta:
        model = Plot

    @factory.lazy_attribute
    def geometry(plot):
        ring = [
            [plot.west, plot.south],
            [plot.east, plot.south],
            [plot.east, plot.north],
            [plot.west, plot.north],
            [plot.west, plot.south],
        ]
        return {"type": "Polygon", "coordinates": [ring]}


class CertificateFactory(DjangoModelFactory):
    """A certificate accepted and in date; pass species=[…] for what it covers."""

    number = factory.Sequence(lambda n: f"TEST-GACP-{n:03}")
    standard = Certificate.Standard.GACP_WHO
    authority = "Cơ quan cấp Mẫu"
    establishment = factory.SubFactory(EstablishmentFactory)
    issued_on = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=100))
    expires_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=400))
    decision = Decision.ACCEPTED

    class Meta:
        model = Certificate
        skip_postgeneration_save = True

    @factory.post_generation
    def species(certificate, create, extracted, **kwargs):
        certificate.species.set(extracted or [])

    @factory.post_generation
    def areas(certificate, create, extracted, **kwargs):
        certificate.areas.set(extracted or [])


class AreaCodeFactory(DjangoModelFactory):
    area = factory.SubFactory(GrowingAreaFactory)
    market = "VN"
    code = factory.Sequence(lambda n: f"VN-TEST-{n:04}")
    authority = "Cơ quan cấp Mẫu"
    issued_on = factory.LazyFunction(timezone.localdate)

    class Meta:
        model = AreaCode


class AuditFactory(DjangoModelFactory):
    certificate = factory.SubFactory(CertificateFactory)
    kind = Audit.Kind.FIRST
    visited_on = factory.LazyFunction(timezone.localdate)

    class Meta:
        model = Audit


class OcopProductFactory(DjangoModelFactory):
    """A product with four stars that count today."""

    establishment = factory.SubFactory(EstablishmentFactory)
    species = factory.SubFactory(SpeciesFactory)
    name = factory.Sequence(lambda n: f"Sản phẩm Mẫu {n}")
    stars = 4
    decision_number = factory.Sequence(lambda n: f"TEST-OCOP-{n:03}")
    decided_on = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=100))
    valid_until = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=400))

    class Meta:
        model = OcopProduct


class CommunityFactory(DjangoModelFactory):
    slug = factory.Sequence(lambda n: f"cong-dong-{n}")

    class Meta:
        model = Community
        skip_postgeneration_save = True

    @factory.post_generation
    def texts(community, create, extracted, **kwargs):
        for language, name in {"vi": "Cộng đồng mẫu", "en": "Sample community"}.items():
            CommunityText.objects.create(community=community, language=language, name=name)


class CommunityMemberFactory(DjangoModelFactory):
    community = factory.SubFactory(CommunityFactory)

    class Meta:
        model = CommunityMember


class ConsentFactory(DjangoModelFactory):
    community = factory.SubFactory(CommunityFactory)
    given_on = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=50))
    given_how = "Mẫu"

    class Meta:
        model = Consent


class KnowledgeFactory(DjangoModelFactory):
    """An open record with consent; pass consent=None for one without."""

    code = factory.Sequence(lambda n: f"tri-thuc-{n}")
    species = factory.SubFactory(SpeciesFactory)
    community = factory.SubFactory(CommunityFactory)
    consent = factory.SubFactory(ConsentFactory, community=factory.SelfAttribute("..community"))
    source = factory.SubFactory(ReferenceFactory)
    audience = KnowledgeRecord.Audience.OPEN

    class Meta:
        model = KnowledgeRecord
        skip_postgeneration_save = True

    @factory.post_generation
    def texts(record, create, extracted, **kwargs):
        for language, title in {"vi": "Tri thức mẫu", "en": "Sample knowledge"}.items():
            KnowledgeText.objects.create(
                record=record, language=language, title=f"{title} {record.code}", body=title
            )
