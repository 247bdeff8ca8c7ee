"""A poller's everyday: what is asked, what is sent, what comes back."""

import asyncio
import datetime as dt
import gzip
import ssl
from importlib.metadata import version
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.fetch.server import OPEN, Site, Time, abroad, ask, reply, story
from tracker.errors import ConfigError
from tracker.fetch.answer import Asked, Validators
from tracker.fetch.fetcher import Fetcher
from tracker.fetch.rules import Rules

FEED = b"<rss><channel><title>LUPEX</title></channel></rss>"


@story
async def test_a_feed_comes_whole_with_what_is_to_be_remembered():
    async with Site() as site:
        packed = gzip.compress(FEED)
        site.says(
            "/feed",
            reply(
                200,
                packed,
                Content_Type="application/rss+xml; charset=UTF-8",
                Content_Encoding="gzip",
                ETag='W/"v1"',
                Last_Modified="Sat, 31 Jan 2026 12:00:00 GMT",
                Cache_Control="max-age=1800",
            ),
        )
        answer = await ask(site.url("/feed"))
    assert (answer.kind, answer.status, answer.reason, answer.body) == ("fetched", 200, None, FEED)
    assert (answer.media_type, answer.charset, answer.fresh_for) == ("application/rss+xml", "utf-8", 1800)
    assert answer.validators == Validators('W/"v1"', "Sat, 31 Jan 2026 12:00:00 GMT")
    assert (answer.url, answer.moved_to, answer.retry_after) == (site.url("/feed"), None, None)
    assert ("Content-Encoding", "gzip") in answer.headers


@story
async def test_who_we_are_and_what_we_take_is_said_and_nothing_else():
    async def lookup(host: str) -> list[str]:
        return ["127.0.0.1"]

    rules = Rules(allow_private=True, spacing_s=0, contact="https://example.org/bot")
    async with Site() as site, Fetcher(rules, lookup=lookup) as fetcher:
        site.says("/feed", reply(200, Set_Cookie="id=1; Path=/"))
        await fetcher.get(Asked(site.url("/feed", host="news.example")))
        await fetcher.get(Asked(site.url("/feed", host="news.example")))
    first, second = site.heard
    assert first.headers["user-agent"] == f"tracker/{version('tracker')} (+https://example.org/bot)"
    assert first.headers["accept-encoding"] == "gzip"
    assert set(second.headers) == {"host", "user-agent", "accept", "accept-encoding"}
    assert first.method == "GET"


def test_without_a_contact_the_name_stands_alone():
    assert Rules().agent == f"tracker/{version('tracker')}"


@pytest.mark.parametrize("contact", ["a\r\nX-Evil: 1", "café", "\x00"])
def test_a_contact_that_cannot_stand_in_a_header_is_the_operators_to_mend(contact):
    with pytest.raises(ConfigError, match="cannot stand in a header"):
        Fetcher(Rules(contact=contact))


@pytest.mark.parametrize("limit", ["deadline_s", "connect_s", "max_bytes", "parallel", "parallel_per_domain"])
def test_rules_under_which_nothing_could_be_asked_are_the_operators_to_mend(limit):
    with pytest.raises(ConfigError, match=f"fetch {limit}: 0 would let no request through"):
        Rules(**{limit: 0})


@pytest.mark.parametrize("etag", ['"v1"', 'W/"v1"', "unquoted", '"a,b"', '""', '"é“"', "'v1'", '"v1-gzip"'])
def test_validators_go_back_byte_for_byte(etag):
    async def told() -> None:
        raw = etag.encode().decode("latin-1")
        async with Site() as site, Fetcher(OPEN) as fetcher:
            changed = b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nLast-Modified: yesterday, about noon\r\nETag: "
            site.says("/feed", changed + etag.encode() + b"\r\n\r\nx", reply(304, ETag=None, Content_Length=None))
            first = await fetcher.get(Asked(site.url("/feed")))
            again = await fetcher.get(Asked(site.url("/feed"), first.validators))
        assert first.validators == Validators(raw, "yesterday, about noon")
        assert site.heard[1].headers["if-none-match"] == raw
        assert site.heard[1].headers["if-modified-since"] == "yesterday, about noon"
        assert (again.kind, again.reason, again.body) == ("not_modified", None, b"")

    asyncio.run(told())


