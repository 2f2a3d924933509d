"""A small museum and market to search in, built row by row."""

from datetime import timedelta

from django.utils import timezone

from wagtail.models import Locale, Page, Site

import pytest

from catalogue.decisions import Decision
from catalogue.models import (
    Certificate,
    Commune,
    Establishment,
    Family,
    GrowingArea,
    HomePage,
    Part,
    Province,
    Reference,
    Species,
    SpeciesText,
    StoryPage,
    StrategicGroup,
    Synonym,
    VernacularName,
)
from catalogue.models.vocabulary import FamilyLabel, PartLabel, StrategicGroupLabel
from core.text import slug
from market.models import Lot, Seller
from search import indexing
from search.engines import get_engine
from search.engines.base import SearchQuery
from tests.factories.catalogue import grows_in

PARTS = {"bark": "vỏ thân", "root": "rễ", "leaf": "lá", "fruit": "quả"}


@pytest.fixture(autouse=True)
def index_dir(settings, tmp_path):
    """An index of its own for every test, not built yet."""
    settings.SEARCH_INDEX_DIR = tmp_path / "search"
    return settings.SEARCH_INDEX_DIR


@pytest.fixture
def words_of_the_museum(db):
    for code, label in PARTS.items():
        part = Part.objects.create(code=code)
        PartLabel.objects.create(term=part, language="vi", text=label)
        PartLabel.objects.create(term=part, language="en", text=code)
    group = StrategicGroup.objects.create(code="export")
    StrategicGroupLabel.objects.create(term=group, language="vi", text="xuất khẩu")
    lao_cai = Province.objects.create(code="15", name="Lào Cai", full_name="Tỉnh Lào Cai")
    tuyen_quang = Province.objects.create(
        code="08", name="Tuyên Quang", full_name="Tỉnh Tuyên Quang"
    )
    for code, name, province in (
        ("00001", "Văn Yên", lao_cai),
        ("00002", "Bắc Hà", lao_cai),
        ("00003", "Đồng Văn", tuyen_quang),
    ):
        Commune.objects.create(code=code, name=name, full_name=f"Xã {name}", province=province)


@pytest.fixture
def add_species(words_of_the_museum):
    """Create a live species; the first name is the Vietnamese one people prefer."""

    def add(scientific_name, *names, family="Lauraceae", body="", synonyms=(), **values):
        kin, created = Family.objects.get_or_create(name=family, code=slug(family))
        if created:
            FamilyLabel.objects.create(term=kin, language="vi", text=f"họ {family}")
        source, _ = Reference.objects.get_or_create(
            code="book", kind=Reference.Kind.BOOK, author="A", title="T"
        )
        species = Species(
            slug=values.pop("slug", slug(names[0]) if names else slug(scientific_name)),
            scientific_name=scientific_name,
            family=kin,
            live=values.pop("live", True),
        )
        species.names = [
            VernacularName(name=name, language=language, source=source)
            for name, language in ((n, "vie") if isinstance(n, str) else n for n in names)
        ]
        species.synonyms = [Synonym(name=name) for name in synonyms]
        species.texts = [SpeciesText(language="vi", description=body or "Một loài cây thuốc.")]
        species.parts = Part.objects.filter(code__in=values.pop("parts", ["bark"]))
        species.groups = StrategicGroup.objects.filter(code__in=values.pop("groups", []))
        grows_in(species, *Province.objects.filter(code__in=values.pop("provinces", ["15"])))
        assert not values
        species.save()
        return species

    return add


@pytest.fixture
def add_seller(words_of_the_museum):
    def add(name="Hợp tác xã mẫu", commune="00001"):
        establishment = Establishment.objects.create(
            slug=slug(name), kind="cooperative", name=name, commune_id=commune
        )
        return Seller.objects.create(
            slug=slug(name), establishment=establishment, vetting=Seller.Vetting.ACCEPTED
        )

    return add


@pytest.fixture
def add_lot(add_seller):
    """Create an open lot, grown in a commune when one is named."""

    def add(species, code, *, seller=None, commune=None, part="bark", certificates=(), **values):
        seller = seller or Seller.objects.first() or add_seller()
        lot = Lot.objects.create(
            code=code,
            seller=seller,
            species=species,
            part=Part.objects.get(code=part),
            form=Lot.Form.DRIED_CUT,
            harvested_on=values.pop("harvested_on", timezone.localdate()),
            listed_grams=5000,
            available_grams=5000,
            price_minor_per_kg=75000,
            state=values.pop("state", Lot.State.OPEN),
            **values,
        )
        if commune:
            area = GrowingArea.objects.create(
                code=f"VN-{code}",
                establishment=seller.establishment,
                name="Vùng mẫu",
                commune_id=commune,
                area_m2=10_000,
                decision=Decision.ACCEPTED,
            )
            lot.areas.add(area)
        lot.certificates.set(certificates)
        return lot

    return add


@pytest.fixture
def add_certificate(add_seller):
    def add(*species, number="GACP-1", seller=None):
        today = timezone.localdate()
        certificate = Certificate.objects.create(
            number=number,
            standard=Certificate.Standard.GACP_WHO,
            authority="Bộ Y tế",
            establishment=(seller or Seller.objects.first() or add_seller()).establishment,
            issued_on=today - timedelta(days=30),
            expires_on=today + timedelta(days=365),
            decision=Decision.ACCEPTED,
        )
        certificate.species.set(species)
        return certificate

    return add


@pytest.fixture
def home(db):
    """The Vietnamese home page, at the root of the site."""
    locale, _ = Locale.objects.get_or_create(language_code="vi")
    root = Page.objects.get(depth=1)
    page = HomePage(title="Hoàng Liên", slug="vi", lead="Bảo tàng cây thuốc.", locale=locale)
    root.add_child(instance=page)
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "testserver", "root_page": page}
    )
    return page


@pytest.fixture
def add_story(home):
    def add(title, introduction="", body="<p>Một câu chuyện.</p>", live=True):
        story = StoryPage(
            title=title,
            slug=slug(title),
            introduction=introduction,
            body=body,
            live=live,
            locale=home.locale,
        )
        home.add_child(instance=story)
        return story

    return add


@pytest.fixture
def rebuild():
    return indexing.rebuild


@pytest.fixture
def found():
    """Search and return (kind, id) of the hits, best first."""

    def find(text="", *, language="vi", limit=20, offset=0, certified=False, **filters):
        query = SearchQuery(
            text=text,
            language=language,
            limit=limit,
            offset=offset,
            certified=certified,
            filters={
                name: (value,) if isinstance(value, str) else tuple(value)
                for name, value in filters.items()
            },
        )
        return [(hit.kind, hit.id) for hit in get_engine().search(query).hits]

    return find


@pytest.fixture
def counts():
    """Search and return {facet: {value: count}}."""

    def count(text="", **filters):
        query = SearchQuery(
            text=text, language="vi", filters={name: (value,) for name, value in filters.items()}
        )
        facets = get_engine().search(query).facets
        return {name: {b.value: b.count for b in found} for name, found in facets.items()}

    return count
