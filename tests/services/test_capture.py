"""Documents come in once, whatever the number of times they are handed over."""

import pytest

from tracker.capture.item import Item, Refused
from tracker.events import codec
from tracker.services.capture import Capture


def item(text="LUPEX is planned for launch in 2025.", **details) -> Item:
    fields = {
        "source": "news/lupex.txt", "text": text, "media_type": "text/plain", "published": "2025-01-01",
        "published_basis": "text", **details,
    }  # fmt: skip
    return Item(**fields)


@pytest.fixture
def capture(store):
    taking = Capture(store)
    return lambda *items: [outcome for chunk in taking.take(items) for outcome in chunk]


def events(store):
    with store.reading() as reading:
        return [(e.type, codec.decode(e)) for e in reading.log.read()]


def test_the_same_text_a_thousand_times_is_recorded_once(capture, store):
    outcomes = capture(*(item() for _ in range(1000)))
    assert [o.outcome for o in outcomes] == ["captured"] + ["unchanged"] * 999
    assert len(events(store)) == 1


def test_a_new_text_at_the_same_link_is_a_revision(capture, store):
    (first,) = capture(item(url="https://example.org/lupex?utm_source=feed"))
    (again,) = capture(item(url="https://EXAMPLE.org/lupex#top"))
    (revised,) = capture(item("LUPEX is planned for 2028.", url="https://example.org/lupex"))
    assert (first.outcome, again.outcome, revised.outcome) == ("captured", "unchanged", "revised")
    assert first.document == again.document == revised.document
    assert [kind for kind, _ in events(store)] == ["document.captured", "document.revised"]
    assert revised.version == 2


def test_going_back_to_an_earlier_text_is_a_revision_too(capture):
    link = "https://example.org/lupex"
    outcomes = capture(item("one", url=link), item("two", url=link), item("one", url=link))
    assert [(o.outcome, o.version) for o in outcomes] == [("captured", 1), ("revised", 2), ("revised", 3)]


def test_a_declared_id_names_a_document_wherever_it_lies(capture):
    (first,) = capture(item(external_id="dev-001", id_declared=True))
    (moved,) = capture(item("Corrected.", external_id="dev-001", id_declared=True, source="elsewhere.json"))
    assert (moved.outcome, moved.document, moved.document_id) == ("revised", first.document, "dev-001")


def test_a_file_that_was_edited_is_a_revision_and_its_path_stays_private(capture, store, tmp_path):
    path = tmp_path / "secret-folder" / "lupex.txt"
    path.parent.mkdir()
    path.write_text("x")
    (first,) = capture(item("one", source=str(path), external_id="lupex"))
    (again,) = capture(item("two", source=str(path), external_id="lupex"))
    assert (first.outcome, again.outcome) == ("captured", "revised")
    (_, captured), _ = events(store)
    assert captured.source == "lupex.txt"
    with store.reading() as reading:
        assert not any(b"secret-folder" in e.payload for e in reading.log.read())


def test_the_same_words_in_two_files_are_one_document(capture):
    outcomes = capture(item(source="a.txt"), item(source="b/copy.txt"))
    assert [o.outcome for o in outcomes] == ["captured", "unchanged"]


def test_the_same_words_at_two_links_are_a_copy_that_is_kept(capture, store):
    first, second = capture(item(url="https://a.example/1"), item(url="https://b.example/2"))
    assert (first.outcome, second.outcome) == ("captured", "duplicate")
    assert first.document != second.document
    kind, judged = events(store)[-1]
    assert (kind, judged.copy_of) == ("document.duplicate_judged", first.document)


def test_an_operator_may_correct_the_date_of_an_unchanged_text(capture, store):
    capture(item())
    (guess,) = capture(item(published="2024", published_basis="inferred"))
    (told,) = capture(item(published="2019-09-09", published_basis="given"))
    assert (guess.outcome, told.outcome) == ("unchanged", "revised")
    assert told.reason == "publication date corrected from 2025-01-01 to 2019-09-09"
    assert events(store)[-1][1].published == "2019-09-09"


def test_what_is_no_document_is_parked_until_it_is_mended(capture, store):
    (bad,) = capture(Refused("news/lupex.txt", "the file is empty"))
    assert (bad.outcome, bad.reason) == ("parked", "the file is empty")
    with store.reading() as reading:
        assert [(p.item, p.reason) for p in reading.parking.all()] == [("news/lupex.txt", "the file is empty")]
    capture(item())
    with store.reading() as reading:
        assert reading.parking.all() == ()


def test_the_text_is_beside_the_log_and_the_log_commits_to_it(capture, store):
    capture(item("Letter for letter — 月"))
    (_, captured), *_ = events(store)
    with store.reading() as reading:
        assert reading.texts.get(captured.text_digest) == "Letter for letter — 月"
        assert b"Letter" not in next(iter(reading.log.read())).payload
    assert captured.text_length == 21


def test_the_id_hangs_on_the_words_not_on_the_machine(store, database, capture, tmp_path):
    (here,) = capture(item("the very words"))
    from tracker.store.store import Store

    elsewhere = Store(f"sqlite:///{tmp_path / 'other.db'}", now=lambda: "2030-01-01T00:00:00.000000Z")
    ((there,),) = Capture(elsewhere).take([item("the very words", source="other/name.txt")])
    elsewhere.close()
    assert here.document == there.document
