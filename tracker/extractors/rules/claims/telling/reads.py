"""A sentence as read: its cues, how each is meant, and whom it speaks of."""

from collections.abc import Iterable, Sequence

import msgspec

from tracker.extractors.rules.claims.scene.scene import Line, Scene
from tracker.extractors.rules.claims.telling.attach import Read, as_planned, find_theme, holds_verbs
from tracker.extractors.rules.claims.telling.cues import CueMatch, find_cues, object_follows
from tracker.extractors.rules.claims.telling.hedges import hedged, is_untold
from tracker.extractors.rules.claims.telling.modality import Reading, read_noun, read_verb
from tracker.extractors.rules.claims.telling.otherwise import is_unsure_arrival, speaks_of_another
from tracker.extractors.rules.claims.telling.pledges import binds_nothing
from tracker.extractors.rules.claims.telling.topics import EVENT_NOUNS, Topics
from tracker.extractors.rules.subjects.page.crafts import NOUNS
from tracker.extractors.rules.words import word_set


def read_line(scene: Scene, line: Line, topics: Topics) -> tuple[Read, ...]:
    """Return the cues of a sentence with how each is meant and whom it speaks of; one cue speaks of one kind of subject."""
    lexicon = scene.lexicon
    reads: dict[int, Read] = {}
    dates = frozenset(number for item in line.of("date") for number in range(item.first, item.last))
    names = frozenset(
        n for i in line.of("subject", "org", "vehicle") if not holds_verbs(i) for n in range(i.first, i.last)
    )
    for match in find_cues(line, lexicon, scene.kinds):
        if match.cue.kind == "other" and line.words[match.head] in _NAMING and _names_subject(line, match):
            continue  # "a probe named X on Tuesday" keeps no date
        verbal = bool(match.forms) and match.cue.sort in ("verb", "schedule", "shift", "scrub")
        reading = (
            read_verb(line.words, match.head, match.forms, lexicon, dates, names)
            if verbal
            else read_noun(line.words, match.first, lexicon)
        )
        reading = _meant(line, match, hedged(line, match, reading))
        if is_untold(line, match, reading) or _is_of_time_to_come(line, match) or _is_of_window(line, match, reading):
            continue
        if match.cue.kind in ("agreement", "meeting"):
            reading = _still_to_come(line, match, _of_none(line, _carried_out(line, reading)))
            if _is_conditional(line, reading) or line.words[match.last : match.last + 2] == ("not", "to"):
                continue  # "if both approve"; "has decided not to sign"
        if _is_noun(line, match, reading) or not _is_of_its_tense(line, match, reading):
            continue
        other = match.cue.sort in ("schedule", "shift") and _is_for_other(
            line.words[match.last : match.last + _PURPOSE]
        )
        if other or speaks_of_another(line, match, reading):
            reads.setdefault(match.head, Read(match, reading, (), None, 0.0))  # it keeps its date for itself
            continue
        if binds_nothing(line, match, reading):
            continue
        read = _theme(scene, line, match, reading, topics)
        if read is None:
            if _keeps_its_date(match, reading) or _is_of_nameless(line, match):
                reads.setdefault(match.head, Read(match, reading, (), None, 0.0))
            continue
        held = reads.get(match.head)
        if held is None or _better(read, held):
            reads[match.head] = read
    return _outside_groups(as_planned(line, _that_came_about(line, tuple(reads.values()))))


_DETERMINERS = frozenset(("the", "a", "an", "its", "their", "this", "that", "next", "first", "planned", "'s"))


def _is_noun(line: Line, match: CueMatch, reading: Reading) -> bool:
    """Whether what looks like a verb is a noun: "postponed the Vega launch X", "put off its launch"."""
    if match.forms != {"base"} or not reading.bare or not match.first or reading.first != match.first:
        return False
    return line.words[match.first - 1] in _DETERMINERS or any(v.last == match.first for v in line.of("vehicle"))


def _keeps_its_date(match: CueMatch, reading: Reading) -> bool:
    """Whether a verb without a subject has a day of its own: "a launch was dropped on 3 May", "after a rocket failed in July"."""
    dropped = match.cue.status == "cancelled" and reading.voice == "passive"
    return dropped or (match.cue.date == "loss_date" and "past" in match.forms)


