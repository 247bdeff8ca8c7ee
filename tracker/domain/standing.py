"""The status of a subject: claims put in the order of the states they report, then walked rung by rung.

A state counts from the day the text says it began, else from its publication. A step that cannot be (a launched mission that
is "proposed") is held back until two independent origins say so, or an operator in its title or lead: it usually means
another mission, or a background sentence. A step back among things that have flown is a stale mention and moves nothing.

A step that is not the usual next one is taken and flagged: SKIP over rungs, REGRESS to an earlier one, RECOVERY from a failure,
REVIVAL of what was cancelled, REOPENED after an end, IMPOSSIBLE where enough voices say what cannot be.
"""

import bisect
import datetime as dt
import itertools
from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from tracker.domain.policy import Policy, Weighed, set_aside, state_day, weigh
from tracker.domain.said import Loser, Resolved, Said, independent
from tracker.domain.vocabulary import Status, Vocabulary


class Walk(msgspec.Struct, frozen=True):
    """Where the walk ended and what was left by the way."""

    resolved: Resolved | None
    losers: tuple[Loser, ...]


def steps(said: Sequence[Said], policy: Policy, vocabulary: Vocabulary) -> Iterator[tuple[dt.date, Resolved]]:
    """Yield the status after each publication day; the last one is what holds now, and only that one has its supporters.

    Blind to the order of `said`. Linear in the claims as long as each reports a state that began on the day of those before
    it or later; one that looks back makes the walk go anew over what came after.
    """
    course = Course(policy, vocabulary)
    queue = sorted(said, key=lambda s: s.order)
    for index, one in enumerate(queue):
        course.hear(one)
        day = one.heard_on
        last = index + 1 == len(queue)
        if not last and queue[index + 1].heard_on == day:
            continue
        resolved = course.resolved("all" if last else "none")
        if resolved is not None:
            yield day, resolved


def walk(said: Sequence[Said], policy: Policy, vocabulary: Vocabulary) -> Walk:
    """Go through the claims in the order of the states they report, and return where that leads."""
    left: list[Loser] = []
    walker = _Walker(policy, vocabulary)
    for _, w in sorted((each for each in (_placed(s, policy, vocabulary, left) for s in said) if each), key=_first):
        walker.take(w)
    walker.give_up("no such step from what held; waits for a second origin")
    return Walk(walker.resolved("all"), (*left, *walker.left))


class Course:
    """The status of a subject as claims come in, in whatever order: where the walk over all of them leads.

    A claim that belongs at the end costs one step, and so does one further back that only affirms what held there, or is stale:
    most that look back are. Any other makes the walk go anew.
    """

    def __init__(self, policy: Policy, vocabulary: Vocabulary) -> None:
        self._policy, self._vocabulary = policy, vocabulary
        self._path: list[_Placed] = []
        self._anew()

    def _anew(self) -> None:
        self._walker = _Walker(self._policy, self._vocabulary)
        self._trace: list[_Trace] = []

    def hear(self, said: Said) -> None:
        """Take in one more claim; one that takes no part in judging changes nothing."""
        placed = _placed(said, self._policy, self._vocabulary, [])
        if placed is None:
            return
        at = bisect.bisect_right(self._path, placed[0], key=_first)
        self._path.insert(at, placed)
        if at < len(self._trace):
            if at > 0 and self._walker.slips_in(placed[1], self._trace[at - 1]):
                self._trace.insert(at, self._trace[at - 1])
            else:
                self._anew()

    def resolved(self, supporters: Literal["all", "voices", "none"]) -> Resolved | None:
        """Return the state that holds, with as many of its supporters as `resolution.Contest` gives."""
        for _, w in itertools.islice(self._path, len(self._trace), None):
            self._walker.take(w)
            self._trace.append(self._walker.trace)
        return self._walker.resolved(supporters)


class _Trace(msgspec.Struct, frozen=True):
    """Where a walk stood after a claim: in which run of one state, who is known to have acted, whether anything was held back."""

    run: int
    now: Status | None
    known: str | None
    held: bool


