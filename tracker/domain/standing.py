"""The status of a subject: claims put in the order of the states they report, then walked rung by rung.

A state counts from the day the text says it began, else from its publication. A step that cannot be (a launched mission that
is "proposed") is held back until two independent origins say so: it usually means another mission, or a background sentence.
A step back among things that have flown is a stale mention and moves nothing.
"""

import datetime as dt
from collections.abc import Iterator, Sequence

import msgspec

from tracker.domain.policy import Policy, Weighed, state_day, weigh
from tracker.domain.said import Loser, Resolved, Said
from tracker.domain.vocabulary import Status, Vocabulary


class Walk(msgspec.Struct, frozen=True):
    """Where the walk ended and what was left by the way."""

    resolved: Resolved | None
    losers: tuple[Loser, ...]


def steps(said: Sequence[Said], policy: Policy, vocabulary: Vocabulary) -> Iterator[tuple[dt.date, Resolved]]:
    """Yield the status after each publication day; the last one is what holds now. Blind to the order of `said`."""
    queue = sorted(said, key=lambda s: s.order)
    for index, one in enumerate(queue):
        day = one.document.published_on
        if index + 1 < len(queue) and queue[index + 1].document.published_on == day:
            continue
        resolved = walk(queue[: index + 1], policy, vocabulary).resolved
        if resolved is not None:
            yield day, resolved


def walk(said: Sequence[Said], policy: Policy, vocabulary: Vocabulary) -> Walk:
    """Go through the claims in the order of the states they report, and return where that leads."""
    statuses = vocabulary.statuses
    left: list[Loser] = []
    run: list[Weighed] = []
    held: dict[str, list[Weighed]] = {}
    contested = False
    for w in _in_order(said, policy, vocabulary, left):
        claim = w.said.claim
        if claim.modality == "denied":
            contested = contested or bool(run and run[-1].said.claim.value == claim.value)
            left.append(Loser(w.said, "R6_DENIAL", "a denial supplies no value"))
            continue
        if not run or _same(run[-1].said, w.said):
            run.append(w)
            continue
        now = statuses[run[-1].said.claim.value]
        if claim.value in now.impossible:
            agreeing = [*held.get(claim.value, []), w]
            held[claim.value] = agreeing
            if len({a.said.origin for a in agreeing}) < policy.independent_origins:
                continue
            left.extend(Loser(r.said, "R3_OLDER", f"{claim.value} is said by independent origins") for r in run)
            run = held.pop(claim.value)
        elif _stale(now, statuses[claim.value], vocabulary):
            left.append(Loser(w.said, "STALE", f"says {claim.value}, and it is {now.code} already"))
            continue
        else:
            left.extend(Loser(r.said, "R3_OLDER", f"an earlier state; {claim.value} came after it") for r in run)
            run = [w]
        contested = False
    for kept in held.values():
        left.extend(Loser(w.said, "IMPOSSIBLE", "no such step from what held; waits for a second origin") for w in kept)
    return Walk(_resolved(run, contested=contested), tuple(left))


def _in_order(said: Sequence[Said], policy: Policy, vocabulary: Vocabulary, left: list[Loser]) -> list[Weighed]:
    statuses = vocabulary.statuses
    weighed = []
    for s in said:
        if s.claim.superseded:
            left.append(Loser(s, "R0_SUPERSEDED", "the document itself calls it the old value"))
        elif s.claim.value not in statuses:
            left.append(Loser(s, "R0_UNKNOWN", f"{s.claim.value} is no status"))
        elif s.claim.modality in ("planned", "possible"):
            left.append(Loser(s, "R0_NOT_YET", f"only {s.claim.modality}: a plan is no state"))
        else:
            weighed.append(weigh(s, policy, state_on=state_day(s)))
    # On one day the later rung came later.
    return sorted(weighed, key=lambda w: (w.effective_on, statuses[w.said.claim.value].rank, w.said.order))


def _same(a: Said, b: Said) -> bool:
    return a.claim.value == b.claim.value and (b.claim.by is None or a.claim.by is None or a.claim.by == b.claim.by)


def _stale(now: Status, then: Status, vocabulary: Vocabulary) -> bool:
    return now.rank >= vocabulary.settled and then.rank < now.rank and (now.code, then.code) not in _RETURNS


_RETURNS = {
    ("failed", "operating"),
    ("completed", "operating"),
    ("cancelled", "proposed"),
    ("cancelled", "under_study"),
}
_RETURNS |= {("cancelled", "approved"), ("cancelled", "in_development"), ("expired", "in_force")}


def _resolved(run: Sequence[Weighed], *, contested: bool) -> Resolved | None:
    if not run:
        return None
    # Shown: the words of whoever named the actor, else of whoever said it last; since: whoever dated it first.
    winner = max(run, key=lambda w: (w.said.claim.by is not None, w.said.order)).said
    dated = [w for w in run if w.said.claim.since]
    since = min(dated, key=lambda w: state_day(w.said)).said.claim.since if dated else None
    return Resolved(
        winner=winner,
        since=since,
        supporters=tuple(w.said for w in run),
        rules=("R0_ELIGIBLE", "R3_EFFECTIVE_DATE", "TRANSITIONS"),
        contested=contested,
    )
