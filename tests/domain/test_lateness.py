"""What the day of asking makes of a view: plans that are overdue, subjects that have gone quiet."""

import datetime as dt

import pytest

from tests.builders import said
from tracker.domain.lateness import overdue, stale
from tracker.domain.said import Resolved
from tracker.domain.view import SubjectView, hold


def view(kind, published="2025-01-01", **values):
    subject = f"{kind}/x"
    attributes = {}
    for name, value in values.items():
        what, _, modality = value.partition(" ")
        one = said("a", published, name, what, modality or "actual", subject=subject)
        attributes[name] = (hold(Resolved(one, None, (one,), ())),)
    return SubjectView(subject, kind, "X", (), attributes, (), 0, 1)


@pytest.mark.parametrize(
    ("made", "day", "expected"),
    [
        (view("mission", launch_date="2025 planned", status="in_development"), "2026-01-01", ["launch_date"]),
        (view("mission", launch_date="2025 planned", status="in_development"), "2025-12-31", []),
        (view("mission", launch_date="2025 possible"), "2026-01-01", ["launch_date"]),
        (view("mission", launch_date="2024 planned", status="launched"), "2026-01-01", []),
        (view("mission", launch_date="2024 planned", status="cancelled"), "2026-01-01", []),
        (view("mission", launch_date="2024"), "2026-01-01", []),
        (view("mission", launch_date="2028/.. planned"), "2999-01-01", []),
        (view("meeting", held_date="2025-04 planned", status="planned"), "2025-05-01", ["held_date"]),
        (view("meeting", held_date="2025-04 planned", status="held"), "2025-05-01", []),
        # A term ends by itself; nobody needs to report it.
        (view("agreement", expiry_date="2024 planned", status="in_force"), "2026-01-01", []),
    ],
)
def test_a_plan_is_overdue_once_its_last_day_has_passed_without_a_report(made, day, expected):
    assert list(overdue(made, dt.date.fromisoformat(day))) == expected


def test_a_subject_is_stale_when_nothing_is_said_of_it_any_more_unless_nothing_is_to_come():
    quiet = view("mission", "2024-01-01", status="approved")
    assert not stale(quiet, dt.date(2025, 6, 24), after=540)
    assert stale(quiet, dt.date(2025, 6, 25), after=540)
    for ended in (
        view("mission", status="completed"),
        view("agreement", status="in_force"),
        view("mission", party="JAXA"),
    ):
        assert not stale(ended, dt.date(2030, 1, 1), after=540)
