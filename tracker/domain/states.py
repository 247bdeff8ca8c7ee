"""Which state held in the world on a day: an agreement in force, a lander alive.

A state holds from the day on which the text says it began, else from its publication; a date that is reported as past
brings its state along: what was launched on 22 July is launched from that day on. A term that has run out makes an agreement
expired by the calendar alone, which is an inference and marked as one.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from tracker.domain import standing
from tracker.domain.dates import DateSpan
from tracker.domain.ids import ClaimId
from tracker.domain.policy import Policy, state_day
from tracker.domain.resolution import happened
from tracker.domain.said import Said
from tracker.domain.view import Held, SubjectView, hold
from tracker.domain.vocabulary import VOCABULARIES

_BROUGHT: Mapping[str, str] = {
    "approval_date": "approved",
    "launch_date": "launched",
    "loss_date": "failed",
    "end_date": "completed",
    "signed_date": "signed",
    "effective_date": "in_force",
    "held_date": "held",
}
_RUNNING = frozenset({"signed", "in_force"})


def on_day(view: SubjectView, said: Sequence[Said], policy: Policy, day: dt.date) -> SubjectView:
    """Return the view with the state that held on `day`, by all that is said; without a state when none is known.

    Everything but the state stays: a date is no state, and is not asked for by the day.
    """
    vocabulary = VOCABULARIES[view.kind]
    told = told_of(view, said, day)
    held: Held | None
    if any(s.pinned for s in told):
        held = view.attributes["status"][0]
    else:
        resolved = standing.walk(told, policy, vocabulary).resolved
        held = hold(resolved) if resolved else None
        if held is not None:
            real = {s.claim.id for s in said if s.claim.attribute == "status"}
            held = msgspec.structs.replace(held, inferred=held.claim_id not in real)
        held = _run_out(view, held, day)
    states = {"status": (held,)} if held else {}
    others = {name: values for name, values in view.attributes.items() if name != "status"}
    order = [name for name in vocabulary.attributes if name in states or name in others]
    return msgspec.structs.replace(view, attributes={name: (states | others)[name] for name in order})


def told_of(view: SubjectView, said: Sequence[Said], day: dt.date) -> list[Said]:
    """Return what is said of states that had begun by `day`: in so many words, and by the dates that hold.

    A state that a curator has fixed is among it while the pin holds, and then it holds, if it had begun by the day.
    """
    by_claim = {(s.claim.id, s.pinned): s for s in said}
    pinned = any(_is_pinned(held) for held in view.attributes.get("status", ()))
    told = [*(s for s in said if s.claim.attribute == "status" and (pinned or not s.pinned)), *_brought(view, by_claim)]
    return [s for s in told if state_day(s) <= day]


def _is_pinned(held: Held) -> bool:
    return held.act is not None and held.act.kind == "pinned"


def _brought(view: SubjectView, by_claim: Mapping[tuple[ClaimId, bool], Said]) -> Iterator[Said]:
    """Yield what the dates that hold say of the state: a launch that has happened, a signature."""
    for name, values in view.attributes.items():
        code = _BROUGHT.get(name)
        for held in values:
            source = by_claim.get((held.claim_id, _is_pinned(held)))
            if code and source is not None and not held.contested and happened(source):
                state = {"attribute": "status", "value": code, "since": source.claim.value}
                # A curator has fixed the date, if anything: the state only follows from it.
                yield msgspec.structs.replace(source, claim=msgspec.structs.replace(source.claim, **state), act=None)


def _run_out(view: SubjectView, held: Held | None, day: dt.date) -> Held | None:
    """Return the state, or `expired` when the term that holds ended before the day."""
    for term in view.attributes.get("expiry_date", ()):
        latest = DateSpan.parse(term.value).latest
        if latest is None or not latest < day or term.contested or term.modality not in ("actual", "planned"):
            continue
        if held is not None and held.value in _RUNNING:
            since = (latest + dt.timedelta(days=1)).isoformat()
            return msgspec.structs.replace(term, value="expired", since=since, by=None, value_id=None, inferred=True)
    return held
