"""Handing in, in one line."""

import datetime as dt
import io

from tracker.capture.item import Given, Refused
from tracker.capture.sources import items

CAPTURED_ON = dt.date(2026, 11, 21)
FLEW = "The hopper Gannet crossed the bay on 3 June 2026 and came back to its pad."


TAKE_ONE = """
import sys, datetime as dt
from tracker.capture.sources import items
from tracker.capture.item import Given
print(*(one.reason for one in items(sys.argv[1], given=Given(), captured_on=dt.date(2026, 1, 1))))
"""


def take(source, *, given=Given(), stdin=None, max_bytes=10_000_000):  # noqa: B008 -- a frozen value
    stream = io.BytesIO(stdin) if isinstance(stdin, bytes) else stdin
    return list(items(str(source), given=given, captured_on=CAPTURED_ON, stdin=stream, max_bytes=max_bytes))


def reason(source, **options):
    found = take(source, **options)
    assert len(found) == 1
    assert isinstance(found[0], Refused)
    return found[0].reason


def write(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path
