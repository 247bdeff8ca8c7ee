"""A moment of knowledge: what was in the log by then, and what had been published by then."""

import datetime as dt

import msgspec


class AsOf(msgspec.Struct, frozen=True):
    """Two clocks, never mixed; None means now.

    `known_at` is a log position: what this tracker had recorded. `published_by` is a day: what sources had said, with all
    that is recorded today.
    """

    known_at: int | None = None
    published_by: dt.date | None = None
