"""Own flights: what befalls a rocket and not what it is to carry: "H3 failed on its debut flight", "the Soyuz that carries X failed"."""

from collections.abc import Sequence

from tracker.extractors.rules.claims.scene.clauses import stands_free
from tracker.extractors.rules.claims.scene.scene import Line
from tracker.extractors.rules.claims.telling.asides import aside_start
from tracker.extractors.rules.claims.telling.cues import CueMatch
from tracker.extractors.rules.claims.telling.modality import Reading
from tracker.extractors.rules.words import word_set

_RELATIVE = frozenset(("which", "that"))
COMING = word_set("will would to could may might should")
_NTH = word_set(
    "inaugural maiden first debut second third fourth fifth test previous last latest next earlier failed successful"
)
_OWN_FLIGHT = word_set("launch launches flight flights debut liftoff lift-off mission attempt")
_SPARED = 4  # words between a number and its noun


def is_of_rocket(line: Line, match: CueMatch, reading: Reading) -> bool:
    """Whether a flight or a failure is the rocket's own: "H3 failed on its debut flight in March", "the second launch of the H3"."""
    words = line.words
    vehicles = list(line.of("vehicle"))
    if not vehicles:
        return False
    opened = aside_start(words, reading.first)
    if reading.voice == "noun":
        if any(i.mention and i.mention.form != "anaphor" for i in line.of("subject")):
            return False  # "the maiden flight of the H3 destroyed X" is a flight of X too
        dated = next((d.last for d in line.of("date") if 0 <= d.first - match.last <= 1), match.last)
        behind = any(1 <= v.first - dated <= _SPARED for v in vehicles) and words[dated : dated + 1] in (
            ("of",),
            ("for",),
        )
        nth = _NTH & set(words[max(0, match.first - 3) : match.last])
        nth = nth if _OWN_FLIGHT & set(words[match.first : match.last]) else frozenset()
        return behind or bool(nth and any(v.last <= match.first for v in vehicles))
    if match.cue.status != "failed" or match.cue.theme == "object" or reading.voice == "passive":
        return False
    if any(v.last < reading.first and _carries_now(words[v.last : v.last + 2]) for v in vehicles):
        return True  # "the Soyuz that carries X failed in 2022"
    before = [i for i in line.of("vehicle", "subject") if i.last <= (reading.first if opened is None else opened)]
    way = line.between(before[-1].last, reading.first if opened is None else opened) if before else 0.0
    return bool(before) and before[-1].kind == "vehicle" and stands_free(words, before[-1]) and way < 1.0


def _carries_now(words: Sequence[str]) -> bool:
    """Whether a relative clause in the present tells what a rocket is for."""
    return len(words) > 1 and words[0] in _RELATIVE and (words[1] in COMING or words[1].endswith("s"))
