"""Editors decide: every act moves the view, says who did it, is refused on an outdated basis, and can be undone."""

import datetime as dt

import msgspec
import pytest

from tests.services.editors import ANN, BEN, Newsroom, opened
from tracker.connection import Connection
from tracker.errors import ConfigError, NotFoundError, RefusedError, WrongBasisError
from tracker.projections import PROJECTIONS
from tracker.projections.replay import replay
from tracker.services.desk import Signed
from tracker.settings import load
from tracker.settings import policy as policy_of


@pytest.fixture
def room(database, clock, tmp_path):
    app = opened(database, clock)
    yield Newsroom(app, tmp_path)
    app.close()


@pytest.fixture
def two_dates(room):
    room.print("first", "2024-01-10", "LUPEX launches in 2025.", publisher="A")
    room.print("second", "2025-02-10", "LUPEX launches in 2028.", publisher="B")
    assert room.says() == ["2028"]
    return room


def moved(did):
    return [(c.attribute, c.old, c.new, c.change) for c in did.changes]


def test_a_retracted_claim_gives_way_and_comes_back_to_the_byte(two_dates):
    room, before = two_dates, two_dates.bytes()
    did = room.values.retract(room.claim("second"), Signed("Ann", "wrong_entity"), note="it means another craft")
    assert moved(did) == [("launch_date", "2028", "2025", "retracted")]
    assert (did.type, did.actor, did.subjects) == ("claim.retracted", "Ann", ("mission/lupex",))
    (line,) = room.ledger(status="retracted")
    assert (line.value, line.reason) == ("2028", "retracted by Ann: wrong_entity: it means another craft")
    told = room.app.explain.attribute("LUPEX", "launch_date").values[0]
    assert [(w.value, w.code) for w in told.losing] == [("2028", "R0_RETRACTED")]
    room.values.restore(room.claim("second"), BEN)
    assert room.bytes() == before


def test_what_nobody_else_says_is_unknown_once_it_is_retracted(room):
    room.print("only", "2024-01-10", "LUPEX launches in 2025.")
    claim = room.claim("only")
    assert moved(room.values.retract(claim, Signed("Ann", "extraction_error"))) == [
        ("launch_date", "2025", None, "retracted")
    ]
    with pytest.raises(NotFoundError):
        room.shown()
    room.values.restore(claim, ANN)
    assert room.says() == ["2025"]


def test_a_corrected_claim_counts_with_what_its_document_really_says(two_dates):
    room, before = two_dates, two_dates.bytes()
    did = room.values.correct(room.claim("second"), "2027-06", BEN)
    assert moved(did) == [("launch_date", "2028", "2027-06", "corrected")]
    assert (room.shown().act.kind, room.shown().act.actor, room.shown().act.reason) == (
        "corrected", "Ben", "asked the agency",
    )  # fmt: skip
    (line,) = [line for line in room.ledger() if line.act]
    assert (line.value, line.read_as, line.status) == ("2027-06", "2028", "standing")
    room.values.restore(room.claim("second"), ANN)
    assert room.bytes() == before


def test_restoring_takes_back_the_last_act_only(two_dates):
    claim = two_dates.claim("second")
    two_dates.values.correct(claim, "2027-06", ANN)
    two_dates.values.retract(claim, Signed("Ann", "source_withdrew"))
    assert two_dates.says() == ["2025"]
    two_dates.values.restore(claim, ANN)
    assert two_dates.says() == ["2027-06"]
    two_dates.values.restore(claim, ANN)
    assert two_dates.says() == ["2028"]
    with pytest.raises(RefusedError, match="nothing to restore"):
        two_dates.values.restore(claim, ANN)


