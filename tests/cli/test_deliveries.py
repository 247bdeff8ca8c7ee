"""Subscriptions with a place, and what is on its way there, as an operator handles them on the command line."""

import json
import subprocess
import sys
import threading
import time

import pytest

from tests.cli.conftest import ROOT
from tests.services.delivery.conftest import SECRET
from tests.services.delivery.receiver import receiver

OPEN = {"TRACKER_DELIVER_ALLOW_PRIVATE": "1", "DESK_SECRET": SECRET}
ONE = ("--secret-env", "DESK_SECRET", "--attribute", "launch_date")


@pytest.fixture
def reader():
    with receiver() as made:
        yield made


def tell(tracker, name, words, published):
    document = {"id": name, "published": published, "publisher": "The Paper", "text": words}
    (tracker.folder / f"{name}.json").write_text(json.dumps(document))
    assert tracker("ingest", f"{name}.json").code == 0


def test_from_a_subscription_to_a_message_that_arrives_at_last(fresh, reader):
    made = fresh("subscriptions", "add", "desk", "--webhook", reader.hook, *ONE, env=OPEN)
    assert made.code == 0, made.err
    assert "tracker subscriptions test desk" in made.out
    assert fresh("subscriptions", "test", "desk", env=OPEN).out == "it arrived\n"
    tell(fresh, "plan", "JAXA said on Monday that LUPEX is scheduled for launch in 2028.", "2025-01-01")
    reader.answers = [500]
    assert fresh("run", "--once", env=OPEN).code == 0
    (waiting,) = fresh("deliveries", "list", "--json").json
    assert (waiting["subscription"], waiting["state"], waiting["attempts"]) == ("desk", "waiting", 1)
    assert "the server answered 500" in " ".join(fresh("deliveries", "list").out.split())
    assert fresh("deliveries", "list", "--dead", "--json").json == []
    assert fresh("doctor", "--json").json["deliveries"]["waiting"] == 1
    assert fresh("deliveries", "retry", waiting["id"]).code == 4
    assert fresh("deliveries", "retry").code == 2
    assert fresh("deliveries", "retry", "--all").out.startswith("0 wait again")
    assert fresh("deliveries", "drop", waiting["id"]).code == 0
    assert fresh("deliveries", "drop", waiting["id"]).code == 3
    assert "Everything has arrived." in fresh("deliveries", "list").out
    tell(fresh, "slip", "JAXA said on Monday that LUPEX is now scheduled for launch in 2030.", "2025-06-01")
    assert fresh("run", "--once", env=OPEN).code == 0
    assert reader.got[-1].json["data"]["new"] == "2030"
    assert SECRET not in fresh("subscriptions", "list").out + fresh("subscriptions", "list", "--json").out


def test_killed_while_it_waits_for_an_answer_it_sends_the_same_again(fresh, reader):
    """At least once, whatever happens to the process: the receiver tells by the id that it has the message already."""
    hold = threading.Event()
    fresh("subscriptions", "add", "desk", "--webhook", reader.hook, *ONE, env=OPEN)
    tell(fresh, "plan", "JAXA said on Monday that LUPEX is scheduled for launch in 2028.", "2025-01-01")
    reader.answers = [lambda: hold.wait(20) and 200]
    command = [sys.executable, "-m", "tracker", "--database", fresh.database, "run", "--once"]
    env = {**fresh.environment, "PYTHONPATH": str(ROOT), **OPEN}
    with subprocess.Popen(command, env=env, cwd=fresh.folder, stderr=subprocess.DEVNULL) as process:
        began = time.monotonic()
        while not reader.got and time.monotonic() - began < 20:
            time.sleep(0.02)
        process.kill()
    hold.set()
    assert [one["attempts"] for one in fresh("deliveries", "list", "--json").json] == [0]
    assert fresh("run", "--once", env=OPEN).code == 0
    first, second = reader.got
    assert (first.id, first.body) == (second.id, second.body)
    assert fresh("deliveries", "list", "--json").json == []


def test_a_receiver_that_wants_no_more_is_seen_and_can_be_enabled(fresh, reader):
    fresh("subscriptions", "add", "desk", "--webhook", reader.hook, *ONE, env=OPEN)
    tell(fresh, "plan", "JAXA said on Monday that LUPEX is scheduled for launch in 2028.", "2025-01-01")
    reader.answers = [410]
    fresh("run", "--once", env=OPEN)
    assert "it wants no more" in " ".join(fresh("subscriptions", "list").out.split())
    doctor = fresh("doctor")
    assert "receivers want no more: desk" in " ".join(doctor.out.split())
    (dead,) = fresh("deliveries", "list", "--dead", "--json").json
    refused = fresh("deliveries", "retry", dead["id"])
    assert (refused.code, "subscriptions enable desk" in refused.err) == (4, True)
    assert fresh("subscriptions", "enable", "desk").code == 0
    assert fresh("subscriptions", "enable", "desk").code == 4
    assert fresh("deliveries", "retry", "--all").out.startswith("1 waits again")
    fresh("run", "--once", env=OPEN)
    assert [one.json["type"] for one in reader.got] == ["subject.changed"] * 2
    assert len(set(reader.ids)) == 1


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--webhook", "https://desk.example/hook"), "--secret-env"),
        (("--webhook", "http://desk.example/hook", "--secret-env", "X"), "needs https"),
        (("--webhook", "https://desk.example/hook", "--secret-env", SECRET), "no secret itself"),
        (("--digest", "daily"), "needs a place"),
        (("--to", "."), "takes digests"),
        (("--digest", "hourly", "--to", "."), "daily"),
    ],
)
def test_wrong_words_are_told_in_one_line(fresh, words, told):
    answer = fresh("subscriptions", "add", "desk", *words)
    assert answer.code == 2
    assert told in answer.err
    assert SECRET not in answer.err
    assert "Traceback" not in answer.err


def test_a_test_that_does_not_arrive_ends_with_1(fresh, reader):
    fresh("subscriptions", "add", "desk", "--webhook", reader.hook, *ONE, env=OPEN)
    shut = fresh("subscriptions", "test", "desk", env={"DESK_SECRET": SECRET})
    assert (shut.code, "plain http is for private networks" in shut.out) == (1, True)
    lost = fresh("subscriptions", "test", "desk", env={"TRACKER_DELIVER_ALLOW_PRIVATE": "1"})
    assert (lost.code, "DESK_SECRET: the variable is not set here" in lost.out) == (1, True)
    assert fresh("subscriptions", "test", "nobody").code == 3


@pytest.mark.parametrize(
    "command",
    [
        *(("subscriptions", word) for word in ("add", "list", "test", "enable", "remove")),
        *(("deliveries", word) for word in ("list", "retry", "drop")),
    ],
    ids=" ".join,
)
def test_every_command_has_help_with_an_example(fresh, command):
    answer = fresh(*command, "--help")
    assert answer.code == 0
    assert f"tracker {' '.join(command)}" in " ".join(answer.out.split())
