"""Which date holds when documents differ."""

import itertools

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import said
from tracker.domain.policy import Policy
from tracker.domain.resolution import losers, steps

POLICY = Policy(sources={"jaxa": "operator", "the paper": "secondary"})


def launch(name, published, value, modality="planned", **details):
    return said(name, published, "launch_date", value, modality, **details)


def now(*claims, dates=True):
    return list(steps(claims, POLICY, dates=dates))[-1][1]


def test_the_newest_plan_holds():
    held = now(launch("old", "2019-09-09", "2020/2023"), launch("new", "2025-01", "2025"))
    assert held.winner.claim.value == "2025"
    assert held.rules == ("R0_ELIGIBLE", "R3_EFFECTIVE_DATE")


def test_what_was_published_earlier_but_found_later_changes_nothing():
    late_find = launch("archive", "2017-11-17", "2022", position=99)
    assert now(launch("news", "2025-01", "2025", position=1), late_find).winner.claim.value == "2025"


def test_an_agencys_word_outlives_a_papers_repetition_of_the_old_date():
    agency = launch("agency", "2025-03-01", "2028", publisher="JAXA")
    assert now(agency, launch("paper", "2025-04-01", "2025", publisher="The Paper")).winner.claim.value == "2028"
    assert now(agency, launch("paper", "2025-06-01", "2029", publisher="The Paper")).winner.claim.value == "2029"


def test_what_has_happened_beats_every_plan():
    held = now(launch("report", "2019-07-23", "2019-07-22", "actual"), launch("stale", "2020-01-01", "2020"))
    assert held.winner.claim.value == "2019-07-22"
    assert "R2_ACTUAL" in held.rules


def test_a_fact_does_not_become_vaguer():
    held = now(launch("report", "2019-07-23", "2019-07-22", "actual"), launch("look-back", "2025-01", "2019", "actual"))
    assert held.winner.claim.value == "2019-07-22"
    assert held.origins == 2


def test_a_date_said_to_be_past_before_it_came_is_a_plan():
    held = now(launch("typo", "2018-01-01", "2019", "actual"), launch("plan", "2018-06-01", "2020"))
    assert held.winner.claim.value == "2020"


def test_a_narrower_date_is_shown_when_it_is_as_new_and_a_wider_one_is_news():
    assert now(launch("a", "2025-01-01", "2026"), launch("b", "2025-01-01", "2026-03")).winner.claim.value == "2026-03"
    assert (
        now(launch("a", "2025-01-01", "2027-03"), launch("b", "2025-09-01", "2027/2028")).winner.claim.value
        == "2027/2028"
    )


def test_the_documents_own_old_value_never_wins():
    old = launch("one", "2025-01-01", "2023", superseded=True)
    held = now(old, launch("one", "2025-01-01", "2025"))
    assert held.winner.claim.value == "2025"
    (loser,) = losers(held, [old], POLICY, dates=True)
    assert (loser.code, loser.reason) == ("R0_SUPERSEDED", "the document itself calls it the old value")


def test_a_denied_value_ranks_below_every_other_and_is_marked():
    plan, denial = launch("plan", "2025-01-01", "2026"), launch("denial", "2025-03-01", "2026", "denied")
    assert now(plan, denial).contested
    held = now(plan, denial, launch("older", "2024-01-01", "2027"))
    assert (held.winner.claim.value, held.contested) == ("2027", False)


def test_denying_a_month_does_not_deny_its_year():
    plans = [launch("new", "2024-01-01", "2025"), launch("old", "2023-01-01", "2027")]
    held = now(*plans, launch("denial", "2024-03-01", "2025-03", "denied"))
    assert (held.winner.claim.value, held.contested) == ("2025", False)


def test_what_was_denied_does_not_come_back_as_the_more_precise_value():
    held = now(
        launch("day", "2023-07-15", "2023-07-14", "actual"),
        launch("denial", "2023-07-20", "2023-07-14", "denied"),
        launch("year", "2023-08-01", "2023", "actual"),
    )
    assert (held.winner.claim.value, held.contested) == ("2023", False)


