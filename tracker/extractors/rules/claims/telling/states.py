"""States: which status of its subject follows from a cue, as the cue is meant.

A status moves what the tracker shows, so it needs a verb or a dated noun that tells of it: purposes ("efforts at landing"), ways
("capable of launching") and guesses at a year give none.
"""

from tracker.domain.claim import Modality
from tracker.extractors.rules.claims.scene.scene import Line
from tracker.extractors.rules.claims.telling.attach import Read

_HAPPENED = frozenset(("after", "since", "upon", "despite", "following", "begun", "began", "started"))


def _is_aside(line: Line, read: Read) -> bool:
    """Whether a gerund only tells of a purpose or a way: "efforts at landing", "capable of landing"; not "after landing"."""
    if read.match.forms != {"ing"} or not read.reading.bare:
        return False
    before = line.words[read.reading.first - 1] if read.reading.first else ""
    return before not in _HAPPENED


_PAST = frozenset(("after", "since", "following", "despite", "during", "from", "until", "'s"))


_AHEAD = frozenset(("will", "would", "expected", "planned", "scheduled", "due"))


def _is_past(line: Line, read: Read) -> bool:
    """Whether words or a date with its year tell that what a noun names has happened: "since its launch in May", "launch in 2019"."""
    first = read.match.first
    near = line.words[max(0, first - 3) : first]
    if _PAST & set(near):
        return not (
            "after" in near and _AHEAD & set(line.words[: first - 1])
        )  # "will start work after its launch in May"
    return any(d.date is not None and d.date.certain for d in line.of("date"))


_FLIES = frozenset(("launch", "lift-off", "set-off", "into-orbit", "send-up"))
_LINKED = frozenset(("which", "that", "who", "when", "if", "once", "as", "before", "after", "until", "where"))


def _is_news(line: Line, read: Read) -> bool:
    """Whether the present tense of a headline tells what has just happened: "X lifts off", "A launches X"."""
    if read.cue.id not in _FLIES or read.item is None or not (line.number == 0 or line.block == "title"):
        return False
    return not _LINKED & set(line.words[: read.reading.first])


_APPOINTED = "agreed"
"""The status of a text of which the day of signing is told, "is to be signed on Friday": nobody fixes that before it is settled."""


_DECIDED = frozenset(("will", "decided"))
"""Who "will cancel" or "has decided to cancel" has done so; who would, wants or plans to has not."""


def _when_planned(line: Line, read: Read, *, dated: bool) -> str:
    """The status that follows from a plan."""
    cue = read.cue
    if cue.status == "cancelled" and _DECIDED & set(line.words[read.reading.first : read.match.head]):
        return cue.status
    appointed = dated and read.reading.voice == "passive" and cue.date == "signed_date"
    return _APPOINTED if appointed and cue.planned else cue.planned


_DID = frozenset(("did", "didn't"))
_SPARED = frozenset(("avoid", "avoids", "avoiding", "prevent", "prevents", "preventing", "avert", "averting"))
"""Who avoids a loss, and what "did not crash" years ago, refutes no news of a failure."""


def status_of(line: Line, read: Read, modality: Modality, *, dated: bool) -> tuple[str, Modality | None]:
    """The status that follows from a cue as it is meant, and how it is meant; no status from what is said only in passing."""
    cue = read.cue
    if cue.kind == "mission" and modality != "denied" and _is_aside(line, read):
        return "", None
    if cue.progressive:
        return (cue.status, "actual") if modality != "denied" else ("", None)
    if modality == "denied":
        spared = read.reading.voice == "noun" and not _SPARED.isdisjoint(line.words[: read.match.first])
        mere = cue.status == "failed" and (
            spared or not _DID.isdisjoint(line.words[read.reading.first : read.match.head])
        )
        return (cue.status, "denied") if cue.deniable and not mere else ("", None)
    if modality == "planned":
        return _when_planned(line, read, dated=dated), "actual"
    if modality == "possible":
        return (cue.possible, "possible" if cue.kind == "mission" else "actual")
    if cue.sort == "noun" and not dated:
        return "", None
    if cue.sort == "noun" and cue.kind == "mission" and not _is_past(line, read):
        return "", None
    if cue.date == "launch_date" and read.match.forms == {"s"}:
        return (cue.status, "actual") if _is_news(line, read) else ("", None)  # "the rocket carries" tells no news
    if cue.date == "launch_date" and read.match.forms == {"ing"} and read.reading.bare:
        return "", None  # nor does "after leaving Earth"
    return cue.status, "actual"
