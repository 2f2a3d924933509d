"""Saved searches on the results page, in the account, and the link that stops their e-mails."""

from django.test import Client

import pytest

from search import indexing, saved
from search.models import SavedSearch
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

LIST = "/vi/account/searches/"
NEW = "/vi/account/searches/new/"
DOOR = "allauth.account.auth_backends.AuthenticationBackend"
Frequency = SavedSearch.Frequency


@pytest.fixture
def person(client):
    """Somebody who is signed in."""
    person = PersonFactory()
    client.force_login(person, backend=DOOR)
    return person


@pytest.fixture
def collection(add_species, add_lot):
    add_lot(add_species("Cinnamomum cassia", "Quế"), "QUE-1")
    indexing.rebuild()


def keep(person, query="q=que", frequency=Frequency.DAILY):
    return saved.save(person=person, query=query, language="vi", frequency=frequency)[0]


def said(answer):
    return [(one.level_tag, str(one)) for one in answer.context["messages"]]


def form(query="q=que", name="", frequency="daily"):
    return {"query": query, "name": name, "frequency": frequency}


# On the results page


def test_a_visitor_is_led_to_the_door_and_back(client, collection):
    page = client.get("/vi/search/", {"q": "que", "part": "bark"}).content.decode()

    assert "/vi/account/login/?next=%2Fvi%2Fsearch%2F%3Fq%3Dque%26part%3Dbark" in page
    assert NEW not in page


@pytest.mark.parametrize(
    ("query", "is_open", "button"),
    [("que", False, "Lưu mục tìm kiếm này"), ("qqqq", True, "Báo cho tôi khi có")],
)
def test_who_is_signed_in_may_save_what_is_shown(
    query, is_open, button, client, person, collection
):
    page = client.get("/vi/search/", {"q": query, "part": "bark"}).content.decode()

    assert f'<input type="hidden" name="query" value="q={query}&amp;part=bark">' in page
    assert ('<details class="keep" open>' in page) is is_open
    assert button in page


def test_the_form_of_the_page_is_taken_with_its_token(collection):
    client = Client(enforce_csrf_checks=True)
    client.force_login(PersonFactory(), backend=DOOR)
    page = client.get("/vi/search/", {"q": "que"}).content.decode()
    token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]

    assert client.post(NEW, form()).status_code == 403
    assert client.post(NEW, form() | {"csrfmiddlewaretoken": token}).status_code == 302


# Saving


def test_a_search_is_saved_and_stands_in_the_list(client, person, words_of_the_museum):
    answer = client.post(NEW, form("q=que&part=bark", "  Vỏ\r\n quế "), follow=True)

    mine = SavedSearch.objects.get()
    assert answer.redirect_chain == [(LIST, 302)]
    assert (mine.person, mine.name, mine.query) == (person, "Vỏ quế", "q=que&part=bark")
    assert (mine.language, mine.frequency) == ("vi", "daily")
    assert said(answer) == [("success", "Đã lưu “Vỏ quế”.")]
    assert [row["words"] for row in answer.context["rows"]] == [["que", "vỏ thân"]]
    assert 'href="/vi/search/?q=que&amp;part=bark"' in answer.content.decode()


def test_in_english_it_is_a_search_in_english(client, person):
    client.post("/en/account/searches/new/", form())

    assert SavedSearch.objects.get().get_absolute_url() == "/en/search/?q=que"


def test_saved_again_it_is_said_so(client, person):
    client.post(NEW, form(name="Quế"), follow=True)
    answer = client.post(NEW, form(name="Khác"), follow=True)

    assert said(answer) == [("success", "Bạn đã lưu mục tìm kiếm này trước đây với tên “Quế”.")]
    assert SavedSearch.objects.count() == 1


def test_what_no_lot_can_match_is_saved_and_it_is_said_so(client, person):
    answer = client.post(NEW, form("harvest=9"), follow=True)

    assert [level for level, _words in said(answer)] == ["success", "info"]
    assert SavedSearch.objects.get().frequency == "none"
    assert 'name="frequency" value="none"' in answer.content.decode()


@pytest.mark.parametrize(
    ("_case", "sent"),
    [
        ("nothing at all", {}),
        ("no such frequency", form(frequency="hourly")),
        ("over-long name", form(name="a" * 81)),
        ("a zero byte in the name", form(name="a\0")),
        ("a zero byte in the query", form("q=a%00")),
        ("no such kind", form("kind=orders")),
        ("over-long words", form("q=" + "a" * 201)),
        ("over-long query", form("q=" + "a" * 20_000)),
        ("not text", form("q=%ff%fe&family=%ff")),
    ],
)
def test_what_cannot_be_saved_is_refused_in_words(_case, sent, client, person):
    answer = client.post(NEW, sent)

    assert answer.status_code == 400
    assert said(answer)
    assert {level for level, _words in said(answer)} == {"error"}
    assert SavedSearch.objects.count() == 0


def test_too_many_are_refused_in_words(client, person, monkeypatch):
    monkeypatch.setattr(saved, "MOST_SAVED", 1)
    keep(person, "q=a")

    answer = client.post(NEW, form())

    assert answer.status_code == 400
    assert said(answer) == [
        ("error", "Bạn đã lưu 1 mục tìm kiếm, là số tối đa. Xin xóa bớt một mục tìm kiếm trước.")
    ]
    assert len(answer.context["rows"]) == 1


