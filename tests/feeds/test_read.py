"""What a site says it has published, read from whatever form it says it in."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.feeds.writing import URL, item, only, read, rss
from tracker.errors import BrokenFeedError, NotAFeedError
from tracker.feeds.read import MOST_BYTES
from tracker.feeds.samples import ATOM, JSON, LISTING, RSS, SAMPLES, SITEMAP

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
    assert draft.declared.published == "2026-11-02"


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


def test_a_news_sitemap_of_days_without_news_is_a_feed_without_entries():
    found = read('<urlset xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"></urlset>')
    assert (found.format, found.drafts) == ("sitemap", ())


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
