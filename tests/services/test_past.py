"""What was shown after an event is looked up, and is what all that was known by then comes to."""

import datetime as dt

import msgspec
import pytest

from tests.services.editors import ANN, BEN, Newsroom, opened
from tracker.domain.asof import AsOf
from tracker.domain.ids import SubjectId
from tracker.services.consumers import project
from tracker.services.curation.desk import Signed
from tracker.services.queries.look import Look

LUPEX, HARE = SubjectId("mission/lupex"), SubjectId("mission/hare")


@pytest.fixture
def room(database, clock, tmp_path):
    app = opened(database, clock)
    made = Newsroom(app, tmp_path)
    made.clock = clock
    yield made
    app.close()


def a_lively_week(room):
    """News, a later edition, a copy, a date in the future, and editors who decide, undo and merge."""
    room.print("a", "2025-01-10", "LUPEX launches in 2025. LUPEX is proposed.", publisher="A")
    room.print("b", "2025-02-10", "Hare, also called Bunny, launches in 2026. LUPEX is approved.", publisher="B")
    room.clock.tick(days=1)
    room.values.pin("LUPEX", "launch_date", "2030", ANN, until=dt.date(2026, 1, 3))
    room.print("c", "2025-03-10", "LUPEX launches in 2028. Hare is under_study perhaps.", publisher="C")
    room.clock.tick(days=2)
    room.print("soon", "2026-01-07", "LUPEX launches in 2029. Hare carries ISRO: lander.", publisher="D")
    room.subjects.merge("LUPEX", HARE, ANN)
    room.print("d", "2025-03-11", "Hare launches in 2027-05. LUPEX carries JAXA: rover.", publisher="A")
    room.sources.grade("C", "operator", BEN)
    room.clock.tick(days=1)
    room.values.retract(room.claim("c"), Signed("Ann", "legal"))
    room.subjects.split(LUPEX, HARE, BEN)
    room.clock.tick(days=1)
    room.print("a", "2025-01-10", "LUPEX launches in 2024. LUPEX is proposed.", publisher="A")
    room.clock.tick(days=2)
    room.print("e", "2025-04-01", "LUPEX is in_development. Hare is approved.", publisher="E")
    room.values.restore(room.claim("c"), BEN)
    room.sources.grade("C", None, BEN)


def then(room, position):
    """Every subject at a position, looked up and worked out, and how many could be looked up."""
    with room.app.query.looking(AsOf(known_at=position)) as look:
        for id_ in (LUPEX, HARE):
            kept = look._kept(look._build(id_)[1], id_)
            heard = look.heard(id_)
            yield id_, kept, look.judged(heard) if heard.id == id_ else None


def test_at_every_position_what_is_kept_is_what_was_known(room):
    a_lively_week(room)
    found = 0
    for position in range(1, room.end + 1):
        for id_, kept, judged in then(room, position):
            if kept is not None:
                found += 1
                assert msgspec.to_builtins(kept) == msgspec.to_builtins(judged), (id_, position)
            elif judged is not None:
                # Nothing was recorded of it since its pin ended, or a date came; then it is worked out.
                assert judged.right_until is None or position > judged.updated_position
    assert found > room.end


def test_a_long_past_is_not_read_again(room, monkeypatch):
    a_lively_week(room)
    expected = [room.says(known_at=n) for n in (2, 4, room.end)]
    monkeypatch.setattr(Look, "heard", lambda *_: pytest.fail("every entry was read"))
    assert [room.says(known_at=n) for n in (2, 4, room.end)] == expected == [["2025"], ["2025"], ["2028"]]


def past(room):
    with room.app.store.reading() as reading:
        build, _ = reading.views.live("missions")
        every = [(id_, n, reading.past.at(build, id_, n)) for id_ in (LUPEX, HARE) for n in range(room.end + 1)]
    return [(id_, n, body) for id_, n, body in every if body is not None]


def test_a_rebuild_keeps_the_same_past_and_drops_the_old_one(room):
    a_lively_week(room)
    before = past(room)
    assert {id_ for id_, _, _ in before} == {LUPEX, HARE}
    assert not any(one.changed for one in room.app.project.rebuild(on_progress=lambda _: None))
    assert past(room) == before
    with room.app.store.reading() as reading:
        generations = reading._connection.exec_driver_sql("SELECT DISTINCT projection, generation FROM past_views")
        live = {reading.views.live(name)[0] for name in room.app.project.names}
        assert {(build.projection, build.generation) for build in live} >= {tuple(row) for row in generations}


def test_the_past_of_a_long_story_is_small(room):
    """Each view is kept as what is new in it: two thousand bytes of JSON become less than two hundred."""
    for n in range(60):
        room.print(f"n{n}", f"2025-01-{1 + n % 28:02}", f"LUPEX launches in {2025 + n % 7}. LUPEX carries JAXA: rover. LUPEX is approved.", publisher=f"P{n % 9}")  # fmt: skip
    with room.app.store.reading() as reading:
        rows = reading._connection.exec_driver_sql(
            "SELECT count(*), sum(length(body)) FROM past_views WHERE key = 'mission/lupex'"
        )
        ((count, size),) = rows
    assert count == 60
    assert size / count < len(room.bytes()) / 5


def test_two_processes_that_take_turns_come_to_the_same_views(room, database, clock, tmp_path):
    """What one has at hand of a story is out of date when the other was at work in between."""
    other = Newsroom(opened(database, clock), tmp_path)
    for n in range(6):
        turn = (room, other)[n % 2]
        turn.print(f"n{n}", f"2025-01-{10 + n}", f"LUPEX launches in {2025 + n}. LUPEX carries JAXA: rover.", publisher=f"P{n}")  # fmt: skip
    assert room.shown(attribute="party").origins == 6
    assert not any(one.changed for one in other.app.project.rebuild(on_progress=lambda _: None))
    other.app.close()


def test_what_came_to_nothing_is_forgotten(room, monkeypatch):
    room.print("a", "2025-01-10", "LUPEX launches in 2025.", publisher="A")
    with monkeypatch.context() as broken:
        broken.setattr("tracker.store.past.Past.keep", lambda *_: (_ for _ in ()).throw(OSError("the disk is full")))
        with pytest.raises(OSError, match="the disk is full"):
            room.print("b", "2025-02-10", "LUPEX launches in 2026.", publisher="B")
    room.print("c", "2025-03-10", "LUPEX carries JAXA: rover.", publisher="C")
    assert room.says() == ["2026"]
    assert not any(one.changed for one in room.app.project.rebuild(on_progress=lambda _: None))


def test_others_may_write_while_all_subjects_are_judged_by_new_rules(room, monkeypatch):
    a_lively_week(room)
    judged = project.rejudged

    def while_judging(*given):
        with room.app.store.transaction() as transaction:
            transaction.parking.park("somebody", "an input", "was written meanwhile")
        return judged(*given)

    monkeypatch.setattr(project, "rejudged", while_judging)
    did = room.sources.grade("A", "operator", BEN)
    assert {change.subject for change in did.changes} <= {LUPEX, HARE}
    assert any(parked.reason == "was written meanwhile" for parked in room.app.waiting.list())
    monkeypatch.undo()
    assert not any(one.changed for one in room.app.project.rebuild(on_progress=lambda _: None))
