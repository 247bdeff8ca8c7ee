"""robots.txt is heeded for pages that we choose ourselves, and not for feeds, which are offered."""

import asyncio
import time

import pytest

from tests.fetch.server import OPEN, Site, Time, abroad, hang, reply, story
from tracker.fetch.answer import Answer, Asked
from tracker.fetch.fetcher import Fetcher
from tracker.fetch.robots import MAX_BYTES, concerning, judged

TEXT = "text/plain"


def robots(body: str) -> bytes:
    return reply(200, body.encode(), Content_Type=TEXT)


async def pages(site: Site, *paths: str) -> list[Answer]:
    async with Fetcher(OPEN) as fetcher:
        return [await fetcher.get(Asked(site.url(path), heed_robots=True)) for path in paths]


@story
async def test_a_forbidden_page_is_not_asked_for():
    async with Site() as site:
        site.says("/robots.txt", robots("User-agent: *\nDisallow: /private\nAllow: /private/press$"))
        site.says("/news", reply(200, b"news")).says("/private/press", reply(200, b"press"))
        news, private, press = await pages(site, "/news", "/private/plans", "/private/press")
    assert (news.kind, press.kind) == ("fetched", "fetched")
    assert (private.kind, private.reason) == ("blocked", "robots.txt of 127.0.0.1 forbids this page")
    assert site.paths == ["/robots.txt", "/news", "/private/press"]


@story
async def test_rules_for_us_win_over_rules_for_all():
    async with Site() as site:
        site.says("/robots.txt", robots("User-agent: Tracker\nDisallow: /a\n\nUser-agent: *\nDisallow: /"))
        site.says("/b", reply(200))
        a, b = await pages(site, "/a", "/b")
    assert (a.kind, b.kind) == ("blocked", "fetched")


@story
async def test_a_feed_is_offered_to_be_polled():
    async with Site() as site:
        site.says("/robots.txt", robots("User-agent: *\nDisallow: /")).says("/feed", reply(200))
        async with Fetcher(OPEN) as fetcher:
            answer = await fetcher.get(Asked(site.url("/feed")))
    assert (answer.kind, site.paths) == ("fetched", ["/feed"])


@story
async def test_the_rules_are_asked_for_once_a_day_by_however_many_at_a_time():
    passing = Time()
    async with Site() as site:
        site.says("/robots.txt", robots("User-agent: *\nDisallow:")).says("/p", reply(200))
        async with Fetcher(OPEN, monotonic=passing.monotonic, sleep=passing.sleep) as fetcher:
            for hours in (0, 23, 2):
                passing.now += hours * 3600
                asked = [fetcher.get(Asked(site.url("/p"), heed_robots=True)) for _ in range(10)]
                assert {answer.kind for answer in await asyncio.gather(*asked)} == {"fetched"}
    assert site.paths.count("/robots.txt") == 2


@story
async def test_giving_up_on_one_page_does_not_take_the_rules_from_another():
    async def slow(writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.1)
        writer.write(robots("User-agent: *\nDisallow: /private"))

    async with Site() as site, Fetcher(OPEN) as fetcher:
        site.says("/robots.txt", slow).says("/p", reply(200))
        first, second = (asyncio.create_task(fetcher.get(Asked(site.url("/p"), heed_robots=True))) for _ in range(2))
        await asyncio.sleep(0.02)
        first.cancel()
        assert (await second).kind == "fetched"
    assert site.paths == ["/robots.txt", "/p"]


@story
async def test_what_is_under_way_ends_with_the_fetcher():
    async with Site() as site:
        site.says("/robots.txt", hang)
        async with Fetcher(OPEN) as fetcher:
            page = asyncio.create_task(fetcher.get(Asked(site.url("/p"), heed_robots=True)))
            await asyncio.sleep(0.05)
        with pytest.raises(asyncio.CancelledError):
            await page


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_what_is_not_there_forbids_nothing(status):
    async def told() -> None:
        async with Site() as site:
            site.says("/robots.txt", reply(status, b"no")).says("/p", reply(200))
            assert [answer.kind for answer in await pages(site, "/p")] == ["fetched"]

    asyncio.run(told())


@pytest.mark.parametrize("failing", [reply(500), reply(503), hang, b"nonsense\r\n\r\n"])
def test_a_site_that_cannot_say_is_left_alone_for_ten_minutes(failing):
    async def told() -> None:
        passing = Time()
        async with Site() as site:
            site.says("/robots.txt", failing, robots("User-agent: *\nDisallow:")).says("/p", reply(200))
            async with Fetcher(OPEN, monotonic=passing.monotonic, sleep=passing.sleep) as fetcher:
                asked = Asked(site.url("/p"), heed_robots=True)
                answers = [await fetcher.get(asked), await fetcher.get(asked)]
                passing.now += 601
                answers.append(await fetcher.get(asked))
        assert [answer.kind for answer in answers] == ["blocked", "blocked", "fetched"]
        assert (answers[0].reason or "").startswith("robots.txt cannot be read now, so the site is left alone: ")
        assert site.paths == ["/robots.txt", "/robots.txt", "/p"]

    asyncio.run(told())