@story
async def test_a_validator_in_no_known_encoding_is_kept_and_not_sent():
    async with Site() as site, Fetcher(OPEN) as fetcher:
        site.says("/feed", b'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nETag: "caf\xe9"\r\n\r\nx')
        first = await fetcher.get(Asked(site.url("/feed")))
        again = await fetcher.get(Asked(site.url("/feed"), first.validators))
    assert first.validators.etag == '"caf\xe9"'
    assert (again.kind, "if-none-match" in site.heard[1].headers) == ("fetched", False)


@story
async def test_a_feed_that_moved_for_good_says_where_to():
    async with Site() as site:
        site.says("/old", reply(301, Location="/new")).says("/new", reply(308, Location="/newest?all#top"))
        site.says("/newest?all", reply(200, FEED))
        answer = await ask(site.url("/old"))
    assert (answer.kind, answer.url, answer.moved_to) == ("fetched", site.url("/newest?all"), site.url("/newest?all"))


@story
async def test_a_feed_that_is_elsewhere_today_did_not_move():
    async with Site() as site:
        site.says("/old", reply(302, Location="/today")).says("/today", reply(301, Location="/there"))
        site.says("/there", reply(200, FEED))
        answer = await ask(site.url("/old"))
    assert (answer.kind, answer.url, answer.moved_to) == ("fetched", site.url("/there"), None)


@story
async def test_only_the_permanent_beginning_of_a_chain_counts():
    async with Site() as site:
        site.says("/old", reply(301, Location="/new")).says("/new", reply(307, Location="/cdn")).says(
            "/cdn", reply(200)
        )
        answer = await ask(site.url("/old"))
    assert (answer.url, answer.moved_to) == (site.url("/cdn"), site.url("/new"))


@story
async def test_a_move_to_nowhere_is_no_move():
    async with Site() as site:
        site.says("/old", reply(301, Location="/gone"))
        answer = await ask(site.url("/old"))
    assert (answer.kind, answer.status, answer.moved_to) == ("http_error", 404, None)


@story
async def test_nothing_changed_at_the_new_address_either():
    async with Site() as site:
        site.says("/old", reply(301, Location="/new")).says("/new", reply(304, Content_Length=None))
        answer = await ask(site.url("/old"), etag='"v1"')
    assert (answer.kind, answer.moved_to) == ("not_modified", site.url("/new"))
    assert [request.headers["if-none-match"] for request in site.heard] == ['"v1"', '"v1"']


@story
async def test_errors_leave_no_validators_behind():
    async with Site() as site:
        site.says("/feed", reply(500, b"oops", ETag='"error"', Cache_Control="max-age=60"))
        answer = await ask(site.url("/feed"))
    assert (answer.kind, answer.validators, answer.fresh_for, answer.body) == ("http_error", Validators(), None, b"")


@story
async def test_a_site_that_asks_for_peace_is_not_asked_again_before_its_time():
    time = Time()
    feed, page, elsewhere = "http://feeds.jaxa.jp/a", "http://www.jaxa.jp/b", "http://isro.gov.in/"
    async with Site() as site, abroad(site, time) as fetcher:
        site.says(feed, reply(429, Retry_After="120"), reply(200)).says(elsewhere, reply(200))
        first = await fetcher.get(Asked(feed))
        time.now += 30
        other = await fetcher.get(Asked(page))
        unconcerned = await fetcher.get(Asked(elsewhere))
        time.now += 91
        later = await fetcher.get(Asked(feed))
    assert (first.kind, first.status, first.retry_after) == ("rate_limited", 429, 120)
    assert (other.kind, other.status, other.retry_after) == ("rate_limited", None, 90)
    assert other.reason == "jaxa.jp asked to be left alone, for 90 s yet"
    assert (unconcerned.kind, later.kind, site.paths) == ("fetched", "fetched", [feed, elsewhere, feed])


