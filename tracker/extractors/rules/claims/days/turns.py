"""Turns: values that a sentence hands out one by one, in the order of those that get them.

"X and Y will fly in 2027 and 2029, respectively": the first day is that of the first mission, the second that of the second. Two
dates of one plan for two missions are meant so even without the word.
"""

import itertools
from collections.abc import Iterator, Sequence

import msgspec

from tracker.extractors.rules.claims.scene.scene import Item, Line
from tracker.extractors.rules.claims.telling.attach import Read

_WORD = "respectively"
_JOINTS = frozenset((",", "and", "on", "in", "a", "an", "the", "for", "by", "at", "rocket", "respectively"))

Dated = tuple[Item, float]
"""A date with what it costs to take it for that of a cue."""


def turn(line: Line, item: Item, subjects: Sequence[int]) -> tuple[int, ...]:
    """Return those of the subjects that this value is for: all, or where there is one for each the one whose turn it is."""
    if len(subjects) < 2 or _WORD not in line.words:
        return tuple(subjects)
    values = _listed(line, item)
    return (subjects[values.index(item)],) if len(values) == len(subjects) else tuple(subjects)


def in_turn(
    line: Line, read: Read, partner: Read | None, dates: Sequence[Dated]
) -> Iterator[tuple[Read, Read | None, list[Dated]]]:
    """Yield an event and its partner once for each of its subjects with the date that is its own; nothing where they share one."""
    subjects = (partner if partner is not None and partner.cost < read.cost else read).subjects
    if len(subjects) < 2 or not dates:
        return
    values = _listed(line, dates[0][0])
    if len(values) != len(subjects) or not (_WORD in line.words or read.cue.sort in ("schedule", "verb")):
        return
    cost = min(cost for _, cost in dates)
    for subject, value in zip(subjects, values, strict=True):
        of_one = msgspec.structs.replace(read, subjects=(subject,))
        with_one = msgspec.structs.replace(partner, subjects=(subject,)) if partner is not None else None
        yield of_one, with_one, [(value, cost)]


def _listed(line: Line, item: Item) -> list[Item]:
    """The values of one list with this one: "in 2027 and 2029"; only itself where it stands alone."""
    items = list(line.of(item.kind))
    runs: list[list[Item]] = [items[:1]]
    for one, other in itertools.pairwise(items):
        gap = line.words[one.last : other.first]
        if gap and {",", "and"} & set(gap) and set(gap) <= _JOINTS:
            runs[-1].append(other)
        else:
            runs.append([other])
    run = next(run for run in runs if item in run)
    return run if "and" in line.words[run[0].last : run[-1].first] else [item]