class _Walker:
    """Where the walk stands: `run` is the present state with all that affirm it."""

    def __init__(self, policy: Policy, vocabulary: Vocabulary) -> None:
        self._policy, self._vocabulary = policy, vocabulary
        self.left: list[Loser] = []
        self.contested = False
        self.flags: tuple[str, ...] = ()
        self._held: dict[str, list[Weighed]] = {}
        self._approved_by: set[str] = set()
        self._runs = 0
        self._begin()

    @property
    def trace(self) -> _Trace:
        """Where the walk stands."""
        return _Trace(self._runs, self._now if self.run else None, self._known, bool(self._held))

    def slips_in(self, w: Weighed, then: _Trace) -> bool:
        """Take a claim that belongs further back, where the walk stood as `then`, if nothing that came after it is changed.

        So it is with a stale mention, with what affirms the state that held, or denies another. False: walk anew.
        """
        value = w.said.claim.value
        if then.now is None or then.held:
            return False
        if w.said.claim.modality == "denied":
            return then.run != self._runs or value != then.now.code
        if value == then.now.code and w.said.claim.by in (None, then.known):
            if then.run != self._runs:
                return True
            if not self.contested and not self._held:
                self._join(w)
                return True
            return False
        stale = _stale(then.now, self._vocabulary.statuses[value], self._vocabulary)
        return value != then.now.code and value not in then.now.impossible and stale

    def _begin(self) -> None:
        """Forget who affirmed the state before."""
        self._runs += 1
        self.run: list[Weighed] = []
        self._voices: dict[tuple[str, str | None], Said] = {}
        self._known: str | None = None
        self._winner: Said | None = None
        self._dated: tuple[tuple[dt.date, dt.date, tuple[str, str]], Said] | None = None

    def take(self, w: Weighed) -> None:
        """Take one more claim: an affirmation, a step, or one to leave by the way."""
        value = w.said.claim.value
        if w.said.claim.modality == "denied":
            self.contested = self.contested or bool(self.run and self._now.code == value)
            self.left.append(Loser(w.said, "R6_DENIAL", "a denial supplies no value"))
        elif not self.run or self._affirms(w):
            self._join(w)
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
        return self._known is None or w.said.claim.by in (None, self._known)

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
        then = self._vocabulary.statuses[run[-1].said.claim.value]
        parties = {w.said.claim.by for w in run if w.said.claim.by}
        # One party approves while another builds already: that is its own step ahead, and nobody's back.
        another = then.code == "approved" and bool(parties) and not parties & self._approved_by
        flags = flags_of(self._now, then)
        self.flags = () if another and flags == ("REGRESS",) else flags
        self.left.extend(Loser(r.said, "R3_OLDER", reason) for r in self.run)
        self._begin()
        for w in run:
            self._join(w)
        self._settled("another state came after it")

    def _settled(self, reason: str) -> None:
        self.contested = False
        self.give_up(f"no such step from what held, and {reason}")

    def resolved(self, supporters: Literal["all", "voices", "none"]) -> Resolved | None:
        """Return the state that was reached. What is held back stays so, and may yet be believed."""
        if self._winner is None:
            return None
        if supporters == "all":
            support = tuple(w.said for w in self.run)
        else:
            support = tuple(self._voices.values()) if supporters == "voices" else ()
        return Resolved(
            winner=self._winner,
            since=self._dated[1].claim.since if self._dated else None,
            supporters=support,
            rules=("R0_ELIGIBLE", "R3_EFFECTIVE_DATE", "TRANSITIONS"),
            contested=self.contested,
            flags=self.flags,
        )

    def _join(self, w: Weighed) -> None:
        """Add a claim to those that affirm the state.

        Shown: the words of whoever named the actor, else of whoever said it last; since: whoever dated it first.
        """
        said, winner = w.said, self._winner
        self.run.append(w)
        self._voices.setdefault((said.origin, said.speaker), said)
        self._known = self._known or said.claim.by
        if said.claim.by and said.claim.value == "approved":
            self._approved_by.add(said.claim.by)
        if winner is None or (said.claim.by is not None, said.order) > (winner.claim.by is not None, winner.order):
            self._winner = said
        if said.claim.since:
            place = (state_day(said), w.effective_on, said.order)
            if self._dated is None or place < self._dated[0]:
                self._dated = place, said

    def give_up(self, reason: str) -> None:
        """Leave behind what was held back."""
        for kept in self._held.values():
            self.left.extend(Loser(w.said, "IMPOSSIBLE", reason) for w in kept)
        self._held.clear()


_Place = tuple[dt.date, int, tuple[str, str]]
_Placed = tuple[_Place, Weighed]


def _placed(said: Said, policy: Policy, vocabulary: Vocabulary, left: list[Loser]) -> _Placed | None:
    """Return where a claim stands in the order of states; one that takes no part is left with the reason."""
    status = vocabulary.statuses.get(said.claim.value)
    if (aside := set_aside(said, policy)) is not None:
        left.append(Loser(said, *aside))
    elif status is None:
        left.append(Loser(said, "R0_UNKNOWN", f"{said.claim.value} is no status"))
    elif said.claim.modality in ("planned", "possible"):
        left.append(Loser(said, "R0_NOT_YET", f"only {said.claim.modality}: a plan is no state"))
    else:
        w = weigh(said, policy, state_on=state_day(said))
        # On one day the later rung came later.
        return (w.effective_on, status.rank, said.order), w
    return None


def _first(placed: _Placed) -> _Place:
    return placed[0]


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
