"""Where a subscription can go, and that no secret is kept, logged or shown."""

import base64
import re

import msgspec
import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from tests.services.delivery.conftest import SECRET
from tracker.errors import ConfigError, NotFoundError, RefusedError
from tracker.services.delivery import signature
from tracker.services.delivery.patience import ATTEMPTS, WAITS, again_in, rests_for
from tracker.services.delivery.target import Apprise, Folder, Target, Webhook, Wish, wanted
from tracker.services.delivery.variables import Variables
from tracker.services.ingestion.health import Doctor
from tracker.services.queries.watch import Filter

HOOK = "https://desk.example/hooks/T0K3N-in-the-path?key=s3cret"


@pytest.mark.parametrize(
    ("wish", "made"),
    [
        (Wish(), None),
        (Wish(webhook="https://a.example/x", secret_env="S"), Target(Webhook("S", url="https://a.example/x"))),
        (Wish(webhook_env="U", secret_env="S", digest="daily"), Target(Webhook("S", url_env="U"), "daily")),
        (Wish(apprise_env="MAIL", digest="weekly"), Target(Apprise("MAIL"), "weekly")),
        (Wish(to="/", digest="daily"), Target(Folder("/"), "daily")),
    ],
)
def test_a_wish_becomes_a_target(wish, made):
    assert wanted(wish, private=False) == made
    if made is not None:
        assert msgspec.json.decode(msgspec.json.encode(made), type=Target) == made


@pytest.mark.parametrize(
    ("wish", "option", "reason"),
    [
        (Wish(webhook="https://a.example/x"), "--secret-env", "is signed"),
        (Wish(webhook="https://a.example/x", secret_env=SECRET), "--secret-env", "no secret itself"),
        (Wish(webhook="https://a.example/x", secret_env="whsec_abc"), "--secret-env", "no secret itself"),
        (Wish(apprise_env="mailto://me:pass@example.org"), "--apprise-env", "no secret itself"),
        (Wish(webhook="http://a.example/x", secret_env="S"), "--webhook", "https"),
        (Wish(webhook="ftp://a.example/x", secret_env="S"), "--webhook", "no http or https"),
        (Wish(webhook="https://me:hidden@a.example/", secret_env="S"), "--webhook", "password"),
        (Wish(webhook="https://a.example", to="/", digest="daily"), "--webhook and --to", "one place"),
        (Wish(secret_env="S"), "--secret-env", "signs webhooks"),
        (Wish(digest="daily"), "--digest", "needs a place"),
        (Wish(to="/"), "--to", "takes digests"),
        (Wish(to="/no/such/folder", digest="daily"), "--to", "no folder"),
    ],
)
def test_what_does_not_go_together_is_told_by_its_option(wish, option, reason):
    with pytest.raises(ConfigError, match=re.escape(reason)) as told:
        wanted(wish, private=False)
    assert told.value.where == option
    for secret in (SECRET, "pass@", "hidden"):
        assert secret not in str(told.value)


def test_plain_http_is_for_those_who_opened_their_network():
    target = wanted(Wish(webhook="http://10.0.0.7:8080/x", secret_env="S"), private=True)
    assert target.shown == "http://10.0.0.7:8080/…"


def test_a_secret_is_nowhere_but_in_the_environment(desks, reader):
    env = {"HOOK_SECRET": SECRET, "HOOK_URL": reader.hook}
    desk = desks(env=env)
    desk.delivery.subscriptions.add("by-name", Filter(), Target(Webhook("HOOK_SECRET", url_env="HOOK_URL")))
    desk.hook("by-url", HOOK)
    with structlog.testing.capture_logs() as logs:
        desk.tell("We hear that LUPEX launches in 2028.")
        assert sorted(desk.due()) == ["failed", "sent"]
    listed = msgspec.json.encode(desk.delivery.subscriptions.all()).decode()
    waiting = msgspec.json.encode(desk.waiting()).decode()
    with desk.store.reading() as reading:
        events = [bytes(event.payload).decode() for event in reading.log.read()]
        kept = [row.body for row in reading.targets.all()]
    doctor = Doctor(desk.store, desk.pipeline.project, readers=())
    health = msgspec.json.encode(doctor.look(now="2026-01-01T12:00:00.000000Z")).decode()
    for secret in (SECRET, SECRET.removeprefix("whsec_"), "T0K3N", "s3cret", reader.hook):
        assert not any(secret in shown for shown in (listed, waiting, health, str(logs), *events))
    assert [one.target.to for one in desk.delivery.subscriptions.all()] == ["$HOOK_URL", "https://desk.example/…"]
    assert SECRET not in "".join(kept)
    assert [log["event"] for log in logs if log["event"].startswith("delivery")] == [
        "delivery.sent",
        "delivery.failed",
    ] or [log["event"] for log in logs if log["event"].startswith("delivery")] == ["delivery.failed", "delivery.sent"]


