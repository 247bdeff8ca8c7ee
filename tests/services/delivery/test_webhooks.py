"""A webhook as its receiver sees it: signed, sent once when all is well, and again, the same, when it is not."""

import datetime as dt
import threading
import time

import pytest
from standardwebhooks.webhooks import Webhook as Oracle
from standardwebhooks.webhooks import WebhookVerificationError

from tests.builders import Clock
from tests.services.delivery.conftest import RULES, SECRET, Desk
from tests.services.delivery.receiver import CLOSE
from tracker.fetch.rules import Rules


def test_a_change_arrives_signed_and_with_its_words(fresh, reader):
    # The oracle holds the timestamp against the clock on the wall.
    desk = Desk(fresh(), Clock(dt.datetime.now(dt.UTC)))
    desk.hook("moon", reader.hook)
    desk.tell("We hear that LUPEX launches in 2028.", title="A date at last")
    assert desk.due() == ["sent"]
    (got,) = reader.got
    told = Oracle(SECRET).verify(got.body, got.headers)
    assert (told["type"], told["subscription"]) == ("subject.changed", "moon")
    change = told["data"]
    assert (change["subject"], change["attribute"], change["old"], change["new"]) == (
        "mission/lupex", "launch_date", None, "2028",
    )  # fmt: skip
    assert change["evidence"]["quote"] == "LUPEX launches in 2028"
    assert (change["name"], change["publisher"], change["title"]) == ("LUPEX", "The Paper", "A date at last")
    assert change["id"] == got.id
    assert told["timestamp"] == change["recorded_at"]
    with pytest.raises(WebhookVerificationError):
        Oracle(SECRET).verify(got.body.replace(b"2028", b"2027"), got.headers)
    assert desk.due() == []
    desk.close()


def test_while_a_key_is_replaced_both_sign(fresh, reader):
    other = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"
    desk = Desk(fresh(), Clock(dt.datetime.now(dt.UTC)), env={"HOOK_SECRET": f"{other} {SECRET}"})
    desk.hook("moon", reader.hook)
    desk.tell("We hear that LUPEX launches in 2028.")
    assert desk.due() == ["sent"]
    (got,) = reader.got
    assert Oracle(SECRET).verify(got.body, got.headers) == Oracle(other).verify(got.body, got.headers)
    desk.close()


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (500, "the server answered 500 Internal Server Error"),
        (404, "the server answered 404 Not Found"),
        (302, "the server answered 302 Found, and redirects are not followed"),
        (CLOSE, "the server closed the connection without an answer"),
    ],
)
def test_what_does_not_arrive_is_sent_again_the_same(desk, reader, clock, answer, reason):
    reader.answers, reader.headers = [answer], {"Location": f"{reader.at}/elsewhere"}
    desk.hook("moon", reader.hook)
    desk.tell("We hear that LUPEX launches in 2028.")
    assert desk.due() == ["failed"]
    (waiting,) = desk.waiting()
    assert (waiting.attempts, waiting.reason) == (1, reason)
    assert desk.due() == []
    clock.tick(seconds=5)
    assert desk.due() == ["sent"]
    first, second = reader.got
    assert (first.path, second.path) == ("/hook", "/hook")
    assert first.id == second.id
    assert first.body == second.body
    assert int(second.headers["webhook-timestamp"]) == int(first.headers["webhook-timestamp"]) + 5
    assert desk.waiting() == []


def test_a_receiver_that_hangs_is_left_after_the_deadline_and_holds_up_nobody(desks, reader, clock):
    hold = threading.Event()
    desk = desks(rules=Rules(allow_private=True, deadline_s=0.3, connect_s=0.2))
    desk.hook("slow", reader.hook, subject="mission/lupex")
    desk.hook("swift", f"{reader.at}/swift", subject="mission/hiten")
    reader.answers = [lambda: hold.wait(5) and 200]
    desk.tell("We hear that LUPEX launches in 2028.")
    began = time.monotonic()
    assert desk.due() == ["failed"]
    assert time.monotonic() - began < 2
    assert desk.waiting()[0].reason == "not done within 0.3 s"
    clock.tick(seconds=6)
    reader.answers = [200, 200]
    desk.tell("We hear that Hiten launches in 2030.")
    assert sorted(desk.due()) == ["sent", "sent"]
    hold.set()


def test_a_receiver_that_does_not_answer_is_spared_the_rest(desk, reader, clock):
    desk.hook("moon", reader.hook)
    desk.tell(*(f"We hear that Probe{n} launches in 2028." for n in range(5)))
    reader.answers = [503] * 9
    assert desk.due() == ["failed"]
    assert len(reader.got) == 1
    clock.tick(seconds=5)
    assert len(desk.due()) == 1
    reader.answers = []
    clock.tick(minutes=10)
    assert desk.due() == ["sent"] * 5
    assert len(set(reader.ids)) == 5