# The list


def test_an_empty_list_says_what_to_do(client, person):
    answer = client.get(LIST)

    assert answer.status_code == 200
    assert "Bạn chưa lưu mục tìm kiếm nào" in answer.content.decode()
    assert 'href="/vi/search/"' in answer.content.decode()
    assert b'<meta name="robots" content="noindex">' in answer.content


def test_a_search_is_renamed_and_told_of_more_often(client, person):
    mine = keep(person)

    answer = client.post(f"{LIST}{mine.pk}/", {"name": "Mới", "frequency": "at_once"}, follow=True)

    mine.refresh_from_db()
    assert (mine.name, mine.frequency) == ("Mới", "at_once")
    assert said(answer) == [("success", "Đã lưu thay đổi của “Mới”.")]


@pytest.mark.parametrize("sent", [{}, {"name": "a" * 81, "frequency": "none"}, {"frequency": "x"}])
def test_a_change_that_cannot_be_is_refused_in_words(sent, client, person):
    mine = keep(person)

    answer = client.post(f"{LIST}{mine.pk}/", sent)

    assert answer.status_code == 400
    assert [level for level, _words in said(answer)] == ["error"]
    mine.refresh_from_db()
    assert (mine.name, mine.frequency) == ("que", "daily")


def test_a_search_is_deleted(client, person):
    mine = keep(person)

    answer = client.post(f"{LIST}{mine.pk}/delete/", follow=True)

    assert said(answer) == [("success", "Đã xóa “que”.")]
    assert SavedSearch.objects.count() == 0


def test_nothing_is_done_by_following_a_link(client, person):
    mine = keep(person)

    for address in (NEW, f"{LIST}{mine.pk}/", f"{LIST}{mine.pk}/delete/"):
        answer = client.get(address)
        assert (answer.status_code, answer.headers["location"]) == (302, LIST)
    assert SavedSearch.objects.count() == 1


def test_another_persons_search_is_not_there(client, person):
    theirs = keep(PersonFactory())
    sent = {"name": "Mine", "frequency": "none"}

    assert client.get(LIST).context["rows"] == []
    for address in (f"{LIST}{theirs.pk}/", f"{LIST}{theirs.pk}/delete/", f"{LIST}{10**18}/"):
        assert client.get(address).status_code == 404
        assert client.post(address, sent).status_code == 404
    theirs.refresh_from_db()
    assert (theirs.name, theirs.frequency) == ("que", "daily")


def test_a_visitor_has_to_sign_in(client):
    for address in (LIST, NEW, f"{LIST}1/", f"{LIST}1/delete/"):
        answer = client.post(address, form()) if address != LIST else client.get(address)
        assert answer.status_code == 302
        assert answer.headers["location"].startswith("/vi/account/login/?next=")
    assert SavedSearch.objects.count() == 0


def test_a_list_of_many_asks_no_more_than_of_one(
    client, person, words_of_the_museum, django_assert_max_num_queries
):
    for n in range(saved.MOST_SAVED):
        keep(person, f"q=a{n}&part=bark&province=15&family=lauraceae&price=0-50000")

    with django_assert_max_num_queries(8):
        assert len(client.get(LIST).context["rows"]) == saved.MOST_SAVED


def test_the_account_leads_to_it(client, person):
    assert 'href="/vi/search/"' in client.get("/vi/account/").content.decode()
    keep(person)
    page = client.get("/vi/account/").content.decode()
    assert f'href="{LIST}"' in page
    assert "Bạn đã lưu 1 mục tìm kiếm." in page


# The link that stops the e-mails


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_link_only_asks_and_a_button_stops_without_signing_in(language, client):
    mine = keep(PersonFactory())
    address = f"/{language}/alerts/stop/{mine.stop_token}/"

    asked = client.get(address)
    mine.refresh_from_db()
    assert (asked.status_code, mine.frequency) == (200, "daily")
    assert b'<form class="actions" method="post">' in asked.content
    assert b'<meta name="robots" content="noindex">' in asked.content
    assert client.head(address).status_code == 200

    for _click in range(2):
        answer = client.post(address)
        mine.refresh_from_db()
        assert (answer.status_code, mine.frequency) == (200, "none")
        assert b"<form class=" not in answer.content.split(b"<main")[1]


def test_a_mail_program_stops_it_at_one_click():
    """RFC 8058: a POST with this body, without cookies, answered without a redirect."""
    mine = keep(PersonFactory())
    other = keep(mine.person, "q=hoi")

    answer = Client(enforce_csrf_checks=True).post(
        mine.stop_url, "List-Unsubscribe=One-Click", "application/x-www-form-urlencoded"
    )

    assert answer.status_code == 200
    assert SavedSearch.objects.get(pk=mine.pk).frequency == "none"
    assert SavedSearch.objects.get(pk=other.pk).frequency == "daily"


@pytest.mark.parametrize("token", ["x", "a" * 500, "%00", "é"])
def test_a_wrong_link_is_not_there(token, client):
    keep(PersonFactory())

    assert client.get(f"/vi/alerts/stop/{token}/").status_code in {400, 404}
    assert client.post(f"/vi/alerts/stop/{token}/").status_code in {400, 404}
    assert SavedSearch.objects.get().frequency == "daily"
