"""Events: what the cues of a sentence say of their subjects, with the dates that belong to them.

A cue for a state gives a status; one for an event gives a date and the status that follows from it. "Launch is planned for 2026"
puts two cues together: the noun says what, the other word when and how sure.
"""

from collections.abc import Iterator, Mapping, Sequence

from tracker.domain.claim import Modality
from tracker.domain.dates import DateSpan
from tracker.extractors.rules.claims.days.brackets import bracket_of
from tracker.extractors.rules.claims.days.oldnew import Change, dates_of_change, is_old, moved_ranges, with_span
from tracker.extractors.rules.claims.days.pairs import (
    called_off,
    hand_over,
    lend_announced,
    lend_dates,
    partner_of,
    share_dates,
    takes_back,
)
from tracker.extractors.rules.claims.days.timing import assign_dates, shared_out
from tracker.extractors.rules.claims.days.turns import in_turn
from tracker.extractors.rules.claims.days.years import before_the_new, by_tense, told_day
from tracker.extractors.rules.claims.scene.evidence import stretch
from tracker.extractors.rules.claims.scene.fact import Fact
from tracker.extractors.rules.claims.scene.naming import party_name
from tracker.extractors.rules.claims.scene.scene import Item, Line, Scene
from tracker.extractors.rules.claims.telling.attach import Read, joined_items
from tracker.extractors.rules.claims.telling.doer import doer_of, union_of
from tracker.extractors.rules.claims.telling.modality import RESOLVED, Reading
from tracker.extractors.rules.claims.telling.states import status_of
from tracker.extractors.rules.claims.telling.topics import is_station
from tracker.language.dates import DateMention


def facts_of(scene: Scene, line: Line, reads: Sequence[Read]) -> Iterator[Fact]:
    """Yield the dates and statuses that the cues of a sentence give."""
    if not reads:
        return
    given = assign_dates(line, reads, scene.lexicon.weights["date_limit"])
    if "(" in line.words:  # "X (2026) and Y (2028) are planned": each has its own
        given = {n: kept for n, own in given.items() if (kept := [d for d in own if not bracket_of(scene, line, d[0])])}
    lend_dates(line, reads, given)
    share_dates(line, reads, given)
    lend_announced(line, reads, given, scene.document.published)
    hand_over(reads, given)
    partners = [partner_of(line, reads, number) for number in range(len(reads))]
    for number in list(given):
        partner = partners[number]
        if partner is not None and partner.cue.sort == "shift" and reads[number].cue.sort == "noun":
            given.setdefault(reads.index(partner), []).extend(given.pop(number))  # it tells from when to when
    for number, read in enumerate(reads):
        if not read.subjects or takes_back(line, reads, read):
            continue
        if called_off(line, reads, read):
            yield from _undone_facts(scene, line, read, given.get(number, []))
            continue
        partner = partners[number]
        dates = given.get(number, [])
        for other, own in shared_out(line, read, dates):
            yield from _told(scene, line, other, None, own)
            dates = [d for d in dates if d not in own]
        turns = list(in_turn(line, read, partner, dates))
        for of_one, with_one, own in turns or [(read, partner, dates)]:
            yield from _told(scene, line, of_one, with_one, own)


def _told(
    scene: Scene, line: Line, read: Read, partner: Read | None, dates: Sequence[tuple[Item, float]]
) -> Iterator[Fact]:
    """What one cue tells with its dates, by its sort."""
    if read.cue.sort == "shift":
        yield from _shift_facts(scene, line, read, partner, dates)
    elif read.cue.sort == "schedule":
        yield from _schedule_facts(scene, line, read, partner, dates)
    else:
        yield from _event_facts(scene, line, read, partner, dates)


def _confidence(read: Read, cost: float = 0.0) -> float:
    return max(0.0, read.cue.weight - 0.07 * read.cost - 0.06 * cost)


