"""A claim's confidence is how often claims of its score are right, as measured."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.extractors.test_lexicon import TABLES
from tracker.errors import ConfigError
from tracker.extractors.confidence import Step, calibrated, checked
from tracker.extractors.lexicon import Lexicon

STEPS = (Step(0.5, 0.6), Step(0.7, 0.8), Step(0.8, 0.8), Step(0.9, 0.95))
SHARES = st.floats(0, 1)


@pytest.mark.parametrize(
    ("score", "share"), [(0.1, 0.6), (0.5, 0.6), (0.6, 0.7), (0.7, 0.8), (0.75, 0.8), (0.85, 0.875), (1.4, 0.95)]
)
def test_between_rows_the_share_changes_evenly_and_beyond_them_it_stays(score, share):
    assert calibrated(score, STEPS) == pytest.approx(share)


@pytest.mark.parametrize(("score", "share"), [(-0.2, 0.0), (0.3, 0.3), (1.2, 1.0)])
def test_without_a_table_a_score_is_taken_as_it_is(score, share):
    assert calibrated(score, ()) == share


@given(st.lists(st.tuples(SHARES, SHARES), min_size=1, max_size=8), SHARES, SHARES)
def test_a_higher_score_is_never_worth_less(rows, one, other):
    scores = sorted({score for score, _ in rows})
    shares = sorted(share for _, share in rows)[: len(scores)]
    steps = checked([Step(score, share) for score, share in zip(scores, shares, strict=True)])
    low, high = calibrated(min(one, other), steps), calibrated(max(one, other), steps)
    assert 0 <= low <= high + 1e-12 <= 1 + 2e-12


@pytest.mark.parametrize(
    "rows",
    [
        [(0.7, 0.8), (0.6, 0.9)],
        [(0.6, 0.8), (0.6, 0.9)],
        [(0.6, 0.9), (0.7, 0.8)],
        [(0.6, 1.2)],
        [(-0.1, 0.5)],
    ],
)
def test_a_table_that_falls_or_leaves_its_bounds_is_refused(rows):
    table = [{"score": score, "right": right, "claims": 9} for score, right in rows]
    with pytest.raises(ConfigError, match=r"confidence\.toml"):
        Lexicon.from_tables({**TABLES, "confidence": table})


def test_a_lexicon_of_ones_own_needs_no_table():
    without = {name: rows for name, rows in TABLES.items() if name != "confidence"}
    assert Lexicon.from_tables(without).confidence == ()


def test_no_claim_is_called_certain_and_none_falls_under_the_floor(knowledge):
    shares = [step.right for step in knowledge.lexicon.confidence]
    assert 0.4 < shares[0] < shares[-1] < 1
    assert all(one <= other for one, other in pairwise(shares))
