"""Which value holds when documents differ: dates, and names or words, of one slot.

Rules, by the code that an explanation shows. R0: old values that a document itself calls old are set aside. R2: a date that
has happened beats every plan. R3: the newest effective date wins. R4: ties go to the better source, the narrower value, the
more origins, and at last to an order that means nothing but is always the same. R5: a narrower value inside the winner is
shown when it is as new (for what has happened, whenever it was said: a fact does not become vaguer). R6: a denied value ranks
below every other, and is marked contested.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence

from tracker.domain.dates import DateSpan
from tracker.domain.ids import digest
from tracker.domain.policy import Policy, Weighed, weigh
from tracker.domain.said import Loser, Resolved, Said

Within = Callable[[str, str], bool]
"""Whether the first value says the same as the second, more precisely."""

_WORD = re.compile(r"[^\W_]+")


def steps(said: Sequence[Said], policy: Policy, *, dates: bool) -> Iterator[tuple[dt.date, Resolved]]:
    """Yield what held after each publication day: the last one is what holds now.

    Pure, and blind to the order of `said`.
    """
    heard: list[Weighed] = []
    queue = sorted(said, key=lambda s: s.order)
    for index, one in enumerate(queue):
        heard.append(weigh(one, policy))
        day = one.document.published_on
        if index + 1 < len(queue) and queue[index + 1].document.published_on == day:
            continue
        resolved = _resolve(heard, dates=dates)
        if resolved is not None:
            yield day, resolved


def _resolve(heard: Sequence[Weighed], *, dates: bool) -> Resolved | None:
    within = date_within if dates else words_within
    eligible = [w for w in heard if not w.said.claim.superseded and w.said.claim.modality != "denied"]
    if not eligible:
        return None
    denials = [w for w in heard if w.said.claim.modality == "denied"]
    denied = {id(w) for w in eligible if any(_denies(d, w, dates=dates) for d in denials)} if denials else set()
    rules = ["R0_ELIGIBLE"]

    def standing(w: Weighed) -> tuple[bool, bool, dt.date, int]:
        return (id(w) not in denied, dates and happened(w.said), w.effective_on, -w.reliability)

    best = max(map(standing, eligible))
    leaders = [w for w in eligible if standing(w) == best]
    if best[1]:
        rules.append("R2_ACTUAL")
    rules.append("R3_EFFECTIVE_DATE")
    winner = leaders[0]
    if len({w.said.claim.value for w in leaders}) > 1:
        rules.append("R4_TIE")
        winner = min(leaders, key=lambda w: _tie(w, eligible, dates=dates))
    refined = _refine(winner, eligible, within, dates=dates)
    if refined is not winner:
        rules.append("R5_REFINE")
    if denied:
        rules.append("R6_DENIAL")
    agrees = dates_agree if dates else words_agree
    value = refined.said.claim.value
    return Resolved(
        winner=refined.said,
        since=refined.said.claim.since,
        supporters=tuple(w.said for w in eligible if agrees(w.said.claim.value, value)),
        rules=tuple(rules),
        contested=id(refined) in denied,
    )


def _tie(w: Weighed, eligible: Sequence[Weighed], *, dates: bool) -> tuple[int, int, str, str]:
    value = w.said.claim.value
    width = DateSpan.parse(value).days if dates else -len(_WORD.findall(value))
    origins = len({other.said.origin for other in eligible if other.said.claim.value == value})
    return (width, -origins, digest(value), w.said.claim.id)


def _refine(winner: Weighed, eligible: Sequence[Weighed], within: Within, *, dates: bool) -> Weighed:
    """R5. Words, and dates that have happened, are refined by older claims too."""
    value, day = winner.said.claim.value, winner.said.document.published_on
    anyhow = not dates or happened(winner.said)
    finer = [
        w
        for w in eligible
        if within(w.said.claim.value, value)
        and (anyhow or w.said.document.published_on >= day)
        and (not dates or happened(w.said) == happened(winner.said))
    ]
    return min(finer, key=lambda w: _tie(w, eligible, dates=dates)) if finer else winner


def _denies(denial: Weighed, w: Weighed, *, dates: bool) -> bool:
    agrees = dates_agree if dates else words_agree
    return denial.effective_on > w.effective_on and agrees(denial.said.claim.value, w.said.claim.value)


def happened(said: Said) -> bool:
    """Whether a date is reported as past: said as a fact, and not later than the saying."""
    if said.claim.modality != "actual":
        return False
    span = DateSpan.parse(said.claim.value)
    return span.first <= DateSpan.parse(said.document.published).last


def date_within(finer: str, coarser: str) -> bool:
    """Whether the days of one date lie inside the other's."""
    return DateSpan.parse(finer).relation(DateSpan.parse(coarser)) == "within"


def dates_agree(a: str, b: str) -> bool:
    """Whether one date lies inside the other."""
    return DateSpan.parse(a).relation(DateSpan.parse(b)) in ("equal", "within", "contains")


def disjoint(a: str, b: str) -> bool:
    """Whether two dates have no day in common: the only way in which dates contradict each other."""
    return DateSpan.parse(a).relation(DateSpan.parse(b)) == "disjoint"


def words_within(finer: str, coarser: str) -> bool:
    """Whether one name holds all words of the other and more: `Moon south pole` in `Moon`."""
    return _words(finer) > _words(coarser)


def words_agree(a: str, b: str) -> bool:
    """Whether one name holds all words of the other."""
    return _words(a) >= _words(b) or _words(b) >= _words(a)


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))


def losers(resolved: Resolved, said: Sequence[Said], policy: Policy, *, dates: bool) -> tuple[Loser, ...]:
    """Return every claim of the slot that neither won nor supports the winner, newest first, with the reason."""
    supporting = {s.claim.id for s in resolved.supporters}
    others = sorted((s for s in said if s.claim.id not in supporting), key=lambda s: s.order, reverse=True)
    return tuple(Loser(s, *_why(s, resolved.winner, policy, dates=dates)) for s in others)


def _why(said: Said, winner: Said, policy: Policy, *, dates: bool) -> tuple[str, str]:
    if said.claim.superseded:
        return "R0_SUPERSEDED", "the document itself calls it the old value"
    if said.claim.modality == "denied":
        return "R6_DENIAL", "a denial supplies no value"
    if dates and happened(winner) and not happened(said):
        return "R2_PLAN", "a plan, and the thing has happened"
    mine, theirs = weigh(said, policy), weigh(winner, policy)
    if mine.effective_on < theirs.effective_on:
        return "R3_OLDER", f"counts from {mine.effective_on}, the winner from {theirs.effective_on}"
    return "R4_TIE", "as new as the winner, and lost the tie on source, precision, origins or order"
