"""Timing: which cue of a sentence a date belongs to."""

from collections.abc import Iterator, Sequence

import msgspec

from tracker.extractors.rules.claims.days.spans import held_by
from tracker.extractors.rules.claims.scene.scene import Item, Line
from tracker.extractors.rules.claims.telling.attach import Read
from tracker.extractors.rules.words import word_set


def assign_dates(line: Line, reads: Sequence[Read], limit: float) -> dict[int, list[tuple[Item, float]]]:
    """Give every date of the sentence to the cue that is nearest to it; return the dates by the number of the cue."""
    given: dict[int, list[tuple[Item, float]]] = {}
    dates = line.of("date")
    open_ = (
        [(n, r) for n, r in enumerate(reads) if not _in_other_name(line, r) and not _is_where(line, r)] if dates else ()
    )
    for date in dates:
        if _in_name(line, date) or _is_stretch(line, date):
            continue
        best: tuple[float, int] | None = None
        for number, read in open_:
            if _is_none_of_it(line, read, date):
                continue
            cost = date_cost(line, read, date)
            if best is None or cost < best[0]:
                best = (cost, number)
        if best and best[0] <= limit:
            best = (best[0], held_by(reads, best[1]))
            given.setdefault(best[1], []).append((date, best[0]))
            if date.first <= 1:
                _share(line, reads, given, best[1], date, limit)
    for number, own in given.items():
        if len(own) > 1 and reads[number].cue.sort not in ("shift", "schedule"):
            given[number] = _near_ones(line, reads[number], own)
    return given


def _near_ones(line: Line, read: Read, dates: Sequence[tuple[Item, float]]) -> list[tuple[Item, float]]:
    """The dates that may be those of one event: its nearest, and others that are hardly farther; on its other side the less so."""
    nearest, least = min(dates, key=lambda dated: dated[1])
    behind = nearest.first >= read.match.first
    once = read.cue.sort == "verb" and (read.cue.kind == "mission" or read.cue.date in _TERMS)
    return [
        (d, cost)
        for d, cost in dates
        if cost < least + (_ACROSS if once and (d.first >= read.match.first) != behind else _ALONG)
        or _ends_item(line, read, d)
    ]


_TERMS = frozenset(("effective_date", "expiry_date"))
_ACROSS, _ALONG = 0.5, 0.9


def _in_other_name(line: Line, read: Read) -> bool:
    """Whether the cue only stands in what something else is called: "agreement on the construction of X" tells of a signing."""
    if read.cue.kind == "mission" and read.reading.infinitive:
        return False  # "a contract to launch X in 2026" tells when X flies
    return read.cue.kind != "other" and any(
        i.first <= read.match.first and read.match.last < i.last and i.subject not in read.subjects
        for i in line.of("subject")
        if i.mention is not None and i.mention.form != "anaphor"
    )


def _is_none_of_it(line: Line, read: Read, date: Item) -> bool:
    """Whether the date is no day of it: "the first dialogue since 2018", "extended the pact through 2025", "to launch in 2024"."""
    before = line.words[max(0, date.first - 1) : date.first + 1]
    if line.words[max(0, date.first - 2) : date.first] in _ANOTHERS:
        return True  # "replaces one of 2015"
    until = read.cue.date == "signed_date" and bool(_UNTIL & set(before))
    closes = read.cue.date == "launch_date" and bool(_CLOSES & set(line.words[max(0, date.first - 3) : date.first]))
    if closes:
        return True  # "the window opens on 10 October and closes on the 30th"
    if _is_counted_from(line, read, date):
        return True  # "was retired last year, 14 years after it was launched"
    flown = read.cue.kind != "mission" and bool(_FLY & set(line.words[max(0, date.first - 2) : date.first]))
    return until or flown or (read.cue.kind == "meeting" and "since" in before)


