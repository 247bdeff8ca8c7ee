"""A point on three clocks: what was in the log by then, what had been published by then, what held in the world then."""

import datetime as dt

import msgspec


class AsOf(msgspec.Struct, frozen=True):
    """Three clocks, never mixed. None is the default of each: all that is recorded, published up to today, today.

    `known_at` is a log position: what this tracker had recorded. `published_by` is a day: what sources had said, with all
    that is recorded. `valid_at` is a day in the world: which state held on it, with all that is recorded and published.
    """

    known_at: int | None = None
    published_by: dt.date | None = None
    valid_at: dt.date | None = None

    @property
    def is_now(self) -> bool:
        """Whether no clock is turned back."""
        return self == AsOf()

    def looked_at_on(self, *, recorded: dt.date) -> dt.date:
        """Return the day from which lateness is judged: the earliest that any clock is turned to.

        `recorded` is the day that `known_at` stands for, or today.
        """
        given = [day for day in (self.published_by, self.valid_at) if day is not None]
        return min([recorded, *given])

    def stood_on(self, *, recorded: dt.date) -> dt.date:
        """Return the day on which one stands when looking: by it pins have ended or not.

        The world's clock has no part in it: what a curator holds today is held also of what the world was like long ago.
        """
        return recorded if self.published_by is None else min(recorded, self.published_by)


def latest_publication(day: dt.date, published_by: dt.date | None) -> dt.date:
    """Return the last day of publication that counts when one looks at things on `day`.

    A day of grace: what is dated tomorrow may have been written in Tokyo this morning. Later dates are mistakes, and do not
    count until they have come.
    """
    tomorrow = min(day, dt.date.max - dt.timedelta(days=1)) + dt.timedelta(days=1)
    return tomorrow if published_by is None else min(tomorrow, published_by)
