"""The method: every case once per round, in an order that rotates, judged by medians of ratios inside a round.

What disturbs the machine for a while disturbs the neighbours in the same round alike, so ratios hold still where rates do
not; rotating the order keeps a case from always running after the same one.
"""

import statistics
from collections.abc import Callable, Mapping, Sequence

import msgspec

Say = Callable[[str], None]
"""Tells the person who waits how far it is; goes to standard error."""

Figures = Mapping[str, float]
"""What one measurement gave: a figure for each operation. All figures of a subject are seconds, or all are rates."""


class Case(msgspec.Struct, frozen=True):
    """One thing to measure: it starts from nothing each time, and leaves nothing behind."""

    name: str
    measure: Callable[[], Figures]


class Results(msgspec.Struct, frozen=True):
    """The figures of all rounds, by case."""

    rounds: tuple[Mapping[str, Figures], ...]

    def values(self, case: str, operation: str) -> list[float]:
        """Return one figure of each round; empty where a case does not have the operation."""
        return [figures[case][operation] for figures in self.rounds if operation in figures[case]]

    def median(self, case: str, operation: str) -> float | None:
        """Return the middle of the rounds."""
        values = self.values(case, operation)
        return statistics.median(values) if values else None

    def ratio(
        self,
        case: str,
        operation: str,
        references: Sequence[str],
        *,
        best: Callable[[list[float]], float] = max,
    ) -> float | None:
        """Return the median over the rounds of a figure divided by the best reference of the same round.

        None where the case, or one of the references, does not have the operation.
        """
        ratios = [
            figures[case][operation] / best([figures[name][operation] for name in references])
            for figures in self.rounds
            if all(operation in figures[name] for name in (case, *references))
        ]
        return statistics.median(ratios) if ratios else None

    def spread(self, case: str) -> float:
        """Return how far apart the rounds were: the widest (largest − smallest) ÷ median over a case's operations."""
        spreads = []
        for operation in self.rounds[0][case]:
            values = self.values(case, operation)
            spreads.append((max(values) - min(values)) / statistics.median(values))
        return max(spreads)


def interleave(cases: Sequence[Case], *, rounds: int, say: Say) -> Results:
    """Measure every case once per round, beginning each round with the next case."""
    done = []
    for number in range(rounds):
        start = number % len(cases)
        figures: dict[str, Figures] = {}
        for place, case in enumerate((*cases[start:], *cases[:start]), 1):
            say(f"round {number + 1} of {rounds}, {place} of {len(cases)}: {case.name}")
            figures[case.name] = case.measure()
        done.append(figures)
    return Results(tuple(done))
