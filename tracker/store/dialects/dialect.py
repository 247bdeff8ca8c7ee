"""What a dialect is: a record of functions."""

from collections.abc import Callable

import msgspec
from sqlalchemy import Connection, Engine


class Dialect(msgspec.Struct, frozen=True):
    """One database's own ways.

    `begin_write` takes the global write lock as a statement of its own, before anything is read, so that the last
    position read afterwards is the last one there is. `complaint` turns those of the driver's errors that an operator can
    act on into a sentence, and leaves the others (our bugs) alone.
    """

    name: str
    engine: Callable[[str], Engine]
    begin_write: Callable[[Connection], None]
    begin_read: Callable[[Connection], None]
    complaint: Callable[[BaseException], str | None]