def _theme(scene: Scene, line: Line, match: CueMatch, reading: Reading, topics: Topics) -> Read | None:
    """Whom a cue speaks of; a participle that tells of a craft without a name never goes on about the topic."""
    read = find_theme(scene, line, match, _of_idea(scene, line, match, reading), topics)
    if read is None or (read.item is None and _is_of_nameless(line, match)):
        return None
    if not is_unsure_arrival(scene, line, match, read.subjects):
        return read
    if match.cue.status != "operating":
        return None
    undated = msgspec.structs.replace(match, cue=msgspec.structs.replace(match.cue, date=""))
    return msgspec.structs.replace(read, match=undated)  # it works, wherever it arrived then


def _is_of_nameless(line: Line, match: CueMatch) -> bool:
    """Whether a participle tells of a craft without a name: "lost contact with a probe launched last week"."""
    at = match.first - 1
    if at < 1 or not match.forms & {"participle"} or line.words[at] not in NOUNS:
        return False
    return line.words[at - 1] not in ("the", "this", "that", "its")


_WINDOWS = frozenset(("window", "windows", "period", "opportunity", "slot"))
_OF_WINDOW = 8  # words


def _is_of_window(line: Line, match: CueMatch, reading: Reading) -> bool:
    """Whether it is the time for a launch that ends or lasts: "the launch window for X runs from 10 to 30 October"."""
    if match.cue.date != "end_date":
        return False
    front = line.words[max(0, reading.first - _OF_WINDOW) : reading.first]
    return not _WINDOWS.isdisjoint(front) and "," not in front


_TILL = frozenset(("until", "till", "before"))
_HOPING = word_set(
    "hope hopes hoped want wants wanted expect expects expected plan plans planned aim aims aimed will would"
)
_WHEN = frozenset(("when", "once", "until", "if", "before"))


def _is_of_time_to_come(line: Line, match: CueMatch) -> bool:
    """Whether a state only tells when: "when fully operational, the network will have six families"."""
    if match.cue.kind != "mission":
        return False
    if match.cue.sort == "state":
        return bool(_WHEN & set(line.words[max(0, match.first - 2) : match.first]))
    front = line.words[: match.first]
    until = max((n for n, w in enumerate(front) if w in _TILL), default=-1)
    return until > 0 and match.first - until <= _CLAUSE and bool(_HOPING & set(front[:until]))


_INTENTS = frozenset(
    ("meant", "hoped", "planned", "wanted", "aimed", "supposed", "intended", "set", "hopes", "plans", "wants", "aims")
)
_BACK = 14  # words


def _meant(line: Line, match: CueMatch, reading: Reading) -> Reading:
    """Return the reading as a plan where a gerund only tells how something meant was to be done: "meant to win by landing first"."""
    if match.forms != {"ing"} or not reading.bare or reading.modality != "actual" or not reading.first:
        return reading
    front = line.words[max(0, reading.first - _BACK) : reading.first]
    aim = max((n for n, w in enumerate(front) if w in _INTENTS and front[n + 1 : n + 2] == ("to",)), default=-1)
    if front[-1] != "by" or aim < 0 or "," in front[aim:]:
        return reading
    return msgspec.structs.replace(reading, modality="planned", old_plan="been" in front or "had" in front)


_IF = frozenset(("if", "unless", "whether", "until", "once"))
_NEITHER = frozenset(("neither", "nobody", "none", "nothing"))


_DID = word_set(
    """met went came flew travelled traveled gathered sat joined became was were got took put chose used managed visited arrived helped
    returned rushed stepped stood followed ended proceeded moved"""
)


def _carried_out(line: Line, reading: Reading) -> Reading:
    """Return the reading as a fact where an infinitive tells what people did: "met in Oslo to sign", "was the tenth to join"."""
    if not reading.infinitive or line.block == "title":
        return reading
    clause = line.words[max(0, reading.first - 14) : reading.first]
    cut = max((n for n, w in enumerate(clause) if w in (";", ":", "but", "which", "who", "that")), default=-1)
    did = _DID & set(clause[cut + 1 :])
    return msgspec.structs.replace(reading, modality="actual", infinitive=False) if did else reading