def _schedule_facts(
    scene: Scene, line: Line, read: Read, partner: Read | None, dates: Sequence[tuple[Item, float]]
) -> Iterator[Fact]:
    event = partner.cue.date if partner and partner.cue.date else read.cue.date
    modality: Modality = "possible" if read.reading.modality == "possible" else "planned"
    denied = read.reading.modality == "denied"
    target = partner if partner and partner.cost < read.cost else read
    past = "past" in read.match.forms or "participle" in read.match.forms
    for date, cost in dates:
        if date.date is None or (cost > (_WAY if read.match.forms else _LONG_WAY) and date.first > read.match.first):
            continue
        if denied and _not_before(line, date) is None:
            continue  # "is not going to leave before 2026" leaves in 2026 or later
        old = read.reading.old_plan or is_old(line, read, date, scene.lexicon) or (past and _had(line, read))
        yield from _date_facts(scene, line, read, target, event, modality, date, cost, old=old)
    if read.cue.planned and modality == "planned" and not denied:
        yield from _status(scene, line, read, read.cue.planned, "actual", dates)


_WAY, _LONG_WAY = 0.9, 1.2  # "the next attempt will be made on Saturday" goes past a verb


def _had(line: Line, read: Read) -> bool:
    return "had" in line.words[read.reading.first : read.match.head]


def _shift_facts(
    scene: Scene, line: Line, read: Read, partner: Read | None, dates: Sequence[tuple[Item, float]]
) -> Iterator[Fact]:
    event = partner.cue.date if partner and partner.cue.date else read.cue.date
    target = partner if partner and partner.cost < read.cost else read
    told = read.reading.modality
    modality: Modality = told if told in ("possible", "denied") else "planned"
    moves = [
        (with_span(item, span), change)
        for item, first, last in moved_ranges(line, dates)
        for span, change in ((first, Change.OLD), (last, Change.NEW))
    ] or dates_of_change(line, read, [d for d, _ in dates])
    moves = before_the_new(moves, scene.document.published)
    for item, change in moves:
        new, sure = change is Change.NEW, modality == "planned"  # what may slip still has its old date
        meant: Modality = modality if new else "planned"
        yield from _date_facts(
            scene, line, read, target, event, meant, item, 0.0, old=not new and sure, change=new and sure
        )
    if read.cue.status and read.reading.modality in ("actual", "denied"):
        yield from _status(scene, line, read, read.cue.status, read.reading.modality, [])


def _event_facts(
    scene: Scene, line: Line, read: Read, partner: Read | None, dates: Sequence[tuple[Item, float]]
) -> Iterator[Fact]:
    cue, reading = read.cue, read.reading
    modality = reading.modality
    if cue.sort == "scrub":
        yield from _undone_facts(scene, line, read, dates)
        return
    dated = [(item, cost) for item, cost in dates if item.date]
    if partner and partner.cue.sort == "shift":
        return  # the day of a postponement is no day of the event
    if partner and modality == "actual":
        modality = "planned"
    told, modality = _dates_of(scene, line, read, modality, dated)
    yield from told
    if cue.kind == "agreement" and modality != "denied":
        yield from _term(scene, line, read, dated)
    if not cue.date and cue.kind == "mission" and modality in ("actual", "planned"):
        yield from _expected(scene, line, read, dated)
    status, said = status_of(line, read, modality, dated=bool(dated))
    if status and said and not (partner and modality == "actual"):
        yield from _status(scene, line, read, status, said, dated)


def _undone_facts(scene: Scene, line: Line, read: Read, dates: Sequence[tuple[Item, float]]) -> Iterator[Fact]:
    """The day of a launch that was called off is a plan of the past."""
    for item, cost in dates:
        yield from _date_facts(scene, line, read, read, read.cue.date, "planned", item, cost, old=True)


