"""The log keeps its promises: order, versions, retries, immutability."""

import itertools
import sqlite3
import threading

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracker.errors import EventIdReusedError, StoreUnavailableError, WrongExpectedVersionError
from tracker.events.envelope import ANY, EXISTS, NO_STREAM, NewEvent, leaf_hash, stream_name
from tracker.store.store import Store

STREAM = stream_name("document", "a")
OTHER = stream_name("document", "b")
_ids = itertools.count()


def event(payload: bytes = b"{}", *, id: str | None = None, keys: tuple[str, ...] = ()) -> NewEvent:  # noqa: A002  (the log's own word)
    return NewEvent(id or f"event-{next(_ids)}", "test.happened", 1, payload, keys)


def append(store: Store, stream, *new: NewEvent, expected: int = ANY):
    with store.transaction() as transaction:
        return transaction.log.append(stream, new, expected_version=expected)


def read(store: Store, **how):
    with store.reading() as reading:
        return list(reading.log.read(**how))


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


def test_pages_join_without_a_seam(store):
    append(store, STREAM, *(event() for _ in range(1203)))
    assert [e.position for e in read(store)] == list(range(1, 1204))
    assert [e.position for e in read(store, after=700, limit=501)] == list(range(701, 1202))
    assert read(store, after=1203) == []
    assert read(store, limit=0) == []


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
    import msgspec

    for field, other in [
        ("position", 2), ("id", "x"), ("stream", OTHER), ("version", 2), ("type", "b.c"), ("schema_version", 2),
        ("recorded_at", "2026-01-01T12:00:00.000001Z"), ("payload", b'{"a":2}'),
    ]:  # fmt: skip
        assert leaf_hash(msgspec.structs.replace(recorded, **{field: other})) != recorded.leaf_hash


# Statements that a careless script might send; each must be refused by the database itself, whoever connects.
REWRITES = [
    "UPDATE events SET payload = '{}'",
    "UPDATE events SET position = position + 1",
    "DELETE FROM events",
    "DELETE FROM events WHERE position = 2",
    "REPLACE INTO events SELECT * FROM events WHERE position = 1",
    "INSERT OR REPLACE INTO events SELECT 3, id, stream, 9, type, 1, recorded_at, payload, leaf_hash FROM events LIMIT 1",
    "INSERT OR REPLACE INTO events SELECT 3, 'new', stream, version, type, 1, recorded_at, payload, leaf_hash FROM events LIMIT 1",
    "INSERT INTO events SELECT 9, 'new', stream, 9, type, 1, recorded_at, payload, leaf_hash FROM events LIMIT 1",
    "UPDATE texts SET body = ''",
    "DELETE FROM texts",
    "REPLACE INTO texts SELECT * FROM texts",
]


@pytest.mark.parametrize("statement", REWRITES)
def test_the_database_refuses_to_rewrite_history(store, database, statement):
    append(store, STREAM, event(), event())
    with store.transaction() as transaction:
        transaction.texts.put("a text", salt=b"0" * 16)
    before = read(store)
    outsider = sqlite3.connect(database.removeprefix("sqlite:///"))
    with pytest.raises(sqlite3.IntegrityError, match=r"immutable|contiguous"), outsider:
        outsider.execute(statement)
    outsider.close()
    assert read(store) == before


def test_writers_side_by_side_lose_nothing_and_a_reader_sees_all_in_order(store, database):
    append(store, STREAM, event())
    writers, each = 6, 25
    errors: list[BaseException] = []

    def write(number: int) -> None:
        mine = Store(database, now=lambda: "2026-01-02T00:00:00.000000Z")
        try:
            for _ in range(each):
                append(mine, stream_name("document", f"writer-{number}"), event())
        except BaseException as error:  # noqa: BLE001  (whatever it is, the test must hear of it)
            errors.append(error)
        finally:
            mine.close()

    threads = [threading.Thread(target=write, args=(n,)) for n in range(writers)]
    for thread in threads:
        thread.start()
    seen: list[int] = [e.position for e in read(store)]
    while any(thread.is_alive() for thread in threads) or len(seen) < 1 + writers * each:
        seen += [e.position for e in read(store, after=seen[-1])]
        assert not errors
    for thread in threads:
        thread.join()
    assert seen == list(range(1, 2 + writers * each))


def test_a_file_that_is_no_database_is_named(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("this is not a database, it is a note that happens to be long enough to be looked at " * 20)
    broken = Store(f"sqlite:///{path}", now=lambda: "")
    with pytest.raises(StoreUnavailableError, match=r"notes\.txt: the file is no SQLite database"), broken.reading():
        pass
    broken.close()


APPENDS = st.lists(
    st.tuples(st.sampled_from([STREAM, OTHER]), st.integers(-2, 4), st.integers(0, 3), st.integers(0, 9)), max_size=25
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(APPENDS)
def test_the_log_does_what_a_list_would(tmp_path_factory, script):
    """Any script of appends gives what a plain list with the same rules gives."""
    store = Store(f"sqlite:///{tmp_path_factory.mktemp('log') / 'x.db'}", now=lambda: "2026-01-01T00:00:00.000000Z")
    model: list[tuple[str, str]] = []
    for stream, expected, count, seed in script:
        new = [event(id=f"{stream}-{seed}-{n}") for n in range(count)]
        known = [e.id for e in new if (stream, e.id) in model]
        version = sum(1 for s, _ in model if s == stream)
        retried = bool(known) and len(known) == len(new)
        welcome = expected in (ANY, version) or (expected == EXISTS and version > 0)
        if known and not retried:
            with pytest.raises(EventIdReusedError):
                append(store, stream, *new, expected=expected)
        elif not retried and not welcome:
            with pytest.raises(WrongExpectedVersionError) as conflict:
                append(store, stream, *new, expected=expected)
            assert conflict.value.actual == version
        else:
            append(store, stream, *new, expected=expected)
            model += [] if retried else [(stream, e.id) for e in new]
    assert [(e.stream, e.id) for e in read(store)] == model
    assert [e.position for e in read(store)] == list(range(1, len(model) + 1))
    store.close()
