"""Lists paged by key."""

from urllib.parse import parse_qs, urlsplit

from django.db.models import Count

import pytest

from catalogue.models import Province
from core.paging import page_by_key, replace_query


@pytest.fixture
def provinces(db):
    """Seven provinces; three share a name, so that only the code tells them apart."""
    names = ["Bình", "An", "Cao", "Bình", "Đào", "Bình", "An"]
    return [
        Province.objects.create(code=f"{place:02}", name=name, full_name=name)
        for place, name in enumerate(names, start=1)
    ]


def walk(rf, *, field, size, queryset=None):
    """Follow next_url from the first page; return the codes page by page."""
    pages, address = [], "/list/?q=x"
    while address and len(pages) < 20:
        request = rf.get(address)
        page = page_by_key(
            Province.objects.all() if queryset is None else queryset,
            request,
            field=field,
            key="code",
            after=request.GET.get("after", ""),
            size=size,
        )
        pages.append([province.code for province in page.items])
        assert parse_qs(urlsplit(page.next_url or address).query)["q"] == ["x"]
        address = page.next_url
    return pages


@pytest.mark.parametrize("size", [1, 2, 3, 6, 7, 8])
@pytest.mark.parametrize(
    ("_case", "field", "order"),
    [
        ("ascending, ties by code", "folded_name", "02 07 01 04 06 03 05"),
        ("descending, ties by code upwards", "-folded_name", "05 03 01 04 06 02 07"),
        ("by the key itself", "code", "01 02 03 04 05 06 07"),
        ("by the key itself, descending", "-code", "07 06 05 04 03 02 01"),
    ],
)
def test_walking_shows_every_record_once(rf, provinces, _case, field, order, size):
    pages = walk(rf, field=field, size=size)
    assert [code for page in pages for code in page] == order.split()
    assert all(len(page) == size for page in pages[:-1])
    assert pages[-1]


def test_the_first_and_the_last_page_say_so(rf, provinces):
    everything = Province.objects.all()
    request = rf.get("/list/")
    first = page_by_key(everything, request, field="folded_name", key="code", after="", size=4)
    assert (first.next_url, first.first_url) == ("/list/?after=04", "")
    request = rf.get(first.next_url)
    last = page_by_key(everything, request, field="folded_name", key="code", after="04", size=4)
    assert (last.next_url, last.first_url) == ("", "/list/")
    assert [province.code for province in last.items] == ["06", "03", "05"]


def test_an_unknown_key_is_the_first_page(rf, provinces):
    request = rf.get("/list/?after=99")
    page = page_by_key(
        Province.objects.all(), request, field="folded_name", key="code", after="99", size=2
    )
    assert [province.code for province in page.items] == ["02", "07"]


def test_a_key_that_is_not_in_the_list_is_its_beginning(rf, provinces):
    matching = Province.objects.exclude(code="01")
    page = page_by_key(
        matching, rf.get("/list/"), field="folded_name", key="code", after="01", size=9
    )
    assert [province.code for province in page.items] == ["02", "07", "04", "06", "03", "05"]


def test_an_empty_list_is_one_empty_page(rf, db):
    assert walk(rf, field="folded_name", size=3) == [[]]


def test_an_annotated_list_walks_too(rf, provinces):
    annotated = Province.objects.annotate(n=Count("communes"))
    assert walk(rf, field="folded_name", size=3, queryset=annotated) == [
        ["02", "07", "01"],
        ["04", "06", "03"],
        ["05"],
    ]


@pytest.mark.parametrize(
    ("_case", "changes", "address"),
    [
        ("add", {"page": 2}, "/list/?q=qu%E1%BA%BF&part=bark&part=root&page=2"),
        ("replace", {"q": "x"}, "/list/?q=x&part=bark&part=root"),
        ("take away", {"q": None}, "/list/?part=bark&part=root"),
        ("several values", {"part": ["leaf", "seed"]}, "/list/?q=qu%E1%BA%BF&part=leaf&part=seed"),
        ("take away everything", {"q": None, "part": None}, "/list/"),
        ("take away what is not there", {"z": None}, "/list/?q=qu%E1%BA%BF&part=bark&part=root"),
    ],
)
def test_replace_query(rf, _case, changes, address):
    request = rf.get("/list/?q=quế&part=bark&part=root")
    before = request.GET.urlencode()
    assert replace_query(request, **changes) == address
    assert request.GET.urlencode() == before
