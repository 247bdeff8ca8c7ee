"""A long import: in chunks, interrupted, resumed, beside other writers."""

import itertools

import pytest

from tests.store.events import OTHER, STREAM, append, event, read
from tracker.errors import EventIdReusedError
from tracker.events.envelope import NewEvent, stream_name
from tracker.store.bulk import load


def archive(size: int):
    """The events of an archive: always the same."""
    for n in range(size):
        yield (
            stream_name("document", f"d{n // 3}"),
            NewEvent(f"archived-{n}", "test.happened", 1, b"%d" % n, ("archive",)),
        )


def test_an_import_comes_in_chunks_and_tells_how_far_it_is(store):
    steps = list(load(store, archive(25), chunk=10))
    assert [(s.taken, s.appended, s.position) for s in steps] == [(10, 10, 10), (20, 20, 20), (25, 25, 25)]
    assert [e.payload for e in read(store)] == [b"%d" % n for n in range(25)]
    assert [e.version for e in read(store, stream=stream_name("document", "d3"))] == [1, 2, 3]


def test_an_import_that_was_stopped_goes_on_where_it_was(store):
    def breaking():
        yield from itertools.islice(archive(100), 17)
        raise OSError("the disk of the archive went away")

    with pytest.raises(OSError, match="went away"):
        list(load(store, breaking(), chunk=5))
    assert len(read(store)) == 15
    append(store, OTHER, event())
    # Other chunks than the first time: what is there is skipped all the same.
    *_, last = load(store, archive(100), chunk=7)
    assert (last.taken, last.appended, last.position) == (100, 85, 101)
    assert [e.id for e in read(store) if e.stream != OTHER] == [f"archived-{n}" for n in range(100)]
    *_, again = load(store, archive(100))
    assert (again.appended, again.position) == (0, 101)


def test_an_archive_that_says_something_else_of_a_known_event_is_refused(store):
    append(store, stream_name("document", "d0"), NewEvent("archived-1", "test.happened", 1, b"something else"))
    with pytest.raises(EventIdReusedError) as caught:
        list(load(store, archive(5)))
    assert (caught.value.event_id, caught.value.position) == ("archived-1", 1)
    assert len(read(store)) == 1


def test_a_chunk_is_cut_by_bytes_too(store, monkeypatch):
    monkeypatch.setattr("tracker.store.bulk.CHUNK_BYTES", 100)
    source = [(STREAM, event(b"x" * size)) for size in (60, 30, 20, 500, 1)]
    assert [step.taken for step in load(store, source)] == [2, 3, 4, 5]


def test_an_empty_archive_is_no_import(store):
    assert list(load(store, [])) == []
