"""Text on a terminal: fetched words are hostile, so control characters never reach it."""

import re

# C0 and C1 controls but for newline, characters without width, and the marks that turn the direction of what follows.
_CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2066-\u2069]")


def clean(text: str) -> str:
    """Return text that can only be read: no escape sequences, no direction tricks."""
    return _CONTROLS.sub("\N{REPLACEMENT CHARACTER}", text.replace("\t", " "))


def one_line(text: str, width: int = 200) -> str:
    """Return clean text on one line, cut with an ellipsis."""
    line = " ".join(clean(text).split())
    return line if len(line) <= width else line[: width - 1] + "…"
