"""`tracker feeds` and `tracker run`, called as an operator calls them."""

import json
import re

import pytest

from tests.services.site import entry, page, rss, site

STORY = "Japan launched its Hiten probe in 1990. LUPEX is scheduled for launch in 2028."
LINE = ["feed", "outcome", "new", "revised", "unchanged", "parked", "next_check_at", "reason"]


@pytest.fixture
def paper():
    with site() as made:
        made.feed = f"{made.at}/feed.xml"
        made.pages["/feed.xml"] = rss(entry("a", STORY))
        yield made


@pytest.fixture
def tracker(fresh):
    fresh.environment |= {"TRACKER_FETCH_ALLOW_PRIVATE": "1", "TRACKER_FETCH_SPACING": "0"}
    return fresh


def test_from_a_feed_to_the_status_of_a_mission(tracker, paper):
    (added,) = tracker("feeds", "add", paper.feed, "--publisher", "The Paper", "--json").lines
    assert (added["feed"], added["outcome"]) == (paper.feed, "added")
    assert tracker("doctor").code == 0
    (line,) = tracker("feeds", "poll", "--json").lines
    assert list(line) == LINE
    assert (line["feed"], line["outcome"], line["new"], line["reason"]) == (paper.feed, "new", 1, None)
    launch = tracker("status", "LUPEX", "--json").json["attributes"]["launch_date"][0]
    assert launch["value"] == "2028"
    assert tracker("feeds", "poll", "--due", "--json").lines == []
    assert "no feed is due" in tracker("feeds", "poll", "--due").out
    (again,) = tracker("feeds", "poll", added["id"], "--json").lines
    assert again["outcome"] == "same"
    assert tracker("doctor").code == 0


def test_the_list_for_people_and_for_programs(tracker, paper):
    assert "tracker feeds add URL" in tracker("feeds", "list").out
    tracker("feeds", "add", paper.feed, "--grade", "secondary", "--reason", "a newspaper")
    tracker("feeds", "poll")
    (listed,) = tracker("feeds", "list", "--json").lines
    told = {key: listed[key] for key in ("feed", "title", "grade", "grade_reason", "format", "verified", "state")}
    assert told == {
        "feed": paper.feed, "title": "The Paper", "grade": "secondary", "grade_reason": "a newspaper", "format": "rss",
        "verified": True, "state": "ok",
    }  # fmt: skip
    assert "The Paper" in tracker("feeds", "list").out


def test_a_dry_run_shows_and_records_nothing(tracker, paper):
    link = (
        b'<html><head><link rel="alternate" type="application/rss+xml" href="/feed.xml"></head><body>Hi</body></html>'
    )
    paper.pages["/"] = (200, {"Content-Type": "text/html"}, link)
    tried = tracker("feeds", "add", paper.feed, "--dry-run")
    assert (tried.code, "The Paper: rss, 1 entries" in tried.out) == (0, True)
    tried = tracker("feeds", "add", f"{paper.at}/", "--dry-run", "--json")
    assert (tried.code, tried.json["outcome"], tried.json["offers"]) == (1, "not_a_feed", [paper.feed])
    assert tracker("events", "list", "--json").lines == []


