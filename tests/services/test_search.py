"""Documents found by their words, on either database."""

import datetime as dt

import pytest

from tests.services.conftest import Pipeline
from tests.services.test_pipeline import ingest, write
from tracker.errors import ConfigError
from tracker.services.consumers.search import Search
from tracker.services.curation.redact import Redact
from tracker.store.store import Store

NOW = "2026-01-01T12:00:00.000000Z"


@pytest.fixture
def desk(fresh):
    """A pipeline and a search on a fresh database of either kind."""
    store = Store(fresh(), now=lambda: NOW)
    pipeline = Pipeline(store)
    pipeline.search = Search(store)
    yield pipeline
    store.close()


def names(found):
    return [one.document_id for one in found]


def marked(one):
    return [one.snippet[start:end] for start, end in one.hits]


def test_words_phrases_and_beginnings_find_documents_and_mark_the_place(desk, tmp_path):
    ingest(
        desk,
        write(tmp_path, "pole", "The rover will dig at the Moon's South Pole.", title="A rover"),
        write(tmp_path, "north", "The pole of the south wind is in the north.", publisher="The Paper"),
        write(tmp_path, "five", "Élysée: Chandrayaan-5, launched in 2028, carries rovers."),
    )
    search = desk.search.documents
    assert set(names(search("south pole"))) == {"pole", "north"}
    (found,) = search('"south pole"')
    assert (found.document_id, found.title, found.version, marked(found)) == ("pole", "A rover", 1, ["South Pole"])
    assert names(search("ROV*"))[0] == "pole", "in its title too, so before the other"
    assert set(names(search("rov*"))) == {"pole", "five"}
    (found,) = search("elysee chandrayaan-5")
    assert marked(found) == ["Élysée", "Chandrayaan-5"]
    assert search("chandrayaan 6") == []
    assert names(search("pole", limit=1)) == names(search("pole"))[:1]
    for nothing in ("", " — ", '""'):
        with pytest.raises(ConfigError, match="no word to look for"):
            search(nothing)


@pytest.mark.parametrize(
    "hostile",
    ['south OR "', "title:rover", "pole) OR (1=1", "'; DROP TABLE events; --", "NEAR(a b)", "a & !b | c:*", "\\'x"],
)
def test_no_query_means_more_than_its_words(desk, tmp_path, hostile):
    ingest(desk, write(tmp_path, "pole", "The rover will dig at the pole."))
    assert desk.search.documents(hostile) == []
    assert names(desk.search.documents("pole")) == ["pole"]


def test_only_the_newest_version_is_found(desk, tmp_path):
    ingest(desk, write(tmp_path, "a", "LUPEX flies with an orbiter.", id="a"))
    ingest(desk, write(tmp_path, "a", "LUPEX flies with a rover.", id="a"))
    assert desk.search.documents("orbiter") == []
    (found,) = desk.search.documents("rover")
    assert (found.document_id, found.version) == ("a", 2)


def test_a_text_that_is_taken_down_leaves_the_index_without_a_trace(desk, tmp_path):
    secret = "Xylophonic was the password."
    ingest(desk, write(tmp_path, "a", secret), write(tmp_path, "b", "Nothing secret here."))
    Redact(desk.store, desk.project).document("a", reason="a leak", legal_basis="court order", actor="mira")
    assert desk.search.documents("xylophonic") == []
    assert names(desk.search.documents("secret")) == ["b"]
    if desk.store.url.startswith("sqlite"):
        with desk.store.transaction() as transaction:
            rows = transaction._connection.exec_driver_sql("SELECT block FROM document_words_data").scalars().all()
        assert not any(b"xylophonic" in block for block in rows)


def test_what_was_captured_before_is_made_searchable_later(desk, tmp_path):
    given = [write(tmp_path, name, f"Report {name} of the rover.") for name in "ab"]
    ingest(desk, given[0])
    with desk.store.transaction() as transaction:
        digests = [event.text_digest for event in _captured(transaction)]
        transaction.search.forget(digests)
        at = transaction.log.last_position()
        assert transaction.checkpoints.advance("search", seen=at, to=0)
    ingest(desk, given[1])
    assert set(names(desk.search.documents("rover"))) == {"a", "b"}


def _captured(transaction):
    from tracker.events import codec

    return [codec.decode(e) for e in transaction.log.read() if e.type == "document.captured"]


def test_a_long_text_is_searched_up_to_a_limit_and_none_is_too_long(desk, tmp_path):
    ingest(desk, write(tmp_path, "a", "first " + "word " * 100 + "middle", published=str(dt.date(2025, 1, 1))))
    (found,) = desk.search.documents("first middle")
    assert marked(found)[0] in ("first", "middle")
