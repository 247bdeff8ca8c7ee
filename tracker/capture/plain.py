"""Plain text: the file is the document."""

from collections.abc import Iterator

from tracker.capture.draft import Draft, Origin, whole
from tracker.capture.peek import Stream
from tracker.capture.pinned import decode, pin
from tracker.errors import InputError


def parse(stream: Stream, origin: Origin) -> Iterator[Draft]:
    """Yield the text. Raises InputError when it is empty, binary or in no known charset."""
    try:
        yield Draft(pin(decode(whole(stream, origin), charset=origin.charset, guess=True)), "text/plain")
    except ValueError as error:
        raise InputError(origin.name, str(error)) from None
