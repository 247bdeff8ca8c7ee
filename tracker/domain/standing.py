"""The status of a subject: claims put in the order of the states they report, then walked rung by rung.

A state counts from the day the text says it began, else from its publication. A step that cannot be (a launched mission that
is "proposed") is held back until two independent origins say so, or an operator in its title or lead: it usually means
another mission, or a background sentence. A step back among things that have flown is a stale mention and moves nothing.

A step that is not the usual next one is taken and flagged: SKIP over rungs, REGRESS to an earlier one, RECOVERY from a failure,
REVIVAL of what was cancelled, REOPENED after an end, IMPOSSIBLE where enough voices say what cannot be.
"""

import datetime as dt
from collections.abc import Iterator, Sequence

import msgspec

from tracker.domain.policy import Policy, Weighed, set_aside, state_day, weigh
from tracker.domain.said import Loser, Resolved, Said, independent
from tracker.domain.vocabulary import Status, Vocabulary


class Walk(msgspec.Struct, frozen=True):
    """Where the walk ended and what was left by the way."""

    resolved: Resolved | None
    losers: tuple[Loser, ...]


def steps(said: Sequence[Said], policy: Policy, vocabulary: Vocabulary) -> Iterator[tuple[dt.date, Resolved]]:
    """Yield the status after each publication day; the last one is what holds now. Blind to the order of `said`."""
    queue = sorted(said, key=lambda s: s.order)
    for index, one in enumerate(queue):
        day = one.heard_on
        if index + 1 < len(queue) and queue[index + 1].heard_on == day:
            continue
        resolved = walk(queue[: index + 1], policy, vocabulary).resolved
        if resolved is not None:
            yield day, resolved


def walk(said: Sequence[Said], policy: Policy, vocabulary: Vocabulary) -> Walk:
    """Go through the claims in the order of the states they report, and return where that leads."""
    walker = _Walker(policy, vocabulary)
    for w in _in_order(said, policy, vocabulary, walker.left):
        walker.take(w)
    walker.give_up("no such step from what held; waits for a second origin")
    resolved = _resolved(walker.run, contested=walker.contested, flags=walker.flags)
    return Walk(resolved, tuple(walker.left))


class _Walker:
    """Where the walk stands: `run` is the present state with all that affirm it."""

    def __init__(self, policy: Policy, vocabulary: Vocabulary) -> None:
        self._policy, self._vocabulary = policy, vocabulary
        self.left: list[Loser] = []
        self.run: list[Weighed] = []
        self.contested = False
        self.flags: tuple[str, ...] = ()
        self._held: dict[str, list[Weighed]] = {}

    def take(self, w: Weighed) -> None:
        """Take one more claim: an affirmation, a step, or one to leave by the way."""
        value = w.said.claim.value
        if w.said.claim.modality == "denied":
            self.contested = self.contested or bool(self.run and self._now.code == value)
            self.left.append(Loser(w.said, "R6_DENIAL", "a denial supplies no value"))
        elif not self.run or self._affirms(w):
            self.run.append(w)
            self._settled("what held has been affirmed since")
        elif value in self._now.impossible:
            self._hold(w)
        elif _stale(self._now, self._vocabulary.statuses[value], self._vocabulary):
            self.left.append(Loser(w.said, "STALE", f"says {value}, and it is {self._now.code} already"))
        else:
            self._step([w], f"an earlier state; {value} came after it")

    @property
    def _now(self) -> Status:
        return self._vocabulary.statuses[self.run[-1].said.claim.value]

    def _affirms(self, w: Weighed) -> bool:
        if w.said.claim.value != self._now.code:
            return False
        known = next((r.said.claim.by for r in self.run if r.said.claim.by), None)
        return known is None or w.said.claim.by in (None, known)

    def _hold(self, w: Weighed) -> None:
        """Keep an impossible step until independent origins agree; who names no publisher is nobody's witness."""
        value = w.said.claim.value
        agreeing = self._held.setdefault(value, [])
        agreeing.append(w)
        nameless = any(not a.said.document.publisher for a in agreeing)
        origins = independent(a.said for a in agreeing if a.said.document.publisher) + nameless
        if self._own_word(w):
            self._step(self._held.pop(value), f"{value} is the word of an operator")
        elif origins >= self._policy.independent_origins:
            self._step(self._held.pop(value), f"{value} is said by independent origins")

    def _own_word(self, w: Weighed) -> bool:
        """Whether an operator says so, and not in passing: agencies too look back at what once was proposed."""
        return self._policy.grade_of(w.said.document.publisher) == "operator" and w.said.claim.salience in (
            "title",
            "lead",
        )

    def _step(self, run: list[Weighed], reason: str) -> None:
        self.flags = flags_of(self._now, self._vocabulary.statuses[run[-1].said.claim.value])
        self.left.extend(Loser(r.said, "R3_OLDER", reason) for r in self.run)
        self.run = run
        self._settled("another state came after it")

    def _settled(self, reason: str) -> None:
        self.contested = False
        self.give_up(f"no such step from what held, and {reason}")

    def give_up(self, reason: str) -> None:
        """Leave behind what was held back."""
        for kept in self._held.values():
            self.left.extend(Loser(w.said, "IMPOSSIBLE", reason) for w in kept)
        self._held.clear()


def _in_order(said: Sequence[Said], policy: Policy, vocabulary: Vocabulary, left: list[Loser]) -> list[Weighed]:
    statuses = vocabulary.statuses
    weighed = []
    for s in said:
        if (aside := set_aside(s, policy)) is not None:
            left.append(Loser(s, *aside))
        elif s.claim.value not in statuses:
            left.append(Loser(s, "R0_UNKNOWN", f"{s.claim.value} is no status"))
        elif s.claim.modality in ("planned", "possible"):
            left.append(Loser(s, "R0_NOT_YET", f"only {s.claim.modality}: a plan is no state"))
        else:
            weighed.append(weigh(s, policy, state_on=state_day(s)))
    # On one day the later rung came later.
    return sorted(weighed, key=lambda w: (w.effective_on, statuses[w.said.claim.value].rank, w.said.order))


def _stale(now: Status, then: Status, vocabulary: Vocabulary) -> bool:
    return now.rank >= vocabulary.settled and then.rank < now.rank and (now.code, then.code) not in _RETURNS


_RETURNS = {
    ("failed", "operating"),
    ("completed", "operating"),
    ("cancelled", "proposed"),
    ("cancelled", "under_study"),
}
_RETURNS |= {("cancelled", "approved"), ("cancelled", "in_development"), ("expired", "in_force")}


def flags_of(now: Status, then: Status) -> tuple[str, ...]:
    """Return the remarks on a step from one status to the next; none for the same again, and for the usual next one."""
    if now.code == then.code:
        return ()
    if then.code in now.impossible:
        return ("IMPOSSIBLE",)
    if then.code in now.leads_to or then.code in _AT_ANY_TIME:
        return ()
    if now.code == "cancelled":
        return ("REVIVAL",)
    if now.code == "failed":
        return ("RECOVERY",)
    if now.code in _OVER:
        return ("REOPENED",)
    return ("REGRESS",) if then.rank < now.rank else ("SKIP",) if then.rank > now.rank else ()


_AT_ANY_TIME = frozenset({"on_hold", "postponed", "cancelled", "terminated"})
_OVER = frozenset({"completed", "expired", "terminated", "held"})


def _resolved(run: Sequence[Weighed], *, contested: bool, flags: tuple[str, ...]) -> Resolved | None:
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
        flags=flags,
    )
