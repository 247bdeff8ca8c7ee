"""The web for those who live outside of an event loop: requests run on a thread of their own, and feeds are read in children."""

import asyncio
import contextlib
import threading
from collections.abc import Coroutine
from concurrent.futures import Future
from types import TracebackType
from typing import Any, Self, TypeVar

from tracker.feeds.workshop import Workshop
from tracker.fetch.answer import Answer, Asked
from tracker.fetch.fetcher import Fetcher
from tracker.fetch.rules import Rules

_T = TypeVar("_T")
_STOP_S = 5.0


class Web:
    """One fetcher, one workshop, and the thread they run on, all begun when first needed.

    What is remembered of servers (who asked to be left alone, robots rules, whose turn it is) lasts as long as this does.
    """

    def __init__(self, rules: Rules, *, workers: int = 1) -> None:
        self._rules, self._workers = rules, workers
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._fetcher: Fetcher | None = None
        self._workshop: Workshop | None = None

    @property
    def workshop(self) -> Workshop:
        """Where feeds are read."""
        with self._lock:
            if self._workshop is None:
                self._workshop = Workshop(workers=self._workers)
            return self._workshop

    def start(self, work: Coroutine[Any, Any, _T]) -> "Future[_T]":
        """Run a coroutine on the loop, and return at once; cancel the future to have it stopped."""
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                self._thread = threading.Thread(target=self._loop.run_forever, name="web", daemon=True)
                self._thread.start()
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    async def get(self, asked: Asked) -> Answer:
        """Return the answer to one request; only on the loop, within what was started."""
        if self._fetcher is None:
            self._fetcher = await Fetcher(self._rules).__aenter__()
        return await self._fetcher.get(asked)

    def ask(self, asked: Asked) -> Answer:
        """Return the answer to one request, and wait for it."""
        return self.start(self.get(asked)).result()

    def close(self) -> None:
        """Stop what runs, and let go of connections and children. Harmless when nothing was begun."""
        with self._lock:
            loop, self._loop = self._loop, None
            workshop, self._workshop = self._workshop, None
        # First, since a visit may be waiting for a child that will not answer.
        if workshop is not None:
            workshop.close()
        if loop is None or self._thread is None:
            return
        with contextlib.suppress(TimeoutError):
            asyncio.run_coroutine_threadsafe(self._end(), loop).result(timeout=_STOP_S)
        loop.call_soon_threadsafe(loop.stop)
        self._thread.join(timeout=_STOP_S)
        if not self._thread.is_alive():
            loop.close()

    async def _end(self) -> None:
        others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        if self._fetcher is not None:
            await self._fetcher.__aexit__(None, None, None)
            self._fetcher = None
        await asyncio.get_running_loop().shutdown_default_executor()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