@story
async def test_on_this_machine_each_source_speaks_for_itself():
    async with Site() as bridge, Fetcher(OPEN) as fetcher:
        bridge.says("/jaxa", reply(429, Retry_After="120")).says("/isro", reply(200))
        answers = [await fetcher.get(Asked(bridge.url(path))) for path in ("/jaxa", "/isro", "/jaxa")]
    assert [answer.kind for answer in answers] == ["rate_limited", "fetched", "rate_limited"]
    assert bridge.paths == ["/jaxa", "/isro"]


@story
async def test_a_busy_site_names_the_hour_by_its_own_clock():
    async with Site() as site:
        late = {"Date": "Mon, 01 Feb 2027 12:00:00 GMT", "Retry_After": "Mon, 01 Feb 2027 12:10:00 GMT"}
        site.says("/feed", reply(503, **late))
        answer = await ask(site.url("/feed"))
    assert (answer.kind, answer.retry_after) == ("rate_limited", 600)


@story
async def test_requests_to_one_site_are_a_second_apart_and_other_sites_do_not_wait():
    time = Time()
    async with Site() as site, abroad(site, time) as fetcher:
        for url in ("http://jaxa.jp/1", "http://www.jaxa.jp/2", "http://isro.gov.in/", "http://global.jaxa.jp/3"):
            site.says(url, reply(200))
            assert (await fetcher.get(Asked(url))).kind == "fetched"
    assert time.slept == [1, 1]


@story
async def test_one_connection_serves_many_requests():
    async with Site() as site, Fetcher(OPEN) as fetcher:
        site.says("/", reply(200, FEED))
        for _ in range(5):
            await fetcher.get(Asked(site.url()))
    assert (len(site.heard), site.connections) == (5, 1)


@story
async def test_what_is_not_there_is_said_in_words():
    async with Site() as gone:
        port = gone.port
    closed = await ask(f"http://127.0.0.1:{port}/")
    unknown = await ask("http://no-such-host.invalid/")
    assert closed.kind == "http_error"
    assert (closed.reason or "").startswith("no connection: ")
    assert (unknown.kind, unknown.reason) == ("http_error", "no address is known for the host 'no-such-host.invalid'")


@story
async def test_a_fetcher_works_inside_its_block_only():
    fetcher = Fetcher(OPEN)
    with pytest.raises(RuntimeError, match="async with"):
        await fetcher.get(Asked("http://127.0.0.1/"))


@story
async def test_giving_up_on_one_request_does_not_disturb_the_others():
    async with Site() as site, Fetcher(OPEN) as fetcher:
        site.says("/slow", lambda writer: asyncio.sleep(30)).says("/", reply(200))
        slow = asyncio.create_task(fetcher.get(Asked(site.url("/slow"))))
        await asyncio.sleep(0.05)
        slow.cancel()
        with pytest.raises(asyncio.CancelledError):
            await slow
        assert (await fetcher.get(Asked(site.url()))).kind == "fetched"


def certificate(folder: Path, *names: str) -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names[0])])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name) for name in names]), critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return folder / "cert.pem", folder / "key.pem"


def test_a_certificate_that_nobody_vouches_for_ends_the_request(tmp_path):
    async def told() -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate(tmp_path, "localhost"))
        async with Site(ssl=context) as site:
            site.says("/", reply(200, b"not to be believed"))
            answer = await ask(site.url(host="localhost").replace("http://", "https://"))
        assert (answer.kind, answer.reason) == ("http_error", "the certificate of the server does not hold")
        assert site.heard == []

    asyncio.run(told())


@story
async def test_a_server_that_does_not_speak_tls_is_told_apart():
    async def plain(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(10)
        writer.write(reply(400, b"Client sent something else than HTTP"))
        writer.close()

    server = await asyncio.start_server(plain, "127.0.0.1", 0)
    async with server:
        answer = await ask(f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}/")
    assert (answer.kind, answer.reason) == ("http_error", "no secure connection could be agreed on (TLS)")
