"""The status of a mission, an agreement and a meeting, rung by rung."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import said
from tracker.domain.policy import Policy
from tracker.domain.standing import Course, steps, walk
from tracker.domain.vocabulary import AGREEMENT, MEETING, MISSION

POLICY = Policy()


def status(name, published, value, modality="actual", **details):
    return said(name, published, "status", value, modality, **details)


def stands(*claims, vocabulary=MISSION):
    return walk(claims, POLICY, vocabulary).resolved


def test_a_mission_goes_up_the_rungs():
    story = [
        status("talks", "2017-11-17", "proposed"),
        status("cabinet-japan", "2019-09-09", "approved", by="Japan"),
        status("cabinet-india", "2025-01", "approved", by="India", since="2024-10-07"),
        status("work", "2025-04", "in_development"),
    ]
    told = [(r.winner.claim.value, r.winner.claim.by, r.since) for _, r in steps(story, POLICY, MISSION)]
    assert told == [
        ("proposed", None, None),
        ("approved", "Japan", None),
        ("approved", "India", "2024-10-07"),
        ("in_development", None, None),
    ]


def test_a_look_back_at_the_launch_does_not_undo_the_loss():
    held = stands(
        status("hope", "2017-11-17", "in_development"),
        status("loss", "2019-09-09", "failed"),
        status("history", "2025-01", "launched", since="2019"),
    )
    assert held.winner.claim.value == "failed"


def test_a_stale_mention_moves_nothing_and_says_so():
    walked = walk([status("a", "2020-01-01", "operating"), status("b", "2021-01-01", "launched")], POLICY, MISSION)
    assert walked.resolved.winner.claim.value == "operating"
    assert [(x.code, x.reason) for x in walked.losers] == [("STALE", "says launched, and it is operating already")]


def test_an_impossible_step_waits_for_a_second_origin():
    flown = status("launch", "2019-07-23", "launched", publisher="ISRO")
    odd = status("mix-up", "2019-08-01", "proposed", publisher="A Blog")
    walked = walk([flown, odd], POLICY, MISSION)
    assert walked.resolved.winner.claim.value == "launched"
    assert [x.code for x in walked.losers] == ["IMPOSSIBLE"]
    agreeing = status("mix-up-2", "2019-08-02", "proposed", publisher="The Paper")
    assert stands(flown, odd, agreeing).winner.claim.value == "proposed"
    same_voice = status("mix-up-3", "2019-08-02", "proposed", publisher="A Blog")
    assert stands(flown, odd, same_voice).winner.claim.value == "launched"


def test_what_names_no_publisher_is_no_second_witness():
    agency = status("launch", "2019-07-23", "operating", publisher="ISRO")
    held = stands(agency, status("a", "2019-08-01", "proposed"), status("b", "2019-08-02", "proposed"))
    assert held.winner.claim.value == "operating"


def test_odd_claims_years_apart_do_not_add_up_across_what_affirms_the_state():
    story = [status("launch", "2019-07-23", "operating", publisher="ISRO")]
    story += [
        status("odd", "2020-01-01", "proposed", publisher="A"),
        status("odd-2", "2025-01-01", "proposed", publisher="B"),
    ]
    assert stands(*story).winner.claim.value == "proposed"
    affirmed = [status(f"still-{year}", f"{year}-06-01", "operating", publisher="NASA") for year in (2021, 2023)]
    walked = walk([*story, *affirmed], POLICY, MISSION)
    assert walked.resolved.winner.claim.value == "operating"
    assert [x.code for x in walked.losers] == ["IMPOSSIBLE", "IMPOSSIBLE"]


def test_a_denial_is_over_when_the_state_is_affirmed_again():
    story = [status("a", "2019-01-01", "approved"), status("b", "2020-01-01", "approved", "denied")]
    assert stands(*story).contested
    assert not stands(*story, status("c", "2021-01-01", "approved")).contested


def test_one_partys_approval_does_not_become_anothers_through_a_voice_that_names_none():
    held = stands(
        status("a", "2019-05-01", "approved", by="India", since="2019-05"),
        status("b", "2020-01-01", "approved"),
        status("c", "2021-01-01", "approved", by="Japan", since="2020-12"),
    )
    assert (held.winner.claim.by, held.since, held.origins) == ("Japan", "2020-12", 1)


def test_a_state_that_began_by_some_year_is_not_taken_for_an_old_one():
    held = stands(status("a", "2010-01-01", "proposed"), status("b", "2020-01-01", "approved", since="../2019"))
    assert held.winner.claim.value == "approved"


def test_a_plan_is_no_state():
    walked = walk([status("rumour", "2024-01-01", "cancelled", "possible")], POLICY, MISSION)
    assert walked.resolved is None
    assert walked.losers[0].code == "R0_NOT_YET"


def test_a_denied_cancellation_leaves_the_mission_standing():
    held = stands(status("a", "2024-01-01", "in_development"), status("b", "2024-02-01", "cancelled", "denied"))
    assert (held.winner.claim.value, held.contested) == ("in_development", False)
    assert stands(status("a", "2024-01-01", "cancelled"), status("b", "2024-02-01", "cancelled", "denied")).contested


@pytest.mark.parametrize("later", ["operating", "in_development"])
def test_recovery_and_revival_are_believed(later):
    before = {"operating": "failed", "in_development": "cancelled"}[later]
    assert stands(status("a", "2020-01-01", before), status("b", "2021-01-01", later)).winner.claim.value == later


def test_the_newest_words_are_shown_with_the_first_date():
    held = stands(
        status("a", "2020-01-01", "operating", since="2019-08-20"),
        status("b", "2024-01-01", "operating", publisher="ISRO"),
    )
    assert (held.winner.document.external_id, held.since, held.origins) == ("b", "2019-08-20", 2)


def test_a_signed_agreement_is_not_unsigned_by_a_memory_of_the_talks():
    held = stands(
        status("a", "2016-11-11", "signed", subject="agreement/x"),
        status("b", "2017-11-17", "under_discussion", subject="agreement/x"),
        vocabulary=AGREEMENT,
    )
    assert held.winner.claim.value == "signed"


def test_a_meeting_that_was_held_stays_held():
    held = stands(
        status("a", "2025-04-02", "held", subject="meeting/x"),
        status("b", "2025-05-01", "planned", subject="meeting/x"),
        vocabulary=MEETING,
    )
    assert held.winner.claim.value == "held"


def test_arrival_decides_nothing():
    story = [
        status("a", "2017-11-17", "proposed"),
        status("b", "2019-09-09", "approved", by="Japan"),
        status("c", "2019-09-09", "in_development"),
        status("d", "2020-01-01", "cancelled", "denied"),
        status("e", "2021-01-01", "launched", since="2020-12"),
    ]
    assert len({walk(order, POLICY, MISSION).resolved for order in itertools.permutations(story)}) == 1


@pytest.mark.parametrize(
    ("before", "after", "flags"),
    [
        ("proposed", "approved", ()),
        ("proposed", "in_development", ("SKIP",)),
        ("in_development", "under_study", ("REGRESS",)),
        ("failed", "operating", ("RECOVERY",)),
        ("cancelled", "in_development", ("REVIVAL",)),
        ("completed", "operating", ("REOPENED",)),
        ("in_development", "on_hold", ()),
    ],
)
def test_a_step_that_is_not_the_usual_one_is_flagged(before, after, flags):
    held = stands(status("a", "2020-01-01", before), status("b", "2021-01-01", after))
    assert (held.winner.claim.value, held.flags) == (after, flags)
    affirmed = stands(
        status("a", "2020-01-01", before), status("b", "2021-01-01", after), status("c", "2021-06-01", after)
    )
    assert affirmed.flags == flags


def test_an_operator_may_say_what_cannot_be_but_not_in_passing():
    policy = Policy(sources={"isro": "operator"})
    flown = status("launch", "2019-07-23", "launched", publisher="A Paper")
    in_passing = status("history", "2019-08-01", "proposed", publisher="ISRO", salience="background")
    plainly = status("mend", "2019-08-02", "proposed", publisher="ISRO", salience="lead")
    assert walk([flown, in_passing], policy, MISSION).resolved.winner.claim.value == "launched"
    held = walk([flown, in_passing, plainly], policy, MISSION).resolved
    assert (held.winner.claim.value, held.flags) == ("proposed", ("IMPOSSIBLE",))


def test_two_papers_that_quote_one_speaker_on_one_day_are_one_witness():
    flown = status("launch", "2019-07-23", "launched", publisher="ISRO")
    one = status("a", "2019-08-01", "proposed", publisher="A", attribution="A minister")
    other = status("b", "2019-08-01", "proposed", publisher="B", attribution="A Minister")
    assert stands(flown, one, other).winner.claim.value == "launched"
    a_day_later = status("c", "2019-08-02", "proposed", publisher="C", attribution="A minister")
    assert stands(flown, one, a_day_later).winner.claim.value == "proposed"


def test_what_was_read_with_little_confidence_moves_nothing():
    sure = status("a", "2024-01-01", "approved")
    doubtful = status("b", "2025-01-01", "cancelled", confidence_ppm=399_999)
    walked = walk([sure, doubtful], POLICY, MISSION)
    assert walked.resolved.winner.claim.value == "approved"
    assert [x.code for x in walked.losers] == ["R0_BELOW_FLOOR"]
    at_the_floor = status("b", "2025-01-01", "cancelled", confidence_ppm=400_000)
    assert stands(sure, at_the_floor).winner.claim.value == "cancelled"


CLAIMS = st.builds(
    status,
    st.integers(0, 60).map("doc-{}".format),
    st.sampled_from(["2017-11-17", "2019-09-09", "2025-01", "2025-04-01"]),
    st.sampled_from(["proposed", "approved", "launched", "failed", "operating", "completed", "on_hold", "cancelled"]),
    st.sampled_from(["actual", "actual", "actual", "denied", "planned"]),
    publisher=st.sampled_from(["A", "B", None]),
    by=st.sampled_from([None, None, "Japan", "India"]),
    since=st.sampled_from([None, None, "2018-01-01", "2018", "2019-09"]),
    salience=st.sampled_from(["body", "background", "title"]),
)


@given(st.lists(CLAIMS, max_size=12, unique_by=lambda s: s.claim.id), st.sampled_from(["all", "voices"]))
def test_a_course_leads_where_a_walk_over_all_leads_in_whatever_order_it_hears(claims, supporters):
    policy = Policy(sources={"a": "operator"})
    course = Course(policy, MISSION)
    for number, one in enumerate(claims, 1):
        course.hear(one)
        led, whole = course.resolved(supporters), walk(claims[:number], policy, MISSION).resolved
        assert (led is None) == (whole is None)
        if led is not None:
            told = [(r.winner, r.since, r.origins, r.contested, r.flags) for r in (led, whole)]
            assert told[0] == told[1]


def test_what_looks_back_and_changes_nothing_costs_no_new_walk():
    """Articles go on repeating since when a mission has flown; the steps are counted, not the time."""
    story = [status(f"a{n}", f"20{10 + n % 15}-01-{1 + n % 28:02}", "operating", since="2009") for n in range(400)]
    taken = []
    course = Course(POLICY, MISSION)
    course._anew = lambda: taken.append("anew")
    for one in story:
        course.hear(one)
        assert course.resolved("voices").winner.claim.value == "operating"
    assert taken == []


def test_one_party_approves_while_another_builds_and_nothing_goes_back():
    story = [
        status("japan", "2019-09-09", "approved", by="Japan"),
        status("work", "2021-03-12", "in_development"),
        status("india", "2025-03-10", "approved", by="India"),
    ]
    assert (stands(*story).winner.claim.by, stands(*story).flags) == ("India", ())
    again = status("late", "2022-01-01", "approved", by="Japan")
    assert stands(*story[:2], again).flags == ("REGRESS",), "that party had approved already"
    assert stands(*story[:2], status("whose", "2022-01-01", "approved")).flags == ("REGRESS",)
    dead = status("end", "2024-01-01", "cancelled")
    assert stands(*story[:2], dead, story[2]).flags == ("REVIVAL",)
