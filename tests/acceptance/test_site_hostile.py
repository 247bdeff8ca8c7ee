"""Whatever is served, a poll of it ends soon, costs little, and is told in one line; the next feed is read as ever."""

import socket
import sys

import pytest

from tests.acceptance.site.stage import Stage, servers
from tests.builders import NOON, Clock
from tests.feeds.test_hostile_feeds import ROWS, feed
from tests.fetch.server import reply
from tests.fetch.test_hostile import SERVERS
from tracker.app import App
from tracker.errors import InputError
from tracker.fetch.fetcher import Fetcher
from tracker.fetch.rules import Rules
from tracker.services.ingestion.visit import GOOD
from tracker.services.ingestion.web import Web
from tracker.settings import load

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="127.0.0.2 and /proc are Linux's")

SECONDS, MIB = 2.0, 200
BUSY = 4
"""On a machine that does much else, the wall may show so many times what the processor does."""


class StageWeb(Web):
    """Names change their addresses as they please: the first look-up leads to the site, all others to the canary."""

    def __init__(self, rules):
        super().__init__(rules)
        self.looked_up, self._now = [], 0.0

    async def get(self, asked):
        if self._fetcher is None:
            self._fetcher = await Fetcher(self._rules, lookup=self._lookup, monotonic=self._minutes).__aenter__()
        return await self._fetcher.get(asked)

    def _minutes(self):
        """Each look at the clock is two minutes after the one before, so no address is remembered."""
        self._now += 120
        return self._now

    async def _lookup(self, host):
        self.looked_up.append(host)
        return ["127.0.0.2" if host in self.looked_up[:-1] or host.startswith("inside") else "127.0.0.1"]


@pytest.fixture(scope="module")
def stage(tmp_path_factory):
    database = f"sqlite:///{tmp_path_factory.mktemp('stage') / 'tracker.db'}"
    with servers() as (site, canary):
        app = App(load({"database": database, "log_level": "error"}, {}), clock=Clock(NOON))
        rules = Rules(networks=("127.0.0.1/32",), ports=(site.port,), spacing_s=0, deadline_s=1.5, connect_s=1.0)
        app.__dict__["web"] = StageWeb(rules)
        made = Stage(app, site, canary)
        assert made.healthy().outcome == "new"
        yield made
        app.close()


def check(stage, path, saying, outcomes, *, host="127.0.0.1"):
    if saying is not None:
        stage.site.says(path, saying)
    (line,), cost = stage.poll(stage.site.url(path, host))
    assert line.outcome in outcomes
    assert line.outcome in GOOD or line.reason
    assert "\n" not in (line.reason or "")
    assert cost.cpu_s < SECONDS
    assert cost.wall_s < SECONDS * BUSY
    assert cost.mib < MIB
    healthy = stage.healthy()
    assert (healthy.outcome, healthy.new, healthy.parked) == ("new", 1, 0)
    assert stage.canary.connections == 0


@pytest.mark.parametrize("row", ROWS)
def test_a_feed_that_is_made_to_do_harm(stage, row):
    raw, words = ROWS[row]
    readable = words is None or any(word in {None, "One flew", "Last"} for word in words)
    refusable = words is None or any(word not in {None, "One flew", "Last"} for word in words)
    failures = {"not_a_feed", "broken_feed", "too_large"} if refusable else set()
    check(stage, f"/feeds/{list(ROWS).index(row)}", reply(200, raw), failures | ({"new"} if readable else set()))


@pytest.mark.parametrize("row", SERVERS)
def test_a_server_that_means_harm(stage, row):
    saying, kind, _ = SERVERS[row]
    path = f"/servers/{list(SERVERS).index(row)}"
    stage.site.says(f"{path}?", saying)
    check(stage, path, saying, {"new", "not_a_feed", "broken_feed"} if kind == "fetched" else {kind})


INSIDE = {
    "plainly": ("http://127.0.0.2:{}/keys", "refused_address"),
    "as an odd number": ("http://127.2:{}/", "bad_url"),
    "in the clothes of another family": ("http://[::ffff:127.0.0.2]:{}/", "refused_address"),
    "by a name": ("http://inside.example:{}/", "refused_address"),
    "to the metadata of a cloud": ("http://169.254.169.254/latest/", "refused_address"),
}


@pytest.mark.parametrize("way", INSIDE)
def test_no_redirect_leads_inside(stage, way):
    location, outcome = INSIDE[way]
    path = f"/inside/{list(INSIDE).index(way)}"
    check(stage, path, reply(302, Location=location.format(stage.site.port)), {outcome})


@pytest.mark.parametrize("host", ["inside.example", "turning.example", "[::ffff:7f00:2]", "[::127.0.0.2]"])
def test_no_name_leads_inside(stage, host):
    stage.canary.says("/feed", reply(200, feed()))
    check(stage, "/feed", reply(200, feed()), {"refused_address"}, host=host)
    if host == "turning.example":
        assert stage.app.web.looked_up.count(host) == 2, "it was harmless when it was looked up first"


@pytest.mark.parametrize(
    "url", ["http://2130706434/", "http://0x7f000002/", "http://a@127.0.0.2/", "file:///etc/passwd"]
)
def test_an_address_that_hides_what_it_is_is_not_even_taken_for_a_feed(stage, url):
    with pytest.raises(InputError):
        stage.poll(url)
    assert stage.canary.connections == 0


def test_all_of_it_has_left_a_log_that_holds_and_a_canary_that_could_have_sung(stage):
    assert stage.app.verify.log(on_progress=lambda _done, _last: None).ok
    with socket.create_connection(("127.0.0.2", stage.canary.port), timeout=2) as line:
        line.sendall(b"GET /feed HTTP/1.1\r\nHost: canary\r\n\r\n")
        assert line.recv(12) == b"HTTP/1.1 200"
    assert stage.canary.connections == 1