def test_a_doctor_tells_of_what_has_not_arrived(desk, reader, clock):
    doctor = Doctor(desk.store, desk.pipeline.project, readers=())

    def look():
        return doctor.look(now=clock().strftime("%Y-%m-%dT%H:%M:%S.%fZ"))

    desk.hook("moon", reader.hook)
    desk.hook("sun", f"{reader.at}/sun")
    desk.tell("We hear that LUPEX launches in 2028.")
    desk.delivery._fill.catch_up()
    assert (look().deliveries.waiting, look().deliveries.dead, look().ok) == (2, 0, True)
    reader.answers = [410, 410]
    desk.due()
    health = look()
    assert (health.deliveries.waiting, health.deliveries.dead, health.ok) == (0, 2, False)
    assert health.deliveries.disabled == ("moon", "sun")
    assert "receivers want no more: moon, sun" in " ".join(health.advice)


def test_a_secret_may_stand_in_a_file(tmp_path):
    (tmp_path / "secret").write_text(f"{SECRET}\n")
    held = Variables({"HOOK_SECRET_FILE": str(tmp_path / "secret"), "LOST_FILE": str(tmp_path / "lost"), "EMPTY": " "})
    assert held.get("HOOK_SECRET") == SECRET
    with pytest.raises(ConfigError, match="LOST_FILE: the file cannot be read"):
        held.get("LOST")
    for name in ("EMPTY", "NEVER"):
        with pytest.raises(ConfigError, match=f"^{name}: the variable is not set here"):
            held.get(name)


def test_only_what_has_a_place_can_be_tested_or_enabled(desk):
    desk.delivery.subscriptions.add("by-hand", Filter())
    assert desk.delivery.subscriptions.one("by-hand").target is None
    with pytest.raises(RefusedError, match="tracker watch --subscription by-hand"):
        desk.delivery.test("by-hand")
    with pytest.raises(NotFoundError):
        desk.delivery.test("nobody")


@given(st.binary(min_size=24, max_size=64))
def test_keys_are_those_of_the_specification(key):
    text = f"whsec_{base64.b64encode(key).decode()}"
    assert signature.keys("S", f" {text} ") == (key,)
    for wrong in (text.removeprefix("whsec_"), f"whsec_{base64.b64encode(key[:23]).decode()}", text + "é"):
        with pytest.raises(ConfigError) as told:
            signature.keys("S", wrong)
        assert wrong not in str(told.value)


def test_the_example_of_the_specification_is_signed_as_it_says():
    # The test vector that implementations of Standard Webhooks share.
    body = b'{"test": 2432232314}'
    signed = signature.headers("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body, signature.keys("S", SECRET))
    assert signed["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@given(st.integers(1, ATTEMPTS - 1), st.text(max_size=20), st.none() | st.floats(0, 1e9))
def test_waits_grow_up_to_a_day_and_never_miss_what_was_asked(failed, id_, asked):
    wait = again_in(failed, id_, asked=asked)
    assert 0.8 * WAITS[failed - 1] <= wait <= 86_400
    assert wait >= min(asked or 0, 86_400)
    assert wait == again_in(failed, id_, asked=asked)
    assert again_in(ATTEMPTS, id_, asked=asked) is None
    assert 5 <= rests_for(failed) <= 300
    assert rests_for(failed, asked=asked) >= min(asked or 0, 86_400)


def test_what_failed_together_does_not_come_back_together():
    waits = {again_in(4, f"msg_{n}") for n in range(100)}
    assert len(waits) == 100
    assert max(waits) - min(waits) > 200