def test_a_rumour_does_not_refine_what_is_said_plainly():
    sure = said("sure", "2025-01-01", "launch_vehicle", "H3")
    rumour = said("rumour", "2019-01-01", "launch_vehicle", "H3-24L", "possible")
    assert now(sure, rumour, dates=False).winner.claim.value == "H3"


@pytest.mark.parametrize("published", ["9999-12-31", "0001-01-01"])
def test_a_date_at_the_end_of_the_calendar_breaks_nothing(published):
    assert now(launch("odd", published, "2025", change_reported=True)).winner.claim.value == "2025"


def test_a_grade_without_days_is_refused():
    with pytest.raises(ValueError, match="no days are given for the grade 'royal'"):
        Policy(sources={"the palace": "royal"})


def test_copies_of_one_text_count_as_one_origin():
    copies = [said(f"copy-{n}", "2025-01-01", "launch_date", "2025", "planned", publisher="Wire") for n in range(5)]
    assert now(*copies).origins == 1


def test_the_more_precise_destination_holds_whenever_it_was_said():
    claims = [said("a", "2019-09-09", "destination", "Moon south pole"), said("b", "2025-01", "destination", "Moon")]
    held = now(*claims, dates=False)
    assert held.winner.claim.value == "Moon south pole"
    assert len(held.supporters) == 2


def test_every_loser_is_told_why():
    winner = launch("new", "2025-01-01", "2025")
    older = launch("old", "2019-09-09", "2020/2023")
    held = now(winner, older)
    (loser,) = losers(held, [winner, older], POLICY, dates=True)
    assert loser.code == "R3_OLDER"
    assert loser.reason == "counts from 2019-03-13, the winner from 2024-07-05"


VALUES = st.sampled_from(["2023", "2025", "2025-03", "2024/2026", "../2025", "2027/..", "2025-03-14"])
CLAIMS = st.lists(
    st.tuples(
        st.integers(0, 40),
        VALUES,
        st.sampled_from(["planned", "possible", "actual", "denied"]),
        st.sampled_from(["JAXA", "The Paper", "A Blog"]),
        st.booleans(),
    ),
    min_size=1,
    max_size=6,
)


def made(rows):
    for number, (months, value, modality, publisher, superseded) in enumerate(rows):
        published = f"{2022 + months // 12}-{months % 12 + 1:02}-01"
        yield launch(f"d{number}", published, value, modality, publisher=publisher, superseded=superseded)


@given(CLAIMS)
def test_the_order_in_which_claims_are_heard_decides_nothing(rows):
    claims = list(made(rows))
    outcomes = {
        tuple(steps(order, POLICY, dates=True)) for order in itertools.islice(itertools.permutations(claims), 24)
    }
    assert len({tuple((d, r.winner.claim.id, r.contested, r.rules, r.origins) for d, r in o) for o in outcomes}) == 1


@given(CLAIMS)
def test_what_held_on_a_day_is_what_those_published_by_then_say(rows):
    claims = list(made(rows))
    for day, resolved in steps(claims, POLICY, dates=True):
        then = [c for c in claims if c.document.published_on <= day]
        last_day, last = list(steps(then, POLICY, dates=True))[-1]
        # Supporters are gathered for the last step only.
        assert (last_day, msgspec.structs.replace(last, supporters=())) == (
            day,
            msgspec.structs.replace(resolved, supporters=()),
        )


@given(CLAIMS)
def test_a_claim_wins_supports_or_loses_with_a_reason(rows):
    claims = list(made(rows))
    resolved = [r for _, r in steps(claims, POLICY, dates=True)]
    if resolved:
        lost = losers(resolved[-1], claims, POLICY, dates=True)
        supporting = {s.claim.id for s in resolved[-1].supporters}
        assert resolved[-1].winner.claim.id in supporting
        assert len(lost) + len(supporting) == len(claims)
        assert all(loser.code and loser.reason for loser in lost)


@pytest.mark.parametrize("count", [1, 50])
def test_steps_are_one_for_each_publication_day(count):
    claims = [launch(f"d{n}", f"{2000 + n}-01-01", str(2030 + n)) for n in range(count)]
    assert len(list(steps(claims, POLICY, dates=True))) == count
