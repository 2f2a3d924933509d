"""Deciding about certificates and growing areas, and what follows."""

from datetime import timedelta

from wagtail.models import ModelLogEntry

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalogue.decisions import FOUR_EYES, MOVES, Decision, needs_reason
from catalogue.models import Certificate
from catalogue.services import decisions
from catalogue.services.decisions import DecisionRefused, decide, possible_steps
from catalogue.signals import area_changed, certificate_changed
from tests.factories.catalogue import CertificateFactory, GrowingAreaFactory, SpeciesFactory
from tests.factories.decisions import decided
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

FACTORIES = [CertificateFactory, GrowingAreaFactory]
TOO_LATE = "Không thực hiện được nữa"
every_kind = pytest.mark.parametrize("factory", FACTORIES)


@pytest.fixture
def told():
    """The records that followers were told of, as model and primary key."""
    heard = []

    def follow(sender, pk, **kwargs):
        heard.append((sender, pk))

    for signal in (certificate_changed, area_changed):
        signal.connect(follow)
    yield heard
    for signal in (certificate_changed, area_changed):
        signal.disconnect(follow)


def steps_of(record) -> list[tuple[str, str]]:
    return [(row.decision, row.reason) for row in record.decisions.all()]


@every_kind
def test_a_decision_is_stored_as_a_row_logged_and_told(told, factory):
    record, person = factory(decision="submitted"), PersonFactory()

    answer = decide(
        record=record, decision="checked", reason="  Đối chiếu bản gốc \n", person=person
    )

    record.refresh_from_db()
    assert (answer, record.decision) == (record, "checked")
    row = record.decisions.get()
    assert (row.decision, row.reason, row.person) == ("checked", "Đối chiếu bản gốc", person)
    assert told == [(type(record), record.pk)]
    entry = ModelLogEntry.objects.get(action="catalogue.register.decided")
    assert (entry.user, entry.object_id) == (person, str(record.pk))
    assert entry.data == {"decision": "checked", "reason": "Đối chiếu bản gốc"}


@every_kind
def test_the_whole_way_through_the_register(factory):
    record = factory(decision="draft")
    decided(record, "submitted", "returned", "submitted", "checked", "accepted", reason="vì sao")
    decided(record, "suspended", "accepted", "suspended", "withdrawn", "accepted", reason="vì sao")
    record.refresh_from_db()
    assert record.decision == "accepted"
    assert [step for step, _reason in steps_of(record)] == [
        "submitted",
        "returned",
        "submitted",
        "checked",
        "accepted",
        "suspended",
        "accepted",
        "suspended",
        "withdrawn",
        "accepted",
    ]


@every_kind
@pytest.mark.parametrize(
    ("_case", "before", "step", "reason", "said"),
    [
        ("unchecked", "submitted", "accepted", "vì sao", TOO_LATE),
        ("never submitted", "draft", "accepted", "vì sao", TOO_LATE),
        ("already so", "accepted", "accepted", "vì sao", TOO_LATE),
        (
            "withdrawn without a suspension",
            "accepted",
            "withdrawn",
            "vì sao",
            TOO_LATE,
        ),
        ("back to a draft", "accepted", "draft", "vì sao", TOO_LATE),
        ("suspended for nothing", "accepted", "suspended", "", "lý do"),
        ("blanks are no reason", "accepted", "suspended", " \n ", "lý do"),
        ("checked against nothing", "submitted", "checked", "", "lý do"),
        ("returned for nothing", "checked", "returned", "", "lý do"),
        ("restored for nothing", "suspended", "accepted", "", "lý do"),
        ("withdrawn for nothing", "suspended", "withdrawn", "", "lý do"),
    ],
)
def test_a_refused_decision_changes_nothing(told, factory, _case, before, step, reason, said):
    record = factory(decision=before)
    with pytest.raises(DecisionRefused, match=said):
        decide(record=record, decision=step, reason=reason, person=PersonFactory())
    record.refresh_from_db()
    assert (record.decision, steps_of(record), told) == (before, [], [])
    assert not ModelLogEntry.objects.exists()


@pytest.mark.parametrize("word", ["burnt", "expired", "active", ""])
def test_a_word_that_is_no_decision_is_an_error(word):
    with pytest.raises(ValueError, match="Decision"):
        decide(record=CertificateFactory(), decision=word, reason="why", person=PersonFactory())


@every_kind
@pytest.mark.parametrize(
    ("before", "first", "second"),
    [("submitted", "checked", "accepted"), ("accepted", "suspended", "withdrawn")],
)
def test_acceptance_and_withdrawal_need_a_second_person(factory, before, first, second):
    record, one, other = factory(decision=before), PersonFactory(), PersonFactory()
    decide(record=record, decision=first, reason="vì sao", person=one)
    record.refresh_from_db()
    assert second not in possible_steps(record, one)
    assert second in possible_steps(record, other)

    with pytest.raises(DecisionRefused, match="Người khác"):
        decide(record=record, decision=second, reason="vì sao", person=one)

    decide(record=record, decision=second, reason="vì sao", person=other)
    record.refresh_from_db()
    assert record.decision == second


