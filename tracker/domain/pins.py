"""A value that a curator has fixed: it holds from the day on which it was set to the end of its last day, if it has one."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from tracker.domain.policy import Policy, set_aside
from tracker.domain.said import Resolved, Said

Step = tuple[dt.date, Resolved]


def last_day(pin: Said) -> dt.date | None:
    """Return the last day on which a pin holds, None when it holds until somebody takes it out."""
    return dt.date.fromisoformat(pin.act.expires_on) if pin.act and pin.act.expires_on else None


def over(pin: Said, on: dt.date | None) -> bool:
    """Whether a pin no longer holds on a day; without a day it holds."""
    last = last_day(pin)
    return on is not None and last is not None and last < on


def ended(pin: Said, on: dt.date | None) -> dt.date | None:
    """Return the first day on which a pin holds no longer, if that has come."""
    last = last_day(pin)
    return last + dt.timedelta(days=1) if last and over(pin, on) else None


def pinned(
    pin: Said, steps: Iterable[Step], said: Sequence[Said], policy: Policy, *, on: dt.date | None
) -> Iterator[Step]:
    """Yield what held after each day on which something was said, with the pin in force while it lasts (R1).

    `steps` are those without the pin, `said` the claims they rest on, `on` the day on which one stands. Pure.
    """
    first, last = pin.heard_on, last_day(pin)
    waiting = list(steps)
    yield from (step for step in waiting if step[0] < first)
    days = [first, *(day for day, _ in waiting if first < day and (last is None or day <= last))]
    for day in days:
        yield day, _held(pin, [s for s in said if s.heard_on <= day], policy)
    if last is None or not over(pin, on):
        return
    # What had been said in the meantime holds from the day after.
    meanwhile = [resolved for day, resolved in waiting if day <= last]
    after = [step for step in waiting if step[0] > last]
    day_after = last + dt.timedelta(days=1)
    if meanwhile and not (after and after[0][0] == day_after):
        yield day_after, meanwhile[-1]
    yield from after


def _held(pin: Said, said: Sequence[Said], policy: Policy) -> Resolved:
    counting = [s for s in said if set_aside(s, policy) is None]
    act = pin.act
    if act is not None and any(s.heard_on > pin.heard_on for s in counting):
        act = msgspec.structs.replace(act, stale=True)
    agreeing = (s for s in counting if s.claim.value == pin.claim.value and s.claim.modality != "denied")
    return Resolved(
        winner=msgspec.structs.replace(pin, act=act),
        since=pin.claim.since,
        supporters=tuple(agreeing),
        rules=("R0_ELIGIBLE", "R1_PIN"),
    )
