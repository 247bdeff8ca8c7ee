"""Makings: words of making that only name what is agreed, paid for or talked of.

"The cabinet approved the development of X", "a memorandum on the construction of X": nobody builds X for that.
"""

from tracker.extractors.rules.claims.scene.scene import Line
from tracker.extractors.rules.claims.telling.cues import CueMatch
from tracker.extractors.rules.claims.telling.modality import Reading
from tracker.extractors.rules.words import word_set

_MAKING = word_set(
    "development construction building design manufacture manufacturing production assembly preparation preparations"
)
_AGREED = word_set(
    """approve approves approved approving approval sanction sanctioned authorise authorised authorize authorized clear cleared clearing endorse endorsed
    fund funds funding finance financing agree agreed agrees agreement agreements memorandum mou letter accord deal talks discussions discuss discussed
    discussing negotiations consider considered considering propose proposed proposes proposal proposals plan plans planned planning covers covering
    cover tender bid bids decision decide decided allocated allocate earmarked earmark go-ahead green bill calls call called envisages envisaged
    foresees want wants hopes cooperate intent"""
)
_STOPS = frozenset((",", ";", ":", ".", "and", "but", "which", "who", "is", "are", "has", "have"))
_REACH = 9  # words


def is_only_agreed(line: Line, match: CueMatch, reading: Reading) -> bool:
    """Return whether a noun of making hangs on a word of approval, of agreement or of talk in front of it."""
    words = line.words
    if match.cue.status != "in_development" or reading.voice != "noun":
        return False
    if {"of", "for"}.isdisjoint(words[match.first : match.last]) or _MAKING.isdisjoint(words[match.first : match.last]):
        return False
    for at in range(match.first - 1, max(-1, match.first - _REACH), -1):
        if words[at] in _AGREED:
            return True
        if words[at] in _STOPS and words[at - 1] not in _MAKING:
            return False
    return False


_FLIGHTS = word_set(
    """reach enter land deploy separate achieve respond open ignite start work function communicate make establish orbit unfold unfurl transmit
    survive return wake fire get complete answer phone lift leave arrive dock come call slow brake touch signal report send put place deliver"""
)
_ONCE = frozenset(("once", "initially", "originally", "long", "first"))


def is_of_other_failure(line: Line, match: CueMatch) -> bool:
    """Return whether what failed is no flight ("failed to win support"), or it was only feared for a time ("once feared lost")."""
    if match.cue.status != "failed":
        return False
    behind = line.words[match.last : match.last + 2]
    if match.cue.id == "failed" and behind[:1] == ("to",):
        return behind[1:] != () and behind[1] not in _FLIGHTS
    return match.cue.id == "taken-for-lost" and not _ONCE.isdisjoint(line.words[max(0, match.first - 2) : match.first])


_TAKING_BACK = word_set("ending cancelling canceling cutting terminating scrapping delaying stopping cuts cut")
_PAPERS = word_set("tender paper papers report bid proposal proposals statement plan law bill")


def is_getting_ready(line: Line, match: CueMatch) -> bool:
    """Return whether a craft only gets ready for a deed: "is preparing to send out a helicopter" tells of no building."""
    behind = line.words[match.last : match.last + 3]
    if match.cue.status == "proposed" and behind[:1] and behind[0] in _TAKING_BACK:
        return True  # "proposed ending X"
    if match.cue.status == "in_development" and not _PAPERS.isdisjoint(behind):
        return True  # "is preparing a tender for X"
    ready = match.cue.progressive and line.words[match.head].startswith("prepar")
    return ready and line.words[match.last : match.last + 1] == ("to",)
