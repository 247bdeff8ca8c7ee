"""Other events: what is scheduled, put off or approved beside a mission that is neither the mission nor its launch.

"Transportation to the pad is scheduled for June", "scheduled talks", "the decision to wait was approved": the date and the verdict
belong to the errand, the talk and the decision.
"""

from collections.abc import Sequence

from tracker.extractors.rules.claims.scene.clauses import PREPOSITIONS
from tracker.extractors.rules.claims.scene.scene import Line, Scene
from tracker.extractors.rules.claims.telling.cues import CueMatch, object_follows
from tracker.extractors.rules.claims.telling.makings import is_getting_ready, is_of_other_failure, is_only_agreed
from tracker.extractors.rules.claims.telling.modality import Reading
from tracker.extractors.rules.claims.telling.ownflights import COMING, is_of_rocket
from tracker.extractors.rules.claims.telling.topics import EVENT_NOUNS
from tracker.extractors.rules.subjects.page.crafts import NOUNS as CRAFTS
from tracker.extractors.rules.words import word_set

_EVENTS = word_set(
    """arrival docking undocking rendezvous flyby test tests testing review decision assembly delivery shipment transport
    transportation installation integration completion announcement signing visit separation deployment commissioning operations
    observations training selection vote budget conference spacewalk spacewalks rollout rehearsal mating fueling fuelling checks check
    inspection ceremony bid bids tender proposals proposal contract award manoeuvre maneuver burn encounter approach firing
    repair repairs replacement upgrade construction election hearing study studies report results phase campaign"""
)
_FLIGHTS = word_set(
    "launch launches launching lift-off liftoff flight mission landing touchdown departure blastoff blast-off"
)
_CLAUSE = word_set("; : but while although and because — – which that who when after before")
_BEHIND = word_set(
    """to for in on at by from with as until till no not before after during within this next last early late mid around and or , . ; :
    ) ( — – - that which will is was again yet once further indefinitely due over as amid because following the a an its their his her
    it them soon later sometime"""
)


def speaks_of_another(line: Line, match: CueMatch, reading: Reading) -> bool:
    """Return whether a cue for missions speaks of another event, of a rocket's own flight, or of a decision about a mission."""
    if match.cue.kind != "mission":
        return False
    if (
        _is_of_compared(line, reading)
        or _is_earlier_failure(line, match, reading)
        or _is_of_people(line, match, reading)
    ):
        return True
    if match.cue.intransitive and match.cue.theme == "subject" and reading.voice == "passive":
        return True  # "X was followed in 2013 by another" tells of no flight of X
    if (
        _is_of_thing(line, reading)
        or _is_of_another_craft(line, match, reading)
        or _is_of_hardware(line, match, reading)
    ):
        return True
    if (
        _is_purpose(line, match)
        or is_getting_ready(line, match)
        or is_of_other_failure(line, match)
        or is_only_agreed(line, match, reading)
    ):
        return True
    if match.cue.id == "declared-lost" and line.words[match.last : match.last + 1] == ("landing",):
        return True  # who gives up on landing a craft gives up the landing
    if match.cue.date in _OF_OTHERS and _head_of_subject(line.words, reading.first) in _OF_OTHERS[match.cue.date]:
        return True
    timed = match.cue.sort in ("schedule", "shift") and _is_other_event(line, match, reading)
    return timed or is_of_rocket(line, match, reading) or _is_other_ruling(line, match, reading)


_OF_OTHERS = {
    "end_date": word_set(
        """funding support contract lease licence license deal talks negotiations season deadline warranty review testing training phase
        campaign commissioning construction work development study period window registration voting strike competition exhibition"""
    ),
    "launch_date": word_set(
        """documentary film movie book novel exhibition exhibit website site app game podcast series show competition contest fund
        campaign appeal petition magazine album song musical play course"""
    ),
}
"""What ends or is launched beside a mission without being one: "funding for X ends in 2026", "a film on X launches in June"."""