def _still_to_come(line: Line, match: CueMatch, reading: Reading) -> Reading:
    """Return the reading as a plan where the present tense tells an end, or what "at the summit" tells of will be."""
    if match.cue.id == "met-at" and match.first == 0 and reading.modality == "actual":
        comma = next((n for n, w in enumerate(line.words) if w == ","), len(line.words))
        ahead = "will" in line.words[comma : comma + _CLAUSE]
        return msgspec.structs.replace(reading, modality="planned") if ahead else reading
    ends = match.cue.id == "expires" and reading.modality == "actual" and match.forms == {"s"}
    return msgspec.structs.replace(reading, modality="planned") if ends else reading


_CLAUSE = 8  # words from a comma to the verb of the main clause
_IDEAS = frozenset(("possible", "potential", "proposed", "planned", "draft", "future", "eventual"))


def _of_idea(scene: Scene, line: Line, match: CueMatch, reading: Reading) -> Reading:
    """Return the reading as a plan where what stands behind the verb is only an idea: "exchanged notes on a possible accord"."""
    if match.cue.kind != "agreement" or reading.modality != "actual":
        return reading
    behind = next((i for i in line.of("subject") if i.first >= match.last), None)
    idea = (
        behind is not None and scene.subjects[behind.subject].kind == "agreement" and line.words[behind.first] in _IDEAS
    )
    return msgspec.structs.replace(reading, modality="possible") if idea else reading


def _of_none(line: Line, reading: Reading) -> Reading:
    """Return the reading as denied where nobody is who does it: "neither China nor Russia has joined"."""
    none = _NEITHER & set(line.words[max(0, reading.first - 7) : reading.first])
    return msgspec.structs.replace(reading, modality="denied") if none else reading


def _is_conditional(line: Line, reading: Reading) -> bool:
    """Whether the verb only names a condition: "if both governments approve"."""
    clause = line.words[max(0, reading.first - 6) : reading.first]
    cut = max((n for n, w in enumerate(clause) if w in (",", ";", "and", "that")), default=-1)
    return bool(_IF & set(clause[cut + 1 :]))


_PRIMARY = frozenset(("initial", "primary", "prime", "original", "nominal", "planned", "baseline", "first"))
_NAMING = frozenset(("named", "called", "dubbed"))


def _names_subject(line: Line, match: CueMatch) -> bool:
    return any(match.last <= i.first <= match.last + 1 for i in line.of("subject"))


def _is_of_its_tense(line: Line, match: CueMatch, reading: Reading) -> bool:
    """Whether the verb stands in the tense and the frame that its row in the lexicon asks for."""
    cue = match.cue
    if cue.status == "completed" and _PRIMARY & set(line.words[match.first : match.last]):
        return False  # who has completed his primary mission goes on
    if cue.chain and reading.modality == "actual":
        return False
    if cue.progressive and not _goes_on(line, match, reading):
        return False
    if cue.ongoing and not _is_ongoing(line.words, match, reading):
        return False
    if cue.intransitive and reading.voice == "active" and object_follows(line, match):
        return False
    return not (cue.kind == "mission" and cue.sort == "schedule" and _expects_other(line, match, reading))


_FAILED = frozenset(("failed", "cancelled"))


def _that_came_about(line: Line, reads: Sequence[Read]) -> tuple[Read, ...]:
    """Drop what never happened: "lost contact before touching down", "without landing"."""
    failed = any(r.cue.status in _FAILED and r.reading.modality == "actual" for r in reads)
    ended = any(r.cue.status == "completed" and r.reading.modality == "actual" for r in reads)

    def missed(read: Read) -> bool:
        if read.reading.voice == "noun" and failed and read.cue.date == "landing_date":
            return line.words[read.match.first - 1 : read.match.first] == ("before",)
        if read.match.forms != {"ing"} or not read.reading.bare:
            return False
        before = line.words[read.reading.first - 1] if read.reading.first else ""
        if before == "on" and line.words[max(0, read.reading.first - 2)] == "up":
            return True  # "gave up on landing it"
        way = before == "by" and ended and read.cue.status == "failed"  # "ended its days by crashing into the planet"
        return before == "without" or (before == "before" and failed) or way

    return tuple(r for r in reads if not missed(r))


