"""Files made to hang, to fill the memory or to reach out. Each is done in seconds, where a naive reader takes hours."""

import datetime as dt
import subprocess
import sys
import time

import pytest

from tracker.capture.item import Given, Item, Refused
from tracker.capture.sources import items

SECONDS = 8  # ten times what the slowest takes on a small machine; the traps below would take minutes or for ever
RSS = "<?xml version='1.0'?><rss version='2.0'><channel><title>Wire</title>"
ITEM = "<item><title>One flew</title></item></channel></rss>"


def take(path, content):
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    start = time.process_time()
    # With a date, so that what is timed is taking in, and not reasoning about dates.
    found = list(items(str(path), given=Given(published="2026"), captured_on=dt.date(2026, 11, 21)))
    assert time.process_time() - start < SECONDS
    return found


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 1_000_000 + "One flew.",
        "<div>One flew. " * 100_000,
        "<table><tr><td>One flew. " * 20_000,
        "<p " + " ".join(f"a{number}=1" for number in range(200_000)) + ">One flew.</p>",
        "<b>x</b>" * 100_000 + "One flew.",
        "&" * 1_000_000 + "One flew.",
        "One flew.<!--" * 100_000,
        "<script type='application/ld+json'>" + "[" * 1_000_000 + "</script>One flew.",
        "<meta name=date content='" + "1" * 1_000_000 + "'>One flew.",
    ],
    ids=[
        "deep",
        "deep words",
        "deep tables",
        "attributes",
        "many",
        "ampersands",
        "comments",
        "deep metadata",
        "long metadata",
    ],
)
def test_a_hostile_page_gives_its_words_in_linear_time(tmp_path, html):
    (item,) = take(tmp_path / "a.html", html)
    assert isinstance(item, Item)
    assert "One flew." in item.text


def test_no_word_is_lost_to_a_depth_limit(tmp_path):
    (item,) = take(tmp_path / "a.html", "".join(f"<div>word{number} " for number in range(5000)))
    assert "word4999" in item.text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    "definition",
    [
        "<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>",
        "<!ENTITY b SYSTEM 'file:///etc/passwd'>",
        "<!entity % b SYSTEM 'http://127.0.0.1:9/x.dtd'> %b;",
    ],
    ids=["bomb", "file", "network"],
)
def test_entities_are_refused_before_any_parser_sees_them(tmp_path, definition, encoding):
    bomb = f"<?xml version='1.0' encoding='{encoding}'?><!DOCTYPE rss [{definition}]><rss version='2.0'><channel><item>"
    (refused,) = take(tmp_path / "a.xml", (bomb + "<title>&b;</title></item></channel></rss>").encode(encoding))
    assert isinstance(refused, Refused)
    assert "defines XML entities" in refused.reason


def test_entities_in_a_page_are_not_expanded(tmp_path):
    (item,) = take(tmp_path / "a.html", "<!DOCTYPE html [<!ENTITY b 'boom'>]><p>One flew &b; away.</p>")
    assert "boom" not in item.text.replace("'boom'", "")


@pytest.mark.parametrize(
    "trap",
    [
        "<item><title>One flew</title><author>a@" + "a." * 500_000 + "!</author></item>",
        "<item><title>One flew</title><dc:creator xmlns:dc='http://purl.org/dc/elements/1.1/'>"
        + "a" * 500_000
        + "</dc:creator></item>",
        "<item><title>One flew</title><description>" + "&lt;div&gt;" * 100_000 + "</description></item>",
        "<item><title>One flew</title><pubDate>" + "1" * 500_000 + "</pubDate></item>",
        "<item><title>One flew</title><guid>" + "x" * 500_000 + "</guid></item>",
    ],
    ids=["address", "long name", "deep text", "long date", "long id"],
)
def test_a_hostile_entry_does_not_hang_the_parser(tmp_path, trap):
    found = take(tmp_path / "a.xml", RSS + trap + ITEM)
    assert [item.title for item in found] == ["One flew", "One flew"]


