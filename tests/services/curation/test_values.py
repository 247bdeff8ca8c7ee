"""Editors decide on values: every act moves the view, says who did it, is refused on an outdated basis, and can be undone."""

import datetime as dt

import pytest

from tests.services.editors import ANN, BEN, moved
from tracker.errors import ConfigError, NotFoundError, RefusedError, WrongBasisError
from tracker.services.curation.desk import Signed


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
    assert b'"right_until":null' in room.bytes()


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
    room.print("a", "2025-02-10", "LUPEX launches in 2025.", publisher="A")
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
    room.print("c", "2025-02-10", "LUPEX launches in 2026.", publisher="C")
    (conflict,) = room.app.query.subject("LUPEX").conflicts
    assert conflict.acknowledged is None
    with pytest.raises(RefusedError, match="has no conflict"):
        room.values.acknowledge("LUPEX", "landing_date", ANN)


def test_a_state_that_is_pinned_held_from_its_beginning_also_for_those_who_look_back(room, clock):
    room.print("a", "2019-09-10", "LUPEX is operating.", publisher="A")
    room.print("b", "2021-01-10", "LUPEX is failed.", publisher="B")
    room.values.pin("LUPEX", "status", room.claim("a", "status"), ANN, until=dt.date(2026, 1, 20))
    assert room.says("status", valid_at="2020-01-01") == room.says("status", valid_at="2023-01-01") == ["operating"]
    assert room.says("status") == ["operating"]
    with pytest.raises(NotFoundError):
        room.says("status", known_at=1, valid_at="2019-01-01")
    clock.tick(days=30)
    assert room.says("status", valid_at="2023-01-01") == ["failed"], "the pin has ended, whatever day one asks of"
    assert room.says("status", valid_at="2020-01-01") == ["operating"]


def test_a_curators_own_word_on_the_state_says_nothing_of_the_time_before_it(room):
    room.print("a", "2019-09-10", "LUPEX is operating.", publisher="A")
    room.values.pin("LUPEX", "status", "failed", ANN)
    assert room.says("status") == ["failed"]
    assert room.says("status", valid_at="2020-01-01") == ["operating"]
    room.values.pin("LUPEX", "launch_date", "2019-08", ANN, modality="actual")
    assert room.says("status", valid_at="2019-09-01") == ["launched"], "a date that is pinned brings its state along"
