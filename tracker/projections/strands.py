"""One slot as claims come in, in whatever order: what is shown of it at any moment, without going over all of them again."""

import bisect
import datetime as dt
import itertools
from collections.abc import Iterator, Sequence

from tracker.domain.change import compare
from tracker.domain.ids import SubjectId
from tracker.domain.policy import Policy, Weighed, set_aside, weigh
from tracker.domain.resolution import Contest
from tracker.domain.said import Resolved, Said
from tracker.domain.slots import Slot
from tracker.domain.standing import Course
from tracker.domain.view import Held, hold
from tracker.domain.vocabulary import Vocabulary
from tracker.projections.slots import held_steps


class Strand:
    """What is said in one slot. `shown` is what the last of `slots.held_steps` is, and `slips` how many of them are slips."""

    def __init__(self, vocabulary: Vocabulary, subject: SubjectId, slot: Slot, policy: Policy) -> None:
        self.slot = slot
        self.attribute = vocabulary.attributes[slot.attribute]
        self.slips = 0
        self._place = (vocabulary, subject, policy)
        self._claims: list[Said] = []
        self._pinned = False
        self._teller: _Words | _Steps | _Plan = self._told_by()
        self._shown: Held | None = None
        self._told = False

    def _told_by(self) -> "_Words | _Steps | _Plan":
        match self.attribute.type:
            case "status":
                return _Steps(*self._place)
            case "date":
                return _Plan(*self._place, self.slot)
            case _:
                return _Words(*self._place)

    def hear(self, said: Said) -> None:
        """Take in one more claim, or the value that a curator has fixed."""
        self._claims.append(said)
        self._pinned = self._pinned or said.pinned
        self._told = False
        if not said.pinned:
            self._teller.hear(said)

    def shown(self, on: dt.date | None) -> Held | None:
        """Return what is shown when one stands on a day; None for a part that is denied, and where nothing is left."""
        if self._pinned:
            self._shown, self.slips = self._with_pin(on)
        elif not self._told:
            resolved = self._teller.resolved()
            denied = resolved is not None and self.attribute.many and resolved.contested
            self._shown, self.slips = hold(resolved) if resolved and not denied else None, self._teller.slips
        self._told = True
        return self._shown

    def _with_pin(self, on: dt.date | None) -> tuple[Held | None, int]:
        """A pin bears on every step of the way, so that is gone anew."""
        vocabulary, subject, policy = self._place
        held: Held | None = None
        slips = 0
        for _, after in held_steps(vocabulary, self.slot, self._claims, policy, on=on):
            change = compare(vocabulary, subject, self.attribute, held, after)
            slips += change is not None and change.change == "slip"
            held = after
        return held, slips

    def against(self, held: Held) -> list[Said]:
        """Return the claims that contradict the date that is shown; none against what a curator has fixed."""
        if not isinstance(self._teller, _Plan) or (held.act is not None and held.act.kind == "pinned"):
            return []
        winner = next(s for s in reversed(self._claims) if s.claim.id == held.claim_id and not s.pinned)
        return sorted(self._teller.contest.against(winner, self._place[2]), key=lambda s: s.order)


class _Words:
    """Names and words: only the end of the way is asked for."""

    slips = 0

    def __init__(self, _vocabulary: Vocabulary, _subject: SubjectId, policy: Policy) -> None:
        self._policy, self._contest = policy, Contest(dates=False)

    def hear(self, said: Said) -> None:
        if set_aside(said, self._policy) is None:
            self._contest.hear(weigh(said, self._policy))

    def resolved(self) -> Resolved | None:
        return self._contest.resolved("voices")


class _Steps:
    """A status: where the walk over the states leads."""

    slips = 0

    def __init__(self, vocabulary: Vocabulary, _subject: SubjectId, policy: Policy) -> None:
        self._course = Course(policy, vocabulary)

    def hear(self, said: Said) -> None:
        self._course.hear(said)

    def resolved(self) -> Resolved | None:
        return self._course.resolved("voices")


class _Plan:
    """A date, day by day, since its slips are counted.

    What is said on the newest day or later costs one step; so does what comes late and would have changed nothing.
    """

    def __init__(self, vocabulary: Vocabulary, subject: SubjectId, policy: Policy, slot: Slot) -> None:
        self._vocabulary, self._subject, self._policy = vocabulary, subject, policy
        self._attribute = vocabulary.attributes[slot.attribute]
        self._every: list[Said] = []
        self._ahead: list[Said] = []
        self._anew()

    def _anew(self) -> None:
        self.contest = Contest(dates=True)
        self.slips = 0
        self._day = dt.date.min
        self._now: Resolved | None = None
        # What held, and how often it had slipped, before the newest day: more may yet be said on that.
        self._before: tuple[Resolved | None, int] = (None, 0)
        self._led: list[tuple[dt.date, Weighed]] = []

    def hear(self, said: Said) -> None:
        if set_aside(said, self._policy) is None:
            self._ahead.append(said)

    def resolved(self) -> Resolved | None:
        late = [said for said in self._ahead if said.heard_on < self._day]
        weighed = [weigh(said, self._policy) for said in late]
        if all(self._came_to_nothing(w) for w in weighed):
            for w in weighed:
                self.contest.hear(w)
            told = [said for said in self._ahead if said.heard_on >= self._day]
            self._every += self._ahead
        else:
            self._every += self._ahead
            self._anew()
            told = self._every
        for day, heard in _by_day(told):
            self._take(day, heard)
        self._ahead = []
        return self.contest.resolved("voices")

    def _came_to_nothing(self, w: Weighed) -> bool:
        """Whether a claim would have changed nothing on its day, nor on any since."""
        after = bisect.bisect_right(self._led, w.said.heard_on, key=lambda led: led[0])
        led = itertools.islice(self._led, max(0, after - 1), None)
        return after > 0 and all(self.contest.is_beaten(w, leader) for _, leader in led)

    def _take(self, day: dt.date, told: Sequence[Said]) -> None:
        if day != self._day:
            self._day, self._before = day, (self._now, self.slips)
        for said in told:
            self.contest.hear(weigh(said, self._policy))
        self._now = self.contest.resolved("none")
        before, slips = self._before
        self.slips = slips + self._slipped(before, self._now)
        if self.contest.leader is not None:
            self._led += [(day, self.contest.leader)]

    def _slipped(self, before: Resolved | None, after: Resolved | None) -> bool:
        if before is None or after is None or before.winner.claim.value == after.winner.claim.value:
            return False
        change = compare(self._vocabulary, self._subject, self._attribute, hold(before), hold(after))
        return change is not None and change.change == "slip"


def _by_day(said: Sequence[Said]) -> Iterator[tuple[dt.date, list[Said]]]:
    day, told = dt.date.min, list[Said]()
    for one in sorted(said, key=lambda s: s.order):
        if one.heard_on != day and told:
            yield day, told
            told = []
        day = one.heard_on
        told.append(one)
    if told:
        yield day, told
