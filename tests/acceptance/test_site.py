"""A month of the web in half a minute: what ten outlets wrote and did to us, and what is known of LUPEX after it."""

import datetime as dt
import itertools
import time
from collections import Counter

import pytest
import structlog

from tests.acceptance.site.month import DAYS, MOVED, PLAN, PLAN_CORRECTED, opened
from tests.acceptance.site.outlets import START, day
from tests.acceptance.site.server import web as serve
from tests.builders import Clock
from tracker.app import App
from tracker.events import codec
from tracker.fetch.fetcher import Fetcher
from tracker.fetch.rules import Rules
from tracker.services.ingestion.feeds import Wanted
from tracker.services.ingestion.web import Web
from tracker.settings import load


class SimulatedWeb(Web):
    """The web whose seconds are those of the story, and whose names are known: who asked for hours of rest gets them."""

    def __init__(self, rules, clock):
        super().__init__(rules)
        self._clock = clock

    async def get(self, asked):
        if self._fetcher is None:
            story = {"monotonic": lambda: self._clock().timestamp(), "sleep": _at_once, "lookup": _known}
            self._fetcher = await Fetcher(self._rules, **story).__aenter__()
        return await self._fetcher.get(asked)


async def _at_once(_seconds):
    pass


async def _known(host):
    return [f"93.184.216.{sum(host.encode()) % 256}"]


class Month:
    """What happened."""

    def __init__(self, app, site, clock):
        self.app, self.site, self.clock = app, site, clock
        self.lines, self.logs, self.at_day = [], [], {}

    def go_by(self):
        """Let the days pass: the clock stands still while we work, and goes on to the next feed that is due."""
        with structlog.testing.capture_logs() as self.logs:
            while self.clock() < day(DAYS):
                self.lines += self.app.schedule.tick()
                with self.app.store.reading() as reading:
                    due = dt.datetime.fromisoformat(reading.feeds.next_due_at())
                    self.at_day[int((self.clock() - START) / dt.timedelta(days=1))] = reading.log.last_position()
                self.clock.tick(seconds=max(300.0, (due - self.clock()).total_seconds()))

    def feed(self, name):
        return self.app.feeds.find(self.site.outlets[name].feed)

    def polls(self, name):
        with self.app.store.reading() as reading:
            return reading.feeds.polls(self.feed(name).id)[::-1]

    def events(self, *types):
        with self.app.store.reading() as reading:
            return [codec.decode(one) for one in reading.log.read() if one.type in types]


WANTED = {
    "agency": {"grade": "official", "reason": "it builds the rover"},
    "courier": {"grade": "secondary", "reason": "a paper"},
    "desk": {"grade": "secondary", "reason": "a paper"},
    "ministry": {"listing": True, "full_text": True, "publisher": "The ministry"},
    "times": {"full_text": True},
}


@pytest.fixture(scope="module")
def month(tmp_path_factory):
    clock = Clock(START)
    database = f"sqlite:///{tmp_path_factory.mktemp('month') / 'tracker.db'}"
    settings = {"database": database, "log_level": "error", "poll_fastest": 240}
    with serve(clock) as web:
        app = App(load(settings, {}), clock=clock)
        app.__dict__["web"] = SimulatedWeb(Rules(proxy=web.proxy, deadline_s=1.0), clock)
        made = Month(app, opened(web), clock)
        for name, outlet in made.site.outlets.items():
            app.feeds.add(Wanted(outlet.feed, **WANTED.get(name, {})))
        began = time.monotonic()
        made.go_by()
        made.seconds = time.monotonic() - began
        yield made
        app.close()


EXPECTED = {
    "200": {"new", "same"},
    "304": {"not_modified"},
    "301": {"moved"},
    "404": {"http_error"},
    "500": {"http_error"},
    "304 unasked": {"http_error"},
    "429": {"rate_limited"},
    "403": {"blocked"},
    "410": {"gone"},
    "login": {"not_a_feed"},
    "hang": {"timeout"},
}
"""What a poll must have made of each thing that a server did."""


def test_a_month_takes_no_half_minute(month):
    assert month.seconds < 30


