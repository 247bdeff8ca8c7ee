"""Editors decide who is who, what sources are worth and by which rules to judge; the auditor comes to the same."""

import datetime as dt

import msgspec
import pytest

from tests.services.editors import ANN, BEN, Newsroom, opened
from tracker.connection import Connection
from tracker.errors import ConfigError, NotFoundError, RefusedError, WrongBasisError
from tracker.projections import PROJECTIONS
from tracker.projections.replay import replay
from tracker.services.curation.desk import Signed
from tracker.settings import load
from tracker.settings import policy as policy_of


def test_documents_propose_who_may_be_one_and_an_editor_agrees(two_names):
    room = two_names
    (proposal,) = room.subjects.proposed()
    assert (proposal.left, proposal.right, proposal.name) == ("mission/hare", "mission/lupex", "Hare")
    assert len(proposal.documents) == 1
    did = room.subjects.merge(proposal.left, proposal.right, ANN)
    assert did.type == "subject.same_as_judged"
    shown = room.app.query.subject("Hare")
    assert (shown.id, shown.name, shown.aliases) == ("mission/lupex", "LUPEX", ("Hare",))
    assert room.says(subject="mission/hare") == ["2028"]
    assert room.says("party") == ["ISRO: lander"]
    assert [line.id for line in room.subjects.every()] == ["mission/lupex"]
    assert room.subjects.every()[0].other_ids == ("mission/hare",)
    assert room.subjects.proposed() == []
    told = room.app.query.history("Hare", attribute="launch_date")
    assert [(c.subject, c.old, c.new) for c in told] == [
        ("mission/lupex", None, "2025"), ("mission/lupex", "2025", "2028"),
    ]  # fmt: skip


def test_a_split_gives_both_back_to_the_byte(two_names):
    room = two_names
    before = (room.bytes(), room.bytes("mission/hare"))
    room.subjects.merge("LUPEX", "mission/hare", ANN)
    assert room.bytes("mission/hare") is None
    did = room.subjects.split("mission/lupex", "mission/hare", BEN)
    assert did.type == "subject.same_as_withdrawn"
    assert (room.bytes(), room.bytes("mission/hare")) == before
    with pytest.raises(RefusedError, match="are not joined"):
        room.subjects.split("mission/lupex", "mission/hare", BEN)


def test_news_of_either_name_moves_the_one_subject(two_names):
    room = two_names
    room.subjects.merge("LUPEX", "mission/hare", ANN)
    room.print("d", "2025-04-10", "Hare launches in 2029.", publisher="C")
    room.print("e", "2025-05-10", "LUPEX is approved.", publisher="C")
    assert (room.says(), room.says("status")) == (["2029"], ["approved"])
    room.subjects.split("mission/lupex", "mission/hare", ANN)
    assert (room.says(), room.says(subject="mission/hare")) == (["2025"], ["2029"])


def test_one_document_on_both_names_counts_for_both(room):
    room.print("a", "2024-01-10", "LUPEX launches in 2025. Hare is approved.")
    room.subjects.merge("LUPEX", "mission/hare", ANN)
    assert (room.says(), room.says("status")) == (["2025"], ["approved"])


def test_the_id_that_a_catalog_knows_comes_first_else_the_first_by_letter(room):
    for name in ("Aries", "Zebra", "LUPEX"):
        room.print(name, "2024-01-10", f"{name} launches in 2025.")
    room.subjects.merge("Zebra", "Aries", ANN)
    assert room.app.query.subject("Zebra").id == "mission/aries"
    room.subjects.merge("Zebra", "LUPEX", ANN)
    assert {room.app.query.subject(name).id for name in ("Zebra", "Aries", "LUPEX")} == {"mission/lupex"}


def test_what_was_judged_different_is_not_joined_from_behind(room):
    for name in ("Aries", "Hare", "LUPEX"):
        room.print(name, "2024-01-10", f"{name} launches in 2025.")
    room.subjects.split("Aries", "LUPEX", Signed("Ann", "two contracts"), different=True)
    room.subjects.merge("Hare", "LUPEX", BEN)
    with pytest.raises(RefusedError, match="Ann judged mission/aries and mission/lupex to be different: two contracts"):
        room.subjects.merge("Aries", "Hare", BEN)
    with pytest.raises(RefusedError, match="--anyway"):
        room.subjects.merge("Aries", "LUPEX", BEN)
    room.subjects.merge("Aries", "LUPEX", BEN, anyway=True)
    assert {room.app.query.subject(name).id for name in ("Aries", "Hare", "LUPEX")} == {"mission/lupex"}
    with pytest.raises(RefusedError, match="joined through others: split"):
        room.subjects.split("Aries", "Hare", ANN)


def test_who_goes_with_whom_is_refused_on_an_outdated_basis(two_names):
    room, seen = two_names, two_names.end
    room.print("x", "2024-01-10", "Aries launches in 2025.")
    room.subjects.merge("Aries", "LUPEX", ANN)
    with pytest.raises(WrongBasisError):
        room.subjects.merge("mission/hare", "LUPEX", Signed("Ben", "as I see it", basis=seen))


def test_acts_on_one_name_hold_for_the_one_subject_and_go_with_it(two_names):
    room = two_names
    room.values.pin("mission/hare", "launch_date", "2033", ANN)
    room.subjects.merge("LUPEX", "mission/hare", ANN)
    assert room.says() == ["2033"]
    room.values.unpin("LUPEX", "launch_date", ANN)
    assert room.says() == ["2028"]
    room.subjects.split("mission/lupex", "mission/hare", ANN)
    assert room.says(subject="mission/hare") == ["2028"]


