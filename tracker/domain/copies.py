"""Whether one text is a copy of another: how much of it the other has, and whether both tell the same facts.

Much in common is not enough. Two notices that an agency has made from one form share four fifths of their words, and are
about two launches. What tells them apart is how numbers and names stand: a form has other ones in the same places, a copy
has the same ones, or lacks the sentence. Thresholds and the figures behind them: docs/decisions/011.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Final, Literal

import msgspec

from tracker.domain.ids import DocumentId
from tracker.domain.sketch import Estimate, Word, marked_words, runs

Method = Literal["same_text", "near_text", "same_wire"]
"""By what a copy was recognised: its text letter for letter, much of its text, or some of it and the same news agency."""

Context = tuple[str, str, str, str]
Filling = tuple[str, ...]

WHOLE: Final = 1_000_000
"""All, in parts per million."""
FEWEST: Final = 30
"""Runs of three words that a text must have: of a shorter one nothing can be said but whether it is the same."""
WINDOW: Final = 45
"""Days that may lie between a text and its copy; a date may be as vague as a month."""

_ALIKE: Final = 400_000
_COVERED: Final = 700_000
_WIRE_COVERED: Final = 500_000
_WIRE_DAYS: Final = 1
_PLACES_PER_CHANGE: Final = 12
_GAP: Final = "#"


class Wording(msgspec.Struct, frozen=True):
    """A text as it is compared: its runs of words, and what numbers and names stand between which words.

    `places` maps the two words before and the two behind to everything that stands there.
    """

    runs: frozenset[int]
    places: Mapping[Context, frozenset[Filling]]

    @classmethod
    def of(cls, text: str) -> "Wording":
        """Return how a text is worded. Linear in its length."""
        marked = marked_words(text)
        return cls(runs([word.text for word in marked]), _places(marked))


class Issue(msgspec.Struct, frozen=True):
    """A text as it was published: by which document, on which day, how long, and which news agency it credits.

    `order` tells originals from copies: the earlier day first, on one day the longer text (a copy loses, seldom gains), and
    between texts of one length an order that means nothing but is always the same. Never who was captured first.
    """

    document: DocumentId
    day: dt.date
    size: int
    credit: str | None = None

    @property
    def order(self) -> tuple[dt.date, int, str]:
        """What the earliest has the least of."""
        return (self.day, -self.size, self.document)


class Likeness(msgspec.Struct, frozen=True):
    """What a text shares with an earlier one: shares in parts per million, and places in which their facts can be compared."""

    resemblance: int
    contained: int
    """How much of the later text the earlier one has."""
    covered: int
    """How much of the shorter text the longer one has."""
    places: int
    changed: int

    @property
    def same_facts(self) -> bool:
        """Whether the facts agree where they can be compared, but for one, and for one in twelve."""
        return self.changed <= 1 + self.places / _PLACES_PER_CHANGE


def likeness(later: Wording, earlier: Wording) -> Likeness:
    """Return what two texts share. Pure."""
    common = len(later.runs & earlier.runs)
    shared = later.places.keys() & earlier.places.keys()
    return Likeness(
        resemblance=_share(common, len(later.runs | earlier.runs)),
        contained=_share(common, len(later.runs)),
        covered=_share(common, min(len(later.runs), len(earlier.runs))),
        places=len(shared),
        changed=sum(not _agree(later.places[place], earlier.places[place]) for place in shared),
    )


def worth_comparing(seen: Estimate, *, same_wire: bool) -> bool:
    """Whether texts may be copies by what their sketches tell, give or take two standard errors."""
    # Of two texts that are alike to two fifths, either has four sevenths of the shorter.
    least = _WIRE_COVERED if same_wire else 2 * _ALIKE * WHOLE // (WHOLE + _ALIKE)
    return (seen.covered + 2 * seen.error) * WHOLE >= least


def method_of(like: Likeness, copy: Issue, original: Issue) -> Method | None:
    """Return by what one text is a copy of the other, the original being the earlier in `order`; None when it is none."""
    apart = abs((copy.day - original.day).days)
    if apart > WINDOW or min(copy.size, original.size) < FEWEST or not like.same_facts:
        return None
    if like.resemblance >= _ALIKE or like.contained >= _COVERED:
        return "near_text"
    wire = copy.credit is not None and copy.credit == original.credit and apart <= _WIRE_DAYS
    return "same_wire" if wire and like.covered >= _WIRE_COVERED else None


def _share(part: int, whole: int) -> int:
    return part * WHOLE // whole if whole else 0


def _places(marked: list[Word]) -> Mapping[Context, frozenset[Filling]]:
    text: list[str] = []
    fillings: list[tuple[int, list[str]]] = []
    for word in marked:
        if not word.telling:
            text.append(word.text)
        elif text and text[-1] == _GAP:
            fillings[-1][1].append(word.text)
        else:
            fillings.append((len(text), [word.text]))
            text.append(_GAP)
    found: dict[Context, frozenset[Filling]] = {}
    for context, filling in _contexts(text, fillings):
        found[context] = found.get(context, frozenset()) | {filling}
    return found


def _contexts(text: list[str], fillings: list[tuple[int, list[str]]]) -> Iterator[tuple[Context, Filling]]:
    padded = ["", "", *text, "", ""]
    for at, filling in fillings:
        yield (padded[at], padded[at + 1], padded[at + 3], padded[at + 4]), tuple(filling)


def _agree(one: frozenset[Filling], other: frozenset[Filling]) -> bool:
    """Whether any two of the fillings have half of the words of the shorter in common: `20 Feb`, `February 20`."""
    return any(2 * len({*a} & {*b}) >= min(len({*a}), len({*b})) for a in one for b in other)