def _is_other_event(line: Line, match: CueMatch, reading: Reading) -> bool:
    """Whether a word of time speaks of another event: its subject is one, or it stands in front of what it qualifies."""
    words = line.words
    if "participle" in match.forms and reading.bare and reading.voice == "active" and match.last < len(words):
        following = words[match.last]
        named = any(i.first == match.last for i in line.items)
        if following.isalpha() and following not in _BEHIND and not named and not _speaks_of_flight(words, match.last):
            return True
    if words[match.first : match.first + 2] == ("due", "to") and not _DUE & set(
        words[match.first + 2 : match.first + 3]
    ):
        return True  # "scrapped due to rising costs"
    if _is_part(line, reading) or _plans_other_work(line, match):
        return True
    if words[reading.first : reading.first + 1] == ("to",):
        return False  # "the decision to delay X to 2026"
    return _head_of_subject(words, reading.first) in _EVENTS


_PEOPLE = word_set(
    """who agencies countries nations sides governments partners teams companies firms engineers scientists researchers officials people
    astronauts cosmonauts experts staff employees women men controllers technicians"""
)


_FIRMS = word_set(
    "company firm agency operator maker builder team group consortium startup start-up ministry institute"
)
_CLAUSE_OF_WHO = 12  # words
_SAID = frozenset((",", "said", "says", "told", "added"))
_SORTS = word_set(
    """kind sort type all one ones those family series class size project programme program scheme venture pair trio fleet plan plans
    proposal idea effort undertaking"""
)


def _is_of_thing(line: Line, reading: Reading) -> bool:
    """Whether a relative clause tells of a thing that is no craft: "the launch period, which runs from May to July"."""
    words, first = line.words, reading.first
    if first < 3 or words[first - 1] not in _RELATIVE:
        return False
    at = first - 3 if words[first - 2] == "," else first - 2
    at = next((i.first - 1 for i in line.of("date") if i.first <= at < i.last), at)
    if at < 0:
        return False
    noun = words[at]
    if not noun.isalpha() or noun in EVENT_NOUNS or noun in _SORTS:
        return False
    low = _phrase_start(words, at)
    craft = any(w in CRAFTS for w in words[low : at + 1]) or any(low <= i.first <= at for i in line.of("subject"))
    return not craft and not any(i.first <= at < i.last or i.last == at + 1 for i in line.items)


_FINAL = frozenset(("failed", "cancelled", "completed"))
_BEING = frozenset(("is", "was", "are", "were", "be", "as", "became", ",", "(", ":", "—", "–"))


def _is_of_another_craft(line: Line, match: CueMatch, reading: Reading) -> bool:
    """Whether a relative clause tells the end of a craft that only stands beside: "will replace one that was lost in 2020"."""
    words, first = line.words, reading.first
    if match.cue.status not in _FINAL or first < 3 or words[first - 1] not in _RELATIVE:
        return False
    noun = first - 2
    start = next((n for n in range(noun, max(0, noun - _ADJECTIVES), -1) if words[n] in _INDEFINITE), -1)
    if start < 1 or words[start - 1] in _BEING:
        return False
    return not any(start <= i.first <= noun or i.first == first for i in line.of("subject"))


_INDEFINITE = frozenset(("a", "an", "another", "one", "ones", "those", "others", "earlier", "previous"))
_ADJECTIVES = 4  # words
_HARDWARE = word_set(
    "rocket rockets launcher launchers booster vehicle engine engines port spaceport pad cosmodrome stage technology capsule's"
)


def _is_of_hardware(line: Line, match: CueMatch, reading: Reading) -> bool:
    """Whether a rocket right in front is what is being made: "on a rocket now under development"."""
    if match.cue.status != "in_development" or reading.voice != "noun":
        return False
    at = next((n for n in range(reading.first - 1, -1, -1) if line.words[n] not in _STILL), -1)
    return at >= 0 and (line.words[at] in _HARDWARE or any(i.first <= at < i.last for i in line.of("vehicle")))


