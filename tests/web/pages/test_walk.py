"""Somebody follows every link from the board on: no page is missing, and each one is sound."""

import itertools
import re
from collections import Counter, deque
from functools import cache
from urllib.parse import urldefrag, urljoin

import html5lib
import pytest

_OF_A_SHAPE = 6
"""Of addresses that differ in their names only, so many are followed."""


def shape(address: str) -> str:
    """What an address has in common with others of its kind."""
    path, _, query = address.partition("?")
    path = re.sub(r"(?<=^/subjects/)(\w+)/[^/]+", r"\1/*", path)
    path = re.sub(r"(?<=^/documents/).+|(?<=/explain/).+|(?<=/api/v1/).+", "*", path)
    return path + "?" + "&".join(sorted(part.partition("=")[0] for part in query.split("&")))


@cache
def parsed(content: bytes):
    """The tree of a page, read as strictly as the standard lets one."""
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(content, transport_encoding="utf-8")


@pytest.fixture(scope="module")
def walked(shown) -> dict:
    """Every page that can be reached, by its address."""
    found, waiting, shapes = {}, deque(["/"]), Counter()
    while waiting:
        address = waiting.popleft()
        if address in found or shapes[shape(address)] == _OF_A_SHAPE:
            continue
        shapes[shape(address)] += 1
        answer = found[address] = shown.get(address, follow_redirects=True)
        if "text/html" in answer.headers["content-type"]:
            for link in parsed(answer.content).iter("a"):
                target = urldefrag(urljoin(address, link.get("href")))[0]
                if target.startswith("/"):
                    waiting.append(target)
    return found


def pages(walked) -> dict:
    return {address: each for address, each in walked.items() if "text/html" in each.headers["content-type"]}


def test_every_link_leads_somewhere(walked):
    assert {address: answer.status_code for address, answer in walked.items() if answer.status_code != 200} == {}


def test_the_walk_meets_every_kind_of_page(walked):
    met = " ".join(walked)
    for part in (
        "/subjects/mission/lupex", "/explain/launch_date", "/history", "/compare", "/documents/", "claim=clm_", "against=1",
        "/conflicts", "/slips", "/sources", "/audit", "/audit/proof", "/audit/checkpoint", "/api/v1/subjects/",
    ):  # fmt: skip
        assert part in met, part


def test_pages_load_nothing_from_elsewhere_and_run_nothing(walked):
    for address, answer in pages(walked).items():
        for element in parsed(answer.content).iter():
            if not isinstance(element.tag, str):
                continue
            assert element.tag not in ("script", "style", "iframe", "object", "base"), address
            for name, value in element.attrib.items():
                assert not re.match(r"on|style$", name), (address, element.tag, name)
                # Where a feed is, is told and not loaded.
                told = element.get("rel") == "alternate"
                if name == "src" or (name == "href" and element.tag == "link" and not told):
                    assert value.startswith("/static/"), (address, value)
                if name == "href":
                    assert re.match(r"/(?!/)|https?://|#", value), (address, value)
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'")
        assert "unsafe" not in policy


def test_who_cannot_see_finds_their_way(walked):
    for address, answer in pages(walked).items():
        tree = parsed(answer.content)
        elements = [each for each in tree.iter() if isinstance(each.tag, str)]
        tags = [each.tag for each in elements]
        assert tree.get("lang") == "en", address
        assert [tags.count(tag) for tag in ("main", "h1", "header", "footer", "title")] == [1] * 5, address
        levels = [int(tag[1]) for tag in tags if re.fullmatch(r"h[1-6]", tag)]
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), (address, levels)
        ids = [each.get("id") for each in elements if each.get("id")]
        assert len(ids) == len(set(ids)), address
        labelled = {each.get("for") for each in elements if each.tag == "label"}
        for each in elements:
            if each.tag in ("input", "select") and each.get("type") != "hidden":
                assert each.get("id") in labelled, (address, each.attrib)
            if each.tag == "th":
                assert each.get("scope") in ("col", "row"), address
            if each.tag == "svg":
                assert {child.tag for child in each} >= {"title", "desc"}, address
            for name in ("aria-labelledby", "aria-describedby"):
                assert set((each.get(name) or "").split()) <= set(ids), (address, each.get(name))
        assert next(each for each in elements if each.tag == "a").get("href") == "#main"


def test_a_link_to_a_place_finds_the_place(walked):
    for address, answer in pages(walked).items():
        for link in parsed(answer.content).iter("a"):
            target, place = urldefrag(urljoin(address, link.get("href")))
            if place and target in walked and "text/html" in walked[target].headers["content-type"]:
                assert f'id="{place}"' in walked[target].text, (address, link.get("href"))


def test_static_files_come_once_and_stay(shown):
    sheet = re.search(r'href="(/static/sheet\.css\?v=[0-9a-f]+)"', shown.get("/").text)[1]
    answer = shown.get(sheet)
    assert answer.headers["content-type"].startswith("text/css")
    assert "immutable" in answer.headers["cache-control"]
    again = shown.get("/static/sheet.css", headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304
    assert shown.get("/static/..%2f..%2fapp.py").status_code == 404
    assert shown.get("/static/app.py").status_code == 404


def test_a_page_that_is_known_is_not_sent_again_and_keeps_its_policy(shown):
    first = shown.get("/subjects/mission/lupex")
    again = shown.get("/subjects/mission/lupex", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    # Else the browser would put the stricter policy of the API in its place, and show the page without its sheet.
    assert again.headers["content-security-policy"] == first.headers["content-security-policy"]
