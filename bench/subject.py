"""What a subject of measurement is: a name, a line on what it measures, and a function that does."""

from collections.abc import Callable, Iterator

import msgspec

from bench.rounds import Say
from bench.table import Table


class Options(msgspec.Struct, frozen=True):
    """What the caller chose. `quick` measures less of everything: good to see that it runs, not to quote."""

    rounds: int
    quick: bool
    postgres: str | None


class Subject(msgspec.Struct, frozen=True):
    """One subject; `run` yields its tables as they are ready."""

    name: str
    what: str
    run: Callable[[Options, Say], Iterator[Table]]
