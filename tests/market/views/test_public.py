"""What anybody sees of the market."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

from django.utils import timezone

import pytest

from core.money import format_money
from market.models import Lot, Seller
from market.services import listing
from tests.factories.catalogue import (
    CertificateFactory,
    CommuneFactory,
    GrowingAreaFactory,
    PartFactory,
    ProvinceFactory,
    SpeciesFactory,
)
from tests.factories.decisions import decided
from tests.factories.market import LotFactory, SellerFactory

pytestmark = pytest.mark.django_db


def codes(answer):
    return [lot.code for lot in answer.context["lots"]]


@pytest.fixture
def many():
    """Fifty lots, several with the same price, weight and moment."""
    now, species, seller = timezone.now(), SpeciesFactory(), SellerFactory()
    return [
        LotFactory(
            species=species,
            seller=seller,
            price_minor_per_kg=50_000 + 1_000 * (number % 7),
            grams=10_000 * (1 + number % 5),
            published_at=now - timedelta(hours=number % 3),
        )
        for number in range(50)
    ]


SORTS = {
    "": lambda lot: (-lot.published_at.timestamp(), lot.code),
    "newest": lambda lot: (-lot.published_at.timestamp(), lot.code),
    "price": lambda lot: (lot.price_minor_per_kg, lot.code),
    "-price": lambda lot: (-lot.price_minor_per_kg, lot.code),
    "-kg": lambda lot: (-lot.available_grams, lot.code),
}


@pytest.mark.parametrize("sort", SORTS)
def test_all_pages_together_show_every_lot_once_and_in_order(sort, client, many):
    url, seen, sizes = f"/vi/market/?sort={sort}&form=dried_cut", [], []
    while url:
        answer = client.get(url)
        assert answer.status_code == 200
        assert answer.context["total"] == 50
        seen += codes(answer)
        sizes.append(len(answer.context["lots"]))
        url = answer.context["next_url"]
        assert len(sizes) < 10

    assert seen == [lot.code for lot in sorted(many, key=SORTS[sort])]
    assert sizes == [24, 24, 2]
    assert parse_qs(urlsplit(answer.context["first_url"]).query)["form"] == ["dried_cut"]


def test_a_key_nobody_knows_is_the_first_page(client, many):
    answer = client.get("/vi/market/?after=NO-SUCH-LOT")

    assert codes(answer) == codes(client.get("/vi/market/"))


@pytest.mark.parametrize(
    "query",
    [
        "sort=colour",
        "sort=price&sort=;--",
        f"q={'a' * 201}",
        f"after={'A' * 81}",
        "species=que%27",
        "part=%00",
        "q=%00",
        "after=%00",
        f"province={'1' * 81}",
    ],
)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_question_that_cannot_be_read_is_answered_400(language, query, client, lot):
    answer = client.get(f"/{language}/market/?{query}")

    assert answer.status_code == 400
    assert lot.code not in answer.content.decode()


@pytest.mark.parametrize("path", ["/vi/market/", "/en/market/"])
@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_the_market_is_only_read_here(path, method, client):
    assert getattr(client, method)(path).status_code == 405


@pytest.fixture
def varied():
    """Return lots that differ in one thing each, by its name."""
    hoi = SpeciesFactory(vie="Hồi", eng="Star anise", scientific_name="Illicium verum")
    far = CommuneFactory(
        code="99999", name="Đồng Văn", province=ProvinceFactory(code="08", name="Tuyên Quang")
    )
    plain = LotFactory(code="PLAIN-1")
    certified = LotFactory(code="CERT-1")
    certified.certificates.set([CertificateFactory(species=[certified.species])])
    return {
        "plain": plain,
        "certified": certified,
        "anise": LotFactory(code="HOI-1", species=hoi),
        "leaf": LotFactory(code="LEAF-1", part=PartFactory(code="leaf")),
        "oil": LotFactory(code="OIL-1", form="oil"),
        "far": LotFactory(code="FAR-1", areas=[GrowingAreaFactory(commune=far)]),
    }


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("form=oil", {"oil"}),
        ("part=leaf", {"leaf"}),
        ("part=leaf&part=bark&form=oil", {"oil"}),
        ("province=08", {"far"}),
        ("certified=on", {"certified"}),
        ("species=no-such", set()),
        ("q=hoi", {"anise"}),
        ("q=H%E1%BB%93i", {"anise"}),
        ("q=verum", {"anise"}),
        ("q=illicium+VERUM", {"anise"}),
        ("q=cert-1", {"certified"}),
        ("q=%25", set()),
        ("q=_", set()),
        ("form=oil&part=leaf", set()),
    ],
)
def test_filters_narrow_the_list_and_its_count(query, found, client, varied):
    answer = client.get(f"/vi/market/?{query}")

    assert set(codes(answer)) == {varied[name].code for name in found}
    assert answer.context["total"] == len(found)


def test_a_facet_counts_what_its_choice_would_show_and_keeps_a_picked_one_at_zero(client, varied):
    answer = client.get("/vi/market/?form=oil&part=leaf")
    choices = {
        facet.name: {choice.value: choice for choice in facet.choices}
        for facet in answer.context["facets"]
    }

    assert answer.context["total"] == 0
    assert choices["form"]["oil"].selected
    assert choices["form"]["oil"].count == 0
    assert choices["form"]["dried_cut"].count == 1  # the leaf
    assert choices["part"]["bark"].count == 1  # the oil
    chosen = choices["part"]["bark"].url
    assert client.get(chosen).context["total"] == 1
    assert len(answer.context["selected"]) == 2


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_page_of_lots_asks_the_same_number_of_questions_for_one_and_for_many(
    language, client, lot, django_assert_max_num_queries
):
    lot.certificates.set([CertificateFactory(species=[lot.species])])
    for _ in range(23):
        other = LotFactory(areas=[GrowingAreaFactory()])
        other.certificates.set([CertificateFactory(species=[other.species]) for _ in range(2)])

    with django_assert_max_num_queries(15):
        assert len(codes(client.get(f"/{language}/market/"))) == 24


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_lot_is_shown_to_anybody_but_ordered_by_those_who_signed_in(language, client, lot):
    answer = client.get(f"/{language}/market/lots/{lot.code}/")

    assert answer.status_code == 200
    assert answer.context["lot"] == lot
    assert answer.context["is_sellable"]
    assert answer.context["order_form"] is None
    page = answer.content.decode()
    assert f"/{language}/account/login/?next=/{language}/market/lots/{lot.code}/" in page
    assert 'name="token"' not in page
    assert {"vi": "75.000 ₫", "en": "75,000 ₫"}[language] in page


@pytest.mark.parametrize(
    ("_case", "lot_is"),
    [
        ("a draft", {"state": "draft"}),
        ("seller suspended", {"seller__vetting": "suspended"}),
        ("species unpublished", {"species__live": False}),
    ],
)
def test_a_lot_that_nobody_may_see_is_not_there(_case, lot_is, client):
    lot = LotFactory(**lot_is)

    assert client.get(f"/vi/market/lots/{lot.code}/").status_code == 404
    assert client.get(f"/lot/{lot.code}").status_code == 404
    assert client.get(f"/api/v1/lots/{lot.code}").status_code == 404


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    ("_case", "lot_is"),
    [
        ("paused", {"state": "paused"}),
        ("closed", {"state": "closed"}),
        ("lapsed", {}),
        ("protected by now", {"species__trade": "closed"}),
    ],
)
def test_a_printed_code_leads_to_a_lot_that_is_not_on_sale_any_more(
    _case, lot_is, language, client, buying
):
    lot = LotFactory(**lot_is)
    if _case == "lapsed":
        yesterday = timezone.localdate() - timedelta(days=1)
        lot.certificates.set([CertificateFactory(species=[lot.species], expires_on=yesterday)])
    address = f"/{language}/market/lots/{lot.code}/"

    label = client.get(f"/lot/{lot.code}", headers={"accept-language": language})
    assert (label.status_code, label.headers["location"]) == (302, address)
    record = client.get(f"/api/v1/lots/{lot.code}").json()
    assert (record["id"], record["is_certified"]) == (lot.code, False)
    for browser in (client, buying):
        answer = browser.get(address)
        assert answer.status_code == 200
        assert (answer.context["is_sellable"], answer.context["order_form"]) == (False, None)
        assert 'name="token"' not in answer.content.decode()
    for elsewhere in (
        f"/{language}/market/",
        f"/{language}/market/sellers/{lot.seller.slug}/",
        f"/{language}/species/{lot.species.slug}/",
    ):
        answer = client.get(elsewhere)
        assert answer.status_code == 200
        assert lot.code not in answer.content.decode()
    assert client.get("/api/v1/lots").json()["count"] == 0


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    ("_case", "grams", "price", "smallest", "total_of_all"),
    [
        ("half goes up", 4_500, 75_001, 37_501, 337_505),
        ("below half goes down", 4_499, 75_001, 37_501, 337_429),
        ("a remainder below the minimum", 333, 75_001, 24_975, 24_975),
    ],
)
def test_the_totals_shown_are_the_totals_asked(
    _case, grams, price, smallest, total_of_all, language, client, place
):
    """A total is rounded on the page as it is in the order."""
    lot = LotFactory(price_minor_per_kg=price, minimum_grams=500, grams=grams)
    page = client.get(f"/{language}/market/lots/{lot.code}/").content.decode()

    for total in (smallest, total_of_all):
        assert format_money(total, "VND", language) in page
    assert place(lot, grams).total_minor == total_of_all


def test_a_badge_leaves_page_list_and_data_with_its_certificate(client):
    species = SpeciesFactory()
    first, second = (CertificateFactory(species=[species]) for _ in range(2))
    lot = LotFactory(species=species, certificates=[first, second])
    address = f"/vi/market/lots/{lot.code}/"
    assert set(client.get(address).context["lot"].valid_certificates) == {first, second}

    decided(first, "suspended")
    shown = client.get(address).context["lot"]
    assert shown.valid_certificates == [second]
    assert [one.pk for one in shown.lapsed_certificates] == [first.pk]
    assert codes(client.get("/vi/market/?certified=on")) == [lot.code]
    assert client.get(f"/api/v1/lots/{lot.code}").json()["is_certified"] is True

    decided(second, "suspended", "withdrawn")
    answer = client.get(address)
    assert (answer.context["lot"].valid_certificates, answer.context["is_sellable"]) == ([], False)
    assert codes(client.get("/vi/market/")) == []
    assert client.get(f"/api/v1/lots/{lot.code}").json()["is_certified"] is False


def test_who_ordered_of_a_closed_lot_still_reads_it(buying, lot, place):
    place(lot, 1_000)
    listing.move_lot(lot=lot, state=Lot.State.CLOSED)

    answer = buying.get(f"/vi/market/lots/{lot.code}/")

    assert answer.status_code == 200
    assert answer.context["order_form"] is None


def test_a_sold_out_lot_is_shown_and_not_ordered(buying, lot, place):
    place(lot, 100_000)

    answer = buying.get(f"/vi/market/lots/{lot.code}/")

    assert answer.status_code == 200
    assert (answer.context["is_sellable"], answer.context["order_form"]) == (False, None)


def test_a_seller_sees_that_a_lot_is_its_own(selling, lot):
    answer = selling.get(f"/vi/market/lots/{lot.code}/")

    assert (answer.context["is_own_lot"], answer.context["order_form"]) == (True, None)


@pytest.mark.parametrize(
    ("_case", "headers", "target"),
    [
        ("Vietnamese", {"accept-language": "vi"}, "/vi/market/lots/{}/"),
        ("English", {"accept-language": "en"}, "/en/market/lots/{}/"),
        ("neither", {"accept-language": "fr"}, "/vi/market/lots/{}/"),
        ("says nothing", {}, "/vi/market/lots/{}/"),
    ],
)
def test_the_address_of_a_label_leads_to_the_lot_in_the_visitors_language(
    _case, headers, target, client, lot
):
    answer = client.get(f"/lot/{lot.code}", headers=headers)

    assert (answer.status_code, answer.headers["location"]) == (302, target.format(lot.code))


def test_the_address_of_a_label_gives_data_to_a_machine(client, lot):
    answer = client.get(f"/lot/{lot.code}", headers={"accept": "application/ld+json"}, follow=True)

    assert answer.status_code == 200
    assert lot.code in answer.content.decode()


@pytest.mark.parametrize("accept", ["text/html", "application/ld+json"])
def test_the_address_of_a_label_tells_caches_what_it_depends_on(accept, client, lot):
    answer = client.get(f"/lot/{lot.code}", headers={"accept": accept})

    varies = {name.strip().lower() for name in answer.headers["vary"].split(",")}
    assert varies >= {"accept", "accept-language", "cookie"}


def test_the_address_of_a_label_follows_the_language_somebody_chose(client, lot, settings):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"

    answer = client.get(f"/lot/{lot.code}", headers={"accept-language": "vi"})

    assert answer.headers["location"] == f"/en/market/lots/{lot.code}/"


def test_a_label_without_a_lot_is_not_found_in_any_language(client, db):
    assert client.get("/lot/NO-SUCH").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/vi/market/lots/..%2F..%2Fetc/",
        "/vi/market/lots/%F0%9F%8C%BF/",
        f"/vi/market/lots/{'A' * 3000}/",
        "/vi/market/sellers/no-such/",
    ],
)
def test_a_code_that_cannot_be_is_not_found(path, client, db):
    assert client.get(path).status_code in (400, 404, 422)


@pytest.mark.parametrize(
    ("path", "is_for_machines"),
    [
        ("/lot/%00", None),
        ("/vi/market/lots/%00/", False),
        ("/en/market/sellers/a%00b/", False),
        ("/vi/market/?q=%00", False),
        ("/vi/market/lots/{}/?unheard-of=%00", False),
        ("/api/v1/lots/%00", True),
        ("/api/v1/lots?species=%00", True),
        ("/api/v1/lots/{}?unheard-of=%00", True),
    ],
)
def test_a_zero_byte_is_refused_before_anything_is_looked_up(
    path, is_for_machines, client, lot, django_assert_num_queries
):
    with django_assert_num_queries(0):
        answer = client.get(path.format(lot.code))

    assert answer.status_code == 400
    assert lot.code not in answer.content.decode()
    if is_for_machines:
        assert answer.headers["content-type"].startswith("application/problem+json")
        assert answer.json()["status"] == 400
    elif is_for_machines is False:
        assert answer.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize(
    ("_case", "vetting", "status"),
    [
        ("vetted", Seller.Vetting.ACCEPTED, 200),
        ("not yet", Seller.Vetting.PENDING, 404),
        ("suspended", Seller.Vetting.SUSPENDED, 404),
    ],
)
def test_a_storefront_is_open_for_vetted_sellers(_case, vetting, status, client):
    seller = SellerFactory(vetting=vetting)

    assert client.get(f"/en/market/sellers/{seller.slug}/").status_code == status


def test_a_storefront_shows_what_is_on_sale_and_what_is_valid(client, lot, seller):
    hidden = LotFactory(seller=seller, state=Lot.State.DRAFT)
    valid = CertificateFactory(establishment=seller.establishment)
    CertificateFactory(
        establishment=seller.establishment, expires_on=timezone.localdate() - timedelta(days=1)
    )

    answer = client.get(f"/vi/market/sellers/{seller.slug}/")

    assert codes(answer) == [lot.code]
    assert list(answer.context["certificates"]) == [valid]
    assert hidden.code not in answer.content.decode()
