"""Which value holds when documents differ: dates, and names or words, of one slot.

Rules, by the code that an explanation shows. R0: what was retracted, what was read with too little confidence, and what a
document itself calls old is set aside. R2: a date that
has happened beats every plan. R3: the newest effective date wins. R4: ties go to the better source, the narrower value, the
more origins of those that are as new, and at last to an order that means nothing but is always the same. R5: a narrower value inside the winner is
shown when it is as new (for what has happened, whenever it was said: a fact does not become vaguer). R6: a denied value ranks
below every other, and is marked contested.
"""

import bisect
import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

from tracker.domain.dates import DateSpan
from tracker.domain.ids import digest
from tracker.domain.policy import Policy, Weighed, set_aside, weigh
from tracker.domain.said import Loser, Resolved, Said, independent
from tracker.domain.values import DATES, WORDS, disjoint

Standing = tuple[bool, bool, dt.date, int]


def steps(said: Sequence[Said], policy: Policy, *, dates: bool) -> Iterator[tuple[dt.date, Resolved]]:
    """Yield what held after each day on which something was said: the last one is what holds now.

    Only that one has its supporters. Pure, and blind to the order of `said`. Linear in the claims but for denials.
    """
    contest = Contest(dates=dates)
    queue = sorted(said, key=lambda s: s.order)
    for index, one in enumerate(queue):
        if set_aside(one, policy) is None:
            contest.hear(weigh(one, policy))
        day = one.heard_on
        last = index + 1 == len(queue)
        if not last and queue[index + 1].heard_on == day:
            continue
        resolved = contest.resolved("all" if last else "none")
        if resolved is not None:
            yield day, resolved


def last(said: Sequence[Said], policy: Policy, *, dates: bool) -> Resolved | None:
    """Return what holds in the end: the last of `steps`, without the way there."""
    contest = Contest(dates=dates)
    for one in sorted(said, key=lambda s: s.order):
        if set_aside(one, policy) is None:
            contest.hear(weigh(one, policy))
    return contest.resolved("all")


class _Camp:
    """The claims of one value that are equally sure of it, in the order of the days on which they were heard."""

    def __init__(self) -> None:
        self.claims: list[Weighed] = []
        self.voices: dict[tuple[str, str | None], Said] = {}
        """One claim of each origin and quoted speaker."""
        self.least: Weighed | None = None
        """The one that comes first in the order that means nothing, by which ties end."""

    def add(self, w: Weighed) -> None:
        if self.claims and w.said.heard_on < self.claims[-1].said.heard_on:
            bisect.insort(self.claims, w, key=lambda each: each.said.heard_on)
        else:
            self.claims.append(w)
        self.voices.setdefault((w.said.origin, w.said.speaker), w.said)
        if self.least is None or w.said.claim.id < self.least.said.claim.id:
            self.least = w


