"""What a day alone makes of a view: plans whose last day has passed, subjects that nobody speaks of any more.

Nothing of this is stored: the same view is in time today and overdue tomorrow.
"""

import datetime as dt
from collections.abc import Iterator, Mapping

from tracker.domain.dates import DateSpan
from tracker.domain.view import SubjectView
from tracker.domain.vocabulary import VOCABULARIES

_REPORTED_BY: Mapping[str, frozenset[str]] = {
    "launch_date": frozenset({"launched", "operating", "completed"}),
    "landing_date": frozenset({"completed"}),
    "approval_date": frozenset({"approved", "in_development", "launched", "operating", "completed", "failed"}),
    "signed_date": frozenset({"signed", "in_force", "expired", "terminated"}),
    "effective_date": frozenset({"in_force", "expired", "terminated"}),
    "held_date": frozenset({"held", "postponed"}),
}
"""Plans, and the states that tell that each has come to pass, or has been put off in words. The end of a term is no plan: it
comes by itself."""

_ACTIVE = frozenset(
    {"proposed", "under_study", "approved", "in_development", "launched", "operating", "on_hold"}
    | {"under_discussion", "agreed", "planned", "postponed"}
)
"""States out of which something is bound to come. What is signed or in force may stay so for years without a word."""


def overdue(view: SubjectView, on: dt.date) -> Iterator[str]:
    """Yield the attributes whose planned last day lies before `on`, though no report says that it happened."""
    state = _state(view)
    for name in VOCABULARIES[view.kind].attributes:
        if name not in _REPORTED_BY or state == "cancelled" or state in _REPORTED_BY[name]:
            continue
        if any(
            held.modality in ("planned", "possible") and _past(held.value, on) for held in view.attributes.get(name, ())
        ):
            yield name


def stale(view: SubjectView, on: dt.date, *, after: int) -> bool:
    """Tell whether nothing that holds was said in the last `after` days of a subject out of which something must come."""
    if _state(view) not in _ACTIVE:
        return False
    newest = max(held.published_on for values in view.attributes.values() for held in values)
    return (on - newest).days > after


def _past(value: str, on: dt.date) -> bool:
    latest = DateSpan.parse(value).latest
    return latest is not None and latest < on


def _state(view: SubjectView) -> str | None:
    states = view.attributes.get("status", ())
    return states[-1].value if states else None
