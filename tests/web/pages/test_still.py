"""The site of files: every link leads to a file, nothing waits for a server, and the folder is changed at once or not at all."""

import asyncio
import functools
import http.server
import json
import re
import threading
from html.parser import HTMLParser
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

import httpx
import icalendar
import pytest

from tests.outputs.atom_rules import ATOM, checked
from tests.web.conftest import serving
from tests.web.pages.conftest import HARM, SLIP, ingest
from tests.web.pages_chromium import BINARY, browser
from tracker.errors import ConfigError, RefusedError
from tracker.projections import PROJECTIONS
from tracker.services.audit import outside
from tracker.web.still.folder import MARK, replacing
from tracker.web.still.inside import HOST
from tracker.web.still.paths import address, relative
from tracker.web.still.site import write


def export(app, place, **given):
    return write(app, place, on_progress=lambda _done, _known: None, **given)


@pytest.fixture(scope="module")
def folder(shown, tmp_path_factory):
    """The whole site, as files."""
    place = tmp_path_factory.mktemp("still") / "site"
    made = export(shown.app, place, bundle=False)
    assert made.files == len(files(place)) - 1  # and its mark
    return place


def files(place):
    return {str(path.relative_to(place)): path for path in sorted(place.rglob("*")) if path.is_file()}


def contents(place):
    return {name: path.read_bytes() for name, path in files(place).items()}


class Page(HTMLParser):
    def __init__(self, content):
        super().__init__()
        self.tags, self.links, self.ids, self.text = set(), [], set(), []
        self.feed(content.decode())

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        for name, value in attributes:
            assert name != "data-live"
            if name in ("href", "src"):
                self.links.append(value)
            if name == "id":
                assert value not in self.ids, f"{value} twice"
                self.ids.add(value)

    def handle_data(self, data):
        self.text.append(data)


@pytest.fixture(scope="module")
def pages(folder):
    return {name: Page(path.read_bytes()) for name, path in files(folder).items() if name.endswith(".html")}


def target(origin, link):
    parts = urlsplit(link)
    path = normpath(join(dirname(origin), unquote(parts.path))) if parts.path else origin
    return path, parts.fragment


def test_every_page_of_the_walk_is_there(folder):
    there = files(folder)
    for name in (
        "index.html", "slips.html", "conflicts.html", "documents.html", "sources.html", "audit.html", "audit/checkpoint.txt",
        "subjects/mission/lupex.html", "subjects/mission/lupex/history.html", "subjects/mission/lupex/compare.html",
        "subjects/mission/lupex/explain/launch_date.html", "api/v1/subjects/mission/lupex.json", "static/sheet.css",
        "feeds/all.atom", "feeds/all.json", "feeds/all.ics", "feeds/mission/lupex.atom", MARK,
    ):  # fmt: skip
        assert name in there, name
    shown_subjects = {name for name in there if re.fullmatch(r"subjects/[^/]+/[^/]+\.html", name)}
    assert len(shown_subjects) > 25, "also those that the board has no room for"


def test_every_link_leads_to_a_file_and_to_a_place_in_it(folder, pages):
    there = files(folder)
    for name, page in pages.items():
        for link in page.links:
            if link.startswith(("http://", "https://")):
                continue
            assert not link.startswith("/"), (name, link)
            path, fragment = target(name, link)
            assert path in there, (name, link)
            if fragment:
                assert fragment in pages[path].ids, (name, link)


def test_nothing_waits_for_a_server(folder, pages):
    for name, page in pages.items():
        assert not page.tags & {"form", "input", "select", "button", "script"}, name
    for name, content in contents(folder).items():
        assert HOST.encode() not in content, name


def test_a_claim_leads_to_its_words_also_in_a_text_that_has_been_revised_since(folder, pages):
    history = "subjects/mission/lupex/history.html"
    current = [target(history, link) for link in pages[history].links if "#clm_" in link]
    assert current
    assert all("," not in path and fragment in pages[path].ids for path, fragment in current)
    # What this tracker believed before the revision stands in the feed, with the text that it rested on.
    feed = "feeds/mission/lupex.atom"
    links = [link.get("href") for link in checked((folder / feed).read_bytes()).iter(f"{ATOM}link")]
    revised = [target(feed, link) for link in links if "wire" in link and link.endswith("#said")]
    assert revised
    for path, _ in revised:
        assert b'<mark id="said">' in (folder / path).read_bytes()
        assert "as version 1 had it" in "".join(pages[path].text)


