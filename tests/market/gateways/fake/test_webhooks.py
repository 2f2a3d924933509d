import json
import time

import pytest

from market.gateways import gateway

COMPLETED = "checkout.session.completed"
EXPIRED = "checkout.session.expired"
FAILED = "payment_intent.payment_failed"


def types(messages):
    return [json.loads(body)["type"] for body, _ in messages]


def test_paying_tells_the_shop_before_the_buyer_returns(
    start_fake, endpoint, open_checkout, browse
):
    fake = start_fake(endpoint.url)
    link = open_checkout()

    browse(link.url, action="pay")

    [(payload, signature)] = endpoint.received
    event = gateway().read_event(payload=payload, signature=signature)
    assert event.type == COMPLETED
    assert event.checkout == gateway().read_checkout(session_id=link.session_id)
    assert fake.account.undelivered() == []


def test_a_silent_shop_holds_the_buyer_two_seconds_at_most(start_fake, open_checkout, browse):
    start_fake("http://127.0.0.1:1/webhooks/stripe/")
    link = open_checkout()
    started = time.monotonic()

    status, _, _ = browse(link.url, action="pay")

    assert status == 303
    assert time.monotonic() - started < 3


def test_an_event_that_is_refused_comes_again(start_fake, endpoint, open_checkout, browse):
    fake = start_fake(endpoint.url, pause=0.05)
    endpoint.answers = [503, 301, 500]
    link = open_checkout()

    browse(link.url, action="pay")

    messages = endpoint.wait_for(4)
    assert types(messages) == [COMPLETED] * 4
    assert len({json.loads(body)["id"] for body, _ in messages}) == 1
    assert fake.account.undelivered() == []


def test_after_the_last_attempt_it_is_given_up(start_fake, endpoint, open_checkout, browse):
    fake = start_fake(endpoint.url, pause=0.01, attempts=2)
    endpoint.answers = [500] * 10

    browse(open_checkout().url, action="pay")

    assert len(endpoint.received) == 2
    assert [event["type"] for event in fake.account.undelivered()] == [COMPLETED]


def test_duplicates_really_come_twice(start_fake, endpoint, open_checkout, browse):
    start_fake(endpoint.url, duplicate=True)

    browse(open_checkout().url, action="pay")

    first, second = endpoint.wait_for(2)
    assert first[0] == second[0]


def test_reordered_events_really_come_in_the_wrong_order(
    start_fake, endpoint, open_checkout, browse
):
    start_fake(endpoint.url, reorder=True)
    link = open_checkout()

    browse(link.url, action="decline")
    browse(link.url, action="pay")

    assert types(endpoint.wait_for(2)) == [COMPLETED, FAILED]


def test_in_order_without_the_switch(start_fake, endpoint, open_checkout, browse):
    start_fake(endpoint.url)
    link = open_checkout()

    browse(link.url, action="decline")
    browse(link.url, action="pay")

    assert types(endpoint.wait_for(2)) == [FAILED, COMPLETED]


def test_delayed_events_come_after_the_delay(start_fake, endpoint, open_checkout, browse):
    start_fake(endpoint.url, delay=0.4)
    started = time.monotonic()

    browse(open_checkout().url, action="pay")

    endpoint.wait_for(1)
    assert time.monotonic() - started >= 0.4


def test_dropped_events_never_come(start_fake, endpoint, open_checkout, browse):
    fake = start_fake(endpoint.url, drop=1)
    lost, told = open_checkout(key="1"), open_checkout(key="2")

    browse(lost.url, action="pay")
    browse(told.url, action="pay")

    [(payload, _)] = endpoint.wait_for(1)
    assert json.loads(payload)["data"]["object"]["id"] == told.session_id
    assert len(fake.account.undelivered()) == 1


def test_a_page_that_runs_out_says_so_unasked(start_fake, endpoint, open_checkout, clock):
    start_fake(endpoint.url)
    open_checkout()

    clock.forward(minutes=46)

    assert types(endpoint.wait_for(1)) == [EXPIRED]


@pytest.mark.parametrize("is_paid", [True, False])
def test_an_event_is_a_picture_of_its_moment(is_paid, start_fake, endpoint, open_checkout, browse):
    start_fake(endpoint.url)
    link = open_checkout()
    if is_paid:
        browse(link.url, action="pay")
    else:
        gateway().expire_checkout(session_id=link.session_id)

    [(payload, signature)] = endpoint.wait_for(1)

    checkout = gateway().read_event(payload=payload, signature=signature).checkout
    assert (checkout.status, checkout.is_paid) == (
        ("complete", True) if is_paid else ("expired", False)
    )
