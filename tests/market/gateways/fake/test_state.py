import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from market.gateways.fake import Account, FakeStripe, WebhookSender


def test_everything_survives_a_restart(tmp_path, clock, settings, open_checkout, browse):
    file = tmp_path / "demo" / "fake-stripe.json"

    def start():
        account = Account(clock=clock, file=file)
        fake = FakeStripe(api_key=settings.STRIPE_SECRET_KEY, account=account, tick=0.02)
        settings.STRIPE_API_BASE = fake.url
        return fake

    with start() as first:
        link, paid = open_checkout(), open_checkout(key="HL-2:1")
        browse(paid.url, action="pay")
        before = [first.account.session(x.session_id) for x in (link, paid)]
        events = first.account.undelivered()
    with start() as second:
        after = [second.account.session(x.session_id) for x in (link, paid)]
        assert second.account.undelivered() == events
        assert open_checkout().session_id == link.session_id  # its key is known
        assert browse(after[0]["url"], action="pay")[0] == 303

    assert [s["status"] for s in before] == ["open", "complete"]
    assert [s | {"url": None} for s in after] == [s | {"url": None} for s in before]


def test_what_was_not_delivered_is_sent_after_a_restart(
    tmp_path, settings, endpoint, open_checkout, browse
):
    key, secret = settings.STRIPE_SECRET_KEY, settings.STRIPE_WEBHOOK_SECRET
    file = tmp_path / "state.json"
    with FakeStripe(api_key=key, account=Account(file=file), tick=0.02) as fake:
        settings.STRIPE_API_BASE = fake.url
        browse(open_checkout().url, action="pay")
        [left] = fake.account.undelivered()

    account = Account(file=file)
    with FakeStripe(api_key=key, account=account, webhooks=WebhookSender(endpoint.url, secret)):
        [(payload, _)] = endpoint.wait_for(1)

    assert json.loads(payload) == left
    assert account.undelivered() == []
    assert Account(file=file).undelivered() == []


def test_at_the_same_moment_one_key_opens_one_page(fake, open_checkout):
    with ThreadPoolExecutor(8) as pool:
        links = list(pool.map(lambda _: open_checkout(), range(8)))

    assert len({link.session_id for link in links}) == 1
    assert len(fake.account.list_sessions({})["data"]) == 1


def test_at_the_same_moment_a_page_is_paid_once(fake, open_checkout, browse):
    link = open_checkout()

    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(lambda _: browse(link.url, action="pay")[0], range(8)))

    assert set(statuses) <= {200, 303}
    assert len(fake.account.undelivered()) == 1


@pytest.mark.parametrize("text", ["{", "no JSON"])
def test_a_damaged_file_stops_the_start(text, tmp_path):
    file = tmp_path / "state.json"
    file.write_text(text)

    with pytest.raises(ValueError, match=r"Expecting"):
        Account(file=file)
