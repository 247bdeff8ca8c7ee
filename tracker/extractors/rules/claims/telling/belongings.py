"""Belongings: words that can only speak of the mission told of before, though they do not name it.

"Its solar panels have unfolded", "the payload is being built", "a year later contact was lost".
"""

from tracker.extractors.rules.claims.scene.scene import Line
from tracker.extractors.rules.claims.telling.modality import Reading
from tracker.extractors.rules.words import word_set

LINKS = word_set("contact communication communications telemetry signals signal")
"""What a craft has with the ground: a sentence that begins with it goes on about the craft."""
WITH_PARTS = frozenset(("in_development", "operating"))
"""The states that a part shares with the whole; a part may fail alone."""
_PARTS = word_set(
    """payload payloads instrument instruments camera cameras bus platform structure antenna antennas panel panels systems subsystems radar
    telescope detector detectors sensor sensors spectrometer arrays batteries mirror mirrors engines thrusters model hardware module modules"""
)
_DETERMINERS = frozenset(("the", "its", "all", "both", "their"))
_NEAR = 5  # words


def is_own_part(line: Line, reading: Reading) -> bool:
    """Return whether a part that the mission must have is the subject: "its solar panels", "the payload", "all instruments"."""
    front = line.words[max(0, reading.first - _NEAR) : reading.first]
    return bool(front) and front[-1] in _PARTS and not _DETERMINERS.isdisjoint(front)
