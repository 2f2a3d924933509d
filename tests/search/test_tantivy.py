"""What the embedded engine does on its own: pages of the best match that outlive changes."""

import pytest

from search import indexing
from search.engines import get_engine
from search.engines.base import SearchQuery, StaleCursor

pytestmark = pytest.mark.django_db


def page(after="", limit=2):
    results = get_engine().search(
        SearchQuery(
            text="quế", language="vi", filters={"kind": ("species",)}, after=after, limit=limit
        )
    )
    return [hit.id for hit in results.hits], results.next


@pytest.fixture
def plants(add_species, rebuild):
    """Three that match less and less well."""
    for number, name in enumerate(["Quế", "Quế rừng", "Vỏ quế"]):
        add_species(f"Ficta {'abc'[number]}nsis", name)
    rebuild()


def test_the_best_match_goes_on_where_it_ended_although_better_ones_came(plants, add_species):
    assert page()[0] == ["que", "que-rung"]
    after = page()[1]
    for number in range(3):
        better = add_species(f"Ficta {'def'[number]}nsis", "Quế", slug=f"que-{number}")
        indexing.bring_up_to_date("species", [better.pk])
    assert len(page(limit=9)[0]) == 6

    assert page(after) == (["vo-que"], "")


def test_when_the_last_of_a_page_is_gone_the_next_goes_on_by_number(plants):
    _ids, after = page()
    get_engine().sync([], [after.partition("_")[2]])

    assert page(after) == ([], "")
    assert page(after.replace("2_", "1_")) == (["vo-que"], "")


@pytest.mark.parametrize(
    "after",
    # The last two are of more than there is: tantivy would make room for it.
    ["2", "2_", "2_que", "x_species:1", "2_species:1_3", "4_species:1", f"{10**12}_species:1"],
)
def test_what_ended_no_page_is_refused(plants, after):
    with pytest.raises(StaleCursor):
        page(after)