def test_feeds_keep_their_rules_and_lead_to_files(folder):
    there = files(folder)
    for name, path in there.items():
        if name.endswith(".atom"):
            for link in checked(path.read_bytes()).iter(f"{ATOM}link"):
                assert target(name, link.get("href"))[0] in there, (name, link.get("href"))
        elif name.startswith("feeds/") and name.endswith(".json"):
            for item in json.loads(path.read_bytes())["items"]:
                assert target(name, item["url"])[0] in there
        elif name.endswith(".ics"):
            for event in icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT"):
                assert "URL" not in event, "a calendar is read elsewhere, where nothing relative leads anywhere"


def test_hostile_names_stay_names(folder, pages):
    for page in pages.values():
        assert "img" not in page.tags or all(not link.startswith("x") for link in page.links)
    assert HARM.split()[0] in "".join(pages["documents/harm.html"].text)
    assert "documents/wire%2F1%3Fa%3Db.html" in files(folder)
    assert all(".." not in name for name in files(folder))


def test_the_same_log_gives_the_same_bytes(shown, folder, tmp_path):
    export(shown.app, tmp_path / "again", bundle=False)
    assert contents(tmp_path / "again") == contents(folder)


def test_any_web_server_can_serve_it(folder, pages):
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=folder))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        root = f"http://127.0.0.1:{server.server_address[1]}/"
        with httpx.Client() as client:
            waiting, seen = [root], {root}
            while waiting:
                where = waiting.pop()
                answer = client.get(where)
                assert answer.status_code == 200, where
                if answer.headers["content-type"].startswith("text/html"):
                    for link in Page(answer.content).links:
                        to = str(answer.url.join(link)).partition("#")[0]
                        if to.startswith(root) and to not in seen:
                            seen.add(to)
                            waiting.append(to)
        assert {unquote(urlsplit(url).path).strip("/") or "index.html" for url in seen} >= {
            # Texts of before are what feeds lead to.
            name
            for name in pages
            if ",claim=" not in name
        }
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.mark.skipif(BINARY is None, reason="no Chromium is installed")
def test_a_browser_reads_it_from_the_disk(folder, tmp_path):
    async def click(tab, words):
        script = f"[...document.links].find(a => a.textContent.trim() === {json.dumps(words)})"
        await tab.visit(await tab.run(f"{script}.href"))

    async def walk():
        async with browser(tmp_path) as tab:
            await tab.size(1280)
            await tab.visit((folder / "index.html").as_uri())
            await click(tab, "LUPEX")
            assert await tab.run("document.querySelectorAll('svg rect.window').length") >= 3
            await click(tab, "Launch")
            await click(tab, "2025-01-india-japan-space-snapshot")
            marked = "document.querySelector(':target')"
            assert await tab.run(f"{marked}.textContent") == "LUPEX is scheduled for launch in 2025"
            assert await tab.run(f"getComputedStyle({marked}).boxShadow") != "none", "it is to be seen"
            assert tab.complaints == []
            assert all(url.startswith(("file://", "data:")) for url in tab.asked)

    asyncio.run(walk())


def test_a_folder_of_others_is_left_alone(shown, folder, tmp_path):
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "mine.txt").write_text("mine")
    with pytest.raises(RefusedError, match="holds other files"):
        export(shown.app, tmp_path / "letters", bundle=False)
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigError, match="is a file; name a folder"):
        export(shown.app, tmp_path / "file", bundle=False)
    with pytest.raises(ConfigError, match="cannot be written: No such file"):
        export(shown.app, tmp_path / "nowhere" / "site", bundle=False)
    assert (tmp_path / "letters" / "mine.txt").read_text() == "mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "letters"]


def test_a_site_is_replaced_as_a_whole_or_not_at_all(own, tmp_path, monkeypatch):
    place = tmp_path / "site"
    place.mkdir()
    ingest(own, tmp_path, id="a", published="2025-12-30", text="The LUPEX mission will be launched on 12 March 2028.")
    export(own.app, place)
    before = contents(place)
    ingest(own, tmp_path, id="b", published="2025-12-31", text="The LUPEX mission will be launched on 20 May 2028.")

    def breaks(done, _known):
        assert contents(place) == before, "nothing of it is seen while it grows"
        if done == 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write(own.app, place, on_progress=breaks)
    assert contents(place) == before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
    export(own.app, place)
    assert b"20 May 2028" in (place / "index.html").read_bytes()
    (place / "CNAME").write_text("tracker.example")
    with pytest.raises(RefusedError, match="holds 'CNAME', which this command did not write"):
        export(own.app, place)


