"""A certificate or an area code stops and returns: all outputs agree after one run of the clock."""

import csv
import io
from datetime import timedelta

from django.core import mail
from django.test import Client
from django.utils import timezone

import pytest
import time_machine

from catalogue.models import Certificate, Species
from catalogue.registers.statistics import statistics
from catalogue.services import amendments
from herbarium.periodic import JOBS
from market.obstacles import obstacles_of
from search import indexing
from tests.factories.catalogue import CertificateFactory, GrowingAreaFactory, SpeciesFactory
from tests.factories.decisions import decided
from tests.factories.market import LotFactory, SellerMemberFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
SOLD_AND_CERTIFIED, GONE = "sold and certified", "gone"


@pytest.fixture(autouse=True)
def index(settings, tmp_path, db):
    settings.SEARCH_INDEX_DIR = tmp_path / "search"


@pytest.fixture
def chain(index):
    """A lot on sale that rests on one certificate and one area."""
    member = SellerMemberFactory()
    species = SpeciesFactory(slug="que", vie="Quế", scientific_name="Cinnamomum cassia")
    held = {"establishment": member.seller.establishment, "species": [species]}
    area = GrowingAreaFactory(code="VN-QUE-1", **held)
    paper = CertificateFactory(
        number="GACP-1", areas=[area], expires_on=TODAY + timedelta(days=200), **held
    )
    lot = LotFactory(
        code="QUE-1", seller=member.seller, species=species, areas=[area], certificates=[paper]
    )
    LotFactory(code="QUE-2", species=species)  # never certified, and on sale whatever happens
    indexing.rebuild()
    run_the_clock()
    return lot


def run_the_clock() -> None:
    for job in JOBS.values():
        job()


def text_of(address: str) -> str:
    return Client().get(address).getvalue().decode()


def data_of(address: str, **query) -> dict:
    return Client().get(f"/api/v1/{address}", query).json()


def of_the_species(number: str, code: str) -> dict[str, bool]:
    page = text_of("/vi/species/que/")
    browsed = Client().get("/vi/species/?certificate=gacp_who")
    return {
        "badge of the species": number in page,
        "lot on the species page": code in page,
        "card of the species": Client().get("/vi/species/").context["species"][0].certified,
        "facet of the collection": browsed.context["total"] == 1,
        "species in the API": data_of("species/que")["certificates"] != [],
    }


def of_the_market(lot) -> dict[str, bool]:
    page = Client().get(lot.get_absolute_url()).context
    desk = Client()
    desk.force_login(lot.seller.members.get().person)
    at_desk = {one.code: one.obstacles for one in desk.get("/vi/desk/").context["lots"]}
    return {
        "lot can be ordered": page["is_sellable"],
        "badge of the lot": page["lot"].valid_certificates == [lot.certificates.get()],
        "words on the lot page": page["obstacles"] == [],
        "words at the desk": at_desk[lot.code] == [],
        "words of the module": obstacles_of([lot])[lot.pk] == [],
        "market": lot.code in text_of("/vi/market/"),
        "certified on the market": lot.code in text_of("/vi/market/?certified=on"),
        "storefront": lot.code in text_of(lot.seller.get_absolute_url()),
        "lot in the API": data_of(f"lots/{lot.code}")["is_certified"],
        "lots in the API": lot.code in {one["id"] for one in data_of("lots")["items"]},
        "sitemap": lot.code in text_of("/sitemap-lots-0.xml"),
    }


def of_the_search(code: str) -> dict[str, bool]:
    lots = data_of("search", q="que", kind="lots")["items"]
    facets = data_of("search", q="que")["facets"].get("certificate", [])
    standards = {row["value"]: row["count"] for row in facets}
    certified = data_of("search", q="que", kind="species", certificate="gacp_who")
    return {
        "search": code in {one["id"] for one in lots},
        "search for what is certified": certified["count"] == 1,
        "facet of the search": standards.get("gacp_who") == 2,  # the species and its lot
    }


def of_the_registers(paper) -> dict[str, bool]:
    table = csv.DictReader(io.StringIO(text_of("/vi/registers/certificates.csv").lstrip("\ufeff")))
    listed = {row["number"]: row["is_proof"] for row in table}
    return {
        "certificate": paper.is_proof,
        "certificate as CSV": listed[paper.number] == "1",
        "certified land": statistics().total.certified_m2 > 0,
        "certificate page": "Hôm nay còn hiệu lực? Có."
        in " ".join(text_of(paper.get_absolute_url()).split()),
    }


