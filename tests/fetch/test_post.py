"""Posting is guarded as fetching is: where a name leads is judged where it is dialled, and nothing is followed."""

import asyncio
import itertools

import pytest

from tests.services.delivery.receiver import receiver
from tracker.errors import ConfigError
from tracker.fetch.post import Poster
from tracker.fetch.rules import Rules


def post(url, rules, *, lookup=None, monotonic=None, body=b"{}", **headers):
    async def posted():
        how = {"lookup": lookup} if lookup else {}
        how |= {"monotonic": monotonic} if monotonic else {}
        async with Poster(rules, **how) as poster:
            return await poster.post(url, body, headers)

    return asyncio.run(posted())


@pytest.fixture
def server():
    with receiver() as made:
        yield made


OPEN = Rules(allow_private=True, deadline_s=2, connect_s=1)
SHUT = Rules(deadline_s=2, connect_s=1, ports=(8443,))


def test_a_body_arrives_as_it_is_with_its_headers(server):
    posted = post(server.hook, OPEN, body=b'{"a": 1}', **{"webhook-id": "msg_1"})
    assert (posted.status, posted.taken) == (200, True)
    (got,) = server.got
    assert (got.body, got.id) == (b'{"a": 1}', "msg_1")
    assert got.headers["user-agent"].startswith("tracker/")
    assert "cookie" not in got.headers


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_not_followed(server, status):
    server.answers, server.headers = [status], {"Location": f"{server.at}/elsewhere"}
    posted = post(server.hook, OPEN)
    assert not posted.taken
    assert "redirects are not followed" in posted.reason
    assert len(server.got) == 1


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("https://127.0.0.1/", "loopback"),
        ("https://[::1]/", "loopback"),
        ("https://[::ffff:10.0.0.1]/", "private network"),
        ("https://10.1.2.3:8443/", "private network"),
        ("https://169.254.169.254/latest", "cloud metadata"),
        ("https://desk.example:6379/", "port 6379"),
        ("http://desk.example/", "plain http"),
        ("https://a:b@desk.example/", "can be posted to"),
        ("https://2130706433/", "can be posted to"),
        ("gopher://desk.example/", "can be posted to"),
    ],
)
def test_what_is_not_public_is_not_asked(url, reason):
    async def lookup(_host):
        return ["93.184.216.34"]

    posted = post(url, SHUT, lookup=lookup)
    assert posted.status is None
    assert reason in posted.reason
    assert "b@" not in posted.reason


def test_a_name_that_turns_inward_after_the_check_is_not_dialled(server):
    """DNS rebinding: public when it is checked, loopback when it is dialled a moment later."""
    answers, asked = [["93.184.216.34"], ["127.0.0.1"]], []

    async def lookup(_host):
        asked.append(answers.pop(0) if len(answers) > 1 else answers[0])
        return asked[-1]

    ticks = itertools.count(step=3600)  # so that nothing is remembered from the check to the dialling
    posted = post("https://rebound.example:8443/hook", SHUT, lookup=lookup, monotonic=lambda: next(ticks))
    assert asked == [["93.184.216.34"], ["127.0.0.1"]]
    assert "loopback" in posted.reason
    assert server.got == []


def test_a_proxy_is_not_asked_for_what_is_inside(server):
    async def lookup(_host):
        return ["10.0.0.7"]

    rules = Rules(proxy=server.at, deadline_s=2, connect_s=1)
    posted = post("https://inside.example/", rules, lookup=lookup)
    assert "private network" in posted.reason


def test_metadata_stays_shut_where_private_networks_are_open():
    assert "cloud metadata" in post("http://169.254.169.254/latest", OPEN).reason


def test_a_proxy_that_is_none_is_told():
    with pytest.raises(ConfigError, match="fetch proxy"):
        Poster(Rules(proxy="not a proxy"))
