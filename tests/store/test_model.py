"""Whatever is asked of it in whatever order, the log answers as a list with the same rules would."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tracker.errors import EventIdReusedError, WrongExpectedVersionError
from tracker.events.envelope import ANY, EXISTS, NewEvent, leaf_hash, stream_name
from tracker.store.event_log import Append
from tracker.store.store import Store

STREAMS = st.sampled_from([stream_name("document", name) for name in "abc"])
# Few ids, so that retries and reuse happen; the payload is part of the draw, so that reuse with other bytes does.
EVENTS = st.lists(
    st.builds(
        NewEvent,
        id=st.integers(0, 40).map("event-{}".format),
        type=st.just("test.happened"),
        schema_version=st.just(1),
        payload=st.sampled_from([b"{}", b'{"a":1}']),
        keys=st.lists(st.sampled_from(["mission/lupex", "mission/hiten"]), max_size=2).map(tuple),
    ),
    max_size=3,
    unique_by=lambda event: event.id,
)
APPENDS = st.lists(st.builds(Append, stream=STREAMS, events=EVENTS, expected_version=st.integers(ANY, 5)), max_size=3)


class LogIsAList(RuleBasedStateMachine):
    """The log beside a list; two stores on the one database take turns."""

    url = ""

    @initialize(url=st.builds(lambda: LogIsAList.fresh()))  # noqa: PLW0108  (it is set later)
    def open(self, url):
        self.stores = [Store(url, now=lambda: "2026-01-01T00:00:00.000000Z") for _ in range(2)]
        self.model: list[tuple[str, NewEvent]] = []

    def teardown(self):
        for store in getattr(self, "stores", []):
            store.close()

    def version(self, stream):
        return sum(1 for s, _ in self.model if s == stream)

    def expected(self, appends):
        """What the rules say: the exception and its details, or what is recorded."""
        flat = [(append.stream, event) for append in appends for event in append.events]
        at = {event.id: (n, stream, event) for n, (stream, event) in enumerate(self.model, 1)}
        if len({event.id for _, event in flat}) < len(flat):
            return ValueError, None
        known = [(stream, event) for stream, event in flat if event.id in at]
        for stream, event in known:
            position, where, first = at[event.id]
            if (where, first.payload) != (stream, event.payload):
                return EventIdReusedError, (event.id, position)
        if known and len(known) < len(flat):
            return EventIdReusedError, (known[0][1].id, at[known[0][1].id][0])
        if known:
            return None, [at[event.id][0] for _, event in flat]
        counted = {}
        for append in appends:
            version = counted.get(append.stream, self.version(append.stream))
            if append.expected_version not in (ANY, version) and not (append.expected_version == EXISTS and version):
                return WrongExpectedVersionError, (append.stream, append.expected_version, version)
            counted[append.stream] = version + len(append.events)
        self.model += flat
        return None, list(range(len(self.model) - len(flat) + 1, len(self.model) + 1))

    @rule(appends=APPENDS, writer=st.integers(0, 1), then_fails=st.booleans())
    def append(self, appends, writer, then_fails):
        before = list(self.model)
        error, details = self.expected(appends)
        if error is not None:
            with pytest.raises(error) as caught, self.stores[writer].transaction() as transaction:
                transaction.log.append_all(appends)
            if error is EventIdReusedError:
                assert (caught.value.event_id, caught.value.position) == details
            if error is WrongExpectedVersionError:
                assert (caught.value.stream, caught.value.expected, caught.value.actual) == details
        elif then_fails:
            self.model = before
            with pytest.raises(ZeroDivisionError), self.stores[writer].transaction() as transaction:
                assert len(transaction.log.append_all(appends)) / 0
        else:
            with self.stores[writer].transaction() as transaction:
                recorded = transaction.log.append_all(appends)
            assert [e.position for e in recorded] == details
            assert all(leaf_hash(e) == e.leaf_hash for e in recorded)

    @rule(stream=STREAMS, reader=st.integers(0, 1), after=st.integers(0, 20), limit=st.none() | st.integers(0, 5))
    def read(self, stream, reader, after, limit):
        numbered = list(enumerate(self.model, 1))
        with self.stores[reader].reading() as reading:
            log = reading.log
            assert log.stream_version(stream) == self.version(stream)
            assert log.last_position() == len(self.model)
            assert [e.position for e in log.read(after=after, limit=limit)] == [n for n, _ in numbered if n > after][
                :limit
            ]
            mine = [n for n, (s, _) in numbered if s == stream and n > after]
            assert [e.position for e in log.read(stream=stream, after=after, limit=limit)] == mine[:limit]
            keyed = [n for n, (_, event) in numbered if "mission/lupex" in event.keys and n > after]
            assert [e.position for e in log.read_key("mission/lupex", after=after, limit=limit)] == keyed[:limit]

    @invariant()
    def the_log_is_the_list(self):
        if hasattr(self, "stores"):
            with self.stores[0].reading() as reading:
                found = list(reading.log.read())
            assert [(e.stream, e.id, e.payload) for e in found] == [(s, e.id, e.payload) for s, e in self.model]
            assert [e.position for e in found] == list(range(1, len(found) + 1))


def test_the_log_does_what_a_list_would(fresh, dialect):
    class Machine(LogIsAList):
        pass

    LogIsAList.fresh = staticmethod(fresh)
    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=15, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