def seen_everywhere(lot) -> str:
    """Return what all outputs say of the lot and of its species' badge; they have to agree."""
    paper, area = lot.certificates.get(), lot.areas.get()
    answers = {
        **of_the_species(paper.number, lot.code),
        **of_the_market(lot),
        **of_the_search(lot.code),
        **of_the_registers(paper),
    }
    assert len(set(answers.values())) == 1, answers
    assert "QUE-2" in text_of("/vi/market/")
    assert list(indexing.differences()) == []
    drawn = Client().get("/vi/registers/areas/map.json").json()["areas"]
    states = {code: state for code, _longitude, _latitude, state, _is_withheld in drawn}
    assert (states[area.code] == 0) == area.is_active
    in_force = " ".join(text_of(area.get_absolute_url()).split())
    assert ("Hôm nay mã số còn hiệu lực? Có." in in_force) == area.is_active
    return SOLD_AND_CERTIFIED if answers["market"] else GONE


def test_expire_and_renew(chain):
    """The day alone takes the badge away; a paper with a later date brings it back."""
    assert seen_everywhere(chain) == SOLD_AND_CERTIFIED
    paper = chain.certificates.get()

    with time_machine.travel(timezone.now() + timedelta(days=200), tick=False):
        run_the_clock()
        assert seen_everywhere(chain) == SOLD_AND_CERTIFIED
    with time_machine.travel(timezone.now() + timedelta(days=201), tick=False):
        run_the_clock()
        assert seen_everywhere(chain) == GONE
        assert "GACP-1" in " ".join(obstacles_of([chain])[chain.pk])

        decided(paper, "returned")
        Certificate.objects.update(expires_on=TODAY + timedelta(days=900))
        decided(paper, "submitted", "checked", "accepted")
        run_the_clock()
        assert seen_everywhere(chain) == SOLD_AND_CERTIFIED


@pytest.mark.parametrize("kind", ["certificates", "areas"])
def test_suspend_withdraw_restore(chain, kind):
    record = getattr(chain, kind).get()
    expected = {
        "suspended": GONE,
        "withdrawn": GONE,
        "accepted": SOLD_AND_CERTIFIED,
        "returned": GONE,
        "submitted": GONE,
        "checked": GONE,
    }
    for step, state in expected.items():
        decided(record, step)
        run_the_clock()
        assert seen_everywhere(chain) == state, step
    decided(record, "accepted")
    run_the_clock()
    assert seen_everywhere(chain) == SOLD_AND_CERTIFIED


def amended(paper, **wanted) -> None:
    change = amendments.propose(
        record=paper, wanted=wanted, reason="Quyết định Mẫu", person=PersonFactory()
    )
    assert amendments.settle(amendment=change, accept=True, person=PersonFactory())
    run_the_clock()


def test_a_paper_that_is_prolonged_by_a_change_never_stops(chain):
    amended(chain.certificates.get(), expires_on=TODAY + timedelta(days=900))
    assert seen_everywhere(chain) == SOLD_AND_CERTIFIED
    with time_machine.travel(timezone.now() + timedelta(days=201), tick=False):
        run_the_clock()
        assert seen_everywhere(chain) == SOLD_AND_CERTIFIED


def test_what_a_change_takes_out_of_a_paper_stops_and_the_paper_goes_on(chain):
    paper = chain.certificates.get()
    SpeciesFactory(slug="hoi", scientific_name="Illicium verum", live=False)
    amended(paper, species=Species.objects.filter(slug="hoi"))
    answers = {
        **of_the_species(paper.number, chain.code),
        **of_the_market(chain),
        "search": of_the_search(chain.code)["search"],
    }
    assert set(answers.values()) == {False}, answers
    assert of_the_registers(paper)["certificate page"]
    assert list(indexing.differences()) == []

    amended(paper, species=Species.objects.filter(slug="que"))
    assert seen_everywhere(chain) == SOLD_AND_CERTIFIED


def test_running_the_clock_twice_changes_nothing_and_tells_nobody_again(chain):
    decided(chain.certificates.get(), "suspended")
    run_the_clock()
    told = len(mail.outbox)
    assert told == 1
    run_the_clock()
    assert len(mail.outbox) == told
    assert seen_everywhere(chain) == GONE
