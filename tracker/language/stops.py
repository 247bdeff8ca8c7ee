"""Stops: where one sentence ends and the next begins."""

import re
from collections.abc import Iterator


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Titles never end a sentence; the others may, when a word follows that opens one.
_TITLES = _words(
    "mr mrs ms dr prof st mt ft gen col lt maj capt cmdr sgt sen rep gov hon rev shri smt vs fig eq approx ca cf"
)
_SHORTENED = _words(
    "inc ltd co corp jr sr etc jan feb mar apr jun jul aug sept sep oct nov dec vol ed al est dept univ rs"
)
_OPENERS = _words(
    "the it he she in on at a an but and this that these those they we however for its his her their there when while after "
    "before as if with no not so both under once last since until by from all some several two three another both what"
)
_BREAK = re.compile(
    r"[.!?…]+[\"')\]]*(?=\s)\s+(?=[\"'(\[]*[A-Z0-9À-Þ])|(?<=[a-z]{2})\)?[.!?][\"']?(?=[\"']?(?:[A-Z][a-z]+(?:'s)?|A|I|In)\s[a-z])"
)
"""The end of a sentence; the blank behind it is often lost where a page was made into text ("took part.The dialogue was …")."""
_WORD_BEFORE = re.compile(r"[\w.]*$")


def split(twin: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the sentences of a stretch; one that never ends is cut in parts."""
    cuts = [start]
    for match in _breaks(twin, start, end):
        if _ends_here(twin, cuts[-1], match):
            cuts.append(match.end())
    spans = [part for a, b in zip(cuts, [*cuts[1:], end], strict=True) for part in _parts(twin, a, b)]
    return [(a, a + len(twin[a:b].rstrip())) for a, b in spans if twin[a:b].strip()]


_LONGEST = 800
"""Characters that anybody writes without a full stop; later stages weigh everything in a sentence against everything else in it."""


def _parts(twin: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield a sentence, and one that never ends in parts: cut behind a comma or a semicolon, else behind a blank."""
    while end - start > _LONGEST:
        half, last = start + _LONGEST // 2, start + _LONGEST
        marks = (twin.rfind(mark, half, last) for mark in ("; ", ", ", " "))
        at = next((mark for mark in marks if mark >= 0), last - 1) + 1
        yield start, at
        start = at
    yield start, end


def _breaks(twin: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Yield the breaks of a stretch; where no mark stands that could be one, the pattern, which is dear, is not tried."""
    free = start
    for mark in _MARK.finditer(twin, start, end):
        found = _BREAK.match(twin, mark.start(), end) if mark.start() >= free else None
        if found:
            free = found.end()
            yield found


_MARK = re.compile(r"[.!?…)]")


def _ends_here(twin: str, start: int, match: re.Match[str]) -> bool:
    """Whether this full stop ends a sentence: not after a title or initial, after a short form only before an opener."""
    before = _WORD_BEFORE.search(twin[max(start, match.start() - 20) : match.start()])
    word = (before[0] if before else "").lower()
    after = re.match(r"[\"'(\[]*([\w.'-]*)", twin[match.end() : match.end() + 30])
    following = (after[1] if after else "").lower()
    if match[0].strip() != "." or not word:
        return True
    if word in ("no", "nos"):
        return not following[:1].isdigit()
    if len(word) == 1 and word.isalpha():  # "A. S. Kiran Kumar" goes on, "Artemis I. It" does not
        return following in _OPENERS and len(following) > 1
    if word in _TITLES:
        return False
    if word in _SHORTENED or re.fullmatch(r"(?:[a-z]\.)+[a-z]", word):
        return following in _OPENERS
    return True
