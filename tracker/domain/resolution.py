"""Which value holds when documents differ: dates, and names or words, of one slot.

Rules, by the code that an explanation shows. R0: what was retracted, what was read with too little confidence, and what a
document itself calls old is set aside. R2: a date that
has happened beats every plan. R3: the newest effective date wins. R4: ties go to the better source, the narrower value, the
more origins, and at last to an order that means nothing but is always the same. R5: a narrower value inside the winner is
shown when it is as new (for what has happened, whenever it was said: a fact does not become vaguer). R6: a denied value ranks
below every other, and is marked contested.
"""

import datetime as dt
from collections.abc import Iterator, Sequence

from tracker.domain.dates import DateSpan
from tracker.domain.ids import digest
from tracker.domain.policy import Policy, Weighed, set_aside, weigh
from tracker.domain.said import Loser, Resolved, Said, independent
from tracker.domain.values import DATES, WORDS, Values

Standing = tuple[bool, bool, dt.date, int]


def steps(said: Sequence[Said], policy: Policy, *, dates: bool) -> Iterator[tuple[dt.date, Resolved]]:
    """Yield what held after each day on which something was said: the last one is what holds now.

    Only that one has its supporters. Pure, and blind to the order of `said`. Linear in the claims but for denials and for refining what has happened.
    """
    slot = _Slot(DATES if dates else WORDS)
    queue = sorted(said, key=lambda s: s.order)
    for index, one in enumerate(queue):
        if set_aside(one, policy) is None:
            slot.hear(weigh(one, policy))
        day = one.heard_on
        last = index + 1 == len(queue)
        if not last and queue[index + 1].heard_on == day:
            continue
        resolved = slot.resolved(supported=last)
        if resolved is not None:
            yield day, resolved


def last(said: Sequence[Said], policy: Policy, *, dates: bool) -> Resolved | None:
    """Return what holds in the end: the last of `steps`, without the way there."""
    slot = _Slot(DATES if dates else WORDS)
    for one in sorted(said, key=lambda s: s.order):
        if set_aside(one, policy) is None:
            slot.hear(weigh(one, policy))
    return slot.resolved(supported=True)


class _Slot:
    """The claims heard so far, and what follows from them."""

    def __init__(self, values: Values) -> None:
        self._values = values
        self._eligible: list[Weighed] = []
        self._denials: list[Weighed] = []
        self._leaders: list[Weighed] = []
        self._best: Standing | None = None

    def hear(self, w: Weighed) -> None:
        """Take in one more claim."""
        if w.said.claim.modality == "denied":
            self._denials.append(w)
            return
        self._eligible.append(w)
        standing = self._standing(w)
        if self._best is None or standing > self._best:
            self._best, self._leaders = standing, [w]
        elif standing == self._best:
            self._leaders.append(w)

    def resolved(self, *, supported: bool) -> Resolved | None:
        """Return what holds, with everything that supports it when asked."""
        if not self._eligible:
            return None
        leaders, denied = self._undenied() if self._denials else (self._leaders, False)
        rules = ["R0_ELIGIBLE", *(["R2_ACTUAL"] if self._happened(leaders[0]) else []), "R3_EFFECTIVE_DATE"]
        winner = leaders[0]
        if len({w.said.claim.value for w in leaders}) > 1:
            rules.append("R4_TIE")
            winner = min(leaders, key=self._tie)
        refined = winner if denied else self._refined(winner)
        if refined is not winner:
            rules.append("R5_REFINE")
        if self._denials and any(self._denied(w) for w in self._eligible):
            rules.append("R6_DENIAL")
        value = refined.said.claim.value
        support = (w.said for w in self._eligible if self._values.agree(w.said.claim.value, value)) if supported else ()
        return Resolved(
            winner=refined.said,
            since=refined.said.claim.since,
            supporters=tuple(support),
            rules=tuple(rules),
            contested=denied,
        )

    def _standing(self, w: Weighed, *, denied: bool = False) -> Standing:
        return (not denied, self._happened(w), w.effective_on, -w.reliability)

    def _happened(self, w: Weighed) -> bool:
        return self._values is DATES and happened(w.said)

    def _undenied(self) -> tuple[list[Weighed], bool]:
        """R6: the leaders among what nobody denies; when all is denied, the leaders of all, and True."""
        standings = [(self._standing(w, denied=self._denied(w)), w) for w in self._eligible]
        best = max(standing for standing, _ in standings)
        return [w for standing, w in standings if standing == best], not best[0]

    def _denied(self, w: Weighed) -> bool:
        """A denial hits what it names and what lies inside it; denying March does not deny the year."""
        mine = w.said.claim.value
        return any(
            d.effective_on > w.effective_on and self._values.covers(d.said.claim.value, mine) for d in self._denials
        )

    def _tie(self, w: Weighed) -> tuple[int, int, str, str]:
        value = w.said.claim.value
        origins = independent(other.said for other in self._eligible if other.said.claim.value == value)
        return (self._values.width(value), -origins, digest(value), w.said.claim.id)

    def _refined(self, winner: Weighed) -> Weighed:
        """R5. Words, and dates that have happened, are refined by older claims too."""
        value, day = winner.said.claim.value, winner.said.document.published_on
        anyhow = self._values is WORDS or self._happened(winner)
        finer: list[Weighed] = []
        for w in reversed(self._eligible):
            if not anyhow and w.said.document.published_on < day:
                break
            if self._values.within(w.said.claim.value, value) and self._as_sure(w, winner) and not self._denied(w):
                finer.append(w)
        return min(finer, key=self._tie) if finer else winner

    def _as_sure(self, finer: Weighed, winner: Weighed) -> bool:
        """A rumour does not refine what is said plainly, nor a plan what has happened."""
        if finer.said.claim.modality == "possible" and winner.said.claim.modality != "possible":
            return False
        return self._happened(finer) == self._happened(winner)


def happened(said: Said) -> bool:
    """Whether a date is reported as past: said as a fact, and not later than the saying."""
    if said.claim.modality != "actual":
        return False
    span = DateSpan.parse(said.claim.value)
    return span.first <= DateSpan.parse(said.document.published).last


def losers(resolved: Resolved, said: Sequence[Said], policy: Policy, *, dates: bool) -> tuple[Loser, ...]:
    """Return every claim of the slot that neither won nor supports the winner, newest first, with the reason."""
    supporting = {s.claim.id for s in resolved.supporters}
    others = sorted((s for s in said if s.claim.id not in supporting), key=lambda s: s.order, reverse=True)
    return tuple(Loser(s, *_why(s, resolved, policy, dates=dates)) for s in others)


def _why(said: Said, resolved: Resolved, policy: Policy, *, dates: bool) -> tuple[str, str]:
    winner = resolved.winner
    if (aside := set_aside(said, policy)) is not None:
        return aside
    if said.claim.modality == "denied":
        return "R6_DENIAL", "a denial supplies no value"
    if dates and happened(winner) and not happened(said):
        return "R2_PLAN", "a plan, and the thing has happened"
    mine, theirs = weigh(said, policy), weigh(winner, policy)
    if mine.effective_on < theirs.effective_on:
        return "R3_OLDER", f"counts from {mine.effective_on}, the winner from {theirs.effective_on}"
    if "R6_DENIAL" in resolved.rules and not resolved.contested:
        return "R6_DENIED", "a later document denies it"
    return "R4_TIE", "as new as the winner, and lost the tie on source, precision, origins or order"
