"""What editors decide comes to the same on either database: the same events, the same views, the same as an auditor's."""

import pytest

from tests.services.editors import ANN, BEN, Newsroom, opened
from tracker.errors import RefusedError
from tracker.projections import PROJECTIONS
from tracker.projections.replay import replay
from tracker.services.curation.desk import Signed
from tracker.store import migrate


@pytest.fixture
def room(database, clock, tmp_path):
    migrate.upgrade(database)
    app = opened(database, clock)
    yield Newsroom(app, tmp_path)
    app.close()


def test_acts_and_their_inverses_leave_the_same_bytes(room):
    room.print("a", "2024-01-10", "LUPEX, also called Hare, launches in 2025.", publisher="A")
    room.print("b", "2025-02-10", "Hare launches in 2028.", publisher="B")
    before = (room.bytes(), room.bytes("mission/hare"))
    claim = room.claim("b")
    room.values.retract(claim, Signed("Ann", "legal"))
    room.values.correct(room.claim("a"), "2026", BEN)
    room.values.pin("LUPEX", "launch_date", "2030", ANN)
    room.subjects.merge("LUPEX", "mission/hare", ANN)
    room.sources.grade("A", "operator", ANN)
    assert room.says(subject="Hare") == ["2030"]
    with pytest.raises(RefusedError, match="retracted by Ann already"):
        room.values.retract(claim[:12], Signed("Ben", "legal"))
    with room.app.store.reading() as reading:
        made = replay(PROJECTIONS.values(), reading.log.read(), room.app.policy)
        for name in PROJECTIONS:
            assert made[name].digest == reading.views.digest(reading.views.live(name)[0]), name
    room.sources.grade("A", None, BEN)
    room.subjects.split("mission/lupex", "mission/hare", BEN)
    room.values.unpin("LUPEX", "launch_date", BEN)
    room.values.restore(room.claim("a"), BEN)
    room.values.restore(claim, BEN)
    assert (room.bytes(), room.bytes("mission/hare")) == before
    assert not any(each.changed for each in room.app.project.rebuild(on_progress=lambda _p: None))
