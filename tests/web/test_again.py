"""Answers from memory: the same bytes as made anew, and never one that something has overtaken."""

import pytest

from tests.web.conftest import serving
from tracker.web.again import Answer, Answers

PATHS = ["/", "/api/v1/subjects", "/api/v1/subjects/mission/lupex", "/subjects/mission/lupex", "/slips", "/conflicts"]
PASSING = {"x-request-id", "date"}


def shown(answer):
    return answer.status_code, {k: v for k, v in answer.headers.items() if k not in PASSING}, answer.content


@pytest.mark.parametrize("path", PATHS)
def test_the_second_answer_is_the_first(site, path):
    first, second = site.get(path), site.get(path)
    assert first.status_code == 200
    assert shown(first) == shown(second)
    assert first.headers["x-request-id"] != second.headers["x-request-id"]


def made_anew(site, path):
    """What is asked with a cookie is answered each time."""
    return site.get(path, headers={"Cookie": "a=b"})


@pytest.mark.parametrize("path", PATHS)
def test_what_is_kept_is_what_would_be_made(site, path):
    site.get(path)
    assert shown(site.get(path)) == shown(made_anew(site, path))


def test_a_page_is_new_as_soon_as_something_was_said(own, tmp_path):
    for year in (2026, 2027, 2028):
        own.tell(tmp_path, f"of-{year}", f"LUPEX is now planned for launch in {year}.", f"{year - 3}-01-01")
        for _ in range(2):
            launch = own.get("/api/v1/subjects/mission/lupex").json()["attributes"]["launch_date"][0]
            assert launch["value"] == str(year)
            assert str(year) in own.get("/subjects/mission/lupex").text


def test_a_page_is_new_on_the_next_day(own, tmp_path):
    own.tell(tmp_path, "one", "JAXA will launch the LUPEX mission on 3 January 2026.", "2025-01-01")
    path = "/api/v1/subjects/mission/lupex"
    assert own.get(path).json()["overdue"] == []
    own.clock.tick(days=3)
    assert own.get(path).json()["overdue"] == ["launch_date"]


def test_who_has_it_is_told_so_from_memory(site):
    path = "/subjects/mission/lupex"
    first = site.get(path)
    for asked in (first.headers["etag"], f'"other", {first.headers["etag"]}', "*"):
        again = site.get(path, headers={"If-None-Match": asked})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == first.headers["etag"]
        assert again.headers["content-security-policy"] == first.headers["content-security-policy"]
        assert "content-type" not in again.headers
    assert site.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


def test_packed_and_plain_answers_are_kept_apart(site):
    path = "/subjects/mission/lupex"
    for _ in range(2):
        packed = site.get(path, headers={"Accept-Encoding": "gzip"})
        plain = site.get(path, headers={"Accept-Encoding": "identity"})
        assert (packed.headers.get("content-encoding"), plain.headers.get("content-encoding")) == ("gzip", None)
        assert packed.content == plain.content


def test_an_answer_for_one_origin_is_not_that_for_another(tmp_path):
    with serving(tmp_path, web_cors="https://one.example") as site:
        one, other = "https://one.example", "https://other.example"
        allowed = [
            site.get("/api/v1/subjects", headers={"Origin": origin}).headers.get("access-control-allow-origin")
            for origin in (one, other, one, other)
        ]
        assert allowed == [one, None, one, None]


def test_a_head_is_the_headers_of_what_is_kept(site):
    for _ in range(2):
        kept = site.get("/api/v1/subjects")
        asked = site.client.head("/api/v1/subjects")
        assert (asked.status_code, asked.content) == (200, b"")
        assert asked.headers["etag"] == kept.headers["etag"]


def test_requests_from_memory_are_counted_under_their_route(own, tmp_path):
    own.tell(tmp_path, "one", "JAXA will launch the LUPEX mission in 2026.", "2025-01-01")
    for _ in range(3):
        own.get("/api/v1/subjects/mission/lupex")
    wanted = 'tracker_http_request_seconds_count{method="GET",route="/api/v1/subjects/{subject:path}",status="200"} 3.0'
    assert wanted in own.get("/metrics").text


def answer(size, standing="1"):
    return Answer(standing, f'W/"{standing}-x"', [], b"x" * size, None)


def test_what_is_kept_is_bounded_and_the_oldest_goes_first():
    kept = Answers(most_bytes=10_000)
    for number in range(50):
        kept.put((b"%d" % number,), answer(1_000))
        kept.get((b"0",), "1")
        assert kept.bytes <= 10_000
    assert kept.get((b"0",), "1") is not None, "it was asked for all the time"
    assert kept.get((b"1",), "1") is None
    assert kept.get((b"49",), "1") is not None
    kept.put((b"49",), answer(2_000))
    assert kept.get((b"49",), "2") is None
    assert kept.get((b"49",), "1") is None, "what is out of date is forgotten"
    kept.put((b"huge",), answer(20_000))
    assert (len(kept), kept.bytes) == (0, 0)
