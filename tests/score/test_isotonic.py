"""A table is learnt from claims that were right or wrong: it rises, it rests on enough, and it tells the truth."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.score import isotonic
from tracker.extractors.confidence import calibrated, checked

SCORED = st.lists(st.tuples(st.floats(0, 1).map(lambda x: round(x, 2)), st.booleans()), min_size=1, max_size=120)


def claims(score, right, wrong):
    return [(score, True)] * right + [(score, False)] * wrong


def test_each_score_is_worth_the_share_that_was_right():
    steps = isotonic.fit(claims(0.5, 60, 40) + claims(0.8, 90, 10), least=40)
    assert [(step.score, step.right, step.claims) for step in steps] == [(0.5, 0.598, 100), (0.8, 0.892, 100)]


def test_neighbours_in_the_wrong_order_are_pooled():
    steps = isotonic.fit(claims(0.5, 70, 30) + claims(0.6, 50, 50) + claims(0.9, 95, 5), least=40)
    assert [(step.score, step.claims) for step in steps] == [(0.55, 200), (0.9, 100)]
    assert steps[0].right == pytest.approx(0.6, abs=0.01)


def test_a_handful_is_no_row_of_its_own():
    steps = isotonic.fit(claims(0.5, 60, 40) + claims(0.9, 3, 0), least=40)
    assert [step.claims for step in steps] == [103]


def test_three_right_claims_are_no_certainty():
    assert isotonic.fit(claims(0.9, 3, 0))[0].right == 0.8


@given(SCORED, st.integers(1, 40))
def test_the_table_is_one_that_the_lexicon_takes(scored, least):
    steps = checked(isotonic.fit(scored, least=least))
    assert sum(step.claims for step in steps) == len(scored)
    assert len(steps) == 1 or all(step.claims >= least for step in steps)
    assert all(one.right <= other.right for one, other in pairwise(steps))


def test_brier_and_gap_are_nought_for_who_is_right_and_says_so():
    scored = claims(1.0, 5, 0) + claims(0.0, 0, 5)
    assert isotonic.brier(scored, lambda score: score) == isotonic.gap(scored, lambda score: score) == 0


def test_the_gap_is_what_modesty_and_pride_miss_by():
    scored = claims(0.55, 9, 1) + claims(0.95, 5, 5)
    assert isotonic.gap(scored, lambda score: score) == pytest.approx((0.35 + 0.45) / 2)
    steps = isotonic.fit(scored, least=5)
    assert isotonic.brier(scored, lambda s: calibrated(s, steps)) < isotonic.brier(scored, lambda s: s)
