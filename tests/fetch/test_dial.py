"""A listener on an address that may not be asked is never reached, whatever leads there."""

import asyncio
from collections.abc import Sequence

import pytest

from tests.fetch.server import Site, Time, reply, story
from tracker.errors import ConfigError
from tracker.fetch.answer import Answer, Asked
from tracker.fetch.fetcher import Fetcher
from tracker.fetch.rules import Rules


def rules(*sites: Site, **more) -> Rules:
    """127.0.0.1 is open, as a machine of an intranet would be; 127.0.0.2, where the canary sits, is not."""
    ports = tuple(site.port for site in sites)
    return Rules(networks=("127.0.0.1/32",), ports=ports, spacing_s=0, deadline_s=1.5, connect_s=1, **more)


async def reach(url: str, *sites: Site) -> Answer:
    async with Fetcher(rules(*sites)) as fetcher:
        return await fetcher.get(Asked(url))


@story
async def test_the_canary_sings_for_whoever_may_ask_it():
    async with Site("127.0.0.2") as canary:
        canary.says("/", reply(200, b"song"))
        async with Fetcher(Rules(allow_private=True, spacing_s=0)) as fetcher:
            answer = await fetcher.get(Asked(canary.url()))
    assert (answer.body, canary.connections) == (b"song", 1)


@pytest.mark.parametrize(
    "host", ["127.0.0.2", "[::ffff:127.0.0.2]", "[::127.0.0.2]", "[64:ff9b::127.0.0.2]", "[2002:7f00:2::]"]
)
def test_neither_plainly_nor_in_the_clothes_of_another_family(host):
    async def told() -> None:
        async with Site("127.0.0.2") as canary:
            answer = await reach(canary.url(host=host), canary)
            assert (answer.kind, canary.connections) == ("refused_address", 0)
            assert "127.0.0.2" in (answer.reason or "")

    asyncio.run(told())


@pytest.mark.parametrize("host", ["2130706434", "0x7f000002", "0177.0.0.2", "127.2", "127.0.0.2.", "１２７.0.0.2"])
def test_nor_as_a_number(host):
    async def told() -> None:
        async with Site("127.0.0.2") as canary:
            answer = await reach(canary.url(host=host), canary)
            assert (answer.kind, canary.connections) == ("bad_url", 0)

    asyncio.run(told())


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_nor_by_a_redirect(status):
    async def told() -> None:
        async with Site() as site, Site("127.0.0.2") as canary:
            site.says("/feed", reply(302, Location="/again")).says(
                "/again", reply(status, Location=canary.url("/keys"))
            )
            answer = await reach(site.url("/feed"), site, canary)
            assert (answer.kind, answer.url) == ("refused_address", canary.url("/keys"))
            assert (site.paths, canary.connections) == (["/feed", "/again"], 0)

    asyncio.run(told())


@pytest.mark.parametrize(
    "location",
    ["http://127.2:{0}/", "http://user@127.0.0.2:{0}/", "//127.0.0.2:{0}\\@127.0.0.1/", "file:///etc/passwd"],
)
def test_nor_by_a_redirect_that_is_written_oddly(location):
    async def told() -> None:
        async with Site() as site, Site("127.0.0.2") as canary:
            site.says("/feed", reply(301, Location=location.format(canary.port)))
            answer = await reach(site.url("/feed"), site, canary)
            assert (answer.kind, answer.status, canary.connections) == ("bad_url", 301, 0)

    asyncio.run(told())


@story
async def test_nor_by_a_name():
    async def lookup(host: str) -> Sequence[str]:
        return ["127.0.0.2"]

    async with Site("127.0.0.2") as canary, Fetcher(rules(canary), lookup=lookup) as fetcher:
        answer = await fetcher.get(Asked(canary.url(host="innocent.example")))
    assert (answer.kind, canary.connections) == ("refused_address", 0)
    assert answer.reason == "innocent.example leads to an address that is not asked: 127.0.0.2 is loopback"


@story
async def test_nor_by_a_name_of_which_one_address_may_be_asked():
    async def lookup(host: str) -> Sequence[str]:
        return ["127.0.0.2", "127.0.0.1"]

    async with Site() as site, Site("127.0.0.2", site.port) as canary, Fetcher(rules(site), lookup=lookup) as fetcher:
        site.says("/", reply(200, b"public"))
        answer = await fetcher.get(Asked(site.url(host="innocent.example")))
    assert (answer.body, canary.connections) == (b"public", 0)