def _dates_of(
    scene: Scene, line: Line, read: Read, modality: Modality, dated: Sequence[tuple[Item, float]]
) -> tuple[list[Fact], Modality]:
    """Return what the dates of an event tell, and how the event is meant by the calendar."""
    cue, published = read.cue, scene.document.published
    found: list[Fact] = []
    for date, cost in dated if cue.date else ():
        item = told_day(line, read, date, published) if modality == "actual" else date
        if item.date is None:
            continue
        if modality == "denied":
            after = _not_before(line, item) if cue.kind == "mission" else None
            if after is not None and after.first >= published.first:
                found += _date_facts(scene, line, read, read, cue.date, "planned", with_span(item, after), cost)
            elif (
                after is None and cue.date in _SCHEDULED and _COMING & set(line.words[read.reading.first : item.first])
            ):
                found += _date_facts(scene, line, read, read, cue.date, "denied", item, cost)
            continue
        behind = cue.kind != "mission" or item.first > read.match.first
        told = _by_time(modality, read.reading, item.date.span, published, cue.sort, behind=behind)
        if told is not None:
            old = told == "planned" and (read.reading.old_plan or is_old(line, read, item, scene.lexicon))
            found += _date_facts(scene, line, read, read, cue.date, told, item, cost, old=old)
            if cue.date != "approval_date" or read.reading.modality != "actual":
                modality = told  # what was selected "for flight in 2031" has been selected
    return found, modality


_SCHEDULED = frozenset(("launch_date", "landing_date"))
_COMING = frozenset(("will", "won't", "to", "going", "would"))


def _not_before(line: Line, item: Item) -> DateSpan | None:
    """The time from which on it is: "will not fly before 2028" plans the flight for 2028 or later."""
    if item.date is None or not {"before", "until"} & set(line.words[max(0, item.first - 1) : item.last]):
        return None
    return item.date.span if item.date.span.latest is None else None


def _term(scene: Scene, line: Line, read: Read, dated: Sequence[tuple[Item, float]]) -> Iterator[Fact]:
    """A span of time beside an agreement is its term: "from April 2025 to March 2026"."""
    published = scene.document.published
    for item, cost in dated:
        first, slash, last = item.date.span.edtf.partition("/") if item.date else ("", "", "")
        if not slash or ".." in (first, last) or not item.date or item.date.relative or item.date.span.days < 60:
            continue
        for attribute, value in (("effective_date", first), ("expiry_date", last)):
            span = DateSpan.parse(value)
            part = with_span(item, span)
            told: Modality = "planned" if span.last >= published.first else "actual"
            yield from _date_facts(scene, line, read, read, attribute, told, part, cost)


def _expected(scene: Scene, line: Line, read: Read, dated: Sequence[tuple[Item, float]]) -> Iterator[Fact]:
    """A coming date beside a state of getting ready is the day of launch: "gearing up for the orbiter in March next year"."""
    words = line.words[read.match.first : read.match.last]
    if read.cue.status not in ("in_development", "approved", "proposed") or not _STEPS.isdisjoint(words):
        return
    if any(is_station(scene, number) for number in read.subjects):
        return  # who gets ready for a third trip to a station launches none
    for item, cost in dated:
        if item.date and item.date.span.last > scene.document.published.last and not _is_behind(scene, item.date):
            yield from _date_facts(scene, line, read, read, "launch_date", "planned", item, cost + 1.0)


_STEPS = frozenset(("test", "tests", "testing", "trials", "review", "reviews", "shipped", "ship", "site", "model"))


def _is_behind(scene: Scene, date: DateMention) -> bool:
    """Whether a span has begun already: a year or a season that runs on is no date of a launch to come."""
    return date.span.earliest is not None and date.span.first <= scene.document.published.last


def _by_time(
    modality: Modality, reading: Reading, span: DateSpan, published: DateSpan, sort: str, *, behind: bool
) -> Modality | None:
    """Set a modality right by the calendar: what lies in the future is a plan, a bare noun with a past date has happened."""
    if modality == "actual" and span.first > published.last:
        return "planned"
    if modality == "actual" and span.earliest is None and span.last > published.last:
        return "planned"
    if modality == "planned" and sort == "noun" and span.last < published.first and reading.modality == "actual":
        return "planned"
    if modality == "planned" and reading.infinitive and span.last < published.first:
        return "actual" if behind else None  # "won a contract in 2020 to launch X"
    return modality


