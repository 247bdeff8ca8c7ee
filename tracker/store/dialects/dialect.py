"""What a dialect is: a record of functions and of the few words that the databases spell differently."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Engine

from tracker.language.words import Term

Row = tuple[Any, ...]
Driver = Any
"""The driver's own connection, as `connection.connection.driver_connection` gives it; of another type for each database."""
Wait = Callable[[float], object]
"""Waits for at most so many seconds, or until there may be something new."""


class WordIndex(msgspec.Struct, frozen=True):
    """How a database keeps the words of documents, and finds them. Words come folded: letters and digits only.

    `put` takes the words of the title and of the text under a position; `remove` positions; `find` returns positions, the
    best first: all terms must be there, and weigh more in a title.
    """

    put: Callable[[Driver, int, Sequence[str], Sequence[str]], None]
    remove: Callable[[Driver, Sequence[int]], None]
    find: Callable[[Driver, Sequence[Term], int], list[int]]
    forget: Callable[[Driver], None]
    """Sees to it that words that were removed are gone from the index's pages too."""


class Dialect(msgspec.Struct, frozen=True):
    """One database's own ways.

    Transactions and the hot paths (`rows`, `insert`) take the driver's own connection, and tuples: SQLAlchemy's result
    rows and parameter dictionaries cost more than the database does. Their statements mark parameters with `?`.
    """

    name: str

    embedded: bool
    """Whether the file is ours alone, so that the first command may create and migrate it."""

    engine: Callable[[str], Engine]

    begin_write: Callable[[Driver], None]
    """Begins, and takes the one write lock as a statement of its own before anything is read: the last position read
    afterwards is then the last one there is."""

    begin_read: Callable[[Driver], None]
    """Begins a transaction that sees one unchanging moment and holds nobody up."""

    commit: Callable[[Driver], None]
    """Commits; raises rather than let the database roll back in silence."""

    lost: Callable[[Driver], bool]
    """Tells whether the connection is gone, and a new one may be tried."""

    rows: Callable[[Driver, str, Sequence[Any]], list[Row]]
    """Runs a query and returns its rows as plain tuples."""

    run: Callable[[Driver, str, Sequence[Any]], int]
    """Runs a statement that changes rows and returns how many it found."""

    insert: Callable[[Driver, str, Sequence[str], Sequence[Row]], None]
    """Inserts rows into the columns of a table."""

    each: str
    """A table expression of one column `value`, made of one parameter: a JSON array of strings."""

    within: str
    """An expression for where the bytes of one parameter stand in the column `body`, 0 for nowhere."""

    words: WordIndex

    pulse: Callable[[Driver], object]
    """Returns what is another value once anybody else has committed; asked of a connection that does nothing else."""

    listen: Callable[[Engine], AbstractContextManager[Wait | None]]
    """Opens a hint that something was appended, or None where there is none. A hint may come late, twice, or never."""

    backup: Callable[[Driver, Path], None]
    """Writes a copy of the whole database, of one moment, while others go on writing. Raises ConfigError with the command to
    use instead where the database brings a tool of its own."""

    complaint: Callable[[BaseException], str | None]
    """Turns those of the driver's errors that an operator can act on into a sentence; leaves the others (our bugs) alone."""
