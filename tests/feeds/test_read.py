"""What a site says it has published, read from whatever form it says it in."""

import contextlib
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.capture.entries import LONGEST_LINE, LONGEST_TEXT
from tracker.errors import BrokenFeedError, NotAFeedError
from tracker.feeds.read import MOST_BYTES, parse
from tracker.feeds.samples import ATOM, JSON, LISTING, RSS, SAMPLES, SITEMAP

TODAY = dt.date(2026, 11, 21)
URL = "https://wire.example/news/feed"


def read(body, url=URL, **given):
    return parse(body if isinstance(body, bytes) else body.encode(), url=url, today=TODAY, **given)


def rss(*items, head="<title>Wire</title><link>https://wire.example/</link>", root="<rss version='2.0'>"):
    return f"{root}<channel>{head}{''.join(items)}</channel></rss>"


def item(title="One flew", link="https://wire.example/1", more=""):
    return f"<item><title>{title}</title><link>{link}</link>{more}</item>"


def only(body, **given):
    (draft,) = read(body, **given).drafts
    return draft


# --- formats --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sample", "format_"), [(RSS, "rss"), (ATOM, "atom"), (JSON, "json"), (SITEMAP, "sitemap"), (LISTING, "listing")]
)
def test_the_smallest_feed_of_each_format(sample, format_):
    found = read(sample, listing=sample == LISTING)
    (draft,) = found.drafts
    assert (found.format, found.refused, found.guids_repeat) == (format_, (), False)
    assert draft.declared.title.startswith("One flew")
    assert draft.declared.url.startswith("https://wire.example/")
    assert draft.declared.published in {"2026-11-02", None} - ({None} if format_ != "json" else set())


def test_no_format_is_without_a_sample():
    assert {read(sample, listing=True).format for sample in SAMPLES} == {"rss", "atom", "json", "sitemap", "listing"}


@pytest.mark.parametrize("version", ["0.91", "0.92", "0.94", "2.0", "2.1", ""])
def test_every_rss_is_rss(version):
    assert read(rss(item(), root=f"<rss version='{version}'>")).format == "rss"


def test_rdf():
    found = read(
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/' "
        "xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:sy='http://purl.org/rss/1.0/modules/syndication/'>"
        "<channel rdf:about='https://wire.example/rdf'><title>Wire</title><link>https://wire.example/</link>"
        "<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency></channel>"
        "<item rdf:about='https://wire.example/1'><title>One flew</title><link>https://wire.example/1</link>"
        "<dc:date>2026-11-02T23:30:00-05:00</dc:date></item></rdf:RDF>"
    )
    assert (found.format, found.title, found.site, found.period_s) == ("rdf", "Wire", "https://wire.example/", 21_600)
    assert found.drafts[0].declared.published == "2026-11-02"  # by the publisher's own clock


@pytest.mark.parametrize(
    ("head", "period"),
    [
        ("<ttl>60</ttl>", 3600),
        ("<ttl> 1.5 </ttl>", 90),
        ("<ttl>often</ttl>", None),
        ("<ttl>-5</ttl>", None),
        ("<ttl>nan</ttl>", None),
        ("<ttl>99999999</ttl>", None),
        ("<ttl>1e999</ttl>", None),
        ("<sy:updatePeriod>hourly</sy:updatePeriod>", 3600),
        ("<sy:updatePeriod> Daily\n</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>", 43_200),
        ("<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>", None),
        ("<sy:updatePeriod>monsoonly</sy:updatePeriod>", None),
        ("<ttl>60</ttl><sy:updatePeriod>daily</sy:updatePeriod>", 86_400),
        ("", None),
    ],
)
def test_how_often_a_feed_wants_to_be_asked(head, period):
    root = "<rss version='2.0' xmlns:sy='http://purl.org/rss/1.0/modules/syndication/'>"
    assert read(rss(item(), head=f"<title>Wire</title>{head}", root=root)).period_s == period


def test_the_fullest_text_is_taken_and_it_is_plain():
    content = "<content:encoded>&lt;p&gt;It flew &amp;amp; came down.&lt;/p&gt;&lt;script&gt;x()&lt;/script&gt;</content:encoded>"
    body = rss(
        item("One &amp;lt;b&amp;gt; flew", more=f"<description>It flew.</description>{content}"),
        root="<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'>",
    )
    assert only(body).text == "It flew & came down."


def test_a_json_feed_as_people_write_it():
    found = read(
        '{"version":"http://jsonfeed.org/version/1","title":"Wire &amp; Co","home_page_url":"https://wire.example/",'
        '"language":"en-GB","items":[{"id":7,"external_url":"https://moon.example/7","content_text":"One flew."},'
        '{"id":null,"title":["no"],"summary":"Two flew.","date_published":"soon","date_modified":"2026-11-03T10:00:00Z"},'
        '{"id":"3"},17]}'
    )
    first, second = found.drafts
    assert (found.title, first.declared.id, first.declared.url) == ("Wire & Co", "7", "https://moon.example/7")
    assert (second.text, second.declared.published, second.declared.language) == ("Two flew.", "2026-11-03", "en")
    assert [refused.source for refused in found.refused] == [f"{URL}#3", f"{URL}#4"]