def _date_facts(  # noqa: PLR0913  (the parts of one fact)
    scene: Scene, line: Line, read: Read, target: Read, attribute: str, modality: Modality, item: Item, cost: float,
    *, old: bool = False, change: bool = False,
) -> Iterator[Fact]:  # fmt: skip
    if item.date is None:
        return
    theme = [(target.item.first, target.item.last)] if target.item else []
    start, end = stretch(line, [(read.match.first, read.match.last), (item.first, item.last)], theme)
    confidence = _confidence(target, cost) + (0.0 if item.date.certain else -0.02)
    told = line.words[_told_from(line, read, modality) : read.match.last]
    had = "had" in told and RESOLVED.isdisjoint(told)
    change = change or (read.reading.now and modality == "planned" and not old)
    past = old or had or "was" in told or "were" in told
    span = item.date.span if past and modality == "planned" else by_tense(item.date, modality, scene.document.published)
    value = span.edtf
    if attribute in ("held_date", "signed_date") and span.earliest and span.latest and span.days > 366:
        return
    if attribute in ("approval_date", "loss_date") and modality != "actual":
        return
    if modality == "actual" and span.earliest and span.latest and span.days > 800:
        return  # a decade is when things were so, not when one happened
    if modality == "actual" and (span.earliest is None or span.latest is None):
        value = value.strip("/.")  # "silent after 1 April": what happened has a day
    for subject in target.subjects:
        if attribute not in _KIND_DATES[scene.subjects[subject].kind]:
            continue
        yield Fact(
            subject, attribute, value, modality, start, end, line.number, confidence, old=old, change=change, former=had and not change,
            cue=read.cue.id,
        )  # fmt: skip


def _told_from(line: Line, read: Read, modality: Modality) -> int:
    """Where the words that tell the tense of an event begin: "was to have been ready for a launch" dates the noun too."""
    first = read.reading.first
    if modality != "planned" or read.reading.voice != "noun":
        return first
    front = line.words[max(0, first - _SAID_BEFORE) : first]
    cut = max((n for n, w in enumerate(front) if w in _CUTS), default=-1)
    return first - len(front) + cut + 1


_SAID_BEFORE = 6  # words
_CUTS = frozenset(
    (",", ";", ":", "and", "but", "that", "which", "after", "before", "because", "since", "while", "when")
)


def _doers(scene: Scene, line: Line, read: Read) -> tuple[str, ...]:
    """Whose act it was: approved by India and Japan, cancelled by NASA."""
    if read.cue.status not in ("approved", "cancelled", "on_hold", "terminated", "postponed"):
        return ()
    orgs = list(line.of("org"))
    doer = _giver(line, read, orgs) or doer_of(line, read, orgs)
    if doer is None:
        union = union_of(scene, line, read)
        return (union,) if union else ()
    return tuple(dict.fromkeys(party_name(scene, org) for org in joined_items(line, doer, orgs)))


def _giver(line: Line, read: Read, orgs: Sequence[Item]) -> Item | None:
    """Whose approval it is: "the approval of the Japanese government", "authorisation for ISRO"."""
    at = read.match.last
    if read.reading.voice != "noun" or line.words[at - 1] not in ("of", "for", "from", "by"):
        return None
    return next((o for o in orgs if at <= o.first <= at + 1), None)


_KIND_DATES: Mapping[str, frozenset[str]] = {
    "mission": frozenset(("launch_date", "landing_date", "approval_date", "loss_date", "end_date")),
    "agreement": frozenset(("signed_date", "effective_date", "expiry_date")),
    "meeting": frozenset(("held_date",)),
}


_LASTING = frozenset(("at-work", "takes-up-work"))
"""Cues that tell of work that goes on when they are told in the perfect or the progressive: "has driven 28 km since"."""


def _status(
    scene: Scene, line: Line, read: Read, status: str, modality: Modality, dates: Sequence[tuple[Item, float]]
) -> Iterator[Fact]:
    theme = [(read.item.first, read.item.last)] if read.item else []
    start, end = stretch(line, [(read.match.first, read.match.last)], theme)
    since = None
    if modality == "actual" and dates and dates[0][0].date:
        span = dates[0][0].date.span
        since = span.edtf if span.first <= scene.document.published.last else None
    by = _doers(scene, line, read)
    for subject in read.subjects:
        yield Fact(
            subject,
            "status", status, modality, start, end, line.number, _confidence(read),
            present=read.cue.id in _LASTING and (read.reading.perfect or read.match.forms == {"ing"}), since=since,
            by=next(iter(by), None),
            also=by[1:],
            cue=read.cue.id,
        )  # fmt: skip
