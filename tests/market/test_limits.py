"""Results beside the limits of pharmacopoeias: compared on one basis, or not at all."""

from decimal import Decimal

import pytest

from catalogue.models import Marker
from market.limits import analyses_of, is_met
from market.models import Lot
from tests.factories.catalogue import CompoundFactory, PartFactory, ReferenceFactory
from tests.factories.market import AnalysisFactory, AnalysisResultFactory


def printed(limit="3", unit="%", basis="dried", bound="min", **more):
    return Marker(
        bound=bound, limit=Decimal(limit), unit=unit, basis=basis, edition="Dược điển mẫu", **more
    )


@pytest.mark.parametrize(
    ("_case", "value", "basis", "loss", "marker", "met"),
    [
        ("at the limit", 30_000, "dried", None, printed(), True),
        ("a millionth below", 29_999, "dried", None, printed(), False),
        ("at most, at the limit", 30_000, "dried", None, printed(bound="max"), True),
        ("at most, above", 30_001, "dried", None, printed(bound="max"), False),
        ("converted, at the limit", 27_000, "as_is", 100_000, printed(), True),
        ("converted, below", 26_999, "as_is", 100_000, printed(), False),
        ("converted back", 30_000, "dried", 100_000, printed("2.7", basis="as_is"), True),
        ("converted back, below", 29_999, "dried", 100_000, printed("2.7", basis="as_is"), False),
        ("not to be converted", 30_000, "as_is", None, printed(), None),
        ("anhydrous beside dried", 30_000, "anhydrous", 100_000, printed(), None),
        ("anhydrous both", 30_000, "anhydrous", None, printed(basis="anhydrous"), True),
        ("milligrams to the gram", 30_000, "dried", None, printed("30", "mg/g"), True),
        ("a fraction of a millionth", 30_000, "dried", None, printed("30.0001", "mg/g"), False),
        ("a unit nobody converts", 30_000, "dried", None, printed(unit="IU"), None),
    ],
)
def test_a_limit_is_met_or_not_or_not_to_be_compared(_case, value, basis, loss, marker, met):
    assert is_met(value=value, basis=basis, loss_on_drying=loss, marker=marker) is met


@pytest.mark.parametrize(
    ("stated", "loss", "shown"),
    [
        (30_200, 94_000, 33_300),
        (27_000, 100_000, 30_000),
        (26_999, 100_000, 29_900),
        (90, 9_000, 90),
    ],
)
def test_what_is_worked_out_is_no_finer_than_what_was_measured(lot, stated, loss, shown):
    analysis = AnalysisFactory(lot=lot, loss_on_drying=loss)
    AnalysisResultFactory(analysis=analysis, basis="as_is", value=stated)

    (report,) = analyses_of(Lot.objects.for_record().with_analyses().get(pk=lot.pk))

    assert [row.dried for row in report.results] == [shown]


def test_a_result_stands_beside_the_limits_of_its_part_and_compound(lot):
    oil, coumarin = CompoundFactory(), CompoundFactory(code="coumarin")
    named = {"species": lot.species, "source": ReferenceFactory(), "compound": oil}
    limit = printed(part=lot.part, **named)
    limit.save()
    printed(part=PartFactory(code="leaf"), **named).save()
    Marker.objects.create(part=lot.part, **(named | {"compound": coumarin}))
    analysis = AnalysisFactory(lot=lot, loss_on_drying=100_000, results={"coumarin": 2_000})
    AnalysisResultFactory(analysis=analysis, compound=oil, basis="as_is", value=27_000)

    (shown,) = analyses_of(Lot.objects.for_record().with_analyses().get(pk=lot.pk))

    assert shown.analysis == analysis
    assert [
        (row.result.compound.code, row.dried, [(one.marker, one.is_met) for one in row.limits])
        for row in shown.results
    ] == [("coumarin", None, []), ("essential-oil", 30_000, [(limit, True)])]
