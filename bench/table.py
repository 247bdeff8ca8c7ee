"""What a subject gives: Markdown tables, aligned for reading as plain text too."""

from collections.abc import Iterator, Sequence

import msgspec


class Table(msgspec.Struct, frozen=True):
    """A heading, a line on what was run, and rows; the first column is text and the others are figures."""

    title: str
    what: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def markdown(self) -> str:
        """Return the table as Markdown."""
        widths = [max(len(row[column]) for row in (self.header, *self.rows)) for column in range(len(self.header))]
        rule = ("-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:]))
        lines = (_line(row, widths) for row in (self.header, rule, *self.rows))
        return f"### {self.title}\n\n{self.what}\n\n" + "\n".join(lines) + "\n"


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    def padded() -> Iterator[str]:
        for column, (cell, width) in enumerate(zip(cells, widths, strict=True)):
            yield cell.rjust(width) if column else cell.ljust(width)

    return "| " + " | ".join(padded()) + " |"


def whole(value: float | None) -> str:
    """Return a rate without digits that say nothing; `–` for none."""
    return "–" if value is None else f"{value:,.0f}"


def ratio(value: float | None) -> str:
    """Return a ratio with two digits; `–` for none."""
    return "–" if value is None else f"{value:.2f}"


def percent(value: float) -> str:
    """Return a share of one as a percentage."""
    return f"{value:.0%}"