def test_what_was_killed_is_cleared_away_and_who_writes_is_not_disturbed(own, tmp_path):
    place, growing = tmp_path / "site", tmp_path / ".site.growing"
    with replacing(place, position=int) as folder:
        assert folder == growing
        with pytest.raises(RefusedError, match="another process writes it now"):
            export(own.app, place)
    assert [path.name for path in place.iterdir()] == [MARK]
    assert not growing.exists()
    # As a process leaves it that was killed: some pages, and the mark of one that has only begun.
    (growing / "subjects").mkdir(parents=True)
    (growing / "subjects" / "half.html").write_text("<p>half")
    (growing / MARK).write_text('{"made_by":"tracker export site"}')
    export(own.app, place)
    assert "subjects/half.html" not in files(place)
    assert not growing.exists()
    # What somebody else keeps under that name is not ours to clear away.
    growing.mkdir()
    (growing / "mine.txt").write_text("mine")
    with pytest.raises(RefusedError, match="holds other files, and this command needs it"):
        export(own.app, place)
    assert (growing / "mine.txt").read_text() == "mine"


def test_the_bundle_beside_the_pages_is_whole_and_the_pages_show_what_it_was_signed_with(own, tmp_path):
    ingest(own, tmp_path, id="a", published="2025-12-30", text=SLIP)
    public = own.app.key.make("tracker.example/log")
    made = export(own.app, tmp_path / "site")
    assert made.bundle
    verdict = outside.verify(tmp_path / "site" / "audit" / "bundle.zip", PROJECTIONS, key=public.encode())
    assert verdict.ok
    page = Page((tmp_path / "site" / "audit.html").read_bytes())
    assert "audit/bundle.zip" in page.links
    assert (tmp_path / "site" / "audit" / "checkpoint.txt").read_text() in "".join(page.text)
    again = export(own.app, tmp_path / "again")
    assert again.position == made.position, "what is signed already is not signed again"
    assert contents(tmp_path / "again") == contents(tmp_path / "site")


def test_where_the_site_has_an_address_feeds_and_calendars_hold_whole_ones(tmp_path):
    (tmp_path / "db").mkdir()
    with serving(tmp_path / "db", seeds=False, public_url="https://tracker.example/space") as site:
        ingest(
            site, tmp_path, id="a;b", published="2025-12-30", text="LUPEX will be launched on 12 March 2028, JAXA said."
        )
        export(site.app, tmp_path / "site")
    base = "https://tracker.example/space/"
    there = files(tmp_path / "site")
    root = checked((tmp_path / "site" / "feeds" / "all.atom").read_bytes())
    hrefs = [link.get("href") for link in root.iter(f"{ATOM}link")]
    hrefs += re.findall(r'href="([^"]+)"', "".join(content.text for content in root.iter(f"{ATOM}content")))
    (event,) = icalendar.Calendar.from_ical(there["feeds/all.ics"].read_bytes()).walk("VEVENT")
    hrefs += [str(event["URL"]), str(event["DESCRIPTION"]).splitlines()[-1]]
    for href in hrefs:
        assert href.startswith(base), href
        assert unquote(urlsplit(href.removeprefix(base)).path) in there, href
    assert "documents/a%253Bb.html" in "".join(hrefs)


def test_an_empty_tracker_is_a_site_too(own, tmp_path):
    made = export(own.app, tmp_path / "site")
    assert made.position == 0
    assert "Nothing is known yet" in (tmp_path / "site" / "index.html").read_text()


@pytest.mark.parametrize(
    ("reference", "file"),
    [
        ("/", "index.html"),
        ("/?offset=100&kind=mission", "index,kind=mission,offset=100.html"),
        ("/documents/..%2F..%2Fetc", "documents/..%2F..%2Fetc.html"),
        ("/documents/a?version=2&against=1", "documents/a,against=1,version=2.html"),
        ("/documents/a%00b", "documents/a%00b.html"),
        ("/documents?publisher=A%2FB", "documents,publisher=A%2FB.html"),
        ("/static/sheet.css?v=abc", "static/sheet.css"),
        ("/feeds/all.atom?before=37", "feeds/all,before=37.atom"),
        ("/audit/proof?position=7", "audit/proof,position=7.tlog-proof"),
        ("/api/v1/subjects/mission/lupex", "api/v1/subjects/mission/lupex.json"),
        ("/search?q=x", None),
        ("/subjects/mission/lupex?published_by=2020", None),
        ("/audit?upto=50", None),
        ("/metrics", None),
        ("/feeds/all.exe", None),
    ],
)
def test_an_address_becomes_a_file_inside_the_folder_or_none(reference, file):
    found = address(reference)
    assert (found and found.file) == file
    if file:
        assert unquote(relative(file, "a/b/c.html")) == f"../../{file}"


def test_a_name_of_great_length_becomes_one_that_a_disk_takes():
    names = {address(f"/documents/{'x' * 500}{end}").file for end in "ab"}
    assert len(names) == 2
    assert all(len(part) < 255 for name in names for part in name.split("/"))