def test_a_news_sitemap_keeps_the_pictures_out_and_pages_without_news():
    space = "xmlns:image='http://www.google.com/schemas/sitemap-image/1.1'"
    extra = (
        f"<url {space}><loc>https://wire.example/2</loc><image:image><image:loc>https://wire.example/2.jpg</image:loc>"
        "<image:title>A picture</image:title></image:image><news:news><news:publication><news:name>The Wire</news:name>"
        "<news:language>en</news:language></news:publication><news:publication_date>2026-11-20T08:00:00+09:00"
        "</news:publication_date><news:title>Two &amp;amp; three flew</news:title></news:news></url>"
        "<url><loc>https://wire.example/about</loc></url>"
    )
    found = read(SITEMAP.replace("</urlset>", f"{extra}</urlset>"))
    assert [draft.declared.url for draft in found.drafts] == ["https://wire.example/1", "https://wire.example/2"]
    second = found.drafts[1].declared
    assert (second.title, second.publisher, second.published) == ("Two & three flew", "The Wire", "2026-11-20")
    assert found.title == "The Wire"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "the answer is empty"),
        (b" \n ", "the answer is empty"),
        ("<!doctype html><html><title>Please log in</title></html>", "is a page (HTML), neither RSS nor Atom"),
        ("<opml/>", "is XML, but neither RSS nor Atom: its root is <opml>"),
        ("Too many requests", "is no XML"),
        (b"\x89PNG\r\n\x1a\n\xff\xd8", "is no XML"),
        ('{"error": "not found"}', "is JSON, but no JSON Feed: it has no version or no list of items"),
        ('{"items": [{"id": 1}]}', "is JSON, but no JSON Feed: it has no version or no list of items"),
        (
            '{"version": "https://jsonfeed.org/version/1", "items": 5}',
            "is JSON, but no JSON Feed: it has no list of items",
        ),
        ("[1, 2]", "is JSON, but no JSON Feed: it has no list of items"),
        ("<sitemapindex><sitemap/></sitemapindex>", "is an index of sitemaps; register the news sitemap that it lists"),
        ("<urlset><url><loc>https://wire.example/1</loc></url></urlset>", "is a sitemap of 1 pages, none of them with"),
    ],
)
def test_what_is_no_feed_is_told_from_a_feed_without_news(body, reason):
    with pytest.raises(NotAFeedError) as caught:
        read(body)
    assert caught.value.reason.startswith(reason)
    assert caught.value.source == URL


def test_a_page_in_place_of_a_feed_is_called_what_the_server_calls_it():
    with pytest.raises(NotAFeedError, match="the server calls it application/rss"):
        read("<html>Sign in", media_type="application/rss+xml")


@pytest.mark.parametrize("body", [rss(), ATOM[: ATOM.index("<entry>")] + "</feed>", JSON[: JSON.index("[{")] + "[]}"])
def test_an_empty_feed_is_a_feed(body):
    assert read(body).drafts == ()


# --- identity -------------------------------------------------------------------------------------------------------


def guid(value):
    return f"<guid isPermaLink='false'>{value}</guid>"


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


# --- bytes ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "charset"),
    [
        (rss(item("Café flew")).encode(), None),
        (rss(item("Café flew")).encode(), "iso-8859-1"),  # a server that is wrong
        (("\ufeff" + rss(item("Café flew"))).encode("utf-16"), None),
        (rss(item("Café flew")).encode("utf-16-le"), None),
        (rss(item("Café flew")).encode("utf-16-be"), None),
        (rss(item("Café flew")).encode("cp1252"), "windows-1252"),
        (("<?xml version='1.0' encoding='ISO-8859-1'?>" + rss(item("Café flew"))).encode("latin-1"), None),
        (("<?xml version='1.0' encoding='ISO-8859-1'?>" + rss(item("Café flew"))).encode("latin-1"), "punycode"),
    ],
)
def test_the_characters_are_found_whatever_was_declared(raw, charset):
    assert only(raw, charset=charset).declared.title == "Café flew"


def test_one_bad_byte_does_not_silence_a_feed():
    found = read(rss(item("Café élan flew"), item("Déjà vu", "/2")).encode() + b"<!-- \xff -->")
    assert [draft.declared.title for draft in found.drafts] == ["Café élan flew", "Déjà vu"]
    assert "is no valid UTF-8" in found.refused[0].reason


@pytest.mark.parametrize(
    "fault", ["<b>&nbsp;&eacute;</b>", "<c>AT&T</c>", "<open>", "</closed>", "<a b=c/>", "<x:y/>", "<!-- -- -->", "]]>"]
)
def test_a_fault_that_costs_no_entry_is_not_worth_a_word(fault):
    found = read(rss(item("One", "/1"), fault, item("Two", "/2")))
    assert [draft.text for draft in found.drafts] == ["One", "Two"]
    assert found.refused == ()


def test_a_feed_that_breaks_off_gives_what_is_there_and_says_so():
    whole = rss(item("One", "/1"), item("Two", "/2"), item("Three", "/3"))
    found = read(whole[: whole.index("Three")])
    assert [draft.text for draft in found.drafts][:2] == ["One", "Two"]
    assert "the feed is broken XML" in found.refused[-1].reason
    with pytest.raises(BrokenFeedError, match="the feed is broken XML"):
        read("<rss><channel><item")


def test_what_is_too_large_is_not_even_looked_at():
    with pytest.raises(BrokenFeedError, match="is larger than"):
        read(b"<" * (MOST_BYTES + 1))


@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace")))
def test_no_bytes_end_in_anything_but_a_feed_or_one_of_two_errors(raw):
    for start in (
        b"",
        b"<rss><channel><item><title>",
        b"<urlset>",
        b'{"version":"https://jsonfeed.org/version/1","items":[',
        b"<html>",
    ):
        with contextlib.suppress(NotAFeedError, BrokenFeedError):
            found = read(start + raw, listing=start == b"<html>")
            assert all(draft.text for draft in found.drafts)
