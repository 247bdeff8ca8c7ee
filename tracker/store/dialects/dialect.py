"""What a dialect is: a record of functions and of the few words that the databases spell differently."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine

Row = tuple[Any, ...]
Wait = Callable[[float], object]
"""Waits for at most so many seconds, or until there may be something new."""


class Dialect(msgspec.Struct, frozen=True):
    """One database's own ways.

    `rows` and `insert` are the hot paths: straight to the driver, with tuples, since SQLAlchemy's own result rows and
    parameter dictionaries cost more than the database does. Their statements mark parameters with `?`.
    """

    name: str

    embedded: bool
    """Whether the file is ours alone, so that the first command may create and migrate it."""

    engine: Callable[[str], Engine]

    begin_write: Callable[[Connection], None]
    """Begins, and takes the one write lock as a statement of its own before anything is read: the last position read
    afterwards is then the last one there is."""

    begin_read: Callable[[Connection], None]
    """Begins a transaction that sees one unchanging moment and holds nobody up."""

    commit: Callable[[Connection], None]
    """Commits; raises rather than let the database roll back in silence."""

    rows: Callable[[Connection, str, Sequence[Any]], list[Row]]
    """Runs a query and returns its rows as plain tuples."""

    insert: Callable[[Connection, str, Sequence[str], Iterable[Row]], None]
    """Inserts rows into the columns of a table."""

    each: str
    """A table expression of one column `value`, made of one parameter: the array that `array` makes."""

    array: Callable[[Sequence[str]], Any]
    """Makes that parameter."""

    listen: Callable[[Engine], AbstractContextManager[Wait | None]]
    """Opens a hint that something was appended, or None where there is none. A hint may come late, twice, or never."""

    complaint: Callable[[BaseException], str | None]
    """Turns those of the driver's errors that an operator can act on into a sentence; leaves the others (our bugs) alone."""
