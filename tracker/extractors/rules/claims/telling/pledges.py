"""Words of signing and ending that bind nobody: "the extension of his term", "no decision to leave the agreement"."""

from tracker.extractors.rules.claims.scene.scene import Line
from tracker.extractors.rules.claims.telling.cues import CueMatch
from tracker.extractors.rules.claims.telling.modality import Reading
from tracker.extractors.rules.words import word_set


def binds_nothing(line: Line, match: CueMatch, reading: Reading) -> bool:
    """Whether a cue of agreements tells nothing of one here: it is of something else, only thought of, or denies another's renewal."""
    if match.cue.kind != "agreement":
        return False
    if line.words[0] == "had" and "," in line.words[match.head :]:
        return True  # "Had the contract been signed in time, the craft would fly"
    return (match.cue.id == "signing-noun" and _is_of_something_else(line, match)) or _ends_nothing(
        line, match, reading
    )


def _ends_nothing(line: Line, match: CueMatch, reading: Reading) -> bool:
    """Whether an end is only thought of ("no decision to leave the agreement"), or a signing denied that was another's renewal."""
    again = line.words[match.head].startswith(_AGAIN)
    wished = reading.infinitive or (reading.bare and _WISHED & set(line.words[max(0, match.head - _BACK) : match.head]))
    return (match.cue.status == "terminated" and bool(wished)) or (again and reading.modality == "denied")


_WISHED = word_set("want wants wanted demand demands urge urges like")  # "critics want the agreement scrapped"
_BACK = 8  # words
_AGAIN = ("renew", "extend", "prolong", "expand", "broaden", "amend", "updat", "revis")


def _is_of_something_else(line: Line, match: CueMatch) -> bool:
    """Whether an extension or a conclusion is of what is no agreement: "the extension of the term of the commission"."""
    if line.words[match.last - 1] != "of":
        return False
    named = any(match.last <= i.first <= match.last + _NEAR_OF for i in line.of("subject"))
    return not named and _INSTRUMENTS.isdisjoint(line.words[match.last : match.last + _NEAR_OF])


_NEAR_OF = 5  # words
_INSTRUMENTS = word_set(
    "it them agreement agreements deal pact memorandum mou accord accords contract contracts arrangement treaty letter document documents text papers both this these"
)