def test_every_poll_is_told_as_what_the_server_did_and_every_failure_with_its_reason(month):
    done = Counter()
    for name, outlet in month.site.outlets.items():
        acts = {}
        for heard in month.site.web.heard:
            if heard.request.url in (outlet.feed, MOVED if name == "courier" else ""):
                acts.setdefault(heard.request.at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"), heard.act)
        polls = month.polls(name)
        assert [poll.at for poll in polls] == list(acts), f"{name}: a poll for each request, a request for each poll"
        assert [poll.number for poll in polls] == list(range(1, len(polls) + 1))
        for poll in polls:
            assert poll.outcome in EXPECTED[acts[poll.at]], f"{name} at {poll.at}: {poll}"
            assert poll.outcome in ("new", "same", "not_modified", "moved") or poll.reason
            done[acts[poll.at]] += 1
    assert set(done) == set(EXPECTED) - {"404"}, "every trick was played"
    assert sum(done.values()) == len(month.lines)


def test_nothing_is_doubled_and_nothing_is_lost(month):
    told = {outlet.title: Counter() for outlet in month.site.outlets.values()}
    for name, outlet in month.site.outlets.items():
        out_of_reach = {"wire": 20, "gazette": 13}.get(name, DAYS - 1)
        for each in outlet.stories:
            if each.published < day(out_of_reach):
                told[outlet.title][each.told(day(DAYS))[0]] += 1
    known = {title: Counter() for title in told}
    for line in month.app.library.list():
        known["Press releases of the ministry" if line.publisher == "The ministry" else line.publisher][line.title] += 1
    assert known == told
    assert {count for counted in known.values() for count in counted.values()} == {1}


def test_an_edit_is_a_version_and_both_versions_stay(month):
    (revised,) = month.events("document.revised")
    assert (revised.title, revised.version, revised.rung) == ("LUPEX to fly in 2028 with a guest", 2, "url")
    with month.app.store.reading() as reading:
        texts = [
            reading.texts.get(event.text_digest)
            for event in month.events("document.captured", "document.revised")
            if event.document_id == revised.document_id
        ]
    assert texts == [PLAN, PLAN_CORRECTED]
    found = [(c.attribute, c.new) for c in month.app.query.history("mission/lupex", axis="recorded") if "NASA" in c.new]
    assert found == [("party", "NASA: payload")], "what the edit added is known from then on"


def test_copies_lead_to_their_origin_and_count_once(month):
    lines = {line.id: line for line in month.app.library.list()}
    copies = {line.title: lines[line.copy_of].title for line in lines.values() if line.copy_of}
    assert copies == {
        "Moon rover to leave in 2028": "LUPEX to fly in 2028 with a guest",
        "LUPEX late by a year": "LUPEX slips to 2029",
        "Moon rover a year late": "LUPEX slips to 2029",
    }
    (launch,) = month.app.query.subject("mission/lupex").attributes["launch_date"]
    assert (launch.value, launch.modality, launch.origins) == ("2029", "planned", 2), "four say it, two know it"


def test_the_view_of_lupex_after_a_month(month):
    lupex = month.app.query.subject("LUPEX")
    (status,) = lupex.attributes["status"]
    assert (status.value, status.published) == ("in_development", "2026-03-16")
    assert {held.value for held in lupex.attributes["party"]} >= {"ISRO: lander", "JAXA: rover", "NASA: payload"}
    assert lupex.slips == 1


def test_the_history_of_lupex_tells_of_the_slip_and_what_was_known_when(month):
    query = month.app.query
    for axis in ("published", "recorded"):
        slips = [c for c in query.history("mission/lupex", axis=axis) if c.change == "slip"]
        assert [(c.attribute, c.old, c.new, c.days, c.published) for c in slips] == [
            ("launch_date", "2028", "2029", 365, "2026-03-10")
        ], axis
    before = query.subject("mission/lupex", as_of=query.moment(known_at=month.at_day[8]))
    assert [held.value for held in before.attributes["launch_date"]] == ["2028"]
    assert [held.origins for held in before.attributes["launch_date"]] == [2], "the paper asked people of its own"
    assert "status" not in before.attributes


def test_servers_are_left_alone_as_they_ask(month):
    (limited,) = [poll for poll in month.polls("courier") if poll.outcome == "rate_limited"]
    after = month.polls("courier")[limited.number]
    waited = dt.datetime.fromisoformat(after.at) - dt.datetime.fromisoformat(limited.at)
    assert waited >= dt.timedelta(seconds=21600)
    for heard in month.site.web.heard:
        if heard.act == "304":
            assert heard.request.headers["if-none-match"]
    bodies = Counter(
        heard.act for heard in month.site.web.heard if heard.request.url == month.site.outlets["liar"].feed
    )
    assert bodies["200"] <= DAYS + 1, "one that always says 304 is asked for everything once a day, not more"


def test_a_feed_that_moved_is_asked_where_it_is(month):
    (moved,) = month.events("feed.moved")
    assert moved.to_url == MOVED
    assert [heard.act for heard in month.site.web.heard].count("301") == 1
    assert month.feed("courier").url == moved.to_url, "and is found by its old name"


def test_a_feed_that_is_gone_is_asked_no_more(month):
    (retired,) = month.events("feed.retired")
    assert (retired.feed_id, retired.why) == (month.feed("gazette").id, "gone")
    assert [heard.act for heard in month.site.web.heard].count("410") == 1


def test_a_feed_that_fails_is_tried_ever_more_seldom_and_never_given_up(month):
    blocked = [dt.datetime.fromisoformat(poll.at) for poll in month.polls("wire") if poll.outcome == "blocked"]
    gaps = [later - earlier for earlier, later in itertools.pairwise(blocked)]
    assert blocked[-1] > day(DAYS - 2)
    assert dt.timedelta(hours=4) <= gaps[0] <= gaps[-1] <= dt.timedelta(hours=36)


def test_the_doctor_names_what_is_wrong_and_each_trouble_was_told_once(month):
    health = month.app.doctor.look(now=month.app.now())
    names = {outlet.feed: name for name, outlet in month.site.outlets.items()} | {MOVED: "courier"}
    found = {names[one.feed]: one.state for one in health.feeds}
    assert found == {"wire": "blocked", "gazette": "retired", "bulletin": "silent", "liar": "silent", "daily": "silent"}
    assert all(one.reason for one in health.feeds)
    assert not health.ok
    assert all(lag.behind == 0 for lag in health.consumers)
    assert health.parked == ()
    told = {}
    for log in month.logs:
        if log["log_level"] == "warning":
            told.setdefault(names[log["feed"]], []).append((log["event"], log.get("state")))
    assert told["desk"] == [("feed.in_trouble", "failing"), ("feed.recovered", None)]
    assert told["wire"] == [*told["desk"], ("feed.in_trouble", "blocked")], "three days of silence, then the wall"
    assert told["gazette"] == [("feed.gone", None)]
    assert all(len(set(each)) == len(each) for each in told.values())


def test_the_log_holds_and_the_views_can_be_made_again(month):
    assert month.app.verify.log(on_progress=lambda _done, _last: None).ok
    assert [made.changed for made in month.app.project.rebuild(on_progress=lambda _: None)] == [False] * len(
        month.app.project.names
    )