@story
async def test_a_site_that_is_busy_says_when_to_come_back():
    async with Site() as site, abroad(site, Time()) as fetcher:
        site.says("http://jaxa.jp/robots.txt", reply(429, Retry_After="90"))
        answers = [await fetcher.get(Asked(f"http://jaxa.jp/{page}", heed_robots=True)) for page in "pq"]
    assert [(answer.kind, answer.retry_after) for answer in answers] == [("rate_limited", 90)] * 2
    assert site.paths == ["http://jaxa.jp/robots.txt"]


@story
async def test_the_distance_that_a_site_asks_for_is_kept():
    assert await waits("User-agent: *\nCrawl-delay: 20") == [1, 20, 20]


@story
async def test_nobody_makes_us_wait_for_ever():
    assert await waits("User-agent: *\nCrawl-delay: 86400") == [1, 60, 60]


async def waits(rules: str) -> list[float]:
    """How long three pages of a site waited for their turns."""
    passing = Time()
    async with Site() as site, abroad(site, passing) as fetcher:
        site.says("http://jaxa.jp/robots.txt", robots(rules)).says("http://jaxa.jp/p", reply(200))
        for _ in range(3):
            assert (await fetcher.get(Asked("http://jaxa.jp/p", heed_robots=True))).kind == "fetched"
    return passing.slept


@story
async def test_a_redirect_does_not_lead_past_the_rules():
    async with Site() as site:
        site.says("/robots.txt", robots("User-agent: *\nDisallow: /private"))
        site.says("/p", reply(302, Location="/private/plans"))
        (answer,) = await pages(site, "/p")
    assert (answer.kind, site.paths) == ("blocked", ["/robots.txt", "/p"])


@story
async def test_half_a_megabyte_of_rules_is_read_and_the_rest_is_not():
    long = "User-agent: *\nDisallow: /early\n" + "# filler\n" * (MAX_BYTES // 8) + "Disallow: /late\n"
    async with Site() as site:
        site.says("/robots.txt", robots(long)).says("/late", reply(200))
        early, late = await pages(site, "/early", "/late")
    assert (early.kind, late.kind) == ("blocked", "fetched")


HOSTILE = {
    "agents before rules": "".join(f"User-agent: a{n}\n" for n in range(14_000)) + "Allow: /x\n" * 30_000,
    "agents like ours": "User-agent: tracker\nUser-agent: *\nUser-agent: tracker/9\n" * 5_000 + "Allow: /x\n" * 25_000,
    "wildcards": "User-agent: *\nDisallow: /" + "*a" * 240_000 + "$",
    "many wildcards": "User-agent: *\n" + "".join(f"Disallow: /*{n}*b*c$\n" for n in range(22_000)),
    "dollars": "User-agent: *\n" + "Disallow: /$$$$$$$$$$$$$$$$$$$$\n" * 15_000,
    "percents": "User-agent: *\nDisallow: /" + "%" * 480_000,
    "one long line": "User-agent:" + " " * 480_000 + "x",
    "no lines": "a" * 500_000,
    "blank lines": "\r\n" * 250_000,
    "other lines": "\u2028" * 160_000,
    "not text": "\0\x80\ufffd" * 100_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_rules_are_read_within_two_seconds(text):
    began = time.process_time()
    body = text.encode()[:MAX_BYTES]
    record = judged(Answer(kind="fetched", url="http://a.example/robots.txt", status=200, body=body), 0.0)
    assert record.rules is not None
    assert record.rules.can_fetch("http://a.example/" + "a" * 2000, "tracker") in {True, False}
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("User-agent: *\nDisallow: /a", "User-agent: *\nDisallow: /a"),
        ("user-agent : Googlebot\nDisallow: /a", "User-agent: -\nDisallow: /a"),
        ("User-agent: x\n\n# why\nSitemap: /s\nUser-agent: tracker # us\nDisallow: /a", "User-agent: -\nUser-agent: tracker\nDisallow: /a"),
        ("User-agent: tracker/1.0\nDisallow: /a", "User-agent: tracker\nDisallow: /a"),
        ("User-agent: tracker*\nDisallow: /a", "User-agent: tracker\nDisallow: /a"),
        ("User-agent: *\nDisallow: /a\nUser-agent: *\nDisallow: /b", "User-agent: *\nDisallow: /a\nUser-agent: *\nDisallow: /b"),
        ("Disallow: /a", "Disallow: /a"),
        ("", ""),
    ],
)  # fmt: skip
def test_only_what_concerns_us_is_kept(text, kept):
    assert concerning(text) == kept