def test_retry_after_is_heeded(desk, reader, clock):
    reader.answers, reader.headers = [429], {"Retry-After": "1800"}
    desk.hook("moon", reader.hook)
    desk.tell("We hear that LUPEX launches in 2028.")
    desk.due()
    desk.tell("We hear that Hiten launches in 2030.")
    clock.tick(minutes=29)
    assert desk.due() == []
    clock.tick(minutes=1)
    assert desk.due() == ["sent", "sent"]


def test_a_receiver_that_wants_no_more_gets_no_more(desk, reader, clock):
    reader.answers = [410]
    desk.hook("moon", reader.hook)
    desk.tell("We hear that LUPEX launches in 2028.", "We hear that Hiten launches in 2030.")
    assert desk.due() == ["gone"]
    assert [one.state for one in desk.waiting()] == ["dead", "dead"]
    (listed,) = desk.delivery.subscriptions.all()
    assert listed.target.disabled_at == "2026-01-01T12:00:00.000000Z"
    assert "410" in listed.target.reason
    clock.tick(days=1)
    desk.tell("We hear that Akari launches in 2031.")
    assert desk.due() == []
    # Enabled again, it is told of what comes, and of what was given up when somebody says so.
    desk.delivery.subscriptions.enable("moon")
    assert desk.due() == []
    assert desk.delivery.outgoing.retry() == 2
    desk.tell("We hear that SLIM launches in 2032.")
    assert desk.due() == ["sent"] * 3
    assert [one.json["data"]["name"] for one in reader.got[1:]] == ["LUPEX", "Hiten", "SLIM"]


def test_private_addresses_are_for_those_who_opened_them(desks, reader):
    guarded = Rules(deadline_s=1.0, connect_s=1.0)
    desk = desks(rules=guarded)
    desk.hook("plain", reader.hook)
    desk.hook("inside", f"https://127.0.0.1:{reader.at.rpartition(':')[2]}/hook")
    desk.hook("metadata", "https://169.254.169.254/latest")
    desk.hook("local", "https://127.0.0.1/hook")
    desk.tell("We hear that LUPEX launches in 2028.")
    assert desk.due() == ["failed"] * 4
    assert reader.got == []
    reasons = {one.subscription: one.reason for one in desk.waiting()}
    assert "plain http" in reasons["plain"]
    assert "port" in reasons["inside"]
    assert "cloud metadata" in reasons["metadata"]
    assert "loopback" in reasons["local"]


def test_a_missing_or_wrong_secret_is_named_and_never_shown(desks, reader, clock):
    for number, (env, reason) in enumerate(
        [
            ({}, "not set here"),
            ({"HOOK_SECRET": "whsec_c2hvcnQ="}, "24 to 64 bytes"),
            ({"HOOK_SECRET": "p/ss!"}, "holds no"),
        ]
    ):
        desk = desks(env=env, holder=f"desk:{number + 1}")
        if not number:
            desk.hook("moon", reader.hook)
            desk.tell("We hear that LUPEX launches in 2028.")
        assert desk.due() == ["failed"]
        (waiting,) = desk.waiting()
        assert waiting.reason.startswith("HOOK_SECRET: ")
        assert reason in waiting.reason
        assert not any(secret in waiting.reason for secret in env.values())
        clock.tick(hours=1)
    assert desks().due() == ["sent"]


def test_a_test_arrives_or_says_why_not(desk, reader):
    desk.hook("moon", reader.hook)
    assert desk.delivery.test("moon").kind == "sent"
    assert reader.got[0].json["type"] == "subscription.tested"
    reader.answers = [500]
    assert "500" in desk.delivery.test("moon").reason
    assert desk.waiting() == []


def test_what_is_under_way_is_left_at_a_stop_and_goes_out_later(desks, reader):
    hold = threading.Event()
    desk, next_ = desks(), desks(holder="desk:2")
    desk.hook("moon", reader.hook)
    desk.tell("We hear that LUPEX launches in 2028.")
    reader.answers = [lambda: hold.wait(10) and 200]
    thread = threading.Thread(target=desk.due)
    thread.start()
    waited = time.monotonic()
    while not reader.got and time.monotonic() - waited < 5:
        time.sleep(0.01)
    desk.delivery.stop()
    thread.join(5)
    assert not thread.is_alive()
    assert desk.due() == []
    assert next_.due() == ["sent"]
    assert len(set(reader.ids)) == 1
    hold.set()


def test_the_rules_of_tests_are_not_those_of_the_house():
    assert RULES.allow_private
    assert not Rules().allow_private
