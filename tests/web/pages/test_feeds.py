"""Feeds and calendars over HTTP: found from the pages, the same rules as in files, and not sent twice."""

import html.parser
import json

import icalendar
import pytest

from tests.outputs.atom_rules import ATOM, checked
from tests.web.conftest import serving
from tests.web.pages.conftest import HARM, ingest

TYPES = {
    ".atom": "application/atom+xml",
    ".json": "application/feed+json",
    ".ics": "text/calendar; charset=utf-8",
}


class Alternates(html.parser.HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.found = {}
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "link" and given.get("rel") == "alternate":
            self.found[given["type"]] = given["href"]


@pytest.mark.parametrize(
    ("page", "key"),
    [("/", "all"), ("/?kind=mission", "missions"), ("/subjects/mission/lupex", "mission/lupex")],
)
def test_a_page_tells_where_its_feeds_are(shown, page, key):
    text = shown.get(page).text
    found = Alternates(text).found
    assert sorted(found.values()) == [f"/feeds/{key}{suffix}" for suffix in (".atom", ".ics", ".json")]
    for address in found.values():
        assert f'<a href="{address}">' in text
        answer = shown.get(address)
        suffix = address[address.rindex(".") :]
        assert (answer.status_code, answer.headers["content-type"]) == (200, TYPES[suffix])


def test_an_agreement_has_no_calendar(shown):
    (agreement, *_) = [one for one in shown.app.query.board() if one.kind == "agreement"]
    assert "text/calendar" not in Alternates(shown.get(f"/subjects/{agreement.id}").text).found


def test_an_entry_leads_to_the_reasons_and_to_the_sentence(shown):
    root = checked(shown.get("/feeds/mission/lupex.atom").content)
    (slip, *_) = [one for one in root.findall(f"{ATOM}entry") if one.find(f"{ATOM}category").get("term") == "slip"]
    links = {link.get("rel"): link.get("href") for link in slip.findall(f"{ATOM}link")}
    assert links["alternate"] == f"{shown.client.base_url}/subjects/mission/lupex/explain/launch_date".replace(
        "//s", "/s"
    )
    assert "and why" in shown.client.get(links["alternate"]).text
    assert '<mark id="said">' in shown.client.get(links["related"].partition("#")[0]).text


@pytest.mark.parametrize("suffix", TYPES)
def test_what_a_reader_has_is_not_sent_again_until_something_happens(own, tmp_path, suffix):
    address = f"/feeds/all{suffix}"
    first = own.get(address)
    assert own.get(address, headers={"If-None-Match": first.headers["etag"]}).status_code == 304
    ingest(own, tmp_path, id="a", published="2025-12-30", text="The LUPEX mission will be launched on 12 March 2028.")
    second = own.get(address, headers={"If-None-Match": first.headers["etag"]})
    assert second.status_code == 200
    assert b"LUPEX" in second.content


def test_who_follows_a_subject_hears_that_all_of_it_was_taken_back(own, tmp_path):
    from tracker.services.curation.desk import Signed

    ingest(own, tmp_path, id="a", published="2025-12-30", text="The LUPEX mission will be launched on 12 March 2028.")
    assert own.get("/feeds/mission/lupex.ics").text.count("BEGIN:VEVENT") == 1
    for claim in own.app.curation.claims.claims(subject="LUPEX"):
        own.app.curation.values.retract(claim.claim_id, Signed("me", "source_was_wrong"))
    assert own.get("/subjects/mission/lupex").status_code == 404
    entries = checked(own.get("/feeds/mission/lupex.atom").content).findall(f"{ATOM}entry")
    assert entries[0].find(f"{ATOM}category").get("term") == "retracted"
    calendar = own.get("/feeds/mission/lupex.ics")
    assert (calendar.status_code, "BEGIN:VEVENT" in calendar.text) == (200, False)


def test_a_long_feed_is_read_part_by_part(shown):
    address, seen = "/feeds/all.atom", []
    while address:
        root = checked(shown.client.get(address).content)
        seen += [entry.findtext(f"{ATOM}id") for entry in root.findall(f"{ATOM}entry")]
        address = next((link.get("href") for link in root.findall(f"{ATOM}link") if link.get("rel") == "next"), None)
    assert len(seen) == len(set(seen)) == len(shown.app.query.changes())
    parts = [json.loads(shown.get("/feeds/all.json").content)]
    while "next_url" in parts[-1]:
        parts.append(shown.client.get(parts[-1]["next_url"]).json())
    assert [item["id"] for part in parts for item in part["items"]] == seen


def test_a_page_made_to_do_harm_does_none_in_a_feed(shown):
    for kind in ("all", "missions", "mission/lupex"):
        content = shown.get(f"/feeds/{kind}.atom").content
        checked(content)
        assert b"<script" not in content
        assert b"&lt;script" not in content or b"&amp;lt;script" in content
        icalendar.Calendar.from_ical(shown.get(f"/feeds/{kind}.ics").content)
    assert HARM not in shown.get("/feeds/all.json").text


def test_another_name_leads_to_the_feed_of_its_subject(shown):
    answer = shown.get("/feeds/LUPEX.atom", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (307, "/feeds/mission/lupex.atom")


@pytest.mark.parametrize(
    ("address", "code", "said"),
    [
        ("/feeds/nothing.atom", 404, "no subject"),
        ("/feeds/all", 404, "names end in .atom, .json, .ics"),
        ("/feeds/all.exe", 404, "names end in"),
        ("/feeds/all.atom?before=soon", 400, "before"),
        ("/feeds/all.atom?known_at=5", 400, "feeds and calendars tell of now"),
        ("/feeds/../../etc/passwd.atom", 404, ""),
    ],
)
def test_what_cannot_be_had_is_told(shown, address, code, said):
    answer = shown.get(address)
    assert answer.status_code == code
    assert said in answer.text


@pytest.mark.parametrize("host", ['evil"><x', "a b", "evil.example/path", "x" * 300 + "/"])
def test_no_header_decides_more_than_the_host_of_a_link(shown, host):
    answer = shown.get("/feeds/all.atom", headers={"Host": host})
    assert answer.status_code == 400
    assert b"<x" not in answer.content


def test_the_address_that_the_operator_gives_comes_before_the_host_that_was_asked(tmp_path):
    with serving(tmp_path, public_url="https://tracker.example/space/") as site:
        answer = site.get("/feeds/all.atom", headers={"Host": "internal:8000"})
        root = checked(answer.content)
        assert root.findtext(f"{ATOM}id") == "tag:tracker.example,2026:space/feeds/all"
        hrefs = {link.get("href") for link in root.iter(f"{ATOM}link")}
        assert all(href.startswith("https://tracker.example/space/") for href in hrefs)
        assert b"internal" not in answer.content
