"""Where output goes: JSON and tables to standard output, progress to standard error."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else on standard output.")]


def value(made: object) -> None:
    """Print one JSON value."""
    _write(msgspec.json.format(msgspec.json.encode(made), indent=2) + b"\n")


def line(made: object) -> None:
    """Print one JSON object on a line of its own, at once."""
    _write(msgspec.json.encode(made) + b"\n")


def _write(data: bytes) -> None:
    sys.stdout.buffer.write(data)
    sys.stdout.flush()


def show(*parts: "RenderableType") -> None:
    """Print tables and text for people."""
    console = screen()
    for part in parts:
        console.print(part)


def screen() -> "Console":
    """Return the console for people; it is 120 columns wide where nobody looks at a terminal."""
    from rich.console import Console  # noqa: PLC0415  (30 ms that JSON output need not pay)

    width = None if sys.stdout.isatty() else 120
    return Console(highlight=False, markup=False, emoji=False, width=width, soft_wrap=False)


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """Show on standard error how far something has come: call the result with done and total.

    Says nothing where nobody looks at a terminal.
    """
    if not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    from rich.console import Console  # noqa: PLC0415  (as above)
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)

        def update(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        yield update