@pytest.mark.parametrize(
    ("attempt", "problem"),
    [
        (lambda v, c: v.correct(c, "next spring", ANN), "VALUE"),
        (lambda v, c: v.correct(c, "2028", ANN), "says 2028 already"),
        (lambda v, c: v.retract(c, Signed("Ann", "no longer true")), "none of extraction_error"),
        (lambda v, c: v.retract("clm_0000", Signed("Ann", "legal")), "no newest reading makes it"),
        (lambda v, c: v.retract("LUPEX", Signed("Ann", "legal")), "claims are named clm_"),
        (lambda v, c: v.pin("LUPEX", "status", "thriving", ANN), "none of proposed"),
        (lambda v, c: v.pin("LUPEX", "party", "ISRO", ANN), "names no role"),
        (lambda v, c: v.pin("LUPEX", "held_date", "2025", ANN), "has no 'held_date'"),
        (lambda v, c: v.pin("LUPEX", "launch_date", "2028", ANN, until=dt.date(2020, 1, 1)), "past"),
        (lambda v, c: v.unpin("LUPEX", "launch_date", ANN), "nothing is pinned"),
        (lambda v, c: v.pin("LUPEX", "status", c, ANN), "says nothing of mission/lupex status"),
        (lambda v, c: v.reopen("LUPEX", "launch_date", ANN), "nobody has acknowledged"),
        (lambda v, c: v.retract(c, Signed("Ann", "legal", basis=999)), "999 is no position"),
        (lambda v, c: Signed(" ", "because"), "--actor"),
        (lambda v, c: Signed("Ann", ""), "--reason"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line_and_nothing_is_recorded(two_dates, attempt, problem):
    end = two_dates.end
    with pytest.raises((ConfigError, RefusedError, NotFoundError), match=problem) as caught:
        attempt(two_dates.values, two_dates.claim("second"))
    assert "\n" not in str(caught.value)
    assert two_dates.end == end


def test_a_pin_holds_against_newer_reports_and_says_that_there_are_some(two_dates, clock):
    room, before = two_dates, two_dates.bytes()
    did = room.values.pin("LUPEX", "launch_date", "2027", Signed("Ann", "from the minister's desk"))
    assert moved(did) == [("launch_date", "2028", "2027", "pulled_in")]
    shown = room.shown()
    assert (shown.value, shown.modality, shown.act.kind, shown.act.stale) == ("2027", "planned", "pinned", False)
    explained = room.app.explain.attribute("LUPEX", "launch_date").values[0]
    assert "R1_PIN" in {rule.code for rule in explained.rules}
    assert {w.code for w in explained.losing} == {"R1_PINNED"}
    with pytest.raises(RefusedError, match="unpin it first"):
        room.values.pin("LUPEX", "launch_date", "2030", BEN)
    room.values.unpin("LUPEX", "launch_date", BEN)
    assert room.bytes() == before
    room.values.pin("LUPEX", "launch_date", "2027", ANN)
    clock.tick(days=40)
    room.print("third", "2026-02-01", "LUPEX launches in 2029.", publisher="C")
    assert (room.shown().value, room.shown().act.stale) == ("2027", True)
    room.values.unpin("LUPEX", "launch_date", BEN)
    assert room.says() == ["2029"]


def test_a_pin_may_rest_on_a_claim_and_shows_its_words(two_dates):
    two_dates.values.pin("LUPEX", "launch_date", two_dates.claim("first"), ANN)
    shown = two_dates.shown()
    assert (shown.value, shown.evidence.quote) == ("2025", "LUPEX launches in 2025")
    two_dates.values.unpin("LUPEX", "launch_date", ANN)
    two_dates.values.pin("LUPEX", "launch_date", "2025", ANN)
    assert two_dates.shown().evidence.quote == "LUPEX launches in 2025", "a claim with that value is its ground"


def test_a_pin_ends_with_its_last_day_though_nothing_is_recorded(two_dates, clock):
    room = two_dates
    room.values.pin("LUPEX", "launch_date", "2027", ANN, until=dt.date(2026, 1, 10))
    stored, end = room.bytes(), room.end
    clock.tick(days=9)
    assert room.says() == ["2027"], "its last day is a day on which it holds"
    clock.tick(days=1)
    assert room.says() == ["2028"]
    assert (room.bytes(), room.end) == (stored, end)
    assert [v.attributes["launch_date"][0].value for v in room.app.query.board()] == ["2028"]
    assert room.app.explain.attribute("LUPEX", "launch_date").values[0].value == "2028"
    assert room.says(known_at=end) == ["2027"], "what was known then does not change"
    told = [(c.published, c.old, c.new) for c in room.app.query.history("LUPEX", attribute="launch_date")]
    assert told[-2:] == [("2026-01-01", "2028", "2027"), ("2026-01-11", "2027", "2028")]
    room.print("else", "2026-01-11", "LUPEX is approved.")
    assert b'"pinned_until":null' in room.bytes()


def test_a_value_that_no_document_gives_can_be_pinned_and_is_gone_when_its_time_is_over(room, clock):
    room.print("a", "2024-01-10", "LUPEX is proposed.")
    room.values.pin("LUPEX", "launch_date", "2027", ANN, until=dt.date(2026, 1, 5))
    shown = room.shown()
    assert (shown.value, shown.document_id, shown.evidence.quote) == ("2027", "pinned by Ann", None)
    room.values.pin("LUPEX", "party", "ISRO: lander", ANN)
    assert room.says("party") == ["ISRO: lander"]
    clock.tick(days=10)
    assert room.says() == []
    assert room.says("status") == ["proposed"]


def test_a_curator_decides_what_state_is_possible(room):
    room.print("a", "2019-07-23", "LUPEX is launched.", publisher="A")
    room.print("b", "2020-01-01", "LUPEX is proposed.", publisher="B")
    assert room.says("status") == ["launched"]
    (held,) = room.ledger(status="held")
    assert (held.value, held.reason) == ("proposed", "no such step from what held; waits for a second origin")
    room.values.pin("LUPEX", "status", held.claim_id, ANN)
    assert room.says("status") == ["proposed"]
    room.values.unpin("LUPEX", "status", ANN)
    room.print("c", "2020-01-02", "LUPEX is proposed again.", publisher="C")
    assert room.says("status") == ["proposed"]
    assert room.ledger(status="held") == []


def test_claims_that_were_read_with_little_confidence_wait_to_be_looked_at(room):
    room.print("sure", "2024-01-10", "LUPEX launches in 2025.")
    room.print("unsure", "2025-01-10", "LUPEX launches in 2031 perhaps.")
    assert room.says() == ["2025"]
    (line,) = room.ledger(status="below-floor")
    assert (line.value, line.reason) == ("2031", "read with 30 % confidence, and 40 % are asked for")
    room.values.pin("LUPEX", "launch_date", line.claim_id, ANN)
    assert room.says() == ["2031"]


def test_an_act_on_what_has_changed_since_is_refused_and_changes_nothing(two_dates):
    room, seen = two_dates, two_dates.end
    room.print("third", "2025-06-10", "LUPEX launches in 2029.", publisher="C")
    room.print("aside", "2025-06-11", "LUPEX is approved.", publisher="C")
    end, outdated = room.end, Signed("Ann", "as I see it", basis=seen)
    for act in (
        lambda: room.values.pin("LUPEX", "launch_date", "2027", outdated),
        lambda: room.values.retract(room.claim("first"), Signed("Ann", "legal", basis=seen)),
        lambda: room.values.correct(room.claim("first"), "2026", outdated),
    ):
        with pytest.raises(WrongBasisError, match=f"changed since position {seen}"):
            act()
    assert room.end == end
    room.values.pin("LUPEX", "party", "ISRO: lander", outdated)
    room.values.pin("LUPEX", "launch_date", "2027", Signed("Ann", "as I see it", basis=end))


def test_of_two_editors_who_saw_the_same_the_second_is_refused(two_dates):
    seen, claim = two_dates.end, two_dates.claim("second")
    two_dates.values.retract(claim, Signed("Ann", "legal", basis=seen))
    with pytest.raises(WrongBasisError):
        two_dates.values.correct(claim, "2027", Signed("Ben", "read again", basis=seen))


def test_a_claim_that_is_found_again_stays_retracted(two_dates):
    two_dates.values.retract(two_dates.claim("second"), Signed("Ann", "legal"))
    two_dates.print("second", "2025-02-10", "LUPEX launches in 2028.", publisher="B")
    two_dates.app.again.run()
    assert two_dates.says() == ["2025"]


def test_a_conflict_is_acknowledged_until_another_claim_opens_it(room):
    room.print("a", "2025-01-10", "LUPEX launches in 2025.", publisher="A")
    room.print("b", "2025-02-10", "LUPEX launches in 2028.", publisher="B")
    before = room.bytes()
    room.values.acknowledge("LUPEX", "launch_date", ANN)
    (conflict,) = room.app.query.subject("LUPEX").conflicts
    assert (conflict.acknowledged.actor, conflict.acknowledged.reason) == ("Ann", "read it twice")
    with pytest.raises(RefusedError, match="Ann has acknowledged it"):
        room.values.acknowledge("LUPEX", "launch_date", BEN)
    room.values.reopen("LUPEX", "launch_date", BEN)
    assert room.bytes() == before
    room.values.acknowledge("LUPEX", "launch_date", ANN)
    room.print("c", "2025-02-11", "LUPEX launches in 2026.", publisher="C")
    (conflict,) = room.app.query.subject("LUPEX").conflicts
    assert conflict.acknowledged is None
    with pytest.raises(RefusedError, match="has no conflict"):
        room.values.acknowledge("LUPEX", "landing_date", ANN)


@pytest.fixture
def two_names(room):
    room.print("a", "2024-01-10", "LUPEX, also called Hare, launches in 2025.", publisher="A")
    room.print("b", "2025-02-10", "Hare launches in 2028.", publisher="B")
    room.print("c", "2025-03-10", "Hare carries ISRO: lander.", publisher="B")
    return room


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