_ANOTHERS = (("one", "of"), ("that", "of"), ("those", "of"), ("one", "from"), ("that", "from"), ("those", "from"))
_FLY = frozenset(("launch", "launches", "launching", "fly", "flies", "land", "landing", "liftoff", "lift-off"))
_UNTIL = frozenset(("until", "till", "through"))
_COUNTED = word_set("years months weeks days decades year month week day decade")
_FROM_THEN = frozenset(("after", "since", "following"))
_COUNT_REACH = 5  # words


def _is_counted_from(line: Line, read: Read, date: Item) -> bool:
    """Whether a time is counted from the event, so that a date in front of the count is none of it."""
    low = max(0, read.reading.first - _COUNT_REACH)
    front = line.words[low : read.reading.first]
    at = max((n for n, w in enumerate(front) if w in _FROM_THEN), default=0)
    return at > 0 and front[at - 1] in _COUNTED and "," not in front[at:] and date.last < low + at


_CLOSES = frozenset(("closes", "closing", "close", "closed"))


_FROM_WHERE = word_set("from at near to")


def _is_where(line: Line, read: Read) -> bool:
    """Whether a compound only tells a place: what "lifted off from the island's launch site on 3 May" dates is the flight."""
    return read.cue.id == "compounds" and bool(
        _FROM_WHERE & set(line.words[max(0, read.match.first - 4) : read.match.first])
    )


def _is_stretch(line: Line, date: Item) -> bool:
    """Whether it is the time in which several things were: "after three failed attempts over the last five years"."""
    words = line.words[max(0, date.first - 1) : date.last]
    long = date.date is not None and date.date.relative and date.date.span.days > _STRETCH
    return long and "over" in words and bool({"last", "past"} & set(words))


_STRETCH = 400  # days


def _in_name(line: Line, date: Item) -> bool:
    """Whether the date is part of what something is called: "the 2007 agreement", "programme of cooperation for 2018 to 2022"."""
    return any(
        i.first <= date.first < i.last and i.mention is not None and i.mention.form != "anaphor" and date.last <= i.last
        for i in line.of("subject")
    )


def _share(
    line: Line, reads: Sequence[Read], given: dict[int, list[tuple[Item, float]]], owner: int, date: Item, limit: float
) -> None:
    """Let a date that opens the sentence hold for the other events of it: "In March the flight failed and destroyed the craft"."""
    for number, read in enumerate(reads):
        own = number != owner and number not in given and read.subjects and read.cue.sort in ("verb", "noun")
        own = own and not _is_none_of_it(line, read, date)
        if own and read.cue.date and read.subjects == reads[owner].subjects and date_cost(line, read, date) <= limit:
            later = [d for d in line.of("date") if d.first > date.first]
            if not any(date_cost(line, read, d) <= limit for d in later):
                given.setdefault(number, []).append((date, date_cost(line, read, date) + 0.4))


_BETWEEN = word_set(
    """in on around about by at for early late mid also mission missions probe spacecraft satellite orbiter lander rover telescope
    observatory flight craft ( , the to until till crewed"""
)
_REACH = 4


def shared_out(
    line: Line, read: Read, dates: Sequence[tuple[Item, float]]
) -> Iterator[tuple[Read, list[tuple[Item, float]]]]:
    """Yield the event again for each further mission of a list with a date of its own: "launched X in 2008 and Y in 2019"."""
    lists = read.cue.kind == "mission" or (read.cue.kind == "agreement" and read.cue.theme == "object")
    if not lists or not read.cue.date or not read.item or read.cue.sort == "scrub":
        return
    for date, cost in dates:
        own = _listed_before(line, read, date)
        if own is not None and own.subject not in read.subjects and own.first >= read.item.last:
            yield msgspec.structs.replace(read, subjects=(own.subject,), item=own), [(date, cost)]


def listed(line: Line, read: Read) -> tuple[int, ...]:
    """Return the subjects of an event with those of its list that have dates of their own: "signed X in 2005 and Y in 2012"."""
    own = (_listed_before(line, read, date) for date in line.of("date")) if read.item else ()
    return tuple(dict.fromkeys((*read.subjects, *(i.subject for i in own if i and i.first >= read.match.last))))