class Contest:
    """The claims of one slot heard so far, in whatever order, and what follows from them.

    To take in one more claim and to ask again costs little more with thousands than with ten, as long as nothing is denied.
    """

    def __init__(self, *, dates: bool) -> None:
        self._dates, self._values = dates, DATES if dates else WORDS
        self._camps: dict[tuple[str, bool, bool], _Camp] = {}
        self._denials: list[Weighed] = []
        self._denied_from: dict[str, dt.date | None] = {}
        self._leaders: list[Weighed] = []
        self._best: Standing | None = None
        self.leader: Weighed | None = None
        """What won when last asked, before anything finer took its place."""

    def is_beaten(self, w: Weighed, by: Weighed) -> bool:
        """Whether a claim that comes in late cannot take the place of what led on its day, nor be shown as a finer value of it.

        Then it would not have changed what was shown on that day. With denials nothing is said: False.
        """
        if self._denials or w.said.claim.modality == "denied" or self._happened(w):
            return False
        finer = self._values.within(w.said.claim.value, by.said.claim.value)
        as_new = by.said.document.published_on <= w.said.document.published_on
        return self._standing(w) < self._standing(by) and not (finer and (as_new or self._happened(by)))

    def hear(self, w: Weighed) -> None:
        """Take in one more claim, which nothing sets aside."""
        if w.said.claim.modality == "denied":
            self._denials.append(w)
            self._denied_from.clear()
            return
        self._camps.setdefault(self._camp(w), _Camp()).add(w)
        standing = self._standing(w)
        if self._best is None or standing > self._best:
            self._best, self._leaders = standing, [w]
        elif standing == self._best:
            self._leaders.append(w)

    def resolved(self, supporters: Literal["all", "voices", "none"]) -> Resolved | None:
        """Return what holds: with every claim that supports it, with one of each voice (which makes as many origins), or none."""
        if not self._camps:
            return None
        leaders, denied = self._undenied() if self._denials else (self._leaders, False)
        rules = ["R0_ELIGIBLE", *(["R2_ACTUAL"] if self._happened(leaders[0]) else []), "R3_EFFECTIVE_DATE"]
        if len({w.said.claim.value for w in leaders}) > 1:
            rules.append("R4_TIE")
            winner = self._first(leaders)
        else:
            winner = min(leaders, key=lambda w: w.said.order)
        self.leader = winner
        refined = winner if denied else self._refined(winner)
        if refined is not winner:
            rules.append("R5_REFINE")
        if self._denials and any(self._denied(w) for w in self._eligible()):
            rules.append("R6_DENIAL")
        return Resolved(
            winner=refined.said,
            since=refined.said.claim.since,
            supporters=tuple(self._support(refined.said.claim.value, supporters)),
            rules=tuple(rules),
            contested=denied,
        )

    def against(self, winner: Said, policy: Policy) -> Iterator[Said]:
        """Yield the claims of other origins that contradict the date that holds, and are about as new.

        A plan that was told before the winner, and by nobody after it, has been overtaken: that is history. What has
        happened does not change with time, so there both reports stand against each other whichever came first.
        """
        day, past = weigh(winner, policy).effective_on, happened(winner)
        for (value, _, then), camp in self._camps.items():
            if then != past or not disjoint(value, winner.claim.value):
                continue
            for w in camp.claims:
                if (
                    w.said.origin != winner.origin
                    and abs((w.effective_on - day).days) <= policy.conflict_window
                    and (past or not w.said.document.is_before(winner.document))
                ):
                    yield w.said

    def _support(self, value: str, which: Literal["all", "voices", "none"]) -> Iterator[Said]:
        if which == "voices":
            for (other, _, _), camp in self._camps.items():
                if self._values.agree(other, value):
                    yield from camp.voices.values()
        elif which == "all":
            yield from (w.said for w in self._eligible() if self._values.agree(w.said.claim.value, value))

    def _eligible(self) -> Iterator[Weighed]:
        for camp in self._camps.values():
            yield from camp.claims

    def _camp(self, w: Weighed) -> tuple[str, bool, bool]:
        return w.said.claim.value, w.said.claim.modality == "possible", self._happened(w)

    def _standing(self, w: Weighed, *, denied: bool = False) -> Standing:
        return (not denied, self._happened(w), w.effective_on, -w.reliability)

    def _happened(self, w: Weighed) -> bool:
        return self._dates and happened(w.said)

    def _undenied(self) -> tuple[list[Weighed], bool]:
        """R6: the leaders among what nobody denies; when all is denied, the leaders of all, and True."""
        standings = [(self._standing(w, denied=self._denied(w)), w) for w in self._eligible()]
        best = max(standing for standing, _ in standings)
        return [w for standing, w in standings if standing == best], not best[0]

    def _denied(self, w: Weighed) -> bool:
        """A denial hits what it names and what lies inside it; denying March does not deny the year."""
        value = w.said.claim.value
        if value not in self._denied_from:
            hits = (d.effective_on for d in self._denials if self._values.covers(d.said.claim.value, value))
            self._denied_from[value] = max(hits, default=None)
        newest = self._denied_from[value]
        return newest is not None and newest > w.effective_on

    def _first(self, equals: Sequence[Weighed], voices: Mapping[str, list[Said]] | None = None) -> Weighed:
        """R4: the first of claims that count alike. `voices` are the claims of each value that are as new, if these are not all.

        What is older adds no weight: it would decide between newer claims.
        """
        by_value: dict[str, list[Said]] = defaultdict(list)
        for w in equals:
            by_value[w.said.claim.value].append(w.said)
        origins = {value: independent(every) for value, every in (voices or by_value).items()}

        def tie(w: Weighed) -> tuple[int, int, str, str]:
            value = w.said.claim.value
            return self._values.width(value), -origins[value], digest(value), w.said.claim.id

        return min(equals, key=tie)

    def _refined(self, winner: Weighed) -> Weighed:
        """R5. Words, and dates that have happened, are refined by older claims too."""
        value, unsure, past = self._camp(winner)
        anyhow = past or not self._dates
        finer: list[Weighed] = []
        voices: dict[str, list[Said]] = defaultdict(list)
        for (other, possible, then), camp in self._camps.items():
            # A rumour does not refine what is said plainly, nor a plan what has happened.
            if then == past and (unsure or not possible) and self._values.within(other, value):
                least, said = self._fitting(camp, None if anyhow else winner.said.document.published_on)
                finer += [least] if least else []
                voices[other] += said
        return self._first(finer, voices) if finer else winner

    def _fitting(self, camp: _Camp, since: dt.date | None) -> tuple[Weighed | None, Iterable[Said]]:
        """What of a camp is not denied and was not published before a day: the first of the meaningless order, and its voices."""
        if since is None and not self._denials:
            return camp.least, camp.voices.values()
        fits: list[Weighed] = []
        for w in reversed(camp.claims):
            if since is not None and w.said.document.published_on < since:
                break
            if not self._denied(w):
                fits.append(w)
        return min(fits, key=lambda w: w.said.claim.id, default=None), [w.said for w in fits]


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
