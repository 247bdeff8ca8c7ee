"""Lists of feeds in and out: what other readers write, what people break, what strangers plant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.errors import InputError
from tracker.feeds.opml import MOST_OUTLINES, Outline, read, written

LIST = """<?xml version="1.0" encoding="UTF-8"?>
<opml version="1.1"><head><title>Space &amp; sea</title></head><body>
<outline text="Agencies"><outline text="Asia">
  <outline type="rss" text="Moon desk" xmlUrl="https://moon.example/feed?a=1&b=2" htmlUrl="https://moon.example/"/>
</outline></outline>
<outline text="Again" xmlUrl="HTTPS://moon.example:443/feed?a=1&amp;b=2"/>
<outline text="A note"/>
<outline title="Quay" text="ignored" xmlurl="http://quay.example/rss" grade="official" verified="TRUE" fullText="true"/>
</body></opml>"""


def listed(*rows):
    return f"<opml version='2.0'><body>{''.join(rows)}</body></opml>".encode()


def outline(url, more=""):
    return f"<outline text='x' xmlUrl='{url}' {more}/>"


def test_a_list_with_folders_doubles_and_bare_ampersands_gives_each_feed_once():
    found = read(LIST.encode())
    assert found.title == "Space & sea"
    assert found.duplicates == 1
    assert found.refused == ()
    assert found.outlines == (
        Outline("https://moon.example/feed?a=1&b=2", "Moon desk", "https://moon.example/"),
        Outline("http://quay.example/rss", "Quay", grade="official", full_text=True, verified=True),
    )


words = (
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf"]), min_size=1, max_size=60)
    .map(lambda text: " ".join(text.split()))
    .filter(bool)
)
maybe = st.none() | words
outlines = st.builds(
    Outline,
    url=st.integers(0, 10**6).map("https://feeds.example/{}?a=1&b='\"".format),
    title=words,
    site=st.none() | st.just("https://feeds.example/"),
    publisher=maybe,
    grade=maybe,
    reason=maybe,
    format=maybe,
    full_text=st.booleans(),
    verified=st.booleans(),
)


@given(st.lists(outlines, max_size=8, unique_by=lambda outline: outline.url), words)
def test_what_is_written_is_read_back(given_outlines, title):
    wanted = [outline for outline in given_outlines if '"' not in outline.url]
    found = read(written(wanted, title=title))
    assert found.outlines == tuple(wanted)
    assert (found.title, found.refused) == (title, ())


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("javascript:alert(1)", "is no http or https address without user name"),
        ("file:///etc/passwd", "is no http or https address without user name"),
        ("https://anna:secret@moon.example/feed", "is no http or https address without user name"),
        ("https://moon.example\\@inside.example/", "is no http or https address without user name"),
        ("/feed.xml", "is no http or https address without user name"),
        ("http://127.0.0.1:8080/feed", "is an address of this machine or its own network"),
        ("http://[::1]/feed", "is an address of this machine or its own network"),
        ("http://169.254.169.254/latest", "is an address of this machine or its own network"),
        ("http://localhost/feed", "is an address of this machine or its own network"),
        ("http://printer.local./feed", "is an address of this machine or its own network"),
        ("http://intranet/feed", "is an address of this machine or its own network"),
    ],
)
def test_an_address_that_must_not_be_asked_is_named_and_the_rest_is_taken(address, reason):
    found = read(listed(outline(address), outline("https://moon.example/feed")))
    assert [one.url for one in found.outlines] == ["https://moon.example/feed"]
    assert [one.reason for one in found.refused] == [reason]


def test_feeds_of_the_own_network_are_taken_when_it_is_allowed():
    found = read(listed(outline("http://127.0.0.1:8080/feed")), allow_private=True)
    assert [one.url for one in found.outlines] == ["http://127.0.0.1:8080/feed"]


def test_a_list_that_breaks_off_keeps_what_came_before():
    found = read(listed(outline("https://moon.example/feed"))[:-14] + b"<outline", name="mine.opml")
    assert [one.url for one in found.outlines] == ["https://moon.example/feed"]
    assert "is broken XML" in found.refused[0].reason


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "is empty"),
        (b"feeds: none", "is no OPML"),
        (b"<rss/>", "its root is <rss>"),
        (b"<!DOCTYPE opml [<!ENTITY a 'b'>]><opml/>", "defines XML entities"),
        (b"<opml>" + b"<outline>" * 1000, "folders deeper than 64"),
        (b"<opml>" + b"<outline/>" * (MOST_OUTLINES + 1), "has more than 100,000 outlines"),
    ],
)
def test_what_is_no_list_is_refused_with_the_reason(raw, reason):
    with pytest.raises(InputError, match=r"mine\.opml: ") as caught:
        read(raw, name="mine.opml")
    assert reason in caught.value.reason


def test_a_hundred_thousand_outlines_are_read_and_bad_ones_are_counted():
    rows = [outline(f"https://feeds.example/{number}") for number in range(90_000)]
    found = read(listed(*rows, *[outline("mailto:anna@feeds.example")] * 10_000))
    assert len(found.outlines) == 90_000
    assert len(found.refused) == 1_001
    assert found.refused[-1].reason == "and 9000 more outlines that cannot be taken"
