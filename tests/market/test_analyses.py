"""Analyses: what the database and the form refuse, and who hears of a change."""

from datetime import timedelta

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils import timezone

from wagtail.test.utils.form_data import inline_formset, nested_form_data

import pytest

from core import roles
from herbarium.setup import set_up
from market.assays import by_lot
from market.models import Analysis, AnalysisResult
from market.signals import lot_changed
from tests.factories.catalogue import CompoundFactory
from tests.factories.market import AnalysisFactory, AnalysisResultFactory, LotFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


@pytest.fixture
def told():
    """The lots that were announced, in order."""
    heard = []

    def follow(sender, pk, **kwargs):
        heard.append(pk)

    lot_changed.connect(follow)
    yield heard
    lot_changed.disconnect(follow)


@pytest.mark.parametrize(
    ("_case", "values", "constraint"),
    [
        ("nothing", {"value": 0}, "more_than_nothing"),
        ("more than all", {"value": 1_000_001}, "at_most_all"),
        ("negative", {"value": -1}, "value|more_than_nothing"),
    ],
)
def test_an_impossible_result_is_refused(_case, values, constraint):
    result = AnalysisResultFactory()

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        AnalysisResult.objects.filter(pk=result.pk).update(**values)

    AnalysisResult.objects.filter(pk=result.pk).update(value=1_000_000)


@pytest.mark.parametrize(
    ("_case", "values", "constraint"),
    [
        ("all lost", {"loss_on_drying": 1_000_000}, "left_after_drying"),
        ("sampled later", {"sampled_on": TODAY + timedelta(days=1)}, "after_sampling"),
    ],
)
def test_an_impossible_analysis_is_refused(_case, values, constraint):
    analysis = AnalysisFactory(analysed_on=TODAY)

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Analysis.objects.filter(pk=analysis.pk).update(**values)

    Analysis.objects.filter(pk=analysis.pk).update(loss_on_drying=999_999, sampled_on=TODAY)


def test_a_number_is_one_report_of_a_laboratory():
    AnalysisFactory(number="1", laboratory="A")
    AnalysisFactory(number="1", laboratory="B")

    with pytest.raises(IntegrityError), transaction.atomic():
        AnalysisFactory(number="1", laboratory="A")


def test_a_report_says_a_compound_once_on_each_basis():
    result = AnalysisResultFactory(basis="dried")
    AnalysisResultFactory(analysis=result.analysis, basis="as_is")

    with pytest.raises(IntegrityError), transaction.atomic():
        AnalysisResultFactory(analysis=result.analysis, basis="dried")


@pytest.mark.parametrize("record", ["lot", "compound"])
def test_what_was_analysed_stays(record):
    result = AnalysisResultFactory()
    kept = result.analysis.lot if record == "lot" else result.compound

    with pytest.raises(ProtectedError):
        kept.delete()


def test_a_report_stays_with_its_lot_and_lies_in_the_past():
    analysis = AnalysisFactory()
    analysis.full_clean()
    analysis.lot = LotFactory()
    with pytest.raises(ValidationError) as refused:
        analysis.full_clean()
    assert list(refused.value.message_dict) == ["lot"]

    analysis.refresh_from_db()
    analysis.analysed_on = TODAY + timedelta(days=1)
    with pytest.raises(ValidationError) as refused:
        analysis.full_clean()
    assert list(refused.value.message_dict) == ["analysed_on"]


def test_who_follows_hears_of_a_report_that_is_gone(told):
    analysis = AnalysisFactory(results={"essential-oil": 30_000})

    analysis.delete()

    assert told == [analysis.lot_id]
    assert not AnalysisResult.objects.exists()


@pytest.fixture
def at_desk(client):
    set_up()
    person = PersonFactory()
    person.groups.add(Group.objects.get(name=roles.MARKET_STAFF))
    client.force_login(person)
    return client


def report(lot, **changes):
    """Return what the browser posts for a report on a lot."""
    form = {
        "lot": lot.pk,
        "number": "PKN-1",
        "laboratory": "Phòng kiểm nghiệm Mẫu",
        "accreditation": "",
        "sampled_on": "",
        "analysed_on": str(TODAY),
        "loss_on_drying": "10",
        "results": inline_formset(
            [
                {
                    "compound": CompoundFactory().pk,
                    "value": changes.pop("value", "2,7"),
                    "basis": "as_is",
                    "method": "GC-MS",
                }
            ]
        ),
    }
    return nested_form_data(form | changes)


def test_market_staff_enter_a_report_in_per_cent(at_desk, lot, told):
    answer = at_desk.post(address("add"), report(lot))

    assert answer.status_code == 302
    analysis = Analysis.objects.get()
    assert (analysis.loss_on_drying, analysis.results.get().value) == (100_000, 27_000)
    assert by_lot(AnalysisResult.objects.of_lots([lot]))[lot.pk]["essential-oil"].ppm == 30_000
    assert told == [lot.pk]
    assert 'value="2,7"' in at_desk.get(address("edit", analysis.pk)).content.decode()
    assert "PKN-1" in at_desk.get(address("list")).content.decode()


@pytest.mark.parametrize(
    ("_case", "changes"),
    [
        ("nothing found", {"value": "0"}),
        ("more than all", {"value": "101"}),
        ("in the future", {"analysed_on": str(TODAY + timedelta(days=1))}),
        ("all lost", {"loss_on_drying": "100"}),
        ("without a result", {"results": inline_formset([])}),
    ],
)
def test_an_impossible_report_is_refused_in_the_form(_case, changes, at_desk, lot, told):
    answer = at_desk.post(address("add"), report(lot, **changes))

    assert answer.status_code == 200
    assert not Analysis.objects.exists()
    assert told == []


def test_deleting_a_report_by_hand_is_announced(at_desk, told):
    analysis = AnalysisFactory()

    assert at_desk.post(address("delete", analysis.pk)).status_code == 302
    assert told == [analysis.lot_id]


def address(view, *args):
    return reverse(Analysis.snippet_viewset.get_url_name(view), args=args)
