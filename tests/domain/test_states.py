"""Which state held in the world on a day, told by documents of whatever day."""

import datetime as dt

from tests.builders import said
from tracker.domain.policy import Policy
from tracker.domain.said import Resolved
from tracker.domain.states import on_day
from tracker.domain.view import SubjectView, hold

POLICY = Policy()


def shown(kind, day, *claims):
    """The state on a day and since when, by these claims; the last claim of each attribute is what holds now."""
    attributes = {s.claim.attribute: (hold(Resolved(s, s.claim.since, (s,), ())),) for s in claims}
    view = SubjectView(f"{kind}/x", kind, "X", (), attributes, (), 0, 1)
    held = on_day(view, claims, POLICY, dt.date.fromisoformat(day)).attributes.get("status")
    return (held[0].value, held[0].since, held[0].inferred) if held else None


def test_a_lander_was_alive_until_it_was_lost_whoever_says_so_and_when():
    story = [
        said("report", "2019-07-23", "status", "launched", since="2019-07-22"),
        said("arrival", "2019-08-21", "status", "operating", since="2019-08-20"),
        said("review", "2023-01-01", "status", "failed", since="2019-09-06"),
    ]
    assert shown("mission", "2019-07-01", *story) is None
    assert shown("mission", "2019-07-22", *story) == ("launched", "2019-07-22", False)
    assert shown("mission", "2019-09-05", *story) == ("operating", "2019-08-20", False)
    assert shown("mission", "2019-09-08", *story) == ("failed", "2019-09-06", False)


def test_a_date_that_has_happened_brings_its_state_along():
    claims = [said("a", "2025-01-01", "launch_date", "2023-09-07"), said("a", "2025-01-01", "status", "operating")]
    assert shown("mission", "2023-09-06", *claims) is None
    assert shown("mission", "2024-01-01", *claims) == ("launched", "2023-09-07", True)
    assert shown("mission", "2025-01-01", *claims) == ("operating", None, False)
    assert shown("mission", "2024-01-01", said("a", "2023-01-01", "launch_date", "2023-09-07", "planned")) is None


def test_which_agreements_were_in_force_on_a_day():
    of = {"subject": "agreement/x"}
    claims = [
        said("a", "2016-11-20", "signed_date", "2016-11-11", **of),
        said("b", "2017-01-20", "effective_date", "2017-01-15", **of),
        said("b", "2017-01-20", "expiry_date", "2022-01-14", "planned", **of),
    ]
    told = [shown("agreement", day, *claims) for day in ("2016-11-10", "2016-12-24", "2020-01-01", "2022-01-15")]
    assert told == [
        None,
        ("signed", "2016-11-11", True),
        ("in_force", "2017-01-15", True),
        ("expired", "2022-01-15", True),
    ]
    ended = said("c", "2019-06-01", "status", "terminated", since="2019-05-31", **of)
    assert shown("agreement", "2020-01-01", *claims, ended) == ("terminated", "2019-05-31", False)
