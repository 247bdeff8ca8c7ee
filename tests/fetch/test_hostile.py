"""Servers that mean harm, or are broken: one typed answer each, within two seconds, and the next site is served."""

import asyncio
import gzip
import time
import tracemalloc

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fetch.server import OPEN, Site, ask, drip, hang, reply, story, then_close
from tracker.fetch.answer import Asked
from tracker.fetch.fetcher import Fetcher
from tracker.fetch.rules import MIB, Rules

BOMB = gzip.compress(b"\0" * (256 * MIB), 9)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n"
FEED = b"<rss><channel><title>LUPEX</title></channel></rss>"


async def endless(writer: asyncio.StreamWriter) -> None:
    writer.write(HEAD + b"Transfer-Encoding: chunked\r\n\r\n")
    while True:
        writer.write(b"10000\r\n" + b"a" * 65536 + b"\r\n")
        await writer.drain()


async def endless_header(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\n")
    while True:
        writer.write(b"X-Filler: " + b"a" * 1000 + b"\r\n")
        await writer.drain()


async def endless_informational(writer: asyncio.StreamWriter) -> None:
    while True:
        writer.write(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n")
        await writer.drain()
        await asyncio.sleep(0)


def gzipped(body: bytes, encoding: str = "gzip") -> bytes:
    return reply(200, body, Content_Encoding=encoding)


SERVERS = {
    # row 10: compression and length
    "bomb": (gzipped(BOMB), "too_large", "holds more than 15728640 bytes"),
    "bomb in deflate": (gzipped(BOMB, "deflate"), "http_error", "said to be deflate"),
    "bomb packed twice": (gzipped(gzip.compress(BOMB), "gzip, gzip"), "http_error", "compressed more than once"),
    "bomb packed twice and not saying so": (gzipped(gzip.compress(BOMB)), "fetched", None),
    "two headers": (HEAD + b"Content-Encoding: gzip\r\nContent-Encoding: gzip\r\nContent-Length: 0\r\n\r\n", "http_error", "more than once"),
    "brotli unasked": (gzipped(b"\x0b\x02", "br"), "http_error", "encoded as 'br', which was not asked for"),
    "not gzip": (gzipped(FEED), "http_error", "said to be gzip, and is not"),
    "gzip cut short": (gzipped(gzip.compress(FEED)[:-9]), "http_error", "cut short"),
    "length too long": (then_close(HEAD + b"Content-Length: 999\r\n\r\n" + FEED), "http_error", "cut short"),
    "length too long and silent": (HEAD + b"Content-Length: 999\r\n\r\n" + FEED, "timeout", "not done within 1 s"),
    "length too short": (HEAD + b"Content-Length: 5\r\n\r\n" + FEED, "http_error", "not HTTP"),
    "length of packed gzip too short": (HEAD + b"Content-Encoding: gzip\r\nContent-Length: 30\r\n\r\n" + gzip.compress(FEED), "http_error", "not HTTP"),
    "length enormous": (HEAD + b"Content-Length: 99999999999\r\n\r\n", "too_large", "announced with more than"),
    "length negative": (HEAD + b"Content-Length: -5\r\n\r\nabc", "http_error", "not HTTP"),
    "length no number": (HEAD + b"Content-Length: many\r\n\r\nabc", "http_error", "not HTTP"),
    "two lengths": (HEAD + b"Content-Length: 3\r\nContent-Length: 5\r\n\r\nabcde", "http_error", "not HTTP"),
    "chunks cut short": (then_close(HEAD + b"Transfer-Encoding: chunked\r\n\r\n9\r\n<rss>"), "http_error", "cut short"),
    "chunks of no size": (HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n<rss>\r\n", "http_error", "not HTTP"),
    "endless body": (endless, "too_large", "holds more than"),
    # row 11: slowness
    "silent": (hang, "timeout", "not done within 1 s"),
    "slow header": (drip(HEAD + b"Content-Length: 1\r\n\r\n"), "timeout", "not done within 1 s"),
    "slow body": (drip(HEAD + b"Content-Length: 9999\r\n\r\n" + FEED * 200, 0.005), "timeout", "not done within 1 s"),
    # row 12: redirects
    "circle of one": (reply(302, Location="/"), "http_error", "circle"),
    "circle by way of nothing": (reply(302, Location="?"), "http_error", "circle"),
    "nowhere": (reply(301), "http_error", "301 Moved Permanently, and not where to"),
    "empty": (reply(301, Location=""), "http_error", "circle"),
    "to a file": (reply(301, Location="file:///etc/passwd"), "bad_url", "no http or https"),
    "to a script": (reply(302, Location="javascript:alert(1)"), "bad_url", "no http or https"),
    "with a password": (reply(302, Location="http://a:b@127.0.0.1/"), "bad_url", "user name"),
    "to bytes": (b"HTTP/1.1 302 Found\r\nLocation: http://[\xff\xfe\r\nContent-Length: 0\r\n\r\n", "bad_url", "not a URL"),
    "not modified unasked": (reply(304, Content_Length=None), "http_error", "never made"),
    # what is no HTTP at all
    "nothing": (then_close(b""), "http_error", "without an answer"),
    "noise": (then_close(b"\x00\xff\x16\x03\x01 noise\r\n\r\n"), "http_error", "not HTTP"),
    "another protocol": (then_close(b"220 mail.example ESMTP\r\n"), "http_error", "not HTTP"),
    "endless header": (endless_header, "http_error", "not HTTP"),
    "long header": (b"HTTP/1.1 200 OK\r\nX: " + b"a" * 100_000 + b"\r\n\r\n", "http_error", "not HTTP"),
    "switching protocols": (b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n", "http_error", "101"),
    "hints for ever": (endless_informational, "timeout", "not done within 1 s"),
    # rows 24 and 25: validators and clocks that lie
    "odd dates": (reply(200, FEED, Expires="never", Age="-3", Last_Modified="\xff", ETag="\xff"), "fetched", None),
    "88 hours": (reply(429, Retry_After="317100"), "rate_limited", "fewer requests"),
}  # fmt: skip


@pytest.mark.parametrize(("saying", "kind", "why"), SERVERS.values(), ids=SERVERS.keys())
def test_one_answer_within_two_seconds_and_the_next_site_is_served(saying, kind, why):
    async def told() -> None:
        async with Site() as site, Site("127.0.0.2") as healthy, Fetcher(OPEN) as fetcher:
            site.says("/", saying).says("/?", saying)
            healthy.says("/", reply(200, FEED))
            began = time.perf_counter()
            bad, good = await asyncio.gather(fetcher.get(Asked(site.url())), fetcher.get(Asked(healthy.url())))
            took = time.perf_counter() - began
            after = await fetcher.get(Asked(healthy.url()))
        assert bad.kind == kind
        assert (bad.reason is None) if why is None else why in (bad.reason or "")
        assert (good.kind, good.body, after.body) == ("fetched", FEED, FEED)
        assert took < 2

    asyncio.run(told())


@story
async def test_a_bomb_costs_little_memory():
    async with Site() as site:
        site.says("/", gzipped(BOMB))
        tracemalloc.start()
        answer = await ask(site.url())
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert answer.kind == "too_large"
    assert peak < 64 * MIB


@story
async def test_a_byte_now_and_then_does_not_buy_time():
    rules = Rules(allow_private=True, spacing_s=0, deadline_s=30, grace_s=0.2, min_rate=1000)
    async with Site() as site:
        site.says("/", drip(FEED * 200, 0.02, after=HEAD + b"Content-Length: 9999\r\n\r\n"))
        began = time.perf_counter()
        async with Fetcher(rules) as fetcher:
            answer = await fetcher.get(Asked(site.url()))
    assert (answer.kind, (answer.reason or "").partition(":")[0]) == ("timeout", "the answer came too slowly")
    assert time.perf_counter() - began < 15


@pytest.mark.parametrize(("hops", "kind"), [(5, "fetched"), (6, "http_error")])
def test_five_redirects_are_followed_and_no_more(hops, kind):
    async def told() -> None:
        async with Site() as site:
            for hop in range(hops):
                site.says(f"/{hop}", reply(302, Location=f"/{hop + 1}"))
            site.says(f"/{hops}", reply(200, FEED))
            answer = await ask(site.url("/0"))
        assert answer.kind == kind
        assert len(site.heard) == 6
        assert kind == "fetched" or (answer.reason or "").startswith("more than 5 redirects, the last to ")

    asyncio.run(told())


@story
async def test_one_deadline_is_for_all_hops_together():
    async def slow(writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.3)
        writer.write(reply(302, Location=f"/{len(site.heard)}"))

    async with Site() as site:
        for hop in range(9):
            site.says(f"/{hop}", slow)
        async with Fetcher(Rules(allow_private=True, spacing_s=0, deadline_s=0.8)) as fetcher:
            answer = await fetcher.get(Asked(site.url("/0")))
    assert (answer.kind, answer.reason) == ("timeout", "not done within 0.8 s")
    assert len(site.heard) <= 3


@story
async def test_a_name_server_that_hangs_holds_nobody_else():
    async def lookup(host: str) -> list[str]:
        if host != "well.example":
            await asyncio.sleep(60)
        return ["127.0.0.1"]

    rules = Rules(allow_private=True, spacing_s=0, connect_s=0.3)
    async with Site() as site, Fetcher(rules, lookup=lookup) as fetcher:
        site.says("/", reply(200, FEED))
        hung = [fetcher.get(Asked(f"http://hung{number}.example/")) for number in range(100)]
        well = fetcher.get(Asked(site.url(host="well.example")))
        *answers, good = await asyncio.gather(*hung, well)
    assert {answer.kind for answer in answers} == {"timeout"}
    assert answers[0].reason == "no address was found within 0.3 s"
    assert good.kind == "fetched"


@story
async def test_giving_up_on_a_name_does_not_take_it_from_who_still_waits():
    known = asyncio.Event()
    looked_up: list[str] = []

    async def lookup(host: str) -> list[str]:
        looked_up.append(host)
        await known.wait()
        return ["127.0.0.1"]

    async with Site() as site, Fetcher(OPEN, lookup=lookup) as fetcher:
        site.says("/", reply(200, FEED))
        first, second = (asyncio.create_task(fetcher.get(Asked(site.url(host="slow.example")))) for _ in range(2))
        await asyncio.sleep(0.01)
        first.cancel()
        await asyncio.sleep(0.01)
        known.set()
        assert (await second).kind == "fetched"
    assert first.cancelled()
    assert looked_up == ["slow.example"]


@story
async def test_a_server_that_never_shakes_hands_gets_the_time_of_a_connection_only():
    rules = Rules(allow_private=True, spacing_s=0, connect_s=0.3)
    async with Site() as site, Fetcher(rules) as fetcher:
        answer = await fetcher.get(Asked(site.url().replace("http://", "https://")))
    assert (answer.kind, answer.reason) == ("timeout", "no connection within 0.3 s")


@story
async def test_a_host_that_accepts_and_hangs_holds_nobody_else():
    rules = Rules(allow_private=True, spacing_s=0, deadline_s=1.5)
    async with Site() as site, Site("127.0.0.2") as healthy, Fetcher(rules) as fetcher:
        site.says("/", hang)
        healthy.says("/", reply(200, FEED))
        hung = [asyncio.create_task(fetcher.get(Asked(site.url()))) for _ in range(4)]
        await asyncio.sleep(0.05)
        assert (await fetcher.get(Asked(healthy.url()))).kind == "fetched"
        assert not any(task.done() for task in hung)
        assert {answer.kind for answer in await asyncio.gather(*hung)} == {"timeout"}


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.binary(max_size=300)
    | st.binary(max_size=300).map(lambda noise: b"HTTP/1.1 200 OK\r\n" + noise + b"\r\n\r\n")
    | st.binary(max_size=300).map(lambda noise: HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + noise)
    | st.binary(max_size=300).map(lambda noise: HEAD + b"Content-Encoding: gzip\r\n\r\n\x1f\x8b" + noise)
    | st.binary(max_size=60).map(lambda noise: b"HTTP/1.1 302 Found\r\nLocation: " + noise + b"\r\n\r\n")
    | st.integers(0, 1000).map(lambda status: f"HTTP/1.1 {status} X\r\nContent-Length: 0\r\n\r\n".encode())
)
def test_whatever_a_server_says_is_an_answer(noise):
    async def told() -> None:
        rules = Rules(networks=("127.0.0.1/32",), ports=(site.port,), spacing_s=0, deadline_s=1, connect_s=0.2)
        async with site, Fetcher(rules, lookup=nowhere) as fetcher:
            site.says("/", then_close(noise))
            answer = await fetcher.get(Asked(site.url()))
        assert (answer.reason is None) == (answer.kind in {"fetched", "not_modified"})
        assert answer.reason is None or answer.reason.isprintable()

    async def nowhere(host: str) -> list[str]:
        raise OSError

    site = Site()
    asyncio.run(told())
