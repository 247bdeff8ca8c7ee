"""Precision, recall and their mean over verdicts; by attribute, by stage, by confidence, and against an earlier run."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

import msgspec

from bench.score.verdict import STAGES, Verdict
from bench.table import Table, percent

_BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)


class Figures(msgspec.Struct, frozen=True):
    """Counts of one group of verdicts, and what follows from them."""

    right: int
    missed: int
    spurious: int

    @classmethod
    def of(cls, verdicts: Iterable[Verdict]) -> "Figures":
        """Count."""
        counted = Counter(verdict.outcome for verdict in verdicts)
        return cls(counted["hit"], counted["missed"], counted["spurious"])

    @property
    def precision(self) -> float:
        """How much of what is claimed is right; 1 where nothing is claimed."""
        return self.right / (self.right + self.spurious) if self.right + self.spurious else 1.0

    @property
    def recall(self) -> float:
        """How much of what is true is claimed; 1 where nothing is true."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def by_group(title: str, groups: Mapping[str, Sequence[Verdict]], before: Mapping[str, float]) -> Table:
    """Return precision, recall and F1 of each group, and how far F1 is from that of the committed figures."""
    rows = []
    for name, verdicts in groups.items():
        found = Figures.of(verdicts)
        change = f"{found.f1 - before[name]:+.3f}" if name in before else "new"
        cells = (f"{found.precision:.3f}", f"{found.recall:.3f}", f"{found.f1:.3f}")
        counts = (str(found.right + found.missed), str(found.right + found.spurious))
        rows.append((name, *cells, *counts, change))
    what = "Gold facts and claims that count; the change is that of F1 against the committed figures."
    return Table(title, what, ("", "P", "R", "F1", "gold", "claimed", "change"), tuple(rows))


def by_attribute(verdicts: Sequence[Verdict]) -> dict[str, list[Verdict]]:
    """Group verdicts by what is said of what."""
    groups: dict[str, list[Verdict]] = {}
    for verdict in sorted(verdicts, key=lambda each: each.attribute):
        groups.setdefault(verdict.attribute, []).append(verdict)
    return groups


def by_stage(verdicts: Sequence[Verdict]) -> Table:
    """Return how many facts were missed, and claimed without ground, at each stage."""
    lost = Counter((verdict.stage, verdict.outcome) for verdict in verdicts if verdict.stage)
    rows = [(stage, str(lost[stage, "missed"]), str(lost[stage, "spurious"])) for stage in STAGES]
    return Table("By stage", "Where facts are lost, and claims go wrong.", ("stage", "missed", "spurious"), tuple(rows))


def by_confidence(verdicts: Sequence[Verdict], halves: Mapping[str, Sequence[Verdict]]) -> Table:
    """Return the reliability table: of the claims made with some confidence, how many are right, in all and in each half.

    Confidence is fitted on the even half of the development corpus (`bench.score.calibrate`); its odd half is held out.
    """
    rows = []
    for low, high in pairwise(_BINS):
        inside = _between(verdicts, low, high)
        if inside:
            mean = sum(v.confidence or 0 for v in inside) / len(inside)
            shares = [_right(inside), *(_right(_between(half, low, high)) for half in halves.values())]
            rows.append((f"{low:.1f} to {high:.1f}", str(len(inside)), f"{mean:.2f}", *shares))
    what = "Of the claims made with this confidence, how many agree with the gold."
    return Table("By confidence", what, ("confidence", "claims", "mean", "right", *halves), tuple(rows))


def _between(verdicts: Sequence[Verdict], low: float, high: float) -> list[Verdict]:
    """The claims of this confidence, which takes in its upper end only where nothing lies above."""
    return [
        v
        for v in verdicts
        if v.confidence is not None and (low <= v.confidence < high or v.confidence == high == _BINS[-1])
    ]


def _right(claims: Sequence[Verdict]) -> str:
    return percent(sum(v.outcome == "hit" for v in claims) / len(claims)) if claims else "–"
