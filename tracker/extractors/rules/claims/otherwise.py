"""Other events: what is scheduled, put off or approved beside a mission that is neither the mission nor its launch.

"Transportation to the pad is scheduled for June", "scheduled talks", "the decision to wait was approved": the date and the verdict
belong to the errand, the talk and the decision.
"""

from collections.abc import Sequence

from tracker.extractors.rules.claims.cues import CueMatch
from tracker.extractors.rules.claims.modality import Reading
from tracker.extractors.rules.claims.scene import Line
from tracker.extractors.rules.subjects.phrases import word_set

_EVENTS = word_set(
    """arrival docking undocking rendezvous flyby test tests testing review decision assembly delivery shipment transport
    transportation installation integration completion announcement signing visit separation deployment commissioning operations
    observations training selection vote budget conference spacewalk spacewalks rollout rehearsal mating fueling fuelling checks check
    inspection ceremony bid bids tender proposals proposal contract award manoeuvre maneuver burn encounter approach firing
    repair repairs replacement upgrade construction work election hearing study studies report results phase campaign"""
)
_FLIGHTS = word_set(
    "launch launches launching lift-off liftoff flight mission landing touchdown departure blastoff blast-off"
)
_CLAUSE = word_set("; : but while although and because — – which that who when after before")
_BEHIND = word_set(
    """to for in on at by from with as until till no not before after during within this next last early late mid around and or , . ; :
    ) ( — – - that which will is was the a an its their his her it them soon later sometime"""
)


def is_other_event(line: Line, match: CueMatch, reading: Reading) -> bool:
    """Whether a word of time speaks of another event: its subject is one, or it stands in front of what it qualifies."""
    words = line.words
    if "participle" in match.forms and reading.bare and reading.voice == "active" and match.last < len(words):
        following = words[match.last]
        named = any(i.first == match.last for i in line.items)
        if following.isalpha() and following not in _BEHIND and not named and not _speaks_of_flight(words, match.last):
            return True
    head = _head_of_subject(words, reading.first)
    return head in _EVENTS


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
