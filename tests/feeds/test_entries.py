"""What all feeds get wrong in the same ways is put right: ids, links, texts and dates, for each entry alone."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.feeds.writing import TODAY, URL, guid, item, only, read, rss
from tracker.capture.draft import Draft, Origin
from tracker.capture.entries import LONGEST_LINE, LONGEST_TEXT, Channel, Entry, judged
from tracker.feeds.samples import ATOM

# --- identity -------------------------------------------------------------------------------------------------------


def test_ids_that_stand_for_several_entries_name_none():
    found = read(rss(item("One", "/1", guid("x")), item("Two", "/2", guid("x")), item("Three", "/3", guid("y"))))
    assert found.guids_repeat
    assert [draft.declared.id for draft in found.drafts] == [None, None, None]
    assert [draft.declared.url[-2:] for draft in found.drafts] == ["/1", "/2", "/3"]


def test_an_entry_that_is_there_twice_word_for_word_repeats_no_id():
    found = read(rss(item(more=guid("x")), item(more=guid("x"))))
    assert not found.guids_repeat
    assert [draft.declared.id for draft in found.drafts] == ["x", "x"]


@pytest.mark.parametrize(
    ("site", "url", "scope"),
    [
        ("https://wire.example/", "https://wire.example/feed", "https://wire.example/"),
        ("https://www.wire.example/", "https://feeds.wire.example/all", "https://www.wire.example/"),
        ("/", "https://wire.example/feed", "https://wire.example/"),
        ("https://agency.example/", "https://wire.example/feed", "https://wire.example/feed"),
        ("https://wire.example.evil.example/", "https://wire.example/feed", "https://wire.example/feed"),
        ("https://example/", "https://wire.example/feed", "https://wire.example/feed"),
        ("", "https://wire.example/feed", "https://wire.example/feed"),
    ],
)
def test_ids_are_good_within_the_site_of_a_feed_and_no_feed_speaks_for_another_site(site, url, scope):
    assert only(rss(item(more=guid("1")), head=f"<title>Wire</title><link>{site}</link>"), url=url).scope == scope


def test_a_bare_number_is_an_id_and_no_link():
    assert (
        only("<rss><channel><item><title>One flew</title><guid>4711</guid></item></channel></rss>").declared.url is None
    )
    linked = "<rss><channel><item><title>One flew</title><guid>https://wire.example/1</guid></item></channel></rss>"
    assert only(linked).declared.url == "https://wire.example/1"


# --- links ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("/2026/1", "https://wire.example/2026/1"),
        ("1.html", "https://wire.example/news/1.html"),
        ("?id=1", "https://wire.example/news/feed?id=1"),
        ("//moon.example/1", "https://moon.example/1"),
        (" https://wire.example/1?a=1&amp;b=2\n", "https://wire.example/1?a=1&b=2"),
        ("https://wire.example/", None),  # the home page
        ("https://wire.example", None),
        ("/", None),
        ("https://moon.example/", None),  # somebody's home page
        (URL, None),  # the feed itself
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("mailto:anna@wire.example", None),
        ("ftp://wire.example/1", None),
        ("https://anna@wire.example/1", None),
        ("https://wire.example\\@moon.example/1", None),
        ("http://[::1/1", None),
        ("https://wire.example:99999/1", None),
        ("https://wire.example/" + "x" * 2100, None),
        ("https://wire.example/a\u202eb", "https://wire.example/ab"),
    ],
)
def test_only_an_address_that_can_be_asked_for_is_a_link(link, url):
    draft = only(rss(item(link=link)))
    assert (draft.text, draft.declared.url) == ("One flew", url)


def test_links_are_relative_to_what_the_feed_says_they_are():
    body = ATOM.replace("<feed ", "<feed xml:base='/en/' ").replace("https://wire.example/1", "press/1")
    assert only(body).declared.url == "https://wire.example/en/press/1"


def test_a_link_that_all_entries_share_names_none_of_them():
    found = read(rss(item("One", "/changes"), item("Two", "/changes#two")))
    assert [draft.declared.url for draft in found.drafts] == [None, None]
    found = read(rss(item("One", "/changes"), item("Two", "/changes"), item("Three", "/3")))
    assert [draft.declared.url is None for draft in found.drafts] == [False, False, False]


# --- text and dates -------------------------------------------------------------------------------------------------


def test_what_cannot_be_seen_is_taken_out():
    draft = only(
        rss(item("One \u202eflew\u202c\x07", more="<description>It\ud800 came\x00 \x1bdown.</description>")).encode(
            "utf-8", "surrogatepass"
        )
    )
    assert (draft.declared.title, draft.text.replace("\ufffd", "")) == ("One flew", "It came down.")


def test_half_a_character_spoils_neither_its_title_nor_the_feed():
    """U+D83D alone is half an emoji: cut off by a length limit, mostly."""
    items = r'{"id": "1", "title": "One \ud83d flew \ud83d\ude80"}, {"id": "2", "title": "C:\\ud83d \udc00two"}'
    found = read(f'{{"version": "https://jsonfeed.org/version/1", "title": "Wire", "items": [{items}]}}')
    assert [draft.text for draft in found.drafts] == ["One flew 🚀", r"C:\ud83d two"]
    found = read(rss(item("One &#xD83D;&#55357;flew &#x1F680;&#0;&#99999999;"), item("Two &#8217;", "/2")))
    assert [draft.text for draft in found.drafts] == ["One flew 🚀", "Two ’"]
    assert found.refused == ()


def test_a_title_is_plain_text_whatever_is_in_it():
    title = (
        "&lt;script&gt;alert(1)&lt;/script&gt;One &amp;amp; &lt;img src=x onerror=alert(2)&gt;two&lt;svg/onload=x&gt;"
    )
    assert only(rss(item(title))).declared.title == "One & two"


@pytest.mark.parametrize(
    ("said", "published"),
    [
        ("Mon, 02 Nov 2026 23:30:00 -0500", "2026-11-02"),
        ("2026-11-02", "2026-11-02"),
        ("2026-11-22T09:00:00+09:00", "2026-11-22"),  # a clock that is ahead
        ("2026-11-23T09:00:00Z", None),
        ("Thu, 01 Jan 2099 00:00:00 GMT", None),
        ("0001-01-01T00:00:00Z", None),
        ("1989-12-31T00:00:00Z", None),
        ("9999-12-31T23:59:59-12:00", None),
        ("10000-01-01", None),
        ("30 Feb 2026 10:00:00 GMT", None),
        ("1" * 10_000, None),
        ("yesterday", None),
    ],
)
def test_a_date_out_of_this_world_is_no_date(said, published):
    assert only(rss(item(more=f"<pubDate>{said}</pubDate>"))).declared.published == published


def test_fields_past_their_limits_are_cut_or_left_out_and_the_entry_is_kept():
    long = "x" * 2_000_000
    body = rss(
        item(
            f"One flew {long}",
            more=f"<guid>{long}</guid><description>{long}</description>" + "<category>c</category>" * 10_000,
        )
    )
    found = read(body)
    (draft,) = found.drafts
    assert len(draft.declared.title) == LONGEST_LINE
    assert draft.declared.id is None
    assert len(draft.text) == LONGEST_TEXT
    assert [one.reason for one in found.refused] == ["the text has more than 500,000 characters; the rest is left out"]


def test_entries_past_the_limit_are_counted_in_one_line():
    found = read(rss(*[item(f"Number {number}", f"/{number}") for number in range(2_500)]))
    assert len(found.drafts) == 2_000
    assert [one.reason for one in found.refused] == ["has 2500 entries; the 500 after the first 2000 are left out"]


def test_the_order_of_entries_is_the_feed_s_and_an_entry_without_words_is_named():
    found = read(rss(item("One", "/1"), "<item><link>/2</link></item>", item("Three", "/3")))
    assert [(draft.number, draft.text) for draft in found.drafts] == [(1, "One"), (3, "Three")]
    assert [(one.source, one.reason) for one in found.refused] == [(f"{URL}#2", "the entry has neither text nor title")]


# --- laws -----------------------------------------------------------------------------------------------------------

small = st.sampled_from([None, "1", "2", "3"])
channels = st.lists(
    st.builds(
        Entry,
        id=small,
        link=small.map(lambda path: path and f"/{path}"),
        title=small.map(lambda title: title and f"Number {title}"),
        text=st.sampled_from(["", "It came down.", "It flew."]),
        day=st.sampled_from([None, "2026-11-02", "2026-11", "2099-01-01", "0001-01-01"]),
    ),
    max_size=6,
).map(lambda entries: Channel("rss", "application/rss+xml", tuple(entries), title="Wire"))


def documents(channel):
    found = judged(channel, Origin(URL, None, 1), url=URL, today=TODAY)
    drafts = [msgspec.structs.replace(one, number=None) for one in found.found if isinstance(one, Draft)]
    return found.guids_repeat, drafts


@given(channels, st.randoms(use_true_random=False))
def test_the_order_of_entries_changes_no_document(channel, random):
    shuffled = list(channel.entries)
    random.shuffle(shuffled)
    repeat, drafts = documents(channel)
    again, others = documents(msgspec.structs.replace(channel, entries=tuple(shuffled)))
    assert repeat == again
    assert sorted(map(repr, drafts)) == sorted(map(repr, others))


@given(channels)
def test_an_id_names_one_entry_or_none(channel):
    repeat, drafts = documents(channel)
    named = {}
    for draft in drafts:
        known = draft.declared
        assert draft.text
        assert not (repeat and known.id)
        assert named.setdefault(known.id, (known.url, known.title)) == (known.url, known.title) or known.id is None
    assert len(drafts) == sum(bool(entry.text or entry.title) for entry in channel.entries)
