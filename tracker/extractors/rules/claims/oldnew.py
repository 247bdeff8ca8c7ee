"""Old and new: which of two values of one attribute a document calls the former one.

"Moved from 5 to 12 October", "originally due in 2022", "replaces one of May": the preposition beside the date and a few words in
front of it tell. What they leave open is settled for the document as a whole: a plan whose time has passed is an old one.
"""

import enum
from collections.abc import Sequence

from tracker.extractors.lexicon import Lexicon
from tracker.extractors.rules.claims.attach import Read
from tracker.extractors.rules.claims.scene import Item, Line

_TO = frozenset(("to", "until", "till", "into", "for"))
_FROM = frozenset(("from", "of", "than"))
_REACH = 4


class Change(enum.Enum):
    """On which side of a change a date stands."""

    OLD = "old"
    NEW = "new"


def dates_of_change(line: Line, read: Read, dates: Sequence[Item]) -> list[tuple[Item, Change]]:
    """Return the dates of a verb of moving with the side of each; the day on which it was moved is none of them."""
    found: list[tuple[Item, Change]] = []
    away = {"replace", "replaced", "replaces"} & set(line.words[read.match.first : read.match.last])
    for item in dates:
        before = line.words[max(0, item.first - _REACH) : item.first]
        said = next((w for w in _linking(before) if w in _TO or w in _FROM), "")
        own = line.words[item.first] if item.first < len(line.words) else ""
        if item.first < read.match.first:
            continue
        if away or own == "from" or said in _FROM or "rather" in before or "instead" in before:
            found.append((item, Change.OLD))
        elif own in _TO or said in _TO or own in ("no", "after", "by"):
            found.append((item, Change.NEW))
    return found


_PARTS = frozenset(("week", "half", "quarter", "end", "middle", "beginning", "start", "part", "days", "month", "fall"))


def _linking(before: Sequence[str]) -> list[str]:
    """The words in front of a date, nearest first, without the "of" that only tells a part of it ("until the end of October")."""
    return [w for n, w in reversed(list(enumerate(before))) if not (w == "of" and n and before[n - 1] in _PARTS)]


def is_old(line: Line, read: Read, date: Item, lexicon: Lexicon) -> bool:
    """Whether words of the same clause call this value a former one."""
    old = lexicon.classes["old"] - {"before", "until", "had", "next"}
    low = max(0, min(read.reading.first, date.first) - 3)
    high = min(len(line.words), max(read.match.last, date.first))
    window = [w for n, w in enumerate(line.words[low:high], low) if line.words[n + 1 : n + 2] != ("than",)]
    if any(w in ("now", "new") for w in window):
        return False
    return any(w in old for w in window)