_NOW = frozenset(("still", "now", "currently", "today", "since", "already"))


def _is_ongoing(words: Sequence[str], match: CueMatch, reading: Reading) -> bool:
    """Whether the verb is in the present or the perfect, active and meant as a fact."""
    if reading.modality != "actual" or reading.voice == "passive":
        return False
    return (
        (match.forms == {"s"} and (words[match.head].startswith("continu") or bool(_NOW & set(words))))
        or (reading.perfect and "participle" in match.forms)
        or (match.forms == {"ing"} and not reading.bare)
    )


_REACH = 5


def _expects_other(line: Line, match: CueMatch, reading: Reading) -> bool:
    """Whether what is planned or expected is no event of a mission: "expects a decision by March"."""
    if (
        not match.forms
        or reading.voice == "passive"
        or line.words[match.last : match.last + 1] not in (("a",), ("an",), ("the",))
    ):
        return False
    behind = range(match.last, match.last + _REACH)
    spoken = any(w in EVENT_NOUNS or w == "window" for w in line.words[match.last : match.last + _REACH])
    return not spoken and not any(i.first in behind for i in line.of("subject"))


_PURPOSE = 4  # words
_FLOWN = word_set(
    """launched flown sent lofted put deployed released placed ready in lifted carried orbited shot up on at aboard boosted fired injected
    back home the first next part inserted hoisted ferried taken under"""
)
_OTHER_ENDS = word_set(
    """delivery completion shipment shipping handover testing tests review reviews integration assembly operation operations service commissioning
    retirement decommissioning deorbiting replacement publication signature signing approval construction production procurement"""
)


def _is_for_other(behind: Sequence[str]) -> bool:
    """Whether what is scheduled is no flight: "is due for delivery in May", "is expected to be completed by 2027"."""
    if behind[:1] == ("for",):
        return bool(_OTHER_ENDS & set(behind[1:3]))
    return behind[:2] == ("to", "be") and len(behind) > 2 and behind[2] not in _FLOWN and not behind[2].isdigit()


def _goes_on(line: Line, match: CueMatch, reading: Reading) -> bool:
    """Whether the verb tells of something under way: "is building", "being built", "has been testing"."""
    if match.forms == {"ing"}:
        begun = line.words[reading.first - 1 : reading.first] if reading.first else ()
        return (not reading.bare or begun in (("begun",), ("began",), ("started",))) and reading.modality == "actual"
    return "being" in line.words[reading.first : match.head]


def _is_undertaking(read: Read) -> bool:
    """Whether the verb itself is what the agreement is told by: "A and B agreed to build …"."""
    item = read.item
    if item is None or read.cue.kind != "agreement":
        return False
    return item.first <= read.match.first < min(item.last, item.first + _OPENING)  # not "a contract with A to launch B"


_OPENING = 4  # words


def _better(read: Read, held: Read) -> bool:
    if _is_undertaking(read) != _is_undertaking(held):
        return _is_undertaking(read)
    if (held.cue.kind == "other") != (read.cue.kind == "other"):
        longer = read.match.last > held.match.last
        return longer if read.cue.kind == "other" else read.match.last >= held.match.last
    return read.cost - read.cue.weight < held.cost - held.cue.weight


def _outside_groups(found: Iterable[Read]) -> tuple[Read, ...]:
    """Drop a schedule word that is only part of another verb's group: "is due to lift off"."""
    reads = tuple(found)
    groups = [
        (r.reading.first, r.match.head)
        for r in reads
        if r.reading.voice != "noun" and r.match.forms and r.cue.kind != "other"
    ]
    return tuple(
        r
        for r in sorted(reads, key=lambda r: r.match.first)
        if r.cue.sort not in ("schedule", "shift")
        or not any(first <= r.match.first < head and r.match.head != head for first, head in groups)
    )
