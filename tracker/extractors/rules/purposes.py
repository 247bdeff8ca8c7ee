"""Purposes: what an agreement is about, in the document's own words."""

import re
from collections.abc import Iterator

from tracker.extractors.rules.fact import Fact
from tracker.extractors.rules.scene import Item, Line, Scene

_ABOUT = re.compile(
    r"\s*(?:\([^)]{1,40}\)\s*)?(?:\"|“)?\s*(?:on|for|concerning|regarding|covering|relating to|about|to)\s+(?P<what>(?:the |a |an )?[^,.;:\n()]{4,140})",
    re.IGNORECASE,
)
_ABOUT_END = re.compile(
    r"\s+(?:was|were|is|are|has|have|had|will|would|signed|between|with|that|which|who|in (?:19|20)\d\d|on \d|by|under|during|at|from|last|this|next|and (?:the|will|was|is|has)|when|after|before|while|said)\b.*",
    re.IGNORECASE | re.DOTALL,
)


def about(scene: Scene, line: Line, item: Item) -> Iterator[Fact]:
    """On, for, concerning: what follows in the name or behind it, up to the next verb."""
    if item.mention is None or item.mention.form == "anaphor":
        return
    text = scene.document.text
    inside = re.search(
        r"\b(?:on|for|concerning|regarding|to|in)\s+(?P<what>.{4,140})$",
        text[item.start : item.end],
        re.IGNORECASE | re.DOTALL,
    )
    if inside and not re.match(r"(?:the )?[A-Z]\w+$", inside["what"]):
        start, what = item.start + inside.start("what"), inside["what"]
    else:
        behind = _ABOUT.match(text[item.end : line.end])
        if not behind:
            return
        start, what = item.end + behind.start("what"), behind["what"]
    if any(i.start <= start < i.end for i in line.of("date", "org")):
        return
    what = _ABOUT_END.sub("", what)
    what = what.strip(" \"”“'")
    if len(what) < 4 or re.fullmatch(r"[\d\s]+|the .{1,12}", what):
        return
    start = text.index(what, start) if what in text[start:] else start
    words = what.split()
    stop = start + len(what)
    if len(words) > 14:
        stop = start + len(" ".join(words[:14]))
    value = " ".join(text[start:stop].split())
    yield Fact(item.subject, "subject", value, "actual", start, stop, line.number, 0.72, cue="about")
