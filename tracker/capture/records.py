"""JSON: one document, an array of documents, or a line for each (schemas/config/document.json); or a JSON Feed."""

from collections.abc import Iterator

import msgspec

from tracker.capture import json_feed
from tracker.capture.declared import Declared
from tracker.capture.draft import Draft, Origin, part, whole
from tracker.capture.entries import judged
from tracker.capture.item import Refused
from tracker.capture.peek import Stream
from tracker.capture.pinned import decode, pin
from tracker.errors import InputError

MEDIA_TYPE = "application/json"


def parse(stream: Stream, origin: Origin) -> Iterator[Draft | Refused]:
    """Yield the document, or each of an array or a feed. Raises InputError when the file is no JSON, or none of these."""
    raw = whole(stream, origin)
    try:
        value = decoded(raw)
    except ValueError as error:
        raise InputError(origin.name, str(error)) from None
    if json_feed.is_feed(value):
        yield from judged(json_feed.read(raw, origin), origin).found
        return
    if not isinstance(value, list):
        yield _draft(value, origin.name, None)
        return
    if not value:
        raise InputError(origin.name, "is an empty array: no documents")
    for number, element in enumerate(value, start=1):
        yield _guarded(element, part(origin, number), number)


def parse_lines(stream: Stream, origin: Origin) -> Iterator[Draft | Refused]:
    """Yield the document of each line. The limit in bytes holds for a line, never for the file, of which one line is in memory."""
    number = 0
    while line := stream.readline(origin.max_bytes + 1):
        number += 1
        if len(line) > origin.max_bytes and not line.endswith(b"\n"):
            _skip_line(stream)
            yield Refused(part(origin, number), f"the line is longer than {origin.max_bytes:,} bytes")
            continue
        if not line.strip(b" \t\r\n\xef\xbb\xbf"):
            continue
        try:
            value = decoded(line)
        except ValueError as error:
            yield Refused(part(origin, number), str(error))
            continue
        if json_feed.is_feed(value):  # on one line, as machines write it
            yield from judged(json_feed.read(line, origin), origin).found
            continue
        yield _guarded(value, part(origin, number), number)
    if not number:
        raise InputError(origin.name, "is empty")


def decoded(raw: bytes) -> object:
    """Return a JSON value (RFC 8259). Raises ValueError, saying why in a line."""
    try:
        text = decode(raw).removeprefix("\ufeff")
        return msgspec.json.decode(text)
    except RecursionError:
        raise ValueError("is JSON nested too deep") from None
    except msgspec.MsgspecError as error:
        reason = " ".join(str(error).split())
        raise ValueError("is empty" if not raw.strip() else f"is no valid JSON: {reason[:120]}") from None


def _guarded(value: object, name: str, number: int) -> Draft | Refused:
    try:
        return _draft(value, name, number)
    except InputError as error:
        return Refused(error.source, error.reason)


def _draft(value: object, name: str, number: int | None) -> Draft:
    if not isinstance(value, dict):
        raise InputError(
            name, f"is JSON, but no object with a text: {msgspec.json.encode(value)[:40].decode(errors='replace')}"
        )
    text = value.get("text")
    if text is None:
        raise InputError(name, "has no text")
    if not isinstance(text, str):
        raise InputError(name, "has a text that is no string")
    try:
        return Draft(pin(text), MEDIA_TYPE, Declared.of(value), number)
    except ValueError as error:
        raise InputError(
            name, f"its text {error}" if str(error).startswith(("is ", "holds ")) else str(error)
        ) from None


def _skip_line(stream: Stream) -> None:
    while (rest := stream.readline(1 << 16)) and not rest.endswith(b"\n"):
        pass
