"""Links and names that mean the same are the same."""

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.identity import canonical_url, declared_key, document_id, text_key, url_key
from tracker.domain.ids import event_uuid, short_id, slug


@pytest.mark.parametrize(
    ("raw", "canonical"),
    [
        ("HTTPS://Example.ORG:443/News#top", "https://example.org/News"),
        ("http://example.org", "http://example.org/"),
        ("https://example.org/a?utm_source=x&id=7&fbclid=y", "https://example.org/a?id=7"),
        ("https://example.org/%c3%bc", "https://example.org/%C3%BC"),
        ("https://example.org/ü", "https://example.org/%C3%BC"),
        ("https://example.org:8080/a?b=&c=1", "https://example.org:8080/a?b=&c=1"),
        ("https://example.org/find?q=%82%a0&utm_medium=x", "https://example.org/find?q=%82%A0"),
        ("https://example.org/find?q=%82%a2", "https://example.org/find?q=%82%A2"),
        ("https://example.org/a?a;b", "https://example.org/a?a;b"),
        ("https://example.org/a?x+y=1%202&UTM_id=3", "https://example.org/a?x+y=1%202"),
        ("https://example.org/a?q=月", "https://example.org/a?q=%E6%9C%88"),
        ("https://example.org:0/a", "https://example.org:0/a"),
        ("https://[2001:DB8::1]/a", "https://[2001:db8::1]/a"),
    ],
)
def test_one_spelling_for_every_link_to_a_page(raw, canonical):
    assert canonical_url(raw) == canonical
    assert canonical_url(canonical) == canonical


@pytest.mark.parametrize(
    "raw",
    ["", "ftp://example.org/a", "javascript:alert(1)", "https:///a", "example.org", "https://a:99999/", "https://./a"],
)
def test_what_is_no_web_address_is_refused(raw):
    with pytest.raises(ValueError, match=r"\w"):
        canonical_url(raw)


@given(st.text(alphabet="abcü /?&=%#:@é2F", max_size=30))
def test_spelling_a_link_twice_changes_nothing(tail):
    once = canonical_url("https://example.org/" + tail)
    assert canonical_url(once) == once


def test_keys_of_different_kinds_never_meet():
    assert len({url_key("https://e.org/a"), declared_key("https://e.org/a"), text_key("https://e.org/a")}) == 3


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Lunar Polar Exploration", "lunar-polar-exploration"), ("JAXA’s  SLIM!", "jaxas-slim"), ("Éole 2", "eole-2")],
)
def test_a_name_as_it_stands_in_an_id(name, expected):
    assert slug(name) == expected


def test_a_name_without_latin_letters_still_has_an_id():
    assert slug("はやぶさ") == slug("はやぶさ")
    assert slug("はやぶさ") != slug("かぐや")


def test_ids_hang_on_content_and_on_nothing_else():
    assert short_id("doc", "a", 1) == short_id("doc", "a", 1) != short_id("doc", "a", 2)
    assert short_id("x", "ab", "c") != short_id("x", "a", "bc")
    assert event_uuid("a", "b", 1) == event_uuid("a", "b", 1) != event_uuid("a", "b", 2)
    assert document_id("url:a").startswith("doc_")


def test_event_ids_of_one_thing_lie_side_by_side():
    ids = [uuid.UUID(event_uuid(kind, "doc_1", n)) for kind in ("document", "claims") for n in range(50)]
    assert len(set(ids)) == 100
    assert {(id_.version, id_.variant) for id_ in ids} == {(8, uuid.RFC_4122)}
    assert len({str(id_)[:13] for id_ in ids}) == 1
    assert str(ids[0])[:13] != event_uuid("document", "doc_2", 0)[:13]
