"""The archives of one run: where the reading of each begins, and how far it has come."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from tracker.capture.place import container, place_of
from tracker.domain.bookmark import BEGINNING, Bookmark

_SAMPLE = 1 << 16
_KINDS, _LONGEST = 40, 60


class Reading:
    """One archive as it is read. `at` is the record in hand: to go on from there loses nothing, and takes that record twice.

    `taken` of `size` bytes were read. `documents` were found in `records` records, those before `began` not counted;
    `passed_over` counts the others by what they are.
    """

    def __init__(self, source: str = "", identity: str = "", size: int = 0, began: Bookmark = BEGINNING) -> None:
        self.source, self.identity, self.size = source, identity, size
        self.began = self.at = began
        self.taken = began.at_byte
        self.records = self.documents = 0
        self.passed_over: Counter[str] = Counter()
        self.done = False

    def pass_over(self, what: str) -> None:
        """Count a record that is no document. An archive may name more kinds than anyone can read; the rest are `other`."""
        what = what[:_LONGEST]
        self.passed_over[what if what in self.passed_over or len(self.passed_over) < _KINDS else "other"] += 1


class Readings:
    """The archives that one run reads, in turn."""

    def __init__(self, saved: Callable[[str], Bookmark | None] = lambda _identity: None) -> None:
        """Take what tells, by the identity of an archive, where an earlier run was cut off."""
        self._saved = saved
        self._all: list[Reading] = []
        self._paths: dict[str, Reading] = {}

    def begin(self, path: Path, stream: BinaryIO) -> Reading:
        """Return the reading of an archive that is opened, from where it was cut off before."""
        size = stream.seek(0, 2)
        identity = identity_of(stream, size)
        made = Reading(str(path), identity, size, self._saved(identity) or BEGINNING)
        self._all.append(made)
        self._paths[place_of(str(path)).name] = made
        return made

    def __iter__(self) -> Iterator[Reading]:
        """Yield the archives that were begun and are not let go of."""
        return iter(tuple(self._all))

    def let_go(self, reading: Reading) -> None:
        """Forget an archive that was read to its end."""
        self._all.remove(reading)

    def keeps(self, parked: str) -> bool:
        """Whether something parked under this name is of a record that an earlier run came past, and this one will not see."""
        path = container(parked)
        reading = self._paths.get(path)
        return reading is not None and path != parked and int(parked[len(path) + 1 :]) <= reading.began.records


def identity_of(stream: BinaryIO, size: int) -> str:
    """Return what tells one archive from another wherever it lies: a digest of its size, its beginning and its end."""
    hashed = hashlib.sha256(b"%d " % size)
    for place in (0, max(size - _SAMPLE, 0)):
        stream.seek(place)
        hashed.update(stream.read(_SAMPLE))
    stream.seek(0)
    return hashed.hexdigest()
