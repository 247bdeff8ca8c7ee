"""What is shown in the end is the end of the way there, also when nobody walks it."""

from hypothesis import given
from hypothesis import strategies as st

from tests.builders import said
from tracker.domain.policy import Policy
from tracker.domain.slots import Slot
from tracker.domain.vocabulary import MISSION
from tracker.projections.slots import held_steps, shown

POLICY = Policy(sources={"a": "operator", "b": "secondary"})
VALUES = {
    "launch_date": ["2022", "2020/2023", "2025", "2025-06", "2028/.."],
    "destination": ["Moon", "Moon south pole", "Mars"],
    "status": ["proposed", "approved", "launched", "failed", "operating", "cancelled"],
    "party": ["JAXA: rover"],
}


@st.composite
def slots(draw):
    """A slot, and claims that compete for it."""
    attribute = draw(st.sampled_from(sorted(VALUES)))
    one = st.builds(
        said,
        st.integers(0, 30).map("doc-{}".format),
        st.sampled_from(["2017-11-17", "2019-09-09", "2025-01", "2025-04-01/2026-03"]),
        st.just(attribute),
        st.sampled_from(VALUES[attribute]),
        st.sampled_from(["actual", "planned", "possible", "denied"]),
        publisher=st.sampled_from(["A", "B", None]),
        superseded=st.booleans(),
    )
    return Slot(attribute), draw(st.lists(one, max_size=8, unique_by=lambda s: s.claim.id))


@given(slots())
def test_the_end_is_the_same_with_and_without_the_way(made):
    slot, claims = made
    way = [held for _, held in held_steps(MISSION, slot, claims, POLICY)]
    assert shown(MISSION, slot, claims, POLICY) == (way[-1] if way else None)