def test_what_was_believed_before_two_names_were_one_does_not_change(two_names):
    room, then = two_names, two_names.end
    asked = {name: room.says(subject=name, known_at=then) for name in ("mission/lupex", "mission/hare")}
    room.subjects.merge("LUPEX", "mission/hare", ANN)
    room.sources.grade("B", "operator", ANN)
    room.values.pin("LUPEX", "launch_date", "2040", BEN)
    assert {name: room.says(subject=name, known_at=then) for name in asked} == asked
    as_of = room.app.query.moment(known_at=then)
    assert {one.id for one in room.app.query.board(as_of=as_of)} == set(asked)


def test_a_subject_is_called_as_an_editor_says(two_dates):
    before = two_dates.bytes()
    two_dates.subjects.rename("LUPEX", "Lunar Polar Exploration", ANN)
    shown = two_dates.app.query.subject("Lunar Polar Exploration")
    assert (shown.id, shown.name, shown.aliases) == ("mission/lupex", "Lunar Polar Exploration", ("LUPEX",))
    two_dates.subjects.rename("LUPEX", None, BEN)
    assert two_dates.bytes() == before
    with pytest.raises(RefusedError, match="no name but that of its documents"):
        two_dates.subjects.rename("LUPEX", None, BEN)


def test_a_grade_changes_what_weighs_more_from_the_act_on(room):
    room.print("agency", "2025-01-10", "LUPEX launches in 2028.", publisher="The Agency")
    room.print("paper", "2025-02-10", "LUPEX launches in 2025.", publisher="The Paper")
    assert room.says() == ["2025"]
    before = room.bytes()
    did = room.sources.grade("The Agency", "operator", ANN)
    assert room.says() == ["2028"]
    assert room.says(known_at=did.position - 1) == ["2025"]
    recorded = [c.position for c in room.app.query.history("LUPEX", axis="recorded")]
    assert recorded[-1] == did.position
    (line,) = [s for s in room.sources.every() if s.publisher == "The Agency"]
    assert (line.grade, line.graded_by, line.documents) == ("operator", "Ann", 1)
    with pytest.raises(RefusedError, match="graded operator already"):
        room.sources.grade("the agency", "operator", BEN)
    with pytest.raises(ConfigError, match="none of operator"):
        room.sources.grade("The Agency", "royal", BEN)
    room.sources.grade("The Agency", None, BEN)
    assert room.bytes() == before


def test_a_table_counts_once_it_is_adopted_and_until_the_next(room, tmp_path, database, clock):
    room.print("plain", "2025-01-10", "LUPEX launches in 2028.", publisher="A")
    assert room.sources.rules().adopted_by is None
    room.sources.adopt(ANN)
    assert (room.sources.rules().adopted_by, room.sources.rules().as_in_settings) == ("Ann", True)
    with pytest.raises(RefusedError, match="in force, by Ann"):
        room.sources.adopt(BEN)
    own = tmp_path / "own"
    own.mkdir()
    (own / "policy.toml").write_text('version = "2"\nfloor = 950000\n')
    other = opened(database, clock)
    other.__dict__["policy"] = policy_of(load({"database": database, "config": str(own)}, {}))
    stricter = Newsroom(other, tmp_path)
    list(other.project.catch_up())
    assert stricter.says() == ["2028"], "the adopted table holds, whatever the settings say"
    assert not stricter.sources.rules().as_in_settings
    stricter.sources.adopt(BEN)
    with pytest.raises(NotFoundError):
        stricter.says()
    other.close()


def test_store_rebuild_and_auditor_agree_on_all_that_was_decided(two_names):
    room = two_names
    room.values.retract(room.claim("b"), Signed("Ann", "duplicate"))
    room.values.pin("mission/hare", "launch_date", "2033", ANN, until=dt.date(2026, 1, 3))
    room.subjects.merge("LUPEX", "mission/hare", ANN)
    room.sources.grade("A", "operator", ANN)
    room.subjects.split("mission/lupex", "mission/hare", ANN)
    room.print("z", "2025-12-10", "Hare launches in 2030. LUPEX launches in 2031.", publisher="C")
    room.subjects.merge("LUPEX", "mission/hare", BEN)
    room.sources.adopt(BEN)
    with room.app.store.reading() as reading:
        made = replay(PROJECTIONS.values(), reading.log.read(), room.app.policy)
        for name in PROJECTIONS:
            assert made[name].digest == reading.views.digest(reading.views.live(name)[0]), name
    assert not any(each.changed for each in room.app.project.rebuild(on_progress=lambda _p: None))
    assert room.app.verify.log(on_progress=lambda _done, _of: None).ok


def test_the_same_from_python(two_dates):
    tracker = Connection(two_dates.app)
    (first, second) = tracker.claims(subject="LUPEX")
    tracker.retract(second.claim_id, reason="legal", actor="Ann")
    assert tracker.status("LUPEX").attributes["launch_date"][0].value == "2025"
    tracker.restore(second.claim_id, reason="settled", actor="Ann")
    tracker.correct(first.claim_id, "2026", reason="misread", actor="Ann")
    tracker.pin("LUPEX", "launch_date", "2027", reason="told so", actor="Ann")
    tracker.unpin("LUPEX", "launch_date", reason="no more", actor="Ann")
    tracker.rename("LUPEX", "Hare", reason="new name", actor="Ann")
    assert [line.name for line in tracker.subjects()] == ["Hare"]
    tracker.grade("A", "operator", reason="its own words", actor="Ann")
    assert {line.publisher: line.grade for line in tracker.sources()}["A"] == "operator"
    assert tracker.proposed() == []
    assert msgspec.json.encode(tracker.claims(status="standing"))
