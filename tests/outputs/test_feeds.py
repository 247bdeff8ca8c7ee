"""Feeds of changes: they keep the rules of their formats, whatever was fetched, and a reader hears of each change once."""

import json
from html.parser import HTMLParser

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.outputs.atom_rules import ATOM, checked, name
from tests.outputs.conftest import HARM, opened, tell
from tracker.domain.ids import SubjectId
from tracker.outputs import atom, json_feed
from tracker.outputs.entry import NEVER, entry
from tracker.outputs.feed import feed
from tracker.outputs.format import About
from tracker.outputs.place import NOBODY, Place
from tracker.services.queries.newest import newest

HERE = Place("https://tracker.example/news", "https://tracker.example/news")


def about(found, key="all", place=HERE):
    return About(place, key, "All subjects", found.names)


def atom_of(found, key="all", place=HERE, **parts):
    return atom.document(feed(found.lines, about(found, key, place), atom.SUFFIX, **parts))


def entries(document):
    return checked(document).findall(f"{ATOM}entry")


def test_a_slip_comes_with_before_after_its_words_and_the_way_to_the_reasons(known):
    found = newest(known.query, subject=SubjectId("mission/lupex"), limit=100)
    titles = {one.findtext(f"{ATOM}title"): one for one in entries(atom_of(found, "mission/lupex"))}
    slip = titles["LUPEX: Launch slipped from 12 March 2028 to 20 May 2028 (planned, +69 days)"]
    content = slip.findtext(f"{ATOM}content")
    assert "<del>12 March 2028</del>" in content
    assert "<ins>20 May 2028</ins>" in content
    assert "<blockquote><p>" in content
    assert slip.find(f"{ATOM}category").get("term") == "slip"
    (why,) = [link.get("href") for link in slip.findall(f"{ATOM}link") if link.get("rel") == "alternate"]
    assert why == "https://tracker.example/news/subjects/mission/lupex/explain/launch_date"
    assert why in content


def test_the_newest_come_first_and_older_ones_lead_on_without_a_gap(known):
    everything = newest(known.query, limit=10_000)
    assert everything.older is None
    positions = [line.position for line in everything.lines]
    assert positions == sorted(positions, reverse=True)
    assert len(everything.lines) == len(known.query.changes())
    told, before = [], None
    while True:
        part = newest(known.query, before=before, limit=10)
        told += part.lines
        if part.older is None:
            break
        assert part.older < (before or 10**9)
        before = part.older
    assert told == list(everything.lines), "and the changes of one event are never parted"


def test_both_databases_tell_of_the_newest_alike(fresh, tmp_path):
    app = opened(tmp_path, database=fresh())
    try:
        for number, year in enumerate(range(2026, 2032)):
            text = f"The LUPEX mission will be launched in {year}, JAXA said."
            tell(app, tmp_path, id=f"n{number}", published=f"2025-0{number + 1}-01", text=text)
        expected = sorted(app.query.changes(), key=lambda line: (-line.position, line.subject))
        told, before = [], None
        while True:
            part = newest(app.query, subject=SubjectId("mission/lupex"), before=before, limit=2)
            told += part.lines
            if (before := part.older) is None:
                break
        assert told == expected
        assert [line.new for line in told[:5]] == ["2031", "2030", "2029", "2028", "2027"]
        assert part.names == {"mission/lupex": "LUPEX"}
    finally:
        app.close()


@pytest.mark.parametrize("kind", ["mission", "agreement", "meeting"])
def test_a_kind_has_a_feed_of_its_own(known, kind):
    lines = newest(known.query, kind=kind, limit=10_000).lines
    assert lines
    assert list(lines) == [
        each for each in newest(known.query, limit=10_000).lines if each.subject.startswith(f"{kind}/")
    ]


def test_parts_of_a_feed_name_each_other(known):
    found = newest(known.query, limit=10)
    root = checked(atom_of(found, before=99, older=found.older))
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    own = "https://tracker.example/news/feeds/all.atom"
    assert links == {
        "self": f"{own}?before=99",
        "alternate": "https://tracker.example/news/",
        "first": own,
        "next": f"{own}?before={found.older}",
    }


def test_a_change_has_one_name_for_ever(known):
    before = [one.findtext(f"{ATOM}id") for one in entries(atom_of(newest(known.query, limit=10_000)))]
    assert len(before) == len(set(before))
    assert list(known.project.rebuild(on_progress=lambda _progress: None))
    again = [one.findtext(f"{ATOM}id") for one in entries(atom_of(newest(known.query, limit=10_000)))]
    assert before == again
    other_door = Place("http://127.0.0.1:8000", HERE.public)
    assert before == [
        one.findtext(f"{ATOM}id") for one in entries(atom_of(newest(known.query, limit=10_000), place=other_door))
    ]


