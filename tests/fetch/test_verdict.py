"""What a status means for a poller, and what the headers say of the body."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.fetch.headers import decoded, field, joined, media_type, sendable
from tracker.fetch.verdict import verdict

KINDS = [
    (200, "fetched"), (203, "fetched"), (410, "gone"), (429, "rate_limited"),
    (401, "blocked"), (403, "blocked"), (451, "blocked"),
    (201, "http_error"), (204, "http_error"), (206, "http_error"), (300, "http_error"), (305, "http_error"),
    (400, "http_error"), (404, "http_error"), (407, "http_error"), (500, "http_error"), (502, "http_error"),
    (503, "http_error"), (504, "http_error"), (999, "http_error"),
]  # fmt: skip


@pytest.mark.parametrize(("status", "kind"), KINDS)
def test_a_status_ends_a_request_in_its_way(status, kind):
    found, reason = verdict(status, (), conditional=False)
    assert found == kind
    assert (reason is None) == (kind == "fetched")
    assert reason is None or kind == "gone" or str(status) in reason


def test_nothing_changed_means_something_only_to_who_asked_it():
    assert verdict(304, (), conditional=True) == ("not_modified", None)
    assert verdict(304, (), conditional=False)[0] == "http_error"


def test_a_busy_server_that_names_a_time_is_no_broken_one():
    assert verdict(503, (("Retry-After", "120"),), conditional=False)[0] == "rate_limited"


@pytest.mark.parametrize("wall", ["CF-Mitigated", "x-amzn-waf-action"])
@pytest.mark.parametrize("status", [200, 202, 403, 429, 503])
def test_a_wall_against_robots_is_told_apart(status, wall):
    kind, reason = verdict(status, ((wall, "challenge"), ("Retry-After", "5")), conditional=False)
    assert kind == "blocked"
    assert "robots" in (reason or "")


@pytest.mark.parametrize(
    ("content_type", "understood"),
    [
        (None, (None, None)),
        ("application/rss+xml", ("application/rss+xml", None)),
        ("Text/HTML; Charset=UTF-8", ("text/html", "utf-8")),
        ('text/html;charset="iso-8859-1"', ("text/html", "iso-8859-1")),
        ("text/html; charset='utf-8'", ("text/html", "utf-8")),
        ("text/html; boundary=x; charset=windows-1252; q=1", ("text/html", "windows-1252")),
        ("text/html;", ("text/html", None)),
        ("; charset=utf-8", (None, "utf-8")),
        ("html", (None, None)),
        ("text/html, text/plain", (None, None)),
        ("text/html; charset=", ("text/html", None)),
    ],
)
def test_media_types(content_type, understood):
    assert media_type(content_type) == understood


def test_headers_are_found_in_any_case_and_as_one_list():
    headers = decoded(((b"ETag", b'W/"a\xe9"'), (b"cache-control", b"public"), (b"Cache-Control", b"max-age=1")))
    assert field(headers, "etag") == 'W/"a\xe9"'
    assert joined(headers, "cache-control") == "public, max-age=1"
    assert joined(headers, "age") is None


@settings(deadline=None)
@given(st.text().map(str.encode).filter(lambda raw: not set(raw) & set(b"\r\n\0")))
def test_a_validator_goes_back_byte_for_byte(raw):
    ((_, received),) = decoded(((b"ETag", raw),))
    sent = sendable(received)
    assert (sent or "").encode() == raw


@pytest.mark.parametrize("value", [None, "", '"caf\xe9"', '"a"\r\nHost: evil', '"a\x00"', "“"])
def test_a_validator_that_cannot_go_back_unchanged_stays_here(value):
    assert sendable(value) is None
