"""Answers that are made once for as long as nothing moves."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from typing import Any, TypeVar

_Made = TypeVar("_Made")

MOST = 64
"""How many answers are kept: what is asked often is asked again soon."""


class Kept:
    """Keeps what was made under one tag and forgets it under the next; many who ask at once wait for one making."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._tag = ""
        self._made: OrderedDict[Hashable, Future[Any]] = OrderedDict()

    def get(self, tag: str, key: Hashable, make: Callable[[], _Made]) -> _Made:
        """Return what was made for the key under this tag, made now if it is not there. Raises what making raises."""
        with self._lock:
            if tag != self._tag:
                self._tag = tag
                self._made.clear()
            found = self._made.get(key)
            if found is not None:
                self._made.move_to_end(key)
            else:
                mine: Future[Any] = Future()
                self._made[key] = mine
                while len(self._made) > self._most:
                    self._made.popitem(last=False)
        if found is not None:
            kept: _Made = found.result()
            return kept
        try:
            made = make()
        except BaseException as error:
            # A failure is told to those who wait for it, and to nobody after them.
            with self._lock:
                if self._made.get(key) is mine:
                    del self._made[key]
            mine.set_exception(error)
            raise
        mine.set_result(made)
        return made
