"""Analyses of the demonstration are loaded once, and a bad row names itself."""

import pytest

from catalogue.services.loading.files import BadDataFile
from market.models import Analysis
from market.services import loading
from tests.factories.catalogue import CompoundFactory

ROW = {
    "laboratory": "Phòng kiểm nghiệm Mẫu",
    "number": "P-1",
    "lot": "L-1",
    "accreditation": "",
    "sampled_days_ago": "9",
    "analysed_days_ago": "5",
    "loss_on_drying": "11.5",
    "compound": "essential-oil",
    "percent": "3.62",
    "basis": "as_is",
    "method": "GC-MS",
}


@pytest.fixture
def file(lot, monkeypatch, tmp_path):
    """Write the file with some rows: file({column: value}, …)."""
    lot.code = "L-1"
    lot.save()
    for code in ("essential-oil", "coumarin"):
        CompoundFactory(code=code)
    monkeypatch.setattr(loading, "DATA_DIR", tmp_path)

    def write(*rows):
        lines = [",".join(ROW), *(",".join((ROW | row).values()) for row in rows)]
        (tmp_path / "analyses.csv").write_text("\n".join(lines), encoding="utf-8")

    return write


def test_rows_of_one_report_are_one_analysis(file):
    file({}, {"compound": "coumarin", "percent": "0.2"}, {"number": "P-2", "loss_on_drying": ""})

    assert loading.load_analyses() == 2
    assert loading.load_analyses() == 0
    first = Analysis.objects.get(number="P-1")
    assert (first.loss_on_drying, first.is_demonstration) == (115_000, True)
    assert {r.compound.code: r.value for r in first.results.all()} == {
        "essential-oil": 36_200,
        "coumarin": 2_000,
    }


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"lot": "L-9"}, "L-9"),
        ({"compound": "gold"}, "gold"),
        ({"percent": "much"}, "much"),
        ({"basis": "wet"}, "basis"),
        ({"analysed_days_ago": ""}, "int"),
    ],
)
def test_a_bad_row_names_its_report_and_loads_nothing(file, changes, complaint):
    file({"number": "P-0"}, changes)

    with pytest.raises(BadDataFile, match=rf"analyses\.csv, P-1.*{complaint}"):
        loading.load_analyses()

    assert not Analysis.objects.exists()
