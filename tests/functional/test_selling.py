"""From a seller's form to the reader's search, without a mock: database, index and pages agree."""

from html.parser import HTMLParser

from django.test import Client
from django.utils import timezone

import pytest

from market.models import Lot
from search import indexing
from tests.factories.catalogue import CertificateFactory, GrowingAreaFactory, SpeciesFactory
from tests.factories.decisions import decided
from tests.factories.market import SellerMemberFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

PASSWORD = "pass-2026-word"


class Fields(HTMLParser):
    """What a browser would send of the forms of a page, before anybody types."""

    def __init__(self, page: str):
        super().__init__()
        self.names: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        if tag in ("input", "select", "textarea"):
            self.names.add(dict(attrs).get("name"))


@pytest.fixture(autouse=True)
def index(settings, tmp_path, db):
    """An index of its own, built over the empty collection."""
    settings.SEARCH_INDEX_DIR = tmp_path / "search"


@pytest.fixture
def seat(db):
    """Somebody who works for a vetted cooperative with an area and a certificate for one herb."""
    member = SellerMemberFactory()
    establishment = member.seller.establishment
    species = SpeciesFactory(
        slug="que", vie="Quế Văn Yên", eng="Cassia", scientific_name="Cinnamomum cassia"
    )
    area = GrowingAreaFactory(establishment=establishment, species=[species])
    CertificateFactory(establishment=establishment, species=[species], areas=[area])
    indexing.rebuild()
    return member


def sign_in(person, language="vi") -> Client:
    """Sign in through the page, as a person does."""
    browser = Client()
    answer = browser.post(
        f"/{language}/account/login/", {"login": person.email, "password": PASSWORD}
    )
    assert answer.status_code == 302
    return browser


def found(client, text, language="vi", **query):
    answer = client.get(
        "/api/v1/search",
        {"q": text, "kind": "lots", **query},
        headers={"accept-language": language},
    )
    assert answer.status_code == 200
    return [item["id"] for item in answer.json()["items"]]


def typed_lot(seat, weight, price):
    """Return what the seller types to list all that their papers cover."""
    establishment = seat.seller.establishment
    area = establishment.areas.get()
    species = area.species.get()
    return {
        "species": species.pk,
        "part": species.parts.get().pk,
        "form": "dried_whole",
        "grade": "a",
        "harvested_on": timezone.localdate().isoformat(),
        "kg": weight,
        "price": price,
        "minimum_kg": "5",
        "areas": [area.pk],
        "certificates": [establishment.certificates.get().pk],
        "note_vi": "Phơi bóng râm",
        "note_en": "Dried in the shade",
    }


@pytest.fixture
def published(seat):
    """A lot of 1.250,5 kg that its seller has put on sale through the form."""
    answer = sign_in(seat.person).post(
        "/vi/desk/lots/new/", typed_lot(seat, "1.250,5", "75.000") | {"action": "publish"}
    )
    assert answer.status_code == 302
    return Lot.objects.get()


@pytest.mark.parametrize(
    ("language", "weight", "price", "shown"),
    [("vi", "1.250,5", "75.000", "1.250,5 kg"), ("en", "1,250.5", "75,000", "1,250.5 kg")],
)
def test_a_seller_lists_a_lot_and_readers_find_it(language, weight, price, shown, seat, client):
    browser = sign_in(seat.person, language)
    form, typed = f"/{language}/desk/lots/new/", typed_lot(seat, weight, price)
    assert set(typed) <= Fields(browser.get(form).content.decode()).names

    answer = browser.post(form, typed | {"action": "draft"})
    assert answer.headers["location"] == f"/{language}/desk/"
    lot = Lot.objects.get()
    address = f"/{language}/market/lots/{lot.code}/"
    assert found(client, "que van yen") == []
    assert client.get(address).status_code == 404

    answer = browser.post(f"/{language}/desk/lots/{lot.code}/", typed | {"action": "publish"})
    assert answer.headers["location"] == address
    lot.refresh_from_db()
    assert (lot.available_grams, lot.price_minor_per_kg) == (1_250_500, 75_000)

    for text in ("que van yen", "Quế Văn Yên", "cassia", lot.code):
        assert found(client, text, language) == [lot.code], text
    page = client.get(address).content.decode()
    assert shown in page
    assert {"vi": "Phơi bóng râm", "en": "Dried in the shade"}[language] in page
    assert lot.certificates.get().number in page
    assert [one["id"] for one in client.get("/api/v1/lots").json()["items"]] == [lot.code]
    for elsewhere in ("species/que/", "market/?certified=on", "search/?q=que"):
        assert address in client.get(f"/{language}/{elsewhere}").content.decode()
    assert address in browser.get(f"/{language}/desk/").content.decode()


def test_a_suspended_certificate_takes_the_lot_out_of_every_output(seat, published, client):
    lot, certificate = published, published.certificates.get()
    assert found(client, "que van yen") == [lot.code]

    decided(certificate, "suspended")

    assert found(client, "que van yen") == []
    assert client.get("/api/v1/lots").json()["count"] == 0
    for address in ("/vi/market/", "/vi/species/que/", "/vi/search/?q=que"):
        assert lot.code not in client.get(address).content.decode()
    assert lot.code in sign_in(seat.person).get("/vi/desk/").content.decode()

    # The label on the sack still leads to the lot, which says that it is not for sale.
    page = client.get(f"/lot/{lot.code}", follow=True)
    assert page.redirect_chain == [(f"/vi/market/lots/{lot.code}/", 302)]
    assert not page.context["is_sellable"]
    assert page.context["lot"].valid_certificates == []
    record = client.get(f"/api/v1/lots/{lot.code}").json()
    assert record["is_certified"] is False

    decided(certificate, "accepted")
    assert found(client, "que van yen") == [lot.code]


@pytest.mark.parametrize(("state", "after_resuming"), [("paused", ["the lot"]), ("closed", [])])
def test_a_lot_taken_from_the_market_is_found_no_more(
    state, after_resuming, seat, published, client
):
    browser, moves = sign_in(seat.person), f"/vi/desk/lots/{published.code}/state/"

    browser.post(moves, {"state": state})
    assert found(client, "que van yen") == []
    assert published.code not in client.get("/vi/market/").content.decode()
    page = client.get(f"/lot/{published.code}", follow=True)
    assert (page.status_code, page.context["is_sellable"]) == (200, False)

    browser.post(moves, {"state": "open"})
    assert found(client, "que van yen") == [published.code for _ in after_resuming]


def test_a_lot_form_sent_twice_lists_one_lot(seat):
    browser = sign_in(seat.person)
    token = browser.get("/vi/desk/lots/new/").context["form"]["token"].value()
    typed = typed_lot(seat, "500", "75,000") | {"action": "publish", "token": str(token)}

    first, second = (browser.post("/vi/desk/lots/new/", typed) for _ in range(2))

    lot = Lot.objects.get()
    assert first.headers["location"] == second.headers["location"] == lot.get_absolute_url()
    assert (lot.available_grams, lot.price_minor_per_kg) == (500_000, 75_000)


def test_somebody_without_a_seat_is_kept_from_the_desk(seat):
    assert sign_in(PersonFactory()).get("/vi/desk/").status_code == 403
