"""Links that lead to the very words: text fragments, as the WICG's "URL Fragment Text Directives" has them.

`https://site/page#:~:text=prefix-,exact,-suffix`; https://wicg.github.io/scroll-to-text-fragment/
"""

import re
from urllib.parse import quote

_CONTEXT_WORDS = 4
_WHOLE_UP_TO = 200
"""Longer quotes, and such as run over a paragraph's end, are given by their first and last words."""
_END_WORDS = 5
_SPACE = re.compile(r"\s+")
_PARAGRAPH = re.compile(r"\n\s*\n|\n")
_PART = re.compile(r"\w*\Z")
_REST = re.compile(r"\A\w*")


def text_fragment(url: str, before: str, exact: str, after: str) -> str:
    """Return the URL with a text fragment that marks `exact` where it stands between `before` and `after`.

    A browser finds whole words only, so a quote that begins or ends within a word is extended to its edges. Words beyond a
    paragraph's end are no context: the page has them in another block.
    """
    head, tail = _PART.search(before), _REST.search(after)
    start, end = (head[0] if head else ""), (tail[0] if tail else "")
    if not exact[:1].isalnum():
        start = ""
    if not exact[-1:].isalnum():
        end = ""
    before, after = before[: len(before) - len(start)], after[len(end) :]
    words = _PARAGRAPH.split((start + exact + end).strip())
    whole = _SPACE.sub(" ", " ".join(words)).strip()
    if not whole:
        return url
    if len(words) > 1 or len(whole) > _WHOLE_UP_TO:
        first, last = words[0].split()[:_END_WORDS], words[-1].split()[-_END_WORDS:]
        marked = f"{_encoded(first)},{_encoded(last)}"
    else:
        marked = _encoded(whole.split())
    prefix = _PARAGRAPH.split(before)[-1].split()[-_CONTEXT_WORDS:]
    suffix = _PARAGRAPH.split(after)[0].split()[:_CONTEXT_WORDS]
    directive = (f"{_encoded(prefix)}-," if prefix else "") + marked + (f",-{_encoded(suffix)}" if suffix else "")
    page, _, own = url.partition("#")
    # A directive that the address brought along would be a second one.
    return f"{page}#{own.partition(':~:')[0]}:~:text={directive}"


def _encoded(words: list[str]) -> str:
    """Percent-encode all but unreserved characters, and of those the dash too: in a directive it is syntax."""
    return quote(" ".join(words), safe="").replace("-", "%2D")
