"""OAI-PMH: a foreign client harvests, and whatever is asked there is an answer."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from django.test import Client
from django.utils import timezone

import httpx2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from oaipmh_scythe import Scythe
from oaipmh_scythe.exceptions import NoRecordsMatch

from catalogue.models import (
    ConservationStatus,
    Distribution,
    Species,
    VernacularName,
    WithdrawnSpecies,
)
from catalogue.oai import records
from tests.factories.catalogue import (
    CommuneFactory,
    FamilyFactory,
    ReferenceFactory,
    SpeciesFactory,
)

pytestmark = pytest.mark.django_db

NAMES = {
    "oai": "http://www.openarchives.org/OAI/2.0/",
    "dc": "http://purl.org/dc/elements/1.1/",
}


@pytest.fixture
def harvester():
    """The client of somebody else, speaking to the site without a network."""
    site = Client()

    def handle(request):
        answer = site.get(f"/oai?{request.url.query.decode()}")
        return httpx2.Response(
            answer.status_code,
            content=answer.content,
            headers={"content-type": answer["Content-Type"]},
        )

    scythe = Scythe("http://testserver/oai")
    scythe._client = httpx2.Client(transport=httpx2.MockTransport(handle))
    with scythe:
        yield scythe


@pytest.fixture
def ask(client):
    """Ask for something; return the answer as XML."""

    def call(**arguments):
        response = client.get(f"/oai?{urlencode(arguments)}")
        assert response.status_code == 200
        assert response["Content-Type"] == "text/xml; charset=utf-8"
        return etree.fromstring(response.content)

    return call


def texts(answer, path):
    return [element.text for element in answer.iterfind(path, NAMES)]


def code_of(answer):
    (error,) = answer.iterfind("oai:error", NAMES)
    return error.get("code")


def set_day(species, day):
    moment = datetime.fromisoformat(day).replace(tzinfo=UTC)
    Species.objects.filter(pk=species.pk).update(changed_at=moment)


def slugs(items):
    return [item.header.identifier.removeprefix("oai:testserver:") for item in items]


def test_the_site_says_what_it_is(harvester):
    SpeciesFactory()
    said = harvester.identify()
    assert said.repositoryName == "Hoàng Liên"
    assert said.baseURL == "http://testserver/oai"
    assert said.protocolVersion == "2.0"
    assert said.deletedRecord == "persistent"
    assert said.granularity == "YYYY-MM-DDThh:mm:ssZ"
    (form,) = harvester.list_metadata_formats()
    assert form.metadataPrefix == "oai_dc"


def test_the_oldest_change_is_the_earliest_date(ask):
    set_day(SpeciesFactory(), "2025-03-01")
    set_day(SpeciesFactory(), "2024-02-01")
    (earliest,) = texts(ask(verb="Identify"), ".//oai:earliestDatestamp")
    assert earliest == "2024-02-01T00:00:00Z"


def test_a_harvest_brings_every_public_record_over_several_pages(harvester, monkeypatch):
    monkeypatch.setattr(records, "PAGE", 2)
    wanted = [SpeciesFactory().slug for _one in range(5)]
    SpeciesFactory(slug="ban-nhap", live=False)
    gone = SpeciesFactory(slug="rut-lai")
    gone.unpublish()
    items = list(harvester.list_records())
    assert slugs(items) == [*wanted, "rut-lai"]
    assert [item.deleted for item in items] == [False] * 5 + [True]
    headers = list(harvester.list_identifiers())
    assert [header.identifier for header in headers] == [item.header.identifier for item in items]


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5])
def test_every_record_comes_once_however_long_the_pages_are(harvester, monkeypatch, size):
    monkeypatch.setattr(records, "PAGE", size)
    wanted = [SpeciesFactory().slug for _one in range(3)]
    for slug in ("a", "b"):
        WithdrawnSpecies.objects.create(slug=slug)
    assert slugs(harvester.list_records()) == [*wanted, "a", "b"]


def test_the_token_says_how_far_it_is(ask, monkeypatch):
    monkeypatch.setattr(records, "PAGE", 2)
    for _one in range(3):
        SpeciesFactory()
    first = ask(verb="ListIdentifiers", metadataPrefix="oai_dc")
    (token,) = first.iterfind(".//oai:resumptionToken", NAMES)
    assert (token.get("completeListSize"), token.get("cursor")) == ("3", "0")
    last = ask(verb="ListIdentifiers", resumptionToken=token.text)
    (end,) = last.iterfind(".//oai:resumptionToken", NAMES)
    assert (end.text, end.get("completeListSize"), end.get("cursor")) == (None, "3", "2")
    assert len(texts(last, ".//oai:identifier")) == 1


def test_a_short_list_has_no_token(ask):
    SpeciesFactory()
    answer = ask(verb="ListRecords", metadataPrefix="oai_dc")
    assert texts(answer, ".//oai:resumptionToken") == []


def test_a_record_is_told_in_dublin_core(ask):
    species = SpeciesFactory(
        slug="que", scientific_name="Cinnamomum cassia", authorship="(L.) J.Presl", vie="Quế"
    )
    set_day(species, "2026-01-02")
    answer = ask(verb="GetRecord", metadataPrefix="oai_dc", identifier="oai:testserver:que")
    assert texts(answer, ".//oai:datestamp") == ["2026-01-02T00:00:00Z"]
    assert texts(answer, ".//oai:setSpec") == ["lauraceae"]
    titles = [
        (element.text, element.get("{http://www.w3.org/XML/1998/namespace}lang"))
        for element in answer.iterfind(".//dc:title", NAMES)
    ]
    assert titles == [
        ("Cinnamomum cassia (L.) J.Presl", "la"),
        ("Quế", "vi"),
        ("Sample herb que", "en"),
    ]
    assert texts(answer, ".//dc:identifier") == ["http://testserver/vi/species/que/"]
    assert texts(answer, ".//dc:date") == ["2026-01-02"]


def test_sets_are_families_with_a_public_record(harvester):
    SpeciesFactory()
    ginger = SpeciesFactory(family=FamilyFactory(name="Zingiberaceae"))
    SpeciesFactory(family=FamilyFactory(name="Rosaceae"), live=False)
    assert [one.setSpec for one in harvester.list_sets()] == ["lauraceae", "zingiberaceae"]
    assert slugs(harvester.list_records(set_="zingiberaceae")) == [ginger.slug]


def test_a_set_tells_what_left_it_and_what_nobody_can_place(harvester):
    ginger = SpeciesFactory(slug="gung", family=FamilyFactory(name="Zingiberaceae"))
    deleted = SpeciesFactory(slug="xoa-han", family=FamilyFactory(name="Zingiberaceae"))
    SpeciesFactory(slug="que")
    ginger.unpublish()
    deleted.delete()
    assert slugs(harvester.list_records(set_="zingiberaceae")) == ["gung", "xoa-han"]
    assert slugs(harvester.list_records(set_="lauraceae")) == ["que", "xoa-han"]


@pytest.mark.parametrize(
    ("since", "until", "found"),
    [
        ("2026-01-02", None, ["second", "third"]),
        (None, "2026-01-02", ["first", "second"]),
        ("2026-01-02", "2026-01-02", ["second"]),
        ("2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z", ["first"]),
        ("2026-01-01T00:00:01Z", "2026-01-03T11:59:59Z", ["second"]),
        ("0001-01-01", "9999-12-30", ["first", "second", "third"]),
    ],
)
def test_both_ends_of_a_time_belong_to_it(harvester, since, until, found):
    for slug, moment in (
        ("first", "2026-01-01T00:00:00"),
        ("second", "2026-01-02T23:59:59.900000"),
        ("third", "2026-01-03T12:00:00"),
    ):
        set_day(SpeciesFactory(slug=slug), moment)
    assert slugs(harvester.list_records(from_=since, until=until)) == found


def test_a_withdrawn_record_is_told_from_the_day_on_which_it_was(harvester):
    SpeciesFactory(slug="rut-lai").unpublish()
    yesterday = timezone.now() - timedelta(days=1)
    WithdrawnSpecies.objects.update(withdrawn_at=yesterday)
    assert slugs(harvester.list_records(until=f"{yesterday:%Y-%m-%d}")) == ["rut-lai"]
    with pytest.raises(NoRecordsMatch):
        list(harvester.list_records(from_=f"{timezone.now():%Y-%m-%dT%H:%M:%SZ}"))


def test_unpublishing_publishing_and_deleting_are_remembered():
    species = SpeciesFactory(slug="que")

    def withdrawn():
        return list(WithdrawnSpecies.objects.values_list("slug", flat=True))

    species.unpublish()
    assert withdrawn() == ["que"]
    species.save_revision().publish()
    assert withdrawn() == []
    Species.objects.get(pk=species.pk).delete()
    assert withdrawn() == ["que"]
    SpeciesFactory(slug="ban-nhap", live=False).delete()
    assert withdrawn() == ["que"]


def test_a_withdrawn_record_is_a_header_and_nothing_more(ask):
    SpeciesFactory(slug="que", scientific_name="Cinnamomum cassia").unpublish()
    answer = ask(verb="GetRecord", metadataPrefix="oai_dc", identifier="oai:testserver:que")
    (header,) = answer.iterfind(".//oai:header", NAMES)
    assert header.get("status") == "deleted"
    assert b"Cinnamomum" not in etree.tostring(answer)


def test_a_record_that_is_public_is_not_withdrawn_whatever_a_row_says(harvester):
    SpeciesFactory(slug="que")
    WithdrawnSpecies.objects.create(slug="que")
    (item,) = harvester.list_records()
    assert not item.deleted


def test_no_place_of_any_species_is_told(ask):
    commune = CommuneFactory(code="99999", name="Kín Đáo", full_name="Xã Kín Đáo")
    species, source = SpeciesFactory(), ReferenceFactory()
    Distribution.objects.create(
        species=species, province=commune.province, commune=commune, source=source
    )
    VernacularName.objects.create(
        species=species, name="Tên bản", language="mww", commune=commune, source=source
    )
    ConservationStatus.objects.create(
        species=species, authority="cites", edition="2023", category="I", scope="global",
        source=source,
    )  # fmt: skip
    said = etree.tostring(ask(verb="ListRecords", metadataPrefix="oai_dc"), encoding="unicode")
    assert "Tên bản" in said
    assert "99999" not in said
    assert "Kín Đáo" not in said


def test_a_draft_cannot_be_asked_for(ask):
    SpeciesFactory(slug="ban-nhap", live=False)
    answer = ask(verb="GetRecord", metadataPrefix="oai_dc", identifier="oai:testserver:ban-nhap")
    assert code_of(answer) == "idDoesNotExist"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ("", "badVerb"),
        ("verb=Harvest", "badVerb"),
        ("verb=Identify&verb=Identify", "badVerb"),
        ("verb=Identify&set=a", "badArgument"),
        ("verb=GetRecord&identifier=oai:testserver:que", "badArgument"),
        ("verb=GetRecord&identifier=oai:testserver:no&metadataPrefix=oai_dc", "idDoesNotExist"),
        ("verb=GetRecord&identifier=que&metadataPrefix=oai_dc", "idDoesNotExist"),
        (
            "verb=GetRecord&identifier=oai:testserver:que&metadataPrefix=marc",
            "cannotDisseminateFormat",
        ),
        ("verb=ListMetadataFormats&identifier=oai:testserver:no", "idDoesNotExist"),
        ("verb=ListSets&resumptionToken=a", "badResumptionToken"),
        ("verb=ListRecords", "badArgument"),
        ("verb=ListRecords&metadataPrefix=marc", "cannotDisseminateFormat"),
        ("verb=ListRecords&metadataPrefix=oai_dc&metadataPrefix=oai_dc", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2026", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2026-02-30", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&until=9999-12-31", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=٢٠٢٦-٠١-٠١", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2026-02-02&until=2026-02-01", "badArgument"),
        (
            "verb=ListRecords&metadataPrefix=oai_dc&from=2026-02-02&until=2026-02-03T00:00:00Z",
            "badArgument",
        ),
        ("verb=ListRecords&metadataPrefix=oai_dc&until=1999-01-01", "noRecordsMatch"),
        ("verb=ListRecords&metadataPrefix=oai_dc&set=nowhere", "noRecordsMatch"),
        ("verb=ListRecords&resumptionToken=a", "badResumptionToken"),
        ("verb=ListRecords&resumptionToken=a&metadataPrefix=oai_dc", "badArgument"),
        ("verb=GetRecord&metadataPrefix=oai_dc&identifier=%01", "badArgument"),
        (f"verb=GetRecord&metadataPrefix=oai_dc&identifier={'a' * 1001}", "badArgument"),
    ],
)
def test_a_request_that_is_none_is_refused_in_the_words_of_the_protocol(client, arguments, code):
    SpeciesFactory(slug="que")
    WithdrawnSpecies.objects.create(slug="xoa")
    response = client.get(f"/oai?{arguments}")
    assert response.status_code == 200
    answer = etree.fromstring(response.content)
    assert code_of(answer) == code
    (request,) = answer.iterfind("oai:request", NAMES)
    assert request.text == "http://testserver/oai"
    assert bool(request.attrib) == (code not in ("badVerb", "badArgument"))


def test_an_empty_museum_has_no_sets_and_no_records(ask):
    assert code_of(ask(verb="ListSets")) == "noSetHierarchy"
    assert code_of(ask(verb="ListIdentifiers", metadataPrefix="oai_dc")) == "noRecordsMatch"


def test_a_token_is_of_one_verb_and_cannot_be_written(ask, monkeypatch):
    monkeypatch.setattr(records, "PAGE", 1)
    SpeciesFactory()
    SpeciesFactory()
    answer = ask(verb="ListIdentifiers", metadataPrefix="oai_dc")
    (token,) = texts(answer, ".//oai:resumptionToken")
    assert code_of(ask(verb="ListRecords", resumptionToken=token)) == "badResumptionToken"
    forged = ("B" if token[0] == "A" else "A") + token[1:]
    assert code_of(ask(verb="ListIdentifiers", resumptionToken=forged)) == "badResumptionToken"


def test_a_token_of_records_that_are_all_gone_is_refused(ask, monkeypatch):
    monkeypatch.setattr(records, "PAGE", 1)
    SpeciesFactory()
    second = SpeciesFactory()
    (token,) = texts(ask(verb="ListIdentifiers", metadataPrefix="oai_dc"), ".//oai:resumptionToken")
    Species.objects.filter(pk=second.pk).update(live=False)
    answer = ask(verb="ListIdentifiers", resumptionToken=token)
    assert code_of(answer) == "badResumptionToken"


def test_arguments_may_come_as_a_form():
    SpeciesFactory(slug="que")
    stranger = Client(enforce_csrf_checks=True)
    response = stranger.post("/oai", {"verb": "ListIdentifiers", "metadataPrefix": "oai_dc"})
    answer = etree.fromstring(response.content)
    assert texts(answer, ".//oai:identifier") == ["oai:testserver:que"]


def test_a_page_is_read_in_a_fixed_number_of_queries(client, django_assert_max_num_queries):
    for _one in range(12):
        SpeciesFactory()
    with django_assert_max_num_queries(8):
        client.get("/oai?verb=ListRecords&metadataPrefix=oai_dc")


ARGUMENTS = ["verb", "identifier", "metadataPrefix", "from", "until", "set", "resumptionToken", "x"]
VALUES = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [
            "Identify",
            "ListRecords",
            "ListIdentifiers",
            "GetRecord",
            "ListSets",
            "oai_dc",
            "lauraceae",
            "2026-01-01",
            "0001-01-01",
            "9999-12-31",
            "oai:testserver:que",
        ]
    ),
)


@given(st.lists(st.tuples(st.sampled_from(ARGUMENTS), VALUES), max_size=6))
@settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_whatever_is_asked_there_is_an_answer_in_xml(client, arguments):
    response = client.post("/oai", urlencode(arguments), "application/x-www-form-urlencoded")
    assert response.status_code == 200
    assert etree.fromstring(response.content).tag == "{http://www.openarchives.org/OAI/2.0/}OAI-PMH"


def test_what_an_editor_pasted_does_not_break_the_answer(ask):
    species = SpeciesFactory(slug="que")
    VernacularName.objects.filter(species=species, language="vie").update(name="Qu\x0bế & <b>")
    answer = ask(verb="GetRecord", metadataPrefix="oai_dc", identifier="oai:testserver:que")
    assert "Quế & <b>" in texts(answer, ".//dc:title")