def test_the_same_log_gives_the_same_bytes(known):
    assert atom_of(newest(known.query, limit=50)) == atom_of(newest(known.query, limit=50))


def test_a_retraction_is_news_too(own, tmp_path):
    tell(
        own,
        tmp_path,
        id="a",
        published="2025-11-01",
        text="The LUPEX mission will be launched on 12 March 2028, JAXA said.",
    )
    (claim,) = [c for c in own.curation.claims.claims(subject="LUPEX") if c.attribute == "launch_date"]
    from tracker.services.curation.desk import Signed

    own.curation.values.retract(claim.claim_id, Signed("me", "source_was_wrong"))
    (first, *_) = entries(atom_of(newest(own.query, limit=100)))
    assert first.find(f"{ATOM}category").get("term") == "retracted"
    assert "12 March 2028" in first.findtext(f"{ATOM}content")


def test_an_empty_feed_is_one(own):
    root = checked(atom_of(newest(own.query, limit=100)))
    assert root.findtext(f"{ATOM}updated") == NEVER
    assert root.findall(f"{ATOM}entry") == []


def test_json_feed_says_the_same(known):
    found = newest(known.query, limit=20)
    made = feed(found.lines, about(found), json_feed.SUFFIX, older=found.older)
    told = json.loads(json_feed.document(made))
    assert told["version"] == "https://jsonfeed.org/version/1.1"
    assert told["title"]
    assert told["feed_url"] == "https://tracker.example/news/feeds/all.json"
    assert told["next_url"] == f"{told['feed_url']}?before={found.older}"
    written = entries(atom_of(found))
    assert [item["id"] for item in told["items"]] == [one.findtext(f"{ATOM}id") for one in written]
    assert [item["content_html"] for item in told["items"]] == [one.findtext(f"{ATOM}content") for one in written]
    assert all(item["url"].startswith("https://") and item["date_published"] for item in told["items"])


def test_feedparser_reads_both(known):
    import feedparser

    found = newest(known.query, limit=20)
    read = feedparser.parse(atom_of(found))
    assert not read.bozo
    assert [one.id for one in read.entries] == [one.id for one in feed(found.lines, about(found), ".atom").entries]


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.seen, self.addresses = set(), []

    def handle_starttag(self, tag, attributes):
        self.seen.add(tag)
        self.addresses += [value for name, value in attributes if name in ("href", "src")]
        assert not any(name.startswith("on") for name, _ in attributes)


HOSTILE = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="<>&\"']]>\x00\x0b\x1b\ufffe\ud800\u202e\r\nab", max_size=40),
    st.just(HARM),
    st.just("]]></content></entry><entry>"),
)


@given(words=HOSTILE, name_=HOSTILE, document=HOSTILE)
def test_nothing_that_was_fetched_breaks_a_feed_or_runs_in_it(line, words, name_, document):
    """Markup, ends of CDATA, controls that XML has no way to write, halves of characters: all of it is text."""
    evidence = msgspec.structs.replace(line.evidence, quote=words)
    told = msgspec.structs.replace(line, evidence=evidence, new=words, document_id=document, by=words)
    about = About(HERE, "all", name_ or "All", {line.subject: name_ or "x"})
    (one,) = entries(atom.document(feed([told], about, ".atom")))
    read = Tags()
    read.feed(one.findtext(f"{ATOM}content"))
    assert read.seen <= {"p", "dl", "dt", "dd", "del", "ins", "blockquote", "a"}
    assert all(address.startswith("https://tracker.example/news/") for address in read.addresses)
    json.loads(json_feed.document(feed([told], about, ".json")))


@pytest.fixture(scope="module")
def line(known):
    return known.query.history("LUPEX", attribute="launch_date")[-1]


@pytest.mark.parametrize(
    ("public", "begins"),
    [
        ("", f"tag:{NOBODY},2026:"),
        ("https://Tracker.Example:8443", "tag:tracker.example,2026:"),
        ("https://tracker.example/space", "tag:tracker.example,2026:space/"),
        ("https://bücher.example", "tag:xn--bcher-kva.example,2026:"),
        ("http://[2001:db8::1]:80", f"tag:{NOBODY},2026:"),
    ],
)
def test_names_are_made_of_the_lasting_address_alone(public, begins):
    made = Place("http://127.0.0.1:8000", public).tag("feeds/all")
    assert name(made).startswith(begins)


def test_where_nothing_is_served_an_entry_leads_nowhere(line):
    made = entry(line, About())
    assert (made.why, made.document) == (None, None)
    assert "<a" not in made.html
    checked(atom.document(feed([line], About(), ".atom")))


def test_an_address_cannot_be_led_astray_by_a_name():
    place = Place("https://t.example")
    assert place.url(place.document("../../etc?x=/#y")) == "https://t.example/documents/..%2F..%2Fetc%3Fx%3D%2F%23y"
    assert place.document("a", "clm_1") == "documents/a?claim=clm_1#said"
