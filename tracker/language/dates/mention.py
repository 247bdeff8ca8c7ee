"""What `find_dates` gives: an expression of the text and the days it speaks of."""

from typing import Literal

import msgspec

from tracker.domain.dates import DateSpan

Bound = Literal["on", "by", "after"]
"""Whether the span is when it happens, the latest it may happen (`by`), or the earliest (`after`)."""


class DateMention(msgspec.Struct, frozen=True):
    """One temporal expression, code points `start` to `end` of the text, with "by", "early" or "no earlier than" in it.

    `relative` tells that the publication date was needed; `certain` is False for "around 2026" and where the year was
    guessed by nearness. "Since 2018", "from 2026" and "until 2030" name an end point of a state, so their span is that
    point and their bound `on`; "by 2030" and "after 2028" leave one side of the span open.
    """

    start: int
    end: int
    span: DateSpan
    relative: bool
    certain: bool
    bound: Bound
