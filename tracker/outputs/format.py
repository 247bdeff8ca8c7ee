"""What an output format is: which views it can hold, what each is made from, and how it is written."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Literal

import msgspec

from tracker.outputs.place import Place

View = Literal["status", "history", "claims"]
Question = Literal["subjects", "dates", "changes", "newest", "claims"]
"""What is asked of the services: views of subjects, their exact dates, all changes, the newest changes, claims."""


class About(msgspec.Struct, frozen=True):
    """What a format tells besides its items: of what it is a part, where that is served, what subjects are called.

    `key` is `all`, a kind in its plural, or the id of a subject.
    """

    place: Place = Place()
    key: str = "all"
    title: str = "All subjects"
    names: Mapping[str, str] = {}

    def name(self, subject: str) -> str:
        """Return what a subject is called."""
        return self.names.get(subject, subject)


Writer = Callable[[Iterable[Any], About], Iterator[bytes]]


class Output(msgspec.Struct, frozen=True):
    """How one view is written: from the answers to which question, and by what. Items are taken one at a time."""

    asks: Question
    write: Writer


class Format(msgspec.Struct, frozen=True):
    """A format. `text` says whether a terminal can show it."""

    name: str
    suffix: str
    media_type: str
    outputs: Mapping[View, Output]
    text: bool = True
