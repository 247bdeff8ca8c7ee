"""Where feeds are read: in child processes under limits, so that the worst feed costs one child and its own outcome.

Each child does one feed at a time. It is ended by the kernel when the feed takes too much CPU, by us when it does not answer
in time, and replaced before the next feed. The children know nothing: no environment but paths, no open files, no database.
"""

import asyncio
import contextlib
import datetime as dt
import os
import selectors
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from tracker.errors import BrokenFeedError, TrackerError
from tracker.feeds.child import LARGEST_MESSAGE, LENGTH_BYTES, Limits, Reply, Task, error_of, framed
from tracker.feeds.parsed import Parsed

_CHUNK = 1 << 16
_START_S = 60.0
"""Time for a child to get ready: imports on a busy machine."""


class Workshop:
    """Reads feeds in `workers` child processes, which start when first needed; from any thread or event loop.

    `deadline_s` is wall-clock time for one feed, `limits` what it may cost. A feed that breaks them is a BrokenFeedError for
    whoever asked; the next one gets a fresh child. After `most_tasks` feeds a child is replaced, since parsers leak. When a
    child cannot be started, or the workshop is closed, that is a TrackerError: nothing is known of the feed.
    """

    def __init__(
        self, *, workers: int = 1, limits: Limits | None = None, deadline_s: float = 30.0, most_tasks: int = 2_000
    ) -> None:
        self._limits, self._deadline_s, self._most_tasks = limits or Limits(), deadline_s, most_tasks
        self._pool = ThreadPoolExecutor(max_workers=workers, thread_name_prefix="workshop")
        self._idle: list[_Child] = []
        self._lock = threading.Lock()
        self._all: set[_Child] = set()
        self._closed = False

    def parse(
        self,
        body: bytes,
        *,
        url: str,
        today: dt.date,
        charset: str | None = None,
        media_type: str | None = None,
        listing: bool = False,
    ) -> Parsed:
        """Return what a feed holds, as `tracker.feeds.read.parse` does. Raises NotAFeedError or BrokenFeedError."""
        return self.submit(Task(body, url, today, charset, media_type, listing)).result()

    async def parse_async(
        self,
        body: bytes,
        *,
        url: str,
        today: dt.date,
        charset: str | None = None,
        media_type: str | None = None,
        listing: bool = False,
    ) -> Parsed:
        """Like `parse`, for event loops, which go on meanwhile."""
        return await asyncio.wrap_future(self.submit(Task(body, url, today, charset, media_type, listing)))

    def submit(self, task: Task) -> "Future[Parsed]":
        """Hand in a feed, and return at once. Feeds wait here for a free child; bound how many, since their bytes wait too."""
        return self._pool.submit(self._do, task)

    def close(self) -> None:
        """End all children, also in the middle of a feed, and wait until they are gone. Feeds that wait are cancelled."""
        with self._lock:
            self._closed = True
            while self._idle:
                self._let_go(self._idle.pop())
            for child in self._all:
                child.kill()  # whoever waits for its answer clears up behind it
        self._pool.shutdown(cancel_futures=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _do(self, task: Task) -> Parsed:
        try:
            with self._child() as child:
                reply = child.answer(task)
        except TrackerError:
            if self._closed:
                raise TrackerError(f"{task.url}: the workshop was closed over it") from None
            raise
        if reply.parsed is None:
            raise error_of(task.url, reply)
        return reply.parsed

    @contextlib.contextmanager
    def _child(self) -> "Iterator[_Child]":
        """Lend an idle child or a new one; one that has failed or says that it is done is not lent again."""
        with self._lock:
            if self._closed:
                raise TrackerError("the workshop is closed")
            child = self._idle.pop() if self._idle else None
            if child is None or not child.alive:
                self._let_go(child)
                child = _Child(self._limits, self._deadline_s, self._most_tasks)
                self._all.add(child)
        try:
            yield child
        finally:
            with self._lock:
                if child.alive and not self._closed:
                    self._idle.append(child)
                else:
                    self._let_go(child)

    def _let_go(self, child: "_Child | None") -> None:
        if child is not None:
            child.clear_up()
            self._all.discard(child)


class _Child:
    """One process and the two pipes to it."""

    def __init__(self, limits: Limits, deadline_s: float, most_tasks: int) -> None:
        self._limits, self._deadline_s = limits, deadline_s
        self._ready = self._spent = False
        code = f"from tracker.feeds.child import Limits, serve; serve({limits!r}, {most_tasks})"
        # Where code is found, and no more: what else the environment holds, passwords too, stays here.
        paths = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
        try:
            self._process = subprocess.Popen(  # noqa: S603 -- our own code, and no word of it from outside
                [sys.executable, "-P", "-c", code],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
                env=paths | {"PYTHONPATH": os.pathsep.join(path or str(Path.cwd()) for path in sys.path)},
                process_group=0,  # Ctrl-C is for the parent, which then closes us
            )
        except OSError as error:
            raise TrackerError(f"cannot start a process that reads feeds: {error.strerror}") from None
        if self._process.stdin is None or self._process.stdout is None:
            raise AssertionError  # pipes were asked for
        self._tasks, self._replies = self._process.stdin, self._process.stdout
        os.set_blocking(self._tasks.fileno(), False)
        os.set_blocking(self._replies.fileno(), False)

    @property
    def alive(self) -> bool:
        return not self._spent and self._process.poll() is None

    def answer(self, task: Task) -> Reply:
        """Return the child's reply. Raises BrokenFeedError when it dies over the task, or does not answer in time."""
        self._get_ready()
        try:
            found = self._exchange(framed(task), self._deadline_s)
            reply = msgspec.msgpack.decode(found, type=Reply)
        except TimeoutError:
            self.kill()
            raise BrokenFeedError(task.url, f"is not read within {self._deadline_s:g} seconds") from None
        except (OSError, EOFError, msgspec.MsgspecError):
            self.kill()
            raise BrokenFeedError(task.url, self._cause()) from None
        except BaseException:
            self.kill()  # its answer would be taken for that to the next question
            raise
        self._spent = reply.last
        return reply

    def _get_ready(self) -> None:
        """Wait for the first word of a new process. That it never comes is no fault of the feed. Raises TrackerError."""
        if self._ready:
            return
        try:
            self._exchange(b"", _START_S)
        except (OSError, EOFError):  # and TimeoutError, which is an OSError
            self.kill()
            how = f"it ends with status {self._process.returncode}"
            raise TrackerError(f"a process that reads feeds does not start: {how}; install the package again") from None
        self._ready = True

    def kill(self) -> None:
        """End the process, and wait until it is gone. Harmless from any thread, and when it is gone already."""
        self._spent = True
        self._process.kill()
        self._process.wait()

    def clear_up(self) -> None:
        """End the process and close the pipes; for the thread that has the child."""
        self.kill()
        self._tasks.close()
        self._replies.close()

    def _exchange(self, message: bytes, within_s: float) -> bytes:
        """Send a message, and return the one that comes back. Neither end can be made to wait for ever."""
        deadline = time.monotonic() + within_s
        to_send, found, wanted = memoryview(message), bytearray(), LENGTH_BYTES
        with selectors.DefaultSelector() as ready:
            if message:
                ready.register(self._tasks, selectors.EVENT_WRITE)
            ready.register(self._replies, selectors.EVENT_READ)
            while len(found) < wanted:
                events = ready.select(max(deadline - time.monotonic(), 0.0))
                if not events:
                    raise TimeoutError
                for key, _ in events:
                    if key.fileobj is self._tasks:
                        to_send = to_send[os.write(key.fd, to_send[:_CHUNK]) :]
                        if not to_send:
                            ready.unregister(self._tasks)
                    elif part := os.read(key.fd, _CHUNK):
                        found += part
                    else:
                        raise EOFError
                if wanted == LENGTH_BYTES and len(found) >= wanted:
                    wanted += min(int.from_bytes(found[:LENGTH_BYTES], "big"), LARGEST_MESSAGE)
        return bytes(found[LENGTH_BYTES:])

    def _cause(self) -> str:
        if self._process.returncode == -signal.SIGPROF:
            return f"takes more than {self._limits.cpu_s:g} seconds of CPU time to read"
        return f"ends the process that reads it (status {self._process.returncode})"
