"""The log keeps its promises on every database: order, versions, retries."""

import msgspec
import pytest

from tests.store.events import OTHER, STREAM, append, event, read
from tracker.errors import EventIdReusedError, StoreUnavailableError, WrongExpectedVersionError
from tracker.events.envelope import ANY, EXISTS, NO_STREAM, NewEvent, leaf_hash, stream_name
from tracker.store.event_log import Append
from tracker.store.store import Store


def test_positions_are_contiguous_over_all_streams(store):
    append(store, STREAM, event(), event())
    append(store, OTHER, event())
    append(store, STREAM, event())
    assert [(e.position, e.stream, e.version) for e in read(store)] == [
        (1, STREAM, 1),
        (2, STREAM, 2),
        (3, OTHER, 1),
        (4, STREAM, 3),
    ]


def test_a_writer_that_saw_an_older_version_is_told_both_versions(store):
    append(store, STREAM, event(), expected=NO_STREAM)
    with pytest.raises(WrongExpectedVersionError) as caught:
        append(store, STREAM, event(), expected=NO_STREAM)
    assert (caught.value.stream, caught.value.expected, caught.value.actual) == (STREAM, 0, 1)
    append(store, STREAM, event(), expected=1)
    append(store, STREAM, event(), expected=EXISTS)
    with pytest.raises(WrongExpectedVersionError):
        append(store, OTHER, event(), expected=EXISTS)


def test_a_conflict_leaves_no_gap(store):
    append(store, STREAM, event())
    for _ in range(3):
        with pytest.raises(WrongExpectedVersionError):
            append(store, STREAM, event(), expected=NO_STREAM)
    append(store, OTHER, event())
    assert [e.position for e in read(store)] == [1, 2]


def test_a_retry_gets_the_first_answer_and_writes_nothing(store):
    first = append(store, STREAM, event(b'{"a":1}', id="same"), expected=NO_STREAM)
    append(store, STREAM, event())
    assert append(store, STREAM, event(b'{"a":1}', id="same"), expected=NO_STREAM) == first
    assert len(read(store)) == 2


@pytest.mark.parametrize(
    ("stream", "again"),
    [
        (STREAM, NewEvent("same", "test.happened", 1, b'{"a":2}')),
        (STREAM, NewEvent("same", "test.happened", 2, b'{"a":1}')),
        (OTHER, NewEvent("same", "test.happened", 1, b'{"a":1}')),
    ],
)
def test_a_known_event_id_with_other_content_is_refused(store, stream, again):
    append(store, STREAM, event(b'{"a":1}', id="same"))
    with pytest.raises(EventIdReusedError) as caught:
        append(store, stream, again)
    assert caught.value.position == 1


def test_half_a_retry_is_refused_whole(store):
    append(store, STREAM, event(id="first"))
    with pytest.raises(EventIdReusedError):
        append(store, STREAM, event(id="first"), event(id="second"))
    assert len(read(store)) == 1


def test_an_error_in_the_transaction_takes_everything_back(store):
    def broken():
        with store.transaction() as transaction:
            transaction.log.append(STREAM, [event()], expected_version=NO_STREAM)
            transaction.checkpoints.advance("reader", seen=0, to=1)
            raise RuntimeError("power cut")

    with pytest.raises(RuntimeError):
        broken()
    with store.reading() as reading:
        assert reading.log.last_position() == 0
        assert reading.checkpoints.all() == {}


def test_events_are_found_by_what_they_speak_of(store):
    append(store, STREAM, event(keys=("mission/lupex", "mission/hiten", "mission/lupex")), event())
    append(store, OTHER, event(keys=("mission/lupex",)))
    with store.reading() as reading:
        assert [e.position for e in reading.log.read_key("mission/lupex")] == [1, 3]
        assert [e.position for e in reading.log.read_key("mission/lupex", after=1)] == [3]
        assert list(reading.log.read_key("mission/akatsuki")) == []


@pytest.mark.parametrize("page", [1, 2, 7, 1000])
def test_pages_join_without_a_seam(store, monkeypatch, page):
    monkeypatch.setattr("tracker.store.event_log.PAGE", page)
    append(store, STREAM, *(event(keys=("mission/lupex",)) for _ in range(23)))
    assert [e.position for e in read(store)] == list(range(1, 24))
    assert [e.position for e in read(store, after=7, limit=11)] == list(range(8, 19))
    assert [e.position for e in read(store, stream=STREAM, type_="test.happened", after=21)] == [22, 23]
    assert read(store, after=23) == []
    assert read(store, limit=0) == []
    with store.reading() as reading:
        assert [e.position for e in reading.log.read_key("mission/lupex", after=3, limit=9)] == list(range(4, 13))