def test_a_tag_with_too_many_attributes_is_refused(tmp_path):
    tag = "<item " + " ".join(f"a{number}='1'" for number in range(100_000)) + ">"
    (refused,) = take(tmp_path / "a.xml", RSS + tag + ITEM)
    assert refused.reason == "has a tag with more than 256 attributes"


@pytest.mark.parametrize(
    "form", ["<n{0}:a xmlns:n{0}='u{0}'/>", "<a {1}xmlns:n{0} = 'u'/>", "<a b='c'xmlns:n{0}='u'/>"]
)
def test_a_flood_of_namespaces_is_refused(tmp_path, form):
    flood = "".join(form.format(number, "\n" * (number % 3)) for number in range(32_000))
    (refused,) = take(tmp_path / "a.xml", RSS + flood + ITEM)
    assert refused.reason == "declares more than 256 prefixes of namespaces (xmlns)"


@pytest.mark.parametrize("flood", ["xmlns:", "'xmlns:", " xmlns:a", "xmlns: ", "/xmlns:"])
def test_counting_namespaces_takes_linear_time(tmp_path, flood):
    found = take(tmp_path / "a.xml", RSS + '<a b="' + flood * 400_000 + '"/>' + ITEM)
    assert [item.title for item in found] == ["One flew"]


def test_the_namespace_of_every_paragraph_is_one_namespace(tmp_path):
    entry = "<item><title>One flew</title><x:y xmlns:x='http://www.w3.org/1999/xhtml'>a</x:y></item>"
    assert len(take(tmp_path / "a.xml", RSS + entry * 1000 + ITEM)) == 1001


@pytest.mark.parametrize("flood", ["&", "<", "<!", "<?", "<![CDATA[", "'\""])
def test_broken_xml_is_named_and_what_came_before_is_kept(tmp_path, flood):
    found = take(tmp_path / "a.xml", RSS + "<item><title>One flew</title></item><item><x>" + flood * 100_000)
    assert found[0].title == "One flew"
    assert "the feed is broken XML" in found[-1].reason


@pytest.mark.parametrize(
    "content", ["[" * 5_000_000, '{"text":' * 500_000, '{"a":[' * 500_000 + "1"], ids=["arrays", "texts", "both"]
)
def test_deep_json_is_refused(tmp_path, content):
    (refused,) = take(tmp_path / "a.json", content)
    assert refused.reason == "is JSON nested too deep"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.md", "---\na: b\n" + "x: y\n" * 1_000_000),
        ("a.txt", b"\xe9 a" * 2_000_000),
        ("b.txt", b"\x01\x02abc" * 1_000_000),
        ("c.txt", b"\xff\xfe" + b"ab" * 3_000_000 + b"a"),
        ("a.xml", "<!--" * 1_000_000),
        ("b.xml", "<?x ?>" * 500_000),
    ],
)
def test_a_large_file_that_is_no_document_is_refused_in_linear_time(tmp_path, name, content):
    (refused,) = take(tmp_path / name, content)
    assert isinstance(refused, Refused)


@pytest.mark.parametrize(
    "line", ["# " * 2_000_000, "A " * 2_000_000 + "(", "[" * 4_000_000, "A, 1 of " * 500_000 + "(X)"]
)
def test_a_text_of_one_endless_line_has_its_header_looked_for_in_linear_time(tmp_path, line):
    (item,) = take(tmp_path / "a.txt", line)
    assert item.title is None or len(item.title) <= 300


def test_taking_in_text_loads_none_of_the_heavy_parsers(tmp_path):
    """A third of a second for each `tracker ingest` of a text, if it did."""
    (tmp_path / "a.txt").write_text("One flew.")
    (tmp_path / "b.jsonl").write_text('{"text": "One flew."}')
    (tmp_path / "c.md").write_text("# One flew\n")
    script = (
        "import sys, datetime as dt\n"
        "from tracker.capture.sources import items\nfrom tracker.capture.item import Given\n"
        f"assert len(list(items({str(tmp_path)!r}, given=Given(), captured_on=dt.date(2026, 1, 1)))) == 3\n"
        "print(*{'trafilatura', 'feedparser', 'lxml', 'warcio', 'charset_normalizer'} & set(sys.modules))\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
