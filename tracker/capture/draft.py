"""A draft: what a format found in a file, before sidecar, command line and the text's own words are weighed."""

import datetime as dt
from collections.abc import Callable, Iterator

import msgspec

from tracker.capture.dating import date_of
from tracker.capture.declared import Declared
from tracker.capture.header import header_of
from tracker.capture.item import Given, Item, Refused
from tracker.capture.peek import Stream
from tracker.capture.pinned import pin
from tracker.domain.dates import DateSpan
from tracker.errors import InputError
from tracker.language.tongue import tagged

_CHUNK = 1 << 20


class Origin(msgspec.Struct, frozen=True):
    """Where bytes come from: the name that people see, the stem that stands for a missing id, and the limit in bytes.

    `charset` is what a server said of the bytes.
    """

    name: str
    stem: str | None
    max_bytes: int
    charset: str | None = None


class Draft(msgspec.Struct, frozen=True):
    """A document as its format gives it. `number` is set when the file holds many; `seen_on` when it says the day itself.

    `scope` is within what the declared id is unique, the feed; None when it names the document anywhere. `link_names` is
    False where the link is somebody else's: it is told, and whoever told it cannot revise what stands there.
    """

    text: str
    media_type: str
    declared: Declared = Declared()
    number: int | None = None
    seen_on: dt.date | None = None
    scope: str | None = None
    link_names: bool = True


Parse = Callable[[Stream, Origin], Iterator[Draft | Refused]]
"""A format: bytes in, drafts out, lazily. Raises InputError when the whole file is no good; a bad part is a Refused."""


def whole(stream: Stream, origin: Origin) -> bytes:
    """Read everything. Raises InputError when there is nothing, or more than the limit."""
    raw = read_up_to(stream, origin.max_bytes + 1)
    if len(raw) > origin.max_bytes:
        raise InputError(origin.name, f"is larger than {origin.max_bytes:,} bytes; split it or raise the limit")
    if not raw:
        raise InputError(origin.name, "is empty")
    return raw


def read_up_to(stream: Stream, limit: int) -> bytes:
    """Read until the end or the limit; a pipe gives less than it is asked for."""
    parts: list[bytes] = []
    while limit > 0 and (part := stream.read(min(limit, _CHUNK))):
        parts.append(part)
        limit -= len(part)
    return b"".join(parts)


def part(origin: Origin, number: int) -> str:
    """Return the name of the n-th document of a file: `news.jsonl#3`."""
    return f"{origin.name}#{number}"


def settle(draft: Draft, origin: Origin, *, sidecar: Declared, given: Given, captured_on: dt.date) -> Item | Refused:
    """Return the item: sidecar over the document's declarations over the command line over its own words.

    What can be true of one document only (an id, an address, a title) is refused for a file that holds many, and so is a
    declared date of publication that is still to come.
    """
    source = origin.name if draft.number is None else part(origin, draft.number)
    single = [key for key in ("id", "url", "title") if getattr(sidecar, key)] + (["--url"] if given.url else [])
    if draft.number is not None and single:
        return Refused(source, f"{single[0]} is given for one document, and {origin.name} holds several")
    try:
        told = Declared.of(msgspec.to_builtins(given))
        text = pin(draft.text)
    except ValueError as error:
        return Refused(source, str(error))
    known = sidecar.over(draft.declared).over(told)
    header = header_of(text)
    if known.published is None:
        # An archive's clock may have been wrong, but nothing was fetched after it was handed in.
        dated = date_of(text, captured_on=min(draft.seen_on or captured_on, captured_on))
        published, basis, reason = dated.published, dated.basis, dated.reason
    else:
        published, basis, reason = (
            known.published,
            known.published_basis or "given",
            _who_dated(sidecar, draft.declared),
        )
        # The earliest day counts: "2027" may be said in 2027. One day more, since the publisher's clock may be ahead.
        if (DateSpan.parse(published).first - captured_on).days > 1:
            return Refused(source, f"published {published} is in the future")
    stem = origin.stem if draft.number is None or origin.stem is None else f"{origin.stem}#{draft.number}"
    return Item(
        source=source,
        text=text,
        media_type=draft.media_type,
        published=published,
        published_basis=basis,
        external_id=known.id or stem,
        id_declared=known.id is not None,
        id_scope=draft.scope if known.id is not None else None,
        url=known.url,
        url_names=draft.link_names,
        title=known.title or header.title,
        publisher=known.publisher or header.publisher,
        language=tagged(known.language, text),
        digest_of=known.digest_of,
        published_reason=reason,
        declared=tuple(key for key in ("title", "publisher") if getattr(known, key) is not None),
    )


def _who_dated(sidecar: Declared, declared: Declared) -> str:
    if sidecar.published:
        return "The sidecar file gives the date."
    return "The document declares the date." if declared.published else "The command line gives the date."