_LISTED = 1.5


def _ends_item(line: Line, read: Read, date: Item) -> bool:
    """Whether the date closes an item of a list that the verb governs: "launched X in 2008, Y in 2019 and Z in 2023"."""
    return _listed_before(line, read, date) is not None


def _listed_before(line: Line, read: Read, date: Item) -> Item | None:
    """The subject of a list behind the verb that stands right in front of the date."""
    for item in line.of("subject"):
        if 0 <= date.first - item.last <= _REACH and item.first > read.match.last:
            listed = line.words[read.match.last : item.first]
            joined = {",", "and", "then"} & set(listed[-4:]) and not _VERBAL & set(listed)
            if joined and set(line.words[item.last : date.first]) <= _BETWEEN:
                return item
    return None


_VERBAL = word_set("is was are were has had will would but after since which who while when")


_FAR = 9.0
_COMPARED = frozenset(("since", "than", "like", "unlike"))


def _is_of_another(line: Line, read: Read, date: Item) -> bool:
    """Whether the date goes with what the subject is measured against: "the first to land since Apollo 17 in 1972"."""
    other = next((i for i in line.of("subject") if 0 <= date.first - i.last <= 1), None)
    if other is None or other.subject in read.subjects:
        return False
    return line.words[other.first - 1] in _COMPARED if other.first else False


_ATTEMPTS = word_set("attempt attempts try effort efforts failure crash mishap accident setback")


def _is_of_noun(line: Line, read: Read, date: Item) -> bool:
    """Whether the date tells which event a noun in front of it means: in "repeats the attempt of last May" nothing else is dated."""
    before = line.words[max(0, date.first - 2) : date.first]
    own = read.match.first <= date.first - 2 < read.match.last
    return len(before) == 2 and before[1] == "of" and before[0] in _ATTEMPTS and not own


_WHERE = word_set("in on at the here")


def _purpose_before(line: Line, date: Item) -> tuple[int, int] | None:
    """The purpose between commas that a date and its place follow: "signed a pact, for the building of X, in Oslo on 3 May"."""
    words = line.words
    places = {n for i in line.items if i.kind in ("place", "org") for n in range(i.first, i.last)}
    close = date.first - 1
    while close > 0 and (words[close] in _WHERE or close in places):
        close -= 1
    if close <= 0 or words[close] != ",":
        return None
    opened = next((n for n in range(close - 1, 0, -1) if words[n] == ","), 0)
    return (opened, close + 1) if opened and words[opened + 1] in ("for", "on", "covering", "concerning") else None


def date_cost(line: Line, read: Read, date: Item) -> float:
    """What it costs to take this date for the time of this cue; a date that opens the sentence reaches further."""
    match = read.match
    if _is_of_another(line, read, date) or _is_of_noun(line, read, date):
        return _FAR
    aside = _purpose_before(line, date)
    if aside is not None and read.cue.kind != "other" and date.first >= match.last:
        if aside[0] < match.first < aside[1]:
            return _FAR
        if match.last <= aside[0]:
            return line.between(match.last, aside[0]) + line.between(aside[1], date.first)
    if match.first <= date.first < match.last:
        return 0.0
    if date.first >= match.last:
        cost = line.between(match.last, date.first)
        return min(cost, _LISTED) if read.cue.date and _ends_item(line, read, date) else cost
    extra = 0.6 if read.cue.sort in ("schedule", "shift") else 0.2
    cost = line.between(date.last, max(read.reading.first, date.last)) + extra
    opens = (date.first <= 1 and ";" not in line.words[date.last : match.first]) or line.words[date.first - 1] in (
        ":",
        ";",
        "—",
        "–",
        "--",
    )
    return min(cost, 0.4 + 0.5 * cost) if opens else cost
