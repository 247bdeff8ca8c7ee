"""Markdown, with optional front matter: lines of `key: value` between two lines of three hyphens.

The front matter is a strict reading of what Jekyll, Hugo and Pandoc share, not YAML: one value a line, quoted or bare, so
that nothing in a file can surprise (YAML reads `no` as false, and 2025-04 as neither text nor date). The text below stays
as it is, markup included: evidence counts its characters.
"""

import re
from collections.abc import Iterator

import msgspec

from tracker.capture.declared import KEYS, Declared
from tracker.capture.draft import Draft, Origin, whole
from tracker.capture.peek import Stream
from tracker.capture.pinned import decode, pin
from tracker.errors import InputError

_KEY = re.compile(r"(?P<key>[A-Za-z_][\w-]{0,60}):(?:[ \t]+(?P<value>.*))?")
_ENDS = ("---", "...")
_MOST_LINES = 200


def parse(stream: Stream, origin: Origin) -> Iterator[Draft]:
    """Yield the document. Raises InputError, naming the line, for front matter that cannot be read."""
    try:
        text = pin(decode(whole(stream, origin), charset=origin.charset, guess=True))
        matter, body = front_matter(text)
        yield Draft(body, "text/markdown", Declared.of(matter))
    except ValueError as error:
        raise InputError(origin.name, str(error)) from None


def front_matter(text: str) -> tuple[dict[str, object], str]:
    """Return the values of the front matter and the text below it; no values and all the text when there is none.

    Raises ValueError, naming the line, when it begins like front matter and does not go on so.
    """
    lines = text.split("\n", _MOST_LINES)
    if lines[0].rstrip() != "---" or len(lines) < 2 or not _KEY.fullmatch(lines[1].rstrip()):
        return {}, text  # three hyphens are also a rule between two paragraphs
    values: dict[str, object] = {}
    key = ""
    if len(lines) > _MOST_LINES and not any(line.rstrip() in _ENDS for line in lines[1:_MOST_LINES]):
        raise ValueError(f"front matter does not end within {_MOST_LINES} lines")
    for number, raw in enumerate(lines[1:], start=2):
        line = raw.rstrip()
        if line in _ENDS:
            return values, "\n".join(lines[number:]).lstrip("\n")
        match = _KEY.fullmatch(line)
        if match:
            key = match["key"]
            if key in values:
                raise ValueError(f"front matter line {number}: {key} is given twice")
            if key in KEYS:
                values[key] = _value(match["value"] or "", number)
        elif line and not line.startswith("#") and (key in KEYS or not line.startswith((" ", "\t", "-"))):
            raise ValueError(f"front matter line {number}: write `key: value` on one line, not {line[:60]!r}")
    raise ValueError("front matter begins with --- and never ends")


def _value(text: str, number: int) -> str | None:
    text = text.strip()
    if text in ("", "~", "null"):
        return None
    if text[0] == '"':
        try:
            return msgspec.json.decode(text, type=str)
        except msgspec.MsgspecError:
            raise ValueError(f"front matter line {number}: the quotes of {text[:60]} do not close") from None
    if text[0] == "'":
        if len(text) < 2 or text[-1] != "'" or "'" in text[1:-1].replace("''", ""):
            raise ValueError(f"front matter line {number}: the quotes of {text[:60]} do not close")
        return text[1:-1].replace("''", "'")
    return text