def test_a_decision_keeps_what_somebody_else_changed_meanwhile():
    stale = CertificateFactory(authority="old")
    Certificate.objects.filter(pk=stale.pk).update(authority="new")
    decided(stale, "suspended")
    stale.refresh_from_db()
    assert (stale.authority, stale.decision) == ("new", "suspended")


def test_of_two_decisions_from_the_same_page_the_second_is_refused():
    first, second = CertificateFactory(), Certificate.objects.get()
    decided(first, "suspended")
    with pytest.raises(DecisionRefused):
        decided(second, "suspended")
    assert len(steps_of(first)) == 1


@every_kind
def test_rows_are_only_added(factory):
    record = decided(factory(), "suspended")
    row = record.decisions.get()
    row.reason = "khác"
    with pytest.raises(TypeError, match="never changed"):
        row.save()
    with pytest.raises(TypeError, match="never changed"):
        record.decisions.update(reason="khác")
    with pytest.raises(TypeError, match="never deleted"):
        record.decisions.all().delete()


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    tries=st.lists(
        st.tuples(st.sampled_from(Decision), st.sampled_from(["", "vì sao"]), st.integers(0, 1)),
        max_size=12,
    )
)
def test_whatever_is_tried_the_record_follows_the_rules(tries):
    """A model of the rules beside the service: same refusals, same rows, same last decision."""
    people = [PersonFactory(), PersonFactory()]
    record, expected, last = CertificateFactory(decision="draft"), [], None
    for step, reason, who in tries:
        before = expected[-1][0] if expected else Decision.DRAFT
        allowed = (
            step in MOVES[before]
            and (reason or not needs_reason(before, step))
            and not (step in FOUR_EYES and last == who)
        )
        try:
            decide(record=record, decision=step, reason=reason, person=people[who])
        except DecisionRefused:
            assert not allowed
        else:
            assert allowed
            expected.append((step, reason))
            last = who
    record.refresh_from_db()
    assert steps_of(record) == expected
    assert record.decision == (expected[-1][0] if expected else Decision.DRAFT)


def test_every_decision_has_its_moves_and_leads_somewhere():
    assert set(MOVES) == set(Decision)
    assert all(MOVES.values())
    assert Decision.DRAFT not in {step for steps in MOVES.values() for step in steps}


def badge_is_shown(client) -> bool:
    page = client.get("/vi/species/que/").content.decode()
    in_api = client.get("/api/v1/species/que").json()["certificates"]
    on_card = client.get("/vi/species/").context["species"][0].certified
    facet = client.get("/vi/species/?certificate=gacp_who").context["total"]
    assert ("BADGE-77" in page) == bool(in_api) == on_card == bool(facet)
    return on_card


@pytest.mark.parametrize("kind", ["certificate", "area"])
def test_the_badge_leaves_and_returns_with_each_decision(client, kind):
    species = SpeciesFactory(slug="que")
    area = GrowingAreaFactory(species=[species])
    certificate = CertificateFactory(number="BADGE-77", species=[species], areas=[area])
    record = {"certificate": certificate, "area": area}[kind]

    assert badge_is_shown(client)
    for step in ("suspended", "withdrawn", "accepted", "returned", "submitted", "checked"):
        decided(record, step)
        assert badge_is_shown(client) == (step == "accepted")
    decided(record, "accepted")
    assert badge_is_shown(client)


def test_a_certificate_proves_while_one_of_its_areas_is_in_force():
    areas = [GrowingAreaFactory(), GrowingAreaFactory()]
    certificate = CertificateFactory(areas=areas)

    def proves():
        one = Certificate.objects.get()
        assert one.is_proof == Certificate.objects.proving().exists()
        return one.is_proof

    assert proves()
    decided(areas[0], "suspended")
    assert proves()
    decided(areas[1], "suspended")
    assert not proves()
    assert certificate.is_valid  # The paper itself holds.
    decided(areas[0], "accepted")
    assert proves()


def test_the_queue_holds_what_waits_for_a_step_since_the_last_one():
    for step in Decision:
        CertificateFactory(decision=step, number=f"C-{step}")
    waits = decided(CertificateFactory(decision="draft", number="C-1"), "submitted")
    waiting = Certificate.objects.waiting().order_by("number")
    assert [one.number for one in waiting] == ["C-1", "C-checked", "C-submitted"]
    assert waiting[0].waiting_since - waits.decisions.get().made_at < timedelta(seconds=1)


def test_a_decision_about_a_record_that_is_gone_is_an_error():
    record = CertificateFactory()
    Certificate.objects.all().delete()
    with pytest.raises(Certificate.DoesNotExist):
        decisions.decide(record=record, decision="suspended", reason="why", person=PersonFactory())


def test_a_record_that_is_corrected_keeps_its_page_and_proves_nothing(client):
    certificate = decided(CertificateFactory(decision="draft", number="C-1"), "submitted")
    assert client.get("/vi/registers/certificates/C-1/").status_code == 404
    decided(certificate, "checked", "accepted", "returned", reason="Sai ngày cấp")
    page = client.get("/vi/registers/certificates/C-1/")
    assert page.status_code == 200
    assert [event.what for event in page.context["history"]] == ["đã chấp nhận"]
    assert "Hôm nay còn hiệu lực? Không." in page.content.decode()
    assert certificate.number not in str(client.get("/api/v1/species").json())
