"""What the analyses of a lot say of it, made comparable."""

from datetime import timedelta

from django.utils import timezone

import pytest

from market.assays import by_lot, dried_ppm
from market.models import AnalysisResult
from market.rows import put_assays_on
from tests.factories.market import AnalysisFactory, AnalysisResultFactory, LotFactory


@pytest.mark.parametrize(
    ("_case", "ppm", "basis", "loss", "dried"),
    [
        ("stated so", 30_000, "dried", 120_000, 30_000),
        ("stated so, nothing lost", 30_000, "dried", None, 30_000),
        ("converted", 27_000, "as_is", 100_000, 30_000),
        ("rounded down", 26_999, "as_is", 100_000, 29_998),
        ("nothing to convert with", 27_000, "as_is", None, None),
        ("lost nothing", 27_000, "as_is", 0, 27_000),
        ("never more than all", 950_000, "as_is", 100_000, 1_000_000),
        ("water is not loss on drying", 27_000, "anhydrous", 100_000, None),
    ],
)
def test_a_share_on_the_dried_drug(_case, ppm, basis, loss, dried):
    assert dried_ppm(ppm, basis, loss) == dried


def assays(lot):
    return {
        code: (assay.ppm, assay.basis)
        for code, assay in by_lot(AnalysisResult.objects.of_lots([lot]))[lot.pk].items()
    }


def test_a_lot_without_analyses_has_no_assay(lot):
    assert assays(lot) == {}


def test_the_latest_analysis_of_each_compound_counts(lot):
    today = timezone.localdate()
    AnalysisFactory(
        lot=lot,
        analysed_on=today - timedelta(days=9),
        results={"essential-oil": 35_000, "coumarin": 2_000},
    )
    AnalysisFactory(lot=lot, analysed_on=today, results={"essential-oil": 29_000})

    assert assays(lot) == {"essential-oil": (29_000, "dried"), "coumarin": (2_000, "dried")}


def test_of_two_on_one_day_the_one_entered_last_counts(lot):
    for ppm in (35_000, 31_000):
        AnalysisFactory(lot=lot, results={"essential-oil": ppm})

    assert assays(lot) == {"essential-oil": (31_000, "dried")}


@pytest.mark.parametrize(
    ("_case", "loss", "stated", "counts"),
    [
        ("stated dried", 100_000, {"as_is": 27_000, "dried": 29_500}, (29_500, "dried")),
        ("converted", 100_000, {"as_is": 27_000, "anhydrous": 29_500}, (30_000, "dried")),
        (
            "anhydrous as stated",
            None,
            {"as_is": 27_000, "anhydrous": 29_500},
            (29_500, "anhydrous"),
        ),
        ("as it is as stated", None, {"as_is": 27_000}, (27_000, "as_is")),
    ],
)
def test_the_dried_drug_is_what_counts_if_it_can_be_known(_case, loss, stated, counts, lot):
    analysis = AnalysisFactory(lot=lot, loss_on_drying=loss)
    for basis, ppm in stated.items():
        AnalysisResultFactory(analysis=analysis, basis=basis, value=ppm)

    assert assays(lot) == {"essential-oil": counts}
    assert {result.basis: result.dried for result in analysis.results.all()} == {
        basis: dried_ppm(ppm, basis, loss) for basis, ppm in stated.items()
    }


def test_a_row_shows_the_largest_as_people_read_them(lot):
    analysis = AnalysisFactory(
        lot=lot, loss_on_drying=130_000, results={"essential-oil": 30_000, "coumarin": 900}
    )
    AnalysisResultFactory(analysis=analysis, basis="as_is", value=27_001, compound__code="eugenol")

    put_assays_on([lot])
    assert [
        (assay.result.compound.code, assay.ppm, assay.shown_ppm, assay.is_dried)
        for assay in lot.row_assays
    ] == [("eugenol", 31_035, 31_000, True), ("essential-oil", 30_000, 30_000, True)]


def test_the_assays_of_many_lots_cost_one_query(lot, django_assert_num_queries):
    lots = [lot, LotFactory()]
    for one in lots:
        for _ in range(3):
            AnalysisFactory(lot=one, results={"essential-oil": 30_000, "coumarin": 1_000})

    with django_assert_num_queries(1):
        put_assays_on(lots)
    assert [len(one.row_assays) for one in lots] == [2, 2]
    with django_assert_num_queries(0):
        put_assays_on([])
