"""From the score of a rule to how often claims with that score are right.

Rules score by how far words stand from what they speak of. A table in `config/lexicon/confidence.toml`, measured on documents
with gold claims, tells what such a score is worth; between its rows the share changes evenly, beyond its ends it stays. Shares
never fall as scores rise (isotonic regression: Barlow et al., 1972; for classifiers Zadrozny and Elkan, KDD 2002).
"""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

import msgspec


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A row: of `claims` claims that scored about `score`, the share `right` was right. All shares from 0 to 1."""

    score: float
    right: float
    claims: int = 1


def checked(steps: Sequence[Step]) -> tuple[Step, ...]:
    """Return the steps. Raises ValueError when scores do not rise from row to row, or shares fall, or either leaves 0 to 1."""
    for step in steps:
        if not (0 <= step.score <= 1 and 0 <= step.right <= 1):
            raise ValueError(f"score {step.score} and share {step.right} must lie between 0 and 1")
    for one, other in pairwise(steps):
        if other.score <= one.score or other.right < one.right:
            raise ValueError(f"after the row of score {one.score} scores must rise, and shares must not fall")
    return tuple(steps)


def calibrated(score: float, steps: Sequence[Step]) -> float:
    """Return the share of claims with this score that are right; without steps the score itself, held between 0 and 1."""
    if not steps:
        return min(max(score, 0.0), 1.0)
    place = bisect_left(steps, score, key=lambda step: step.score)
    if place == 0:
        return steps[0].right
    if place == len(steps):
        return steps[-1].right
    below, above = steps[place - 1], steps[place]
    way = (score - below.score) / (above.score - below.score)
    return below.right + way * (above.right - below.right)
