"""What helps asking: names of views, filters of outputs, words of documents; the same on either database."""

import pytest

from tracker.language.words import terms
from tracker.store.store import Store
from tracker.store.views import Build

NOW = "2026-01-01T12:00:00.000000Z"
BUILD, OTHER = Build("missions", 1), Build("missions", 2)


@pytest.fixture
def store(fresh):
    made = Store(fresh(), now=lambda: NOW)
    yield made
    made.close()


def test_a_view_is_found_by_its_names_as_long_as_it_has_them(store):
    with store.transaction() as transaction:
        views = transaction.views
        for key, *names in (
            ("mission/lupex", "lupex", "chandrayaan-5"),
            ("mission/luna", "luna"),
            ("mission/éclair", "eclair"),
        ):
            views.put(BUILD, key, 1, b"{}")
            views.name(BUILD, key, names)
        views.name(OTHER, "mission/other", ["lupex"])
        assert views.named(BUILD, "chandrayaan-5") == ["mission/lupex"]
        assert views.named(BUILD, "lup") == []
        views.name(BUILD, "mission/lupex", ["lupex", "lunar-polar"])
        assert (views.named(BUILD, "chandrayaan-5"), views.named(BUILD, "lunar-polar")) == ([], ["mission/lupex"])
        assert views.resembling(BUILD, "lu", limit=5) == ["mission/luna", "mission/lupex"]
        assert views.resembling(BUILD, "%", limit=5) == []
        views.name(BUILD, "mission/luna", ["x" * 300])
        assert views.named(BUILD, "x" * 300) == ["mission/luna"]
        views.remove(BUILD, "mission/lupex")
        assert views.named(BUILD, "lupex") == []
        assert views.named(OTHER, "lupex") == ["mission/other"]


def test_keys_are_found_by_their_beginning(store):
    with store.transaction() as transaction:
        for key in ("mission/lu%", "mission/luna", "mission/lupex", "mission/mars", "mission/é"):
            transaction.views.put(BUILD, key, 1, b"{}")
        found = transaction.views.beginning
        assert found(BUILD, "mission/lu", limit=9) == ["mission/lu%", "mission/luna", "mission/lupex"]
        assert found(BUILD, "mission/lu%", limit=9) == ["mission/lu%"]
        assert found(BUILD, "mission/", limit=2) == ["mission/lu%", "mission/luna"]
        assert found(OTHER, "mission/", limit=2) == []


def test_a_subscription_is_kept_under_one_name(store):
    with store.transaction() as transaction:
        assert transaction.subscriptions.add("dates", "{}")
        assert not transaction.subscriptions.add("dates", '{"attribute":"status"}')
        assert transaction.subscriptions.all() == [("dates", "{}", NOW)]
        assert transaction.subscriptions.remove("dates")
        assert not transaction.subscriptions.remove("dates")
        assert transaction.subscriptions.get("dates") is None


def test_both_databases_rank_a_title_first_and_a_phrase_by_its_order(store):
    with store.transaction() as transaction:
        put = transaction.search.put
        put(1, "doc_body", "d1", title=["news"], body=["the", "rover", "and", "much", "more", "of", "it"])
        put(2, "doc_title", "d2", title=["rover"], body=["the", "rover", "and", "much", "more", "of", "it"])
        put(3, "doc_far", "d3", title=[], body=["the", "south", "and", "the", "pole"])
        put(4, "doc_long", "d4", title=[], body=["word"] * 20_000 + ["zenith"])

        def found(query, limit=9):
            return [id_ for id_, _ in transaction.search.find(terms(query), limit=limit)]

        assert found("rover") == ["doc_title", "doc_body"]
        assert found("rov*", limit=1) == ["doc_title"]
        assert found('"rover the"') == [], "no phrase reaches from the title into the text"
        assert found('"south pole"') == []
        assert found("south pole") == ["doc_far"]
        assert found("zenith") == ["doc_long"]
        put(5, "doc_far", "d5", title=[], body=["north"])
        assert (found("south"), found("north")) == ([], ["doc_far"])
        transaction.search.forget(["d5", "unknown"])
        assert found("north") == []


def test_whoever_commits_is_felt(fresh):
    """Two stores on one database, as two processes have them."""
    url = fresh()
    one, other = (Store(url, now=lambda: NOW) for _ in range(2))
    for writer in (one, other):
        before = one.pulse()
        assert one.pulse() == before
        with writer.transaction() as transaction:
            transaction.subscriptions.add(f"of {id(writer)}", "{}")
        assert one.pulse() != before
    for store in (one, other):
        store.close()
