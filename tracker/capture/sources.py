"""Sources: a file, a folder or standard input to its documents. Bad input is an answer, never an exception."""

import datetime as dt
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import msgspec

from tracker.capture import archive, records
from tracker.capture.declared import Declared
from tracker.capture.draft import Draft, Origin, settle
from tracker.capture.formats import SUFFIXES, format_by_content, format_of
from tracker.capture.item import Given, Item, Refused
from tracker.capture.peek import Peeked
from tracker.capture.readings import Readings
from tracker.capture.sidecar import SUFFIX as SIDECAR
from tracker.capture.sidecar import sidecar_of
from tracker.errors import InputError

STANDARD_INPUT = "-"
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)


def items(
    source: str,
    *,
    given: Given,
    captured_on: dt.date,
    stdin: BinaryIO | None = None,
    max_bytes: int = 10_000_000,
    readings: Readings | None = None,
) -> Iterator[Item | Refused]:
    """Yield each document of a source, or the reason why it is none, as they are read.

    A folder is read with its folders, in the order of names, without hidden files and sidecars. `max_bytes` bounds a file
    that is one document, and each line or record of those that stream. `readings` tells where to go on with archives that
    an earlier run was cut off from, and is told how far this one comes. Never raises for a bad input.
    """
    if _ADDRESS.match(source):
        reason = "only `tracker ingest` fetches addresses; else save the page and ingest the file with --url"
        yield Refused(source, reason, waits=False)
        return
    if source == STANDARD_INPUT:
        yield from _standard_input(stdin, given, captured_on, max_bytes)
        return
    path = Path(source)
    try:
        mode = path.stat().st_mode if source else 0
    except (OSError, ValueError) as error:
        there = isinstance(error, PermissionError)
        yield Refused(_shown(source), _cause(error), waits=there)
        return
    if not source:
        yield Refused(source, "no such file or folder", waits=False)
    elif stat.S_ISDIR(mode):
        yield from _folder(path, given, captured_on, max_bytes, readings or Readings())
    else:
        yield from _file(path, given, captured_on, max_bytes, readings or Readings())


def _folder(
    folder: Path, given: Given, captured_on: dt.date, max_bytes: int, readings: Readings
) -> Iterator[Item | Refused]:
    if given.url:
        yield Refused(_shown(folder), "--url is given for one document, and this is a folder")
        return
    empty = True
    for found in _files(folder):
        empty = False
        if isinstance(found, Refused):
            yield found
        else:
            yield from _file(found, given, captured_on, max_bytes, readings)
    if empty:
        yield Refused(_shown(folder), "no documents in this folder")


def _files(folder: Path) -> Iterator[Path | Refused]:
    """Walk in the order of names, each folder once: a link back up would never end."""
    pending, seen = [folder], set[tuple[int, int]]()
    while pending:
        path = pending.pop()
        try:
            status = path.stat()
            if not stat.S_ISDIR(status.st_mode):
                yield path
                continue
            if (status.st_dev, status.st_ino) in seen:
                yield Refused(_shown(path), "a link to a folder that is read already")
                continue
            seen.add((status.st_dev, status.st_ino))
            names = sorted(os.listdir(path), reverse=True)  # noqa: PTH208 -- names are all that is wanted
        except OSError as error:
            yield Refused(_shown(path), _cause(error))
            continue
        pending += [path / name for name in names if not name.startswith(".") and not name.endswith(SIDECAR)]


def _file(
    path: Path, given: Given, captured_on: dt.date, max_bytes: int, readings: Readings
) -> Iterator[Item | Refused]:
    shown = _shown(path)
    known = format_of(path.name)
    if path.name.endswith(SIDECAR):
        yield Refused(shown, "is a sidecar, which speaks of the file beside it, and no document")
        return
    if known is None:
        yield Refused(shown, f"unknown kind of file {path.suffix or path.name!r}; known are {' '.join(SUFFIXES)}")
        return
    format_, stem = known
    try:
        _refuse_size(path, shown, max_bytes=None if format_.streams else max_bytes)
        sidecar = sidecar_of(path, stem)
        with path.open("rb") as stream:
            origin = Origin(shown, _shown(stem), max_bytes)
            if format_.parse is archive.parse:
                drafts = archive.resumed(stream, origin, readings.begin(path, stream))
            else:
                drafts = format_.parse(stream, origin)
            yield from _documents(drafts, origin, sidecar, given, captured_on)
    except InputError as error:
        yield Refused(shown, error.reason)
    except OSError as error:
        yield Refused(shown, _cause(error))


def _refuse_size(path: Path, shown: str, *, max_bytes: int | None) -> None:
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise InputError(shown, "is no regular file")  # a pipe or a device may never end
    if max_bytes is not None and status.st_size > max_bytes:
        raise InputError(shown, f"is larger than {max_bytes:,} bytes; split it or raise the limit")


def _standard_input(
    stdin: BinaryIO | None, given: Given, captured_on: dt.date, max_bytes: int
) -> Iterator[Item | Refused]:
    if stdin is None:
        yield Refused(STANDARD_INPUT, "there is no standard input")
        return
    stream = Peeked(stdin, max_bytes)
    origin = Origin(STANDARD_INPUT, None, max_bytes)
    try:
        drafts = format_by_content(stream.head).parse(stream, origin)
        yield from _documents(drafts, origin, Declared(), given, captured_on)
    except InputError as error:
        yield Refused(error.source, error.reason)
    except OSError as error:
        yield Refused(STANDARD_INPUT, _cause(error))


def _documents(
    drafts: Iterator[Draft | Refused], origin: Origin, sidecar: Declared, given: Given, captured_on: dt.date
) -> Iterator[Item | Refused]:
    for found in _alone(drafts) if given.url and origin.name == STANDARD_INPUT else drafts:
        if isinstance(found, Draft):
            yield settle(found, origin, sidecar=sidecar, given=given, captured_on=captured_on)
        else:
            yield found


def _alone(drafts: Iterator[Draft | Refused]) -> Iterator[Draft | Refused]:
    """One JSON line on standard input is one document, of which an address can be given. Waits for the second to know."""
    first, second = next(drafts, None), next(drafts, None)
    if isinstance(first, Draft) and second is None and first.media_type == records.MEDIA_TYPE:
        first = msgspec.structs.replace(first, number=None)
    yield from (found for found in (first, second) if found is not None)
    yield from drafts


def _cause(error: Exception) -> str:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return f"cannot be read: {reason[:1].lower()}{reason[1:]}" if reason else "cannot be read"


def _shown(name: Path | str) -> str:
    """Return a name as text that any output takes: file names may hold bytes that are no UTF-8."""
    return str(name).encode("utf-8", "replace").decode()