def test_lists_go_in_and_out(tracker, paper, tmp_path):
    tracker("feeds", "add", paper.feed, "--title", "Paper & Sons")
    given = tracker("feeds", "export").out
    assert "Paper &amp; Sons" in given
    (tmp_path / "feeds.opml").write_text(given.replace("</body>", '<outline text="x" xmlUrl="ftp://x/y"/></body>'))
    made = tracker("feeds", "import", tmp_path / "feeds.opml")
    assert (made.code, made.out.splitlines()[-1]) == (0, "1 known, 1 refused")
    assert tracker("feeds", "remove", paper.feed, "--json").lines[0]["outcome"] == "removed"
    made = tracker("feeds", "import", "-", "--json", stdin=given)
    assert made.lines[0]["outcome"] == "added"
    missing = tracker("feeds", "import", "nowhere.opml")
    assert (missing.code, missing.err) == (1, "tracker: nowhere.opml: cannot be read: No such file or directory\n")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["add", "ftp://example.org/"], 2, "no http or https address"),
        (["add", "http://me:secret@example.org/"], 2, "user name or password"),
        (["remove", "https://example.org/"], 3, "`tracker feeds list` shows all"),
        (["poll", "https://example.org/"], 3, "`tracker feeds list` shows all"),
        (["poll", "https://example.org/", "--due"], 2, "name feeds, or say --due"),
        (["add", "https://example.org/", "--grade", "superb"], 2, "superb"),
    ],
)
def test_wrong_use_is_told_in_one_line(fresh, words, code, said):
    answer = fresh("feeds", *words)
    assert (answer.code, answer.out) == (code, "")
    assert said in answer.err
    assert "secret" not in answer.err
    assert "Traceback" not in answer.err


def test_private_addresses_are_not_asked_unless_the_operator_says_so(tracker, paper):
    tracker("feeds", "add", paper.feed)
    tracker.environment["TRACKER_FETCH_ALLOW_PRIVATE"] = "0"
    (line,) = tracker("feeds", "poll", "--json").lines
    assert line["outcome"] == "refused_address"
    assert line["reason"]
    assert paper.asked == []


def test_who_asks_says_so(tracker, paper):
    tracker("feeds", "add", paper.feed)
    tracker("feeds", "poll", env={"TRACKER_FETCH_CONTACT": "https://example.org/bot"})
    ((_, headers),) = paper.asked
    assert re.fullmatch(r"tracker/[0-9.]+ \(\+https://example\.org/bot\)", headers["user-agent"])


def test_what_stands_at_an_address_is_ingested(tracker, paper):
    paper.pages["/story"] = page(
        "A story", STORY, "More words follow here, and they say little of note. " * 3, "They end here."
    )
    paper.pages["/data.json"] = json.dumps({"text": STORY + " And so on.", "published": "2025-05-01"}).encode()
    paper.pages["/robots.txt"] = b"User-agent: *\nDisallow: /secret"
    (line,) = tracker("ingest", f"{paper.at}/story", "--json").lines
    assert (line["outcome"], line["claims"] is None) == ("captured", False)
    (line,) = tracker("ingest", paper.feed, "--json").lines
    assert line["outcome"] == "captured"
    (line,) = tracker("ingest", f"{paper.at}/data.json", "--json").lines
    assert line["outcome"] == "captured"
    for path, why in (("/missing", "404"), ("/secret", "robots.txt")):
        (line,) = tracker("ingest", f"{paper.at}{path}", "--json").lines
        assert line["outcome"] == "parked"
        assert why in line["reason"]
    assert "/secret" not in paper.paths()
    documents = tracker("documents", "list", "--json").json
    assert {document["url"] for document in documents} >= {f"{paper.at}/story", f"{paper.at}/data.json"}
    (line,) = tracker("ingest", f"{paper.at}/story", "--json").lines
    assert line["outcome"] == "unchanged"


def test_the_doctor_names_what_is_in_trouble(tracker, paper):
    paper.pages["/feed.xml"] = (403, {}, b"")
    tracker("feeds", "add", paper.feed)
    for _ in range(3):
        tracker("feeds", "poll")
    answer = tracker("doctor")
    assert answer.code == 1
    assert "feeds in trouble: 1;" in answer.out
    assert "blocked" in answer.out
    health = tracker("doctor", "--json").json
    (told,) = health["feeds"]
    assert (health["ok"], told["feed"], told["state"]) == (False, paper.feed, "blocked")
    assert "3 polls in a row have failed" in told["reason"]


def test_once_is_for_cron(tracker, paper):
    tracker("feeds", "add", paper.feed)
    answer = tracker("run", "--once")
    assert (answer.code, answer.out) == (0, "")
    assert "feed.polled" in answer.err
    (listed,) = tracker("feeds", "list", "--json").lines
    assert listed["state"] == "ok"