def test_several_streams_are_taken_together_in_the_order_given(store):
    third = stream_name("subject", "lupex")
    append(store, STREAM, event())
    with store.transaction() as transaction:
        recorded = transaction.log.append_all(
            [
                Append(STREAM, [event(keys=("mission/lupex",)), event()], 1),
                Append(OTHER, [event()], NO_STREAM),
                Append(STREAM, [event()], 3),
                Append(third, [event()], ANY),
                Append(OTHER, [event()], EXISTS),
            ]
        )
    assert [(e.position, e.stream, e.version) for e in recorded] == [
        (2, STREAM, 2), (3, STREAM, 3), (4, OTHER, 1), (5, STREAM, 4), (6, third, 1), (7, OTHER, 2),
    ]  # fmt: skip
    assert read(store, after=1) == list(recorded)


def test_one_stream_in_conflict_holds_back_all(store):
    append(store, OTHER, event())
    with store.transaction() as transaction:
        with pytest.raises(WrongExpectedVersionError) as caught:
            transaction.log.append_all([Append(STREAM, [event()], NO_STREAM), Append(OTHER, [event()], NO_STREAM)])
        assert (caught.value.stream, caught.value.expected, caught.value.actual) == (OTHER, NO_STREAM, 1)
        # Nothing was written, so the same transaction may go on.
        transaction.log.append(STREAM, [event()], expected_version=NO_STREAM)
    assert [(e.position, e.stream) for e in read(store)] == [(1, OTHER), (2, STREAM)]


def test_a_retry_over_several_streams_gets_the_first_answer(store):
    appends = [Append(STREAM, [event(), event()], NO_STREAM), Append(OTHER, [event()], NO_STREAM)]
    with store.transaction() as transaction:
        first = transaction.log.append_all(appends)
    append(store, STREAM, event())
    with store.transaction() as transaction:
        assert transaction.log.append_all(appends) == first
        with pytest.raises(EventIdReusedError):
            transaction.log.append_all([*appends, Append(OTHER, [event()], ANY)])
    assert len(read(store)) == 4


def test_an_event_id_twice_in_one_append_is_a_mistake(store):
    twice = event()
    with pytest.raises(ValueError, match="twice"):
        append(store, STREAM, twice, twice)
    assert read(store) == []


def test_appending_nothing_still_checks_the_version(store):
    assert append(store, STREAM, expected=NO_STREAM) == ()
    with pytest.raises(WrongExpectedVersionError):
        append(store, STREAM, expected=7)


@pytest.mark.parametrize("size", [1, 3, 4, 5, 2500])
def test_bytes_and_names_come_back_as_they_were(store, size):
    new = [
        NewEvent(f"né-{n}-'\"\\,{{}}", "test.happened", 1, bytes(range(256)) + n.to_bytes(4), (f"ключ/{n}", "k"))
        for n in range(size)
    ]
    recorded = append(store, STREAM, *new)
    assert read(store) == list(recorded)
    assert [e.payload for e in recorded] == [e.payload for e in new]
    assert append(store, STREAM, *new) == recorded
    with store.reading() as reading:
        assert sorted(reading.log.known([e.id for e in new] + ["never"])) == sorted(e.id for e in new)
        assert [e.position for e in reading.log.read_key(f"ключ/{size - 1}")] == [size]


def test_streams_and_types_can_be_read_alone(store):
    append(store, STREAM, event())
    append(store, OTHER, NewEvent("x", "other.happened", 1, b"{}"))
    assert [e.position for e in read(store, stream=OTHER)] == [2]
    assert [e.position for e in read(store, type_="test.happened")] == [1]


def test_the_clock_set_back_never_makes_an_event_look_earlier(store, clock):
    append(store, STREAM, event())
    clock.tick(hours=-5)
    append(store, STREAM, event())
    clock.tick(days=2)
    append(store, STREAM, event())
    instants = [e.recorded_at for e in read(store)]
    assert instants == sorted(instants)
    assert instants[0] == instants[1] == "2026-01-01T12:00:00.000000Z"


def test_a_moment_leads_to_the_last_position_known_then(store, clock):
    for _ in range(5):
        append(store, STREAM, event())
        clock.tick(days=1)
    with store.reading() as reading:
        at = reading.log.position_at
        assert at("2025-12-31") == 0
        assert at("2026-01-01T12:00:00.000000Z") == 1
        assert at("2026-01-04T00:00:00.000000Z") == 3
        assert at("2027") == 5


def test_the_leaf_hash_covers_every_field(store):
    (recorded,) = append(store, STREAM, event(b'{"a":1}'))
    assert recorded.leaf_hash == leaf_hash(recorded)
    for field, other in [
        ("position", 2), ("id", "x"), ("stream", OTHER), ("version", 2), ("type", "b.c"), ("schema_version", 2),
        ("recorded_at", "2026-01-01T12:00:00.000001Z"), ("payload", b'{"a":2}'),
    ]:  # fmt: skip
        assert leaf_hash(msgspec.structs.replace(recorded, **{field: other})) != recorded.leaf_hash


def test_a_file_that_is_no_database_is_named(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("this is not a database, it is a note that happens to be long enough to be looked at " * 20)
    broken = Store(f"sqlite:///{path}", now=lambda: "")
    with pytest.raises(StoreUnavailableError, match=r"notes\.txt: the file is no SQLite database"), broken.reading():
        pass
    broken.close()
