from html.parser import HTMLParser

from django.utils import translation

import pytest


class Reader(HTMLParser):
    """What a test wants to know of a page."""

    def __init__(self, text):
        super().__init__()
        self.language, self.buttons, self.roles, self.links, self.tags = "", [], [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.tags.append(tag)
        if tag == "html":
            self.language = attributes["lang"]
        if tag == "a":
            self.links.append(attributes["href"])
        self.roles += [attributes["role"]] if "role" in attributes else []

    def handle_data(self, data):
        if self.tags and self.tags[-1] == "button":
            self.buttons.append(data)


@pytest.mark.parametrize(
    ("language", "notice", "amount", "buttons"),
    [
        (
            "vi",
            "Không có tiền nào được chuyển",
            "4.500.000 ₫",
            ["Thanh toán (thử)", "Thẻ bị từ chối (thử)", "Quay lại"],
        ),
        ("en", "No money moves", "4,500,000 ₫", ["Pay (test)", "Card declined (test)", "Go back"]),
    ],
)
def test_the_page_says_what_it_is(language, notice, amount, buttons, fake, open_checkout, browse):
    with translation.override(language):
        link = open_checkout()

    status, _, text = browse(link.url)

    page = Reader(text)
    assert status == 200
    assert page.language == language
    assert [button for button in page.buttons if button.strip()] == buttons
    for said in (notice, amount, "Quế, lô LC-2026-7, 60 kg", "HL-1", "buyer@example.org"):
        assert said in text
    assert "script" not in page.tags


def test_what_the_shop_sends_is_shown_as_text(fake, open_checkout, browse):
    _, _, text = browse(open_checkout(description="<script>alert(1)</script>").url)

    assert "<script>" not in text
    assert "&lt;script&gt;" in text


def test_a_declined_card_can_be_tried_again(fake, open_checkout, browse):
    link = open_checkout()

    status, location, _ = browse(link.url, action="decline")
    shown, _, text = browse(fake.url + location)

    assert (status, shown) == (303, 200)
    assert Reader(text).roles == ["alert"]
    assert fake.account.session(link.session_id)["status"] == "open"
    assert browse(link.url, action="pay")[0] == 303


def test_going_back_leaves_the_page_open(fake, open_checkout, browse):
    link = open_checkout()

    status, location, _ = browse(link.url, action="cancel")

    assert (status, location) == (303, "http://testserver/vi/account/orders/HL-1/")
    assert fake.account.session(link.session_id)["status"] == "open"


def test_paying_twice_takes_the_money_once(fake, open_checkout, browse):
    link = open_checkout()
    browse(link.url, action="pay")

    status, _, text = browse(link.url, action="pay")

    assert status == 200
    assert "đã được thanh toán" in text
    assert Reader(text).links == [
        f"http://testserver/vi/account/orders/HL-1/?session={link.session_id}"
    ]
    assert len(fake.account.undelivered()) == 1


def test_a_page_that_ran_out_leads_back(fake, open_checkout, browse, clock):
    link = open_checkout()
    clock.forward(minutes=46)

    status, _, text = browse(link.url, action="pay")

    assert status == 410
    assert Reader(text).links == ["http://testserver/vi/account/orders/HL-1/"]


def test_an_unknown_page_is_404(fake, browse):
    assert browse(f"{fake.url}/pay/cs_test_none")[0] == 404


def test_letters_of_an_address_survive_the_redirect(fake, open_checkout, browse):
    link = open_checkout(success_url="http://testserver/vi/đơn hàng/")

    _, location, _ = browse(link.url, action="pay")

    assert location == "http://testserver/vi/%C4%91%C6%A1n%20h%C3%A0ng/"
