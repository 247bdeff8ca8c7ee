"""What a score is worth, learnt from claims that were right or wrong. Pure, and nothing but the standard library.

Isotonic regression by pooling neighbours that stand in the wrong order (pool adjacent violators; Barlow, Bartholomew, Bremner
and Brunk, 1972). Claims are first gathered by score in groups of some size, so that no row rests on a handful, and each share is
drawn a little to the middle (the rule of succession), so that none is nought or one.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from statistics import fmean

from tracker.extractors.confidence import Step

Scored = tuple[float, bool]
"""The score of a claim, and whether it agrees with the gold."""


def fit(scored: Iterable[Scored], *, least: int = 40) -> tuple[Step, ...]:
    """Return the steps of the rising table that fits best, each resting on `least` claims where there are so many."""
    pools: list[list[Scored]] = []
    for group in _groups(scored, least):
        pools.append(group)
        while len(pools) > 1 and _share(pools[-2]) >= _share(pools[-1]):
            above = pools.pop()
            pools[-1] = pools[-1] + above
    return tuple(Step(round(fmean(score for score, _ in pool), 3), round(_share(pool), 3), len(pool)) for pool in pools)


def _groups(scored: Iterable[Scored], least: int) -> list[list[Scored]]:
    """Gather by rising score; claims with one score stay together, and a rest that is too small joins its neighbour."""
    groups: list[list[Scored]] = [[]]
    for _, alike in groupby(sorted(scored), key=lambda one: one[0]):
        if len(groups[-1]) >= least:
            groups.append([])
        groups[-1] += alike
    if len(groups) > 1 and len(groups[-1]) < least:
        rest = groups.pop()
        groups[-1] += rest
    return [group for group in groups if group]


def _share(pool: Sequence[Scored]) -> float:
    return (sum(right for _, right in pool) + 1) / (len(pool) + 2)


def brier(scored: Sequence[Scored], worth: Callable[[float], float]) -> float:
    """Return the mean square of what confidence misses the truth by: 0 is perfect, 0.25 a coin (Brier, 1950)."""
    return fmean((worth(score) - right) ** 2 for score, right in scored)


def gap(scored: Sequence[Scored], worth: Callable[[float], float], *, bins: int = 10) -> float:
    """Return by how much confidence and the share that is right differ, on average over claims, in bins of confidence."""
    table: dict[int, list[Scored]] = {}
    for score, right in scored:
        sure = worth(score)
        table.setdefault(min(int(sure * bins), bins - 1), []).append((sure, right))
    misses = (abs(sum(sure for sure, _ in found) - sum(right for _, right in found)) for found in table.values())
    return sum(misses) / len(scored)
