"""Politeness: apart in time, few at once, first come first served, and nobody waits for somebody else's host."""

import asyncio
import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from yarl import URL

from tests.fetch.server import Time, story
from tracker.fetch import turns as turns_
from tracker.fetch.refusal import Refusal
from tracker.fetch.rules import Rules
from tracker.fetch.turns import Turns, registrable


def made(time: Time, **rules) -> Turns:
    return Turns(Rules(**rules), time.monotonic, time.sleep)


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("www.isro.gov.in", "isro.gov.in"),
        ("Global.JAXA.jp.", "jaxa.jp"),
        ("feeds.bbci.co.uk", "bbci.co.uk"),
        ("a.b.site.example", "site.example"),
        ("localhost", "localhost"),
        ("127.0.0.1", "127.0.0.1"),
        ("2001:db8::1", "2001:db8::1"),
    ],
)
def test_hosts_of_one_owner_are_one_domain(host, domain):
    assert registrable(host) == domain


def test_hosts_of_one_domain_share_a_lane_and_sources_on_this_machine_do_not():
    turns = made(Time())
    one, other = URL("http://www.jaxa.jp/a"), URL("http://global.jaxa.jp/b")
    assert turns.lane(one, "192.0.2.1") == turns.lane(other, None) == "jaxa.jp"
    bridge = URL("http://localhost:1200/jaxa")
    assert turns.lane(bridge, "127.0.0.1") == turns.lane(bridge, "::1") == str(bridge)
    assert turns.lane(bridge, "10.0.0.1") == "localhost"


@story
async def test_this_machine_needs_no_sparing():
    time = Time()
    turns = made(time)
    for address in ("127.0.0.1", "::1"):
        for _ in range(3):
            async with turns.turn("http://localhost:1200/jaxa", address):
                pass
    assert time.slept == []


@story
async def test_requests_to_one_domain_start_a_second_apart():
    time = Time()
    turns = made(time)
    started = []
    for _ in range(4):
        async with turns.turn("jaxa.jp", "192.0.2.1"):
            started.append(time.now)
    assert started == [1000, 1001, 1002, 1003]


@story
async def test_no_time_is_lost_where_enough_has_passed():
    time = Time()
    turns = made(time)
    async with turns.turn("jaxa.jp", "192.0.2.1"):
        time.now += 5
    async with turns.turn("jaxa.jp", "192.0.2.1"):
        pass
    assert time.slept == []


@story
async def test_sites_on_one_machine_share_its_budget():
    time = Time()
    turns = made(time)
    for domain in ("one.example", "two.example", "three.example"):
        async with turns.turn(domain, "192.0.2.1"):
            pass
    async with turns.turn("elsewhere.example", "192.0.2.2"):
        pass
    assert time.slept == [1, 1]


@story
async def test_two_at_a_time_and_in_the_order_they_came():
    time = Time()
    turns = made(time, spacing_s=0)
    running, most, order = 0, 0, []

    async def one(number: int) -> None:
        nonlocal running, most
        async with turns.turn("jaxa.jp", None):
            running += 1
            most = max(most, running)
            order.append(number)
            await asyncio.sleep(0.001)
            running -= 1

    await asyncio.gather(*(one(number) for number in range(9)))
    assert most == 2
    assert order == list(range(9))


@story
async def test_a_domain_that_hangs_does_not_hold_another():
    turns = made(Time())
    stuck = asyncio.Event()

    async def hold() -> None:
        async with turns.turn("hung.example", None):
            await stuck.wait()

    held = [asyncio.create_task(hold()) for _ in range(5)]
    await asyncio.sleep(0.01)
    async with asyncio.timeout(0.5), turns.turn("well.example", None):
        pass
    stuck.set()
    await asyncio.gather(*held)


@story
async def test_never_more_at_once_than_the_total():
    turns = made(Time(), spacing_s=0, parallel=3)
    running, most = 0, 0

    async def one(number: int) -> None:
        nonlocal running, most
        async with turns.turn(f"site{number}.example", None):
            running += 1
            most = max(most, running)
            await asyncio.sleep(0.001)
            running -= 1

    await asyncio.gather(*(one(number) for number in range(20)))
    assert most == 3


@story
async def test_who_wants_to_be_left_alone_is_left_alone_for_that_long():
    time = Time()
    turns = made(time)
    turns.leave_alone("jaxa.jp", 600)
    turns.leave_alone("jaxa.jp", 5)
    time.now += 590.5
    with pytest.raises(Refusal, match=r"jaxa\.jp asked to be left alone, for 10 s yet") as refused:
        async with turns.turn("jaxa.jp", None):
            pass
    assert (refused.value.kind, refused.value.retry_after) == ("rate_limited", 10)
    time.now += 10
    async with turns.turn("jaxa.jp", None):
        pass


@story
async def test_who_waits_when_the_wish_is_heard_does_not_ask_either():
    time = Time()
    turns = made(time, parallel_per_domain=1)
    asked = []

    async def one(number: int) -> None:
        async with turns.turn("jaxa.jp", None):
            asked.append(number)
            turns.leave_alone("jaxa.jp", 3600)

    outcomes = await asyncio.gather(*(one(number) for number in range(5)), return_exceptions=True)
    assert asked == [0]
    assert [type(outcome) for outcome in outcomes[1:]] == [Refusal] * 4


@story
async def test_nor_does_who_has_a_place_and_waits_for_the_rest_of_the_world():
    turns = made(Time(), spacing_s=0, parallel=1)
    async with turns.turn("elsewhere.example", None):
        waiting = asyncio.create_task(turns.turn("jaxa.jp", None).__aenter__())
        await asyncio.sleep(0.01)
        turns.leave_alone("jaxa.jp", 3600)
    with pytest.raises(Refusal, match="left alone"):
        await waiting


@story
async def test_a_site_may_ask_for_more_distance():
    time = Time()
    turns = made(time)
    turns.slow_down("jaxa.jp", 20)
    turns.slow_down("jaxa.jp", 3)
    for _ in range(3):
        async with turns.turn("jaxa.jp", None):
            pass
    assert time.slept == [20, 20]


@story
async def test_a_year_of_pages_from_everywhere_does_not_fill_the_memory():
    time = Time()
    with pytest.MonkeyPatch.context() as smaller:
        smaller.setattr(turns_, "_ROOM", 200)
        turns = made(time)
        await a_year(turns, time)
    assert len(turns._lanes) + len(turns._addresses) <= 200 + 2
    assert len(turns._domains) <= 200
    assert turns.left_alone_for("jaxa.jp") > 0


async def a_year(turns: Turns, time: Time) -> None:
    turns.leave_alone("jaxa.jp", 10**6)
    for number in range(1000):
        time.now += 2
        address = f"{number % 200 + 1}.{number // 200 % 200}.9.9"
        async with turns.turn(turns.lane(URL(f"http://www.site{number}.example/"), address), address):
            pass


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from("abc"), st.sampled_from(["192.0.2.1", "192.0.2.2", "2001:db8::1"]), st.floats(0, 3)),
        max_size=30,
    )
)
def test_no_two_requests_to_a_domain_or_a_machine_are_nearer_than_the_spacing(asked):
    async def run() -> None:
        time = Time()
        turns = made(time)
        starts: dict[str, list[float]] = {}
        for domain, address, pause in asked:
            time.now += pause
            async with turns.turn(domain, address):
                starts.setdefault(domain, []).append(time.now)
                starts.setdefault(address, []).append(time.now)
        for times in starts.values():
            assert all(b - a >= 1 - 1e-9 for a, b in itertools.pairwise(times))

    asyncio.run(run())
