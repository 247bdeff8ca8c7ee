"""Pairs: cues of one sentence that tell one thing together.

"Launch is planned for 2026": the noun says what, the other word when; "a launch in May was scrubbed": the verb takes back the noun;
what was done "during the visit" dates the visit.
"""

from collections.abc import Sequence

from tracker.domain.dates import DateSpan
from tracker.extractors.rules.claims.scene.scene import Item, Line
from tracker.extractors.rules.claims.telling.asides import stands_in_aside
from tracker.extractors.rules.claims.telling.attach import Read


def lend_dates(line: Line, reads: Sequence[Read], given: dict[int, list[tuple[Item, float]]]) -> None:
    """What was done "during the visit" or "at the summit" dates the visit and the summit, where they have no date of their own."""
    for number, read in enumerate(reads):
        if read.cue.kind != "meeting" or not read.cue.near or number in given:
            continue
        for other, dates in sorted(given.items()):
            if (
                reads[other].match.first < read.match.first
                and reads[other].cue.kind != "meeting"
                and reads[other].reading.modality == "actual"
            ):
                between = line.between(reads[other].match.last, read.match.first)
                if between < 1.6:
                    given[number] = [(dates[0][0], dates[0][1] + between)]
                    break


def share_dates(line: Line, reads: Sequence[Read], given: dict[int, list[tuple[Item, float]]]) -> None:
    """What was decided or signed "at the meeting on 3 May" was so on that day too."""
    for number, dates in sorted(given.items()):
        met = reads[number]
        if met.cue.kind != "meeting" or not met.cue.near:
            continue
        for other, read in enumerate(reads):
            done = read.cue.kind != "meeting" and read.cue.date in _DECIDED and read.reading.modality == "actual"
            if not done or other in given or not read.subjects or read.match.last > met.match.first:
                continue
            between = line.between(read.match.last, met.match.first)
            if between < _NEAR:
                given[other] = [(dates[0][0], dates[0][1] + between)]


_DECIDED = frozenset(("approval_date", "signed_date"))


def lend_announced(
    line: Line, reads: Sequence[Read], given: dict[int, list[tuple[Item, float]]], published: DateSpan
) -> None:
    """Take the day on which a signing or a choice was announced for its own, where none is told: "announced on 3 May it had chosen X".

    Who tells in the past perfect looks back, and may mean another day.
    """
    days = [number for number, read in enumerate(reads) if line.words[read.match.head] in _TOLD and number in given]
    for number, read in enumerate(reads):
        if read.cue.date not in _DECIDED or number in given or read.reading.modality != "actual" or not read.subjects:
            continue
        told = next((n for n in days if reads[n].match.last <= read.reading.first), None)
        if told is None or len(given[told]) != 1 or line.words[read.reading.first] == "had":
            continue
        date, cost = given[told][0]
        past = date.date is not None and date.date.span.days == 1 and date.date.span.first <= published.last
        alone = len(list(line.of("date"))) == 1
        if past and alone and line.between(reads[told].match.last, read.reading.first) < _WITHIN:
            given[number] = [(date, cost + 0.4)]


_TOLD = frozenset(
    ("announced", "announces", "said", "says", "confirmed", "confirms", "revealed", "reported", "reports")
)
_WITHIN = 2.4


def hand_over(reads: Sequence[Read], given: dict[int, list[tuple[Item, float]]]) -> None:
    """Give the day of getting ready to the word that plans it: "they expected X to be ready for launch in 2022"."""
    for number in list(given):
        ready = reads[number]
        if ready.cue.kind != "mission" or ready.cue.date or ready.cue.status != "in_development":
            continue
        for other, read in enumerate(reads):
            plans = read.cue.sort == "schedule" and read.match.forms and read.match.last <= ready.match.first
            if plans and read.subjects == ready.subjects and other not in given:
                given[other] = given.pop(number)
                break


def partner_of(line: Line, reads: Sequence[Read], number: int) -> Read | None:
    """The schedule word of an event noun, or the event noun of a schedule word, in the same clause."""
    read = reads[number]
    wanted = _NOUNS if read.cue.sort in _WHEN else _WHEN if read.cue.sort == "noun" else ()
    best: tuple[float, Read] | None = None
    for other in reads:
        if other.cue.sort in wanted and other.cue.kind == read.cue.kind and not _stands_aside(line, read, other):
            first, second = (read, other) if read.match.first < other.match.first else (other, read)
            cost = line.between(first.match.last, max(second.reading.first, first.match.last))
            if cost < 1.3 and (best is None or cost < best[0]):
                best = (cost, other)
    return best[1] if best else None


def _stands_aside(line: Line, read: Read, other: Read) -> bool:
    """Whether the event only stands in an aside in front of the word that would date it."""
    noun, word = (read, other) if read.cue.sort == "noun" else (other, read)
    return stands_in_aside(line.words, noun.match.first, word.reading.first)


def called_off(line: Line, reads: Sequence[Read], read: Read) -> Read | None:
    """Return the verb that tells that an event did not take place: "an August launch was dropped", "a flight on 5 March was scrubbed"."""
    if read.cue.sort != "noun" or read.cue.kind != "mission":
        return None
    ahead = _AHEAD & set(line.words[max(0, read.match.first - 3) : read.match.first])
    for other in reads:
        verb = other.match.forms and (other.cue.sort == "scrub" or other.cue.status in _UNDONE)
        if not verb or other.reading.voice != "passive" or other.reading.modality == "denied":
            continue
        if ahead and other.match.last <= read.match.first and line.between(other.match.last, read.match.first) < _NEAR:
            return other  # "was called off two minutes before liftoff on Thursday"
        if read.match.last <= other.reading.first and line.between(read.match.last, other.reading.first) < _NEAR:
            return other
    return None


def takes_back(line: Line, reads: Sequence[Read], read: Read) -> bool:
    """Whether a verb of giving up speaks of one event of a mission alone, so that nothing is told of the mission itself."""
    if read.cue.kind != "mission" or read.cue.status not in _UNDONE:
        return False
    return any(called_off(line, (read,), other) is read for other in reads)


_AHEAD = frozenset(("before", "ahead", "prior", "until"))
_NOUNS, _WHEN = ("noun",), ("schedule", "shift")
_UNDONE = frozenset(("cancelled",))
_NEAR = 0.9
