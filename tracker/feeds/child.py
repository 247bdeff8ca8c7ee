"""The child of a workshop: reads one feed after another from its standard input, under limits, and answers on its output.

A message is four bytes of length (big-endian) and that many of MessagePack. What the kernel does not end, the parent does;
nothing here outlives it, since the end of the input is the end of the child.
"""

import datetime as dt
import os
import resource
import signal
from pathlib import Path
from typing import BinaryIO, Literal

import msgspec

from tracker.errors import BrokenFeedError, InputError, NotAFeedError
from tracker.feeds.parsed import Parsed
from tracker.feeds.read import parse

LENGTH_BYTES = 4
LARGEST_MESSAGE = 256 << 20
_STATM = Path("/proc/self/statm")
_MIB = 1 << 20


class Limits(msgspec.Struct, frozen=True):
    """What one feed may cost: seconds of CPU, and MiB of memory on top of what the child has when it starts on it."""

    cpu_s: float = 1.5
    memory_mib: int = 200


class Task(msgspec.Struct, frozen=True):
    """A feed to read; the fields are the arguments of `tracker.feeds.read.parse`."""

    body: bytes
    url: str
    today: dt.date
    charset: str | None = None
    media_type: str | None = None
    listing: bool = False


class Reply(msgspec.Struct, frozen=True):
    """What it holds, or the error's code and reason; the first of a child is empty, and says that it is ready.

    `last` says that the child stops now, and another has to be started.
    """

    parsed: Parsed | None = None
    code: Literal["", "not_a_feed", "broken_feed"] = ""
    reason: str = ""
    last: bool = False


def serve(limits: Limits, most_tasks: int) -> None:
    """Answer tasks until the input ends, so many are done, or this process has grown too big to be trusted with memory."""
    replies = _own_output()
    # The parent is told to stop and tells us, by closing our input; a signal to the whole group must not spoil a feed.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    _warm_up()
    for kind in (resource.RLIMIT_CORE, resource.RLIMIT_FSIZE):
        resource.setrlimit(kind, (0, 0))
    at_start = _address_space()
    _send(replies, Reply())  # ready
    with os.fdopen(0, "rb") as tasks:
        for number in range(1, most_tasks + 1):
            task = _next(tasks)
            if task is None:
                return
            reply = _under(limits, task)
            grown = _address_space() - at_start > limits.memory_mib * _MIB // 2
            if number == most_tasks or grown:
                reply = msgspec.structs.replace(reply, last=True)
            _send(replies, reply)
            if reply.last:
                return


def framed(message: Task | Reply) -> bytes:
    """Return a message as it goes over a pipe."""
    encoded = msgspec.msgpack.encode(message)
    return len(encoded).to_bytes(LENGTH_BYTES, "big") + encoded


def _own_output() -> int:
    """Take standard output for replies alone: a library that prints would break the messages."""
    replies = os.dup(1)
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.close(silence)
    return replies


def _warm_up() -> None:
    """Read a feed of each kind, so that what is imported on first use is not paid for out of a feed's limits."""
    from tracker.feeds.samples import SAMPLES  # noqa: PLC0415 -- the parent does not need them

    for sample in SAMPLES:
        parse(
            sample.encode(), url="https://feed.example/", today=dt.date(2026, 1, 1), listing=sample.startswith("<html")
        )


def _next(tasks: BinaryIO) -> Task | None:
    length = int.from_bytes(tasks.read(LENGTH_BYTES), "big")
    raw = tasks.read(length) if length else b""
    return msgspec.msgpack.decode(raw, type=Task) if length and len(raw) == length else None


def _under(limits: Limits, task: Task) -> Reply:
    """Read one feed under the limits. Past its CPU time the kernel ends the process; past its memory we say so."""
    _limit_memory(limits.memory_mib)
    # RLIMIT_CPU counts whole seconds over the life of the process; this timer counts those of one feed, just as hard.
    signal.setitimer(signal.ITIMER_PROF, limits.cpu_s)
    try:
        return Reply(
            parse(
                task.body,
                url=task.url,
                today=task.today,
                charset=task.charset,
                media_type=task.media_type,
                listing=task.listing,
            )
        )
    except NotAFeedError as error:
        return Reply(code="not_a_feed", reason=error.reason)
    except InputError as error:
        return Reply(code="broken_feed", reason=error.reason)
    except MemoryError:
        return Reply(code="broken_feed", reason=f"takes more than {limits.memory_mib} MiB to read", last=True)
    except Exception as error:  # noqa: BLE001 -- whatever else one feed sets off, it is that feed's outcome
        return Reply(code="broken_feed", reason=f"the reader of feeds fails on it: {type(error).__name__}")
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        _limit_memory(None)


def _limit_memory(mib: int | None) -> None:
    """Allow so much on top of what is taken now. Without /proc there is no telling, and no limit of this kind."""
    taken = _address_space()
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    soft = hard if mib is None or not taken else taken + mib * _MIB
    if hard != resource.RLIM_INFINITY:
        soft = min(soft, hard)
    resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _address_space() -> int:
    try:
        return int(_STATM.read_text().split()[0]) * resource.getpagesize()
    except (OSError, ValueError):
        return 0


def _send(replies: int, reply: Reply) -> None:
    view = memoryview(framed(reply))
    while view:
        view = view[os.write(replies, view) :]


def error_of(url: str, reply: Reply) -> InputError:
    """Return the error that a reply without a feed stands for."""
    return NotAFeedError(url, reply.reason) if reply.code == "not_a_feed" else BrokenFeedError(url, reply.reason)
