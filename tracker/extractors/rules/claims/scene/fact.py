"""A fact: what one stretch of a document says of one of its subjects, before the document as a whole has had its word."""

import msgspec

from tracker.domain.claim import Modality


class Fact(msgspec.Struct, frozen=True):
    """`subject` is a number in the scene; `start` and `end` are the evidence; `line` is the sentence it stands in.

    `old` marks a value that the words call former, `former` one that they tell in the past perfect ("had been due in May"),
    `change` one that they announce as a change; `by` is whose act it was, and `also` who acted with them; `order` keeps two values of one sentence in the order in which they stand.
    """

    subject: int
    attribute: str
    value: str
    modality: Modality
    start: int
    end: int
    line: int
    confidence: float
    old: bool = False
    former: bool = False
    change: bool = False
    present: bool = False
    since: str | None = None
    by: str | None = None
    also: tuple[str, ...] = ()
    value_id: str | None = None
    cue: str = ""