_STILL = frozenset(("now", "still", "currently", ",", "also", "that", "which", "is", "are", "being", "yet"))
_DETERMINERS = word_set("a an the its their his her this that another each 's")
_SPAN = 7  # words from a noun back to its determiner


def _phrase_start(words: Sequence[str], noun: int) -> int:
    """Where the phrase of a noun begins, with all that it hangs on by a preposition: "the first mission of ESA to a planet"."""
    start = noun
    while True:
        if words[start] == ")" and "(" in words[max(0, start - _SPAN) : start]:
            start = max(0, start - 2)
        first = next((n for n in range(start, max(-1, start - _SPAN), -1) if words[n] in _DETERMINERS), start)
        bound = first > 1 and words[first - 1] in PREPOSITIONS
        if not bound and (first == 0 or (words[first] != "'s" and "size" not in words[first : start + 1])):
            return first
        start = first - 1 - bound


_MADE_FOR = word_set("designed built made meant sent launched able equipped destined dedicated")


def _is_purpose(line: Line, match: CueMatch) -> bool:
    """Whether "to study" tells what a craft is for: "a mission designed to study how planets form" is no mission under study."""
    words = line.words
    if match.cue.status != "under_study" or match.head < 2 or words[match.head - 1] != "to":
        return False
    before = words[match.head - 2]
    named = any(i.last == match.head - 1 for i in line.of("subject"))
    return named or before in _MADE_FOR or before in CRAFTS


_FLOWN = frozenset(("launch_date", "landing_date"))


def _is_of_people(line: Line, match: CueMatch, reading: Reading) -> bool:
    """Whether somebody is who does it: "the professor who died last year", "two agencies working as one"; a crew flies with its craft."""
    before = line.words[reading.first - 1] if reading.first else ""
    if match.cue.date in _FLOWN or (match.cue.status == "in_development" and reading.voice == "active"):
        return False  # "engineers installed the camera on X"
    done = match.cue.theme in ("object", "any") and match.cue.status != "failed" and object_follows(line, match)
    done = done or any(0 <= i.first - match.last <= _BESIDE for i in line.of("subject"))
    if done and before != "who" and reading.voice == "active":
        return False  # "engineers switched off the telescope", "controllers lost contact with it"
    if before == "who" or (before in _PEOPLE and (reading.bare or reading.first == match.first)):
        return True
    front = line.words[max(0, reading.first - _CLAUSE_OF_WHO) : reading.first]
    at = next((n for n, w in enumerate(front) if w == "who" or (w in _RELATIVE and n and front[n - 1] in _FIRMS)), -1)
    if at < 0 or match.cue.status not in ("failed", "completed") or reading.voice != "active":
        return False
    behind = set(front[at + 1 :])
    return (_CLAUSE | _SAID).isdisjoint(behind)  # "the woman who built X retired"


_DUE = word_set(
    """launch land lift fly be blast leave go take head start begin return touch splash arrive depart follow set travel ride reach enter
    orbit end run conclude last"""
)


_FLYING = word_set(
    "launch land lift fly be blast leave go take head start begin set travel ride depart follow happen occur send carry put get make soar rise"
)


def _plans_other_work(line: Line, match: CueMatch) -> bool:
    """Whether what is planned is no flight: "they plan to test the rocket in February"."""
    behind = line.words[match.last : match.last + 2]
    plans = match.cue.sort == "schedule" and bool(match.forms) and behind[:1] == ("to",)
    return plans and len(behind) > 1 and behind[1] not in _FLYING and not behind[1].endswith("ly")


def _is_part(line: Line, reading: Reading) -> bool:
    """Whether the subject is something of a mission that is no flight: "X's last observation was expected on Friday"."""
    for item in line.of("subject"):
        if item.last < reading.first and line.words[item.last : item.last + 1] == ("'s",):
            owned = line.words[item.last + 1 : reading.first]
            plain = owned and all(w.replace("-", "").isalpha() and w not in _CLAUSE for w in owned)
            return bool(plain) and not (_FLIGHTS | CRAFTS.keys()) & set(owned)
    return False