@story
async def test_nor_by_a_name_that_changes_its_address_before_the_connection_is_made():
    """The look-up for the order of turns gives a good address; while a place is awaited that one is forgotten."""
    answers = [["127.0.0.1"], ["127.0.0.2"]]
    time = Time()

    async def lookup(host: str) -> Sequence[str]:
        return answers.pop(0)

    async def slow(writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.05)
        time.now += 3600
        writer.write(reply(200))

    async with Site() as site, Site("127.0.0.2", site.port) as canary:
        site.says("/", slow)
        async with Fetcher(rules(site, parallel=1), monotonic=time.monotonic, lookup=lookup) as fetcher:
            first = asyncio.create_task(fetcher.get(Asked(site.url())))
            await asyncio.sleep(0.01)
            answer = await fetcher.get(Asked(site.url(host="rebinding.example")))
        assert (await first).kind == "fetched"
    assert answers == []
    assert (answer.kind, canary.connections) == ("refused_address", 0)


@story
async def test_nor_when_everything_before_the_socket_is_fooled():
    """The last check is at the dial itself: it holds though the resolver lets everything through."""
    async with Site("127.0.0.2") as canary:
        async with Fetcher(rules(canary)) as fetcher:

            async def fooled(host: str) -> tuple[str, ...]:
                return ("127.0.0.2",)

            fetcher._names.addresses = fooled
            for host in ("127.0.0.2", "innocent.example"):
                answer = await fetcher.get(Asked(canary.url(host=host)))
                assert (answer.kind, answer.reason) == ("refused_address", "127.0.0.2 is loopback")
        assert canary.connections == 0


@story
async def test_localhost_is_no_place_for_news_unless_the_operator_says_so():
    async with Site() as site:
        site.says("/", reply(200))
        async with Fetcher(Rules(ports=(site.port,))) as fetcher:
            shut = await fetcher.get(Asked(site.url(host="localhost")))
        async with Fetcher(Rules(allow_private=True)) as fetcher:
            opened = await fetcher.get(Asked(site.url(host="localhost")))
    assert (shut.kind, opened.kind) == ("refused_address", "fetched")


@pytest.mark.parametrize("port", [22, 25, 6379, 8080])
def test_only_the_ports_of_the_web_are_asked(port):
    answer = asyncio.run(reach(f"http://93.184.216.34:{port}/"))
    assert (answer.kind, answer.reason) == ("refused_address", f"port {port} is not asked, only 80, 443")


@story
async def test_a_proxy_is_asked_in_place_of_the_site_and_never_for_a_private_one():
    async def lookup(host: str) -> Sequence[str]:
        if host == "unknown.example":
            raise OSError("no such name")
        return {"site.example": ["93.184.216.34"], "inside.example": ["10.0.0.1"]}[host]

    async with Site() as proxy:
        for url in ("http://site.example/feed", "http://unknown.example/feed"):
            proxy.says(url, reply(200, b"by proxy"))
        behind = Rules(proxy=f"http://user:secret@127.0.0.1:{proxy.port}", spacing_s=0)
        async with Fetcher(behind, lookup=lookup) as fetcher:
            urls = ["http://site.example/feed", "http://unknown.example/feed", "http://inside.example/", proxy.url("/")]
            answers = [await fetcher.get(Asked(url)) for url in urls]
    assert [answer.body for answer in answers[:2]] == [b"by proxy", b"by proxy"]
    assert [answer.kind for answer in answers[2:]] == ["refused_address", "refused_address"]
    assert proxy.paths == urls[:2]
    assert all(request.headers["proxy-authorization"].startswith("Basic ") for request in proxy.heard)


@story
async def test_a_proxy_that_is_down_is_named_without_its_password():
    async with Site() as gone:
        port = gone.port
    async with Fetcher(Rules(proxy=f"http://user:secret@127.0.0.1:{port}", spacing_s=0)) as fetcher:
        answer = await fetcher.get(Asked("http://93.184.216.34/"))
    assert (answer.kind, answer.reason) == ("http_error", "the proxy cannot be reached")


@story
async def test_proxies_of_the_environment_are_not_used():
    async with Site() as proxy, Site() as site:
        site.says("/", reply(200, b"straight"))
        with pytest.MonkeyPatch.context() as environment:
            for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
                environment.setenv(name, proxy.url())
            answer = await reach(site.url(), site)
    assert (answer.body, proxy.connections) == (b"straight", 0)


@pytest.mark.parametrize("proxy", ["proxy.example:3128", "socks5://127.0.0.1", "http://", "http://["])
def test_a_proxy_that_cannot_be_used_is_the_operators_to_mend(proxy):
    with pytest.raises(ConfigError, match="write http://host:port"):
        Fetcher(Rules(proxy=proxy))