_RELATIVE = frozenset(("which", "that"))
_MEASURED = word_set("after before since than unlike following")
_ANTECEDENT = 6  # words between the preposition and the relative


def _is_of_compared(line: Line, reading: Reading) -> bool:
    """Whether a relative clause tells of what the event is only timed by: "three years after the second H3, which flew in 2024"."""
    words, first = line.words, reading.first
    if not first or words[first - 1] not in _RELATIVE:
        return False
    last = first - 2 if words[first - 2] == "," else first - 1
    low = max(0, last - _ANTECEDENT)
    rocket = next((v for v in line.of("vehicle") if v.last == last), None)
    if rocket is not None and COMING & set(words[max(0, rocket.first - _ANTECEDENT) : rocket.first]):
        return True  # "will launch on an H3, which failed in 2023"
    at = max((n for n in range(low, last) if words[n] in _MEASURED), default=-1)
    if at < 0 or at + 1 >= last or _CLAUSE & set(words[at + 1 : last]) or "," in words[at + 1 : last]:
        return False
    return not any(at < i.first < last for i in line.of("subject"))


def _is_earlier_failure(line: Line, match: CueMatch, reading: Reading) -> bool:
    """Whether it is the failure of an earlier year that news comes after: "tries again after the crash of 2019"."""
    if match.cue.status != "failed" or reading.voice != "noun":
        return False
    before = line.words[max(0, match.first - 2) : match.first]
    behind = match.last if line.words[match.last - 1] == "of" else match.last + 1
    dated = any(i.first == behind for i in line.of("date")) and line.words[behind - 1] == "of"
    return dated and bool(_MEASURED & set(before))


_RULINGS = word_set("decision delay change revision budget amendment extension request merger")


def _is_other_ruling(line: Line, match: CueMatch, reading: Reading) -> bool:
    """Whether it is a decision about a mission that was approved, not the mission: "the decision to wait was approved"."""
    if match.cue.status != "approved" or reading.voice != "passive":
        return False
    first = reading.first
    while first > 0 and line.words[first - 1] not in _CLAUSE:
        first -= 1
    return bool(_RULINGS & set(line.words[first : first + 3]))


_ARRIVALS = frozenset(("reach-orbit", "in-orbit-since"))
_SET_OUT = word_set("launch launched rocket lifted liftoff lift-off blasted aboard atop launcher")


def is_unsure_arrival(scene: Scene, line: Line, match: CueMatch, subjects: Sequence[int]) -> bool:
    """Whether "reached orbit" may tell of the arrival elsewhere: of a craft that flies to another body, with no word of its launch."""
    if match.cue.id not in _ARRIVALS or _SET_OUT & set(line.words):
        return False
    for number in subjects:
        known = scene.catalog.missions.get(scene.subjects[number].catalog_id or "")
        body = scene.catalog.body_of(known.destination) if known else None
        if body is not None and body.removeprefix("destination/") not in _NEAR_EARTH:
            return True
    return False


_BESIDE = 1  # words: an article
_NEAR_EARTH = frozenset(("leo", "sso", "meo", "geo", "gto", "heo", "iss", "earth", "polar-orbit", "vleo"))


def _speaks_of_flight(words: Sequence[str], at: int) -> bool:
    return any(w in _FLIGHTS for w in words[at : at + 3])


def _head_of_subject(words: Sequence[str], verb: int) -> str:
    """The noun that the subject of a verb is built on: "docking" in "the docking of the two craft is due"."""
    first = verb
    while first > 0 and words[first - 1] not in _CLAUSE:
        first -= 1
    phrase = words[first:verb]
    stop = next(
        (n for n, w in enumerate(phrase) if w in ("of", "for", "to", "with", "in", "at", "on", "by", ",") and n),
        len(phrase),
    )
    head = phrase[stop - 1] if stop else ""
    return head if not any(w in _FLIGHTS for w in phrase[:stop]) else ""
