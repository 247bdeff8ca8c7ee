"""Sentences and tokens with their offsets, and which lines of a page say nothing.

Everything counts code points of the text as captured. `plain` gives a twin of the same length in which leftover markup is
blank and typographic quotes are straight, so that a pattern may run over the twin and its offsets still point into the text.
"""

import functools
import re
from typing import Literal

import msgspec

from tracker.language.pieces import Cutter
from tracker.language.stops import split

Block = Literal["title", "lead", "body", "footer"]
Role = Literal["text", "heading", "dateline", "item"]


class Sentence(msgspec.Struct, frozen=True):
    """A stretch that says one thing: a sentence, a heading, a dateline or the item of a list.

    `block` is where it stands: the title, the first paragraph, the rest, or after the end of the article. What is
    `furniture` (menus, "Also read", share buttons, tags, related headlines) belongs to the page and says nothing.
    """

    start: int
    end: int
    block: Block = "body"
    role: Role = "text"
    furniture: bool = False
    paragraph: int = 0


class Token(msgspec.Struct, frozen=True):
    """A word, a number or one sign; a possessive `'s` is a token of its own."""

    start: int
    end: int
    text: str


class _Line(msgspec.Struct):
    start: int
    end: int
    words: str
    item: bool = False
    mark: bool = False
    opens: bool = False
    furniture: bool = False
    heading: bool = False


_MARKUP = re.compile(
    r"<!--.{0,2000}?-->|</?[A-Za-z][^<>\n]{0,300}>|&(?:#\d{1,6}|#x[0-9a-fA-F]{1,5}|[a-zA-Z]{2,8});"
    r"|\]\([^()\s]{0,300}\)|!?\[(?=[^\[\]\n]{1,200}\]\()|\\(?=[()\[\]*_#.!-])|\*\*|__",
    re.DOTALL,
)
_ENTITIES = {"&amp;": "&", "&quot;": '"', "&apos;": "'", "&ldquo;": '"', "&rdquo;": '"', "&lsquo;": "'", "&rsquo;": "'"}
_ENTITIES |= {"&ndash;": "–", "&mdash;": "—", "&#39;": "'", "&#8217;": "'"}
_STRAIGHT = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " ", "\u2011": "-", "\u2010": "-", "\t": " "}
)
_STOP_TAG = re.compile(
    r"</?(?:p|div|br|li|ul|ol|h[1-6]|tr|td|th|table|blockquote|section|article)\b[^<>\n]{0,300}>", re.IGNORECASE
)

_BULLET = re.compile(r"\s*(?:[•*·▪●◦►]+|[-–—]+(?=\s)|\(?\d{1,2}[.)](?=\s)|\(?[a-z]\)(?=\s)|#{1,6}(?=\s)|>(?=\s))\s*")
_ENDS = re.compile(r"[.!?…:;,][\"')\]]*$")
_FULL_STOP = re.compile(r"[.!?…][\"')\]]*$")

# The page around an article. Each opens a line; a plain sentence of news does not begin so.
_FURNITURE = re.compile(
    r"(?:also (?:read|see|in this)\b|read (?:more|next|also|full)\b|(?:click|tap) (?:here|to)\b|related (?:articles?|stories|news|topics|links)\b"
    r"|share (?:this|on|via|with)\b|share\s*[|:]|share$|follow us\b|like us on\b|join us on\b|subscribe(?: to| now| here|$|\s*[|:])"
    r"|sign up\b|unsubscribe\b|to unsubscribe\b|log in\b|listen (?:live|now)\b|get short url\b|skip to\b|back to top\b"
    r"|print (?:this|page|\|)|print$|e-?mail this\b|download (?:this|the app|as)\b|post a comment\b|leave a (?:comment|reply)\b|comments? ?\(\d"
    r"|comments?$|\d+ comments?\b|filed under\b|tagged\b|tags?:|topics?:|keywords:|categories:|more (?:on|from|in) this\b|more from\b"
    r"|most (?:read|popular|viewed)\b|trending\b|recommended\b|you (?:may|might) also like\b|watch:|video:|photo:|photos:|image:|in pictures:"
    r"|advertisement\b|sponsored\b|continue reading\b|copyright\b|©|\(c\) \d{4}|\(c\) copyright|all rights reserved\b|terms of (?:use|service)\b"
    r"|privacy policy\b|cookie|community standards\b|media contacts?\b|press contacts?\b|contacts?:|inquiries:|for (?:further|more) information\b"
    r"|cite as\b|you (?:receive|are receiving) this\b|like what you read\b|corrections\?|\(?with inputs? from\b|ends?-?$|###"
    r"|this (?:story|article|page) (?:was|has been|is) (?:first |originally )?(?:published|auto|syndicated|licen[sc]ed)"
    r"|first published\b|last updated\b|updated:|published:|posted:|source:|previous (?:article|story|post)\b|next (?:article|story|post)\b"
    r"|older posts\b|newer posts\b|home [>|»/]|menu\b$|search$|newsletter)",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\d{1,2}[:.]\d{2} ?(?:GMT|UTC|IST|EST|EDT|PST|CET|JST|BST|[ap]\.?m\.?)\b", re.IGNORECASE)
_BUTTONS = re.compile(
    r"\b(?:facebook|twitter|whatsapp|linkedin|e-?mail|print|share|save|comments?|subscribe|telegram|reddit)\b",
    re.IGNORECASE,
)


_STAMP = re.compile(
    r"(?i:(?:published|posted|updated|written)?[ :]*(?:on )?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?"
    r"(?:(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.? \d{1,2}(?:st|nd|rd|th)?"
    r"|\d{1,2}(?:st|nd|rd|th)? (?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?)"
    r",? \d{4}(?:,? (?:at )?\d{1,2}[:.]\d{2}.{0,12})?)"
)
"""A line that holds the day of publication and nothing else."""
_WIDER = 30
"""Characters: text broken at a width has no line that is so much longer than the one before it."""
_TOKENS = Cutter(
    r"(?:[A-Za-z]\.){2,}|\d+(?:[.,]\d+)*(?:[A-Za-z]+)?(?:[-/]\w+)*|'s\b|[^\W_]+(?:(?:'(?!s\b)|[-./&](?=\w))[^\W_]+)*|[^\s\x1c-\x1f]"
)
_DATELINE_WORD = re.compile(r"[A-ZÀ-Þ][\w.'’-]*|\d{1,4}|of|de|the|and")
_LABEL = re.compile(r"[A-Z][A-Z0-9' -]{2,30}: ")
_DATELINE_CUT = re.compile(r":\s|\s(?:--?|–|—)\s")


@functools.lru_cache(maxsize=8)  # every stage asks for the twin of the text that is being read
def plain(text: str) -> str:
    """Return a twin of the same length: tags, link targets and escapes blank, quotes straight, entities spelt out."""
    twin = text.translate(_STRAIGHT).replace(" -- ", "  — ")  # as typewriters set a dash
    if "<" in twin or "&" in twin or "[" in twin or "\\" in twin or "**" in twin or "__" in twin:
        twin = _MARKUP.sub(lambda match: _ENTITIES.get(match[0], "").ljust(len(match[0])), twin)
    return twin


def tokens(text: str, start: int = 0, end: int | None = None) -> tuple[Token, ...]:
    """Return the tokens of a stretch, in order; markup gives none."""
    found = _TOKENS.cut(plain(text), start, len(text) if end is None else end)
    return tuple(map(Token, found.starts, found.ends, found.texts))


def tokens_apart(text: str, start: int, end: int) -> tuple[tuple[int, ...], tuple[int, ...], tuple[str, ...]]:
    """Return where the tokens of a stretch begin, where they end, and how they read in lower case."""
    found = _TOKENS.cut(plain(text), start, end)
    return tuple(found.starts), tuple(found.ends), tuple(map(str.lower, found.texts))


@functools.lru_cache(maxsize=2)
def sentences(text: str) -> tuple[Sentence, ...]:
    """Return the sentences in order, none overlapping, blank stretches left out. Linear in the length of the text."""
    twin = plain(text)
    lines = _lines(text, twin)
    _mark_furniture(lines)
    return tuple(_cut(twin, _joined(lines)))


def _lines(text: str, twin: str) -> list[_Line]:
    """Return the lines that hold words; a block tag ends one as a line break does."""
    cuts = [0, *(m.end() for m in re.finditer(r"\n", text))]
    if "<" in text:
        cuts = sorted({*cuts, *(m.end() for m in _STOP_TAG.finditer(text))})
    found: list[_Line] = []
    gap = True
    for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True):
        raw = twin[start:end]
        if not raw.strip():
            gap = True
            continue
        bullet = _BULLET.match(raw)
        skip = bullet.end() if bullet else len(raw) - len(raw.lstrip())
        words = raw[skip:].strip()
        if not words:
            gap = True
            continue
        mark = bool(bullet) and raw.lstrip().startswith("#")
        line_start = start + skip
        found.append(_Line(line_start, line_start + len(words), words, bool(bullet) and not mark, mark, gap))
        gap = text[start:end].endswith(">")  # a block tag closed it
    return found


def _is_furniture(line: _Line) -> bool:
    words = line.words
    if _FURNITURE.match(words.lstrip("<>-*_ ([")) and len(words) < 300:
        return True
    if (
        len(words) < 120
        and words.count("|") + words.count("•") >= 1
        and _BUTTONS.search(words)
        and not _FULL_STOP.search(words)
    ):
        return True
    return not any(c.isalnum() for c in words)


def _mark_furniture(lines: list[_Line]) -> None:
    """Find what belongs to the page: known openings anywhere, stamps and menus on top, bare headlines at the bottom."""
    for line in lines:
        line.furniture = _is_furniture(line)
    body = [i for i, line in enumerate(lines) if len(line.words) > 80 and _FULL_STOP.search(line.words)]
    if not body:
        return
    head = lines[: body[0]]
    for line, later in zip(head, [*head[1:], None], strict=False):
        crumbs = later is not None and line.words != later.words and line.words.endswith(" " + later.words)
        line.furniture = line.furniture or crumbs or bool(_CLOCK.search(line.words) and len(line.words) < 60)
    if any(line.furniture for line in head) and len(head) > 2:
        for line in head:  # a menu around the stamp: short words without a verb's end
            line.furniture = line.furniture or (
                len(line.words.split()) <= 4 and not line.mark and line.words.count(" ") < 4
            )
    tail: list[_Line] = []
    for line in reversed(lines[body[-1] + 1 :]):
        if line.item or _FULL_STOP.search(line.words):
            break
        tail.append(line)
    if len(tail) >= 2:
        for line in tail:
            line.furniture = True


def _joined(lines: list[_Line]) -> list[list[_Line]]:
    """Put together the lines of one paragraph: a line that stops in mid-sentence goes on in the next, even over a gap."""
    groups: list[list[_Line]] = []
    for line in lines:
        last = groups[-1][-1] if groups else None
        if last is None or line.item or line.mark or last.mark or line.furniture or last.furniture:
            groups.append([line])
        elif _FULL_STOP.search(last.words):
            (groups[-1].append(line) if not line.opens and len(last.words) > 55 else groups.append([line]))
        elif line.words[0].islower() or (not line.opens and _goes_on(last.words, line.words)):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _goes_on(last: str, line: str) -> bool:
    """Whether a line that ends without a stop was broken at a width; a headline above its text, or above the day, was not."""
    return len(last) > 55 and not last.endswith(":") and len(line) <= len(last) + _WIDER and not _STAMP.fullmatch(line)


def _cut(twin: str, groups: list[list[_Line]]) -> list[Sentence]:
    found: list[Sentence] = []
    last_text = max((i for i, g in enumerate(groups) if not g[0].furniture), default=-1)
    lead_seen = titled = False
    labelled = sum(_LABEL.match(g[0].words) is not None for g in groups) > 1  # "JUNO: …", "HERA: …" are no datelines
    for number, group in enumerate(groups):
        start, end, first = group[0].start, group[-1].end, group[0]
        if first.furniture:
            found.append(Sentence(start, end, "footer" if number > last_text else "body", "text", True, number))
            continue
        heading = (first.mark and end - start <= _HEADLINE) or _is_heading(group)
        block: Block = "body"
        if not lead_seen:
            block = "title" if heading and not titled else "lead"
        if heading:
            titled = True
            found.append(Sentence(start, end, block if block == "title" else "body", "heading", False, number))
            continue
        if not lead_seen:
            cut = 0 if labelled else _dateline(twin[start : min(end, start + 110)])
            if cut:
                found.append(
                    Sentence(
                        start, start + len(twin[start : start + cut].rstrip(" :-–—")), "lead", "dateline", False, number
                    )
                )
                start += cut
        lead_seen = True
        role: Role = "item" if first.item else "text"
        found.extend(Sentence(a, b, block, role, False, number) for a, b in split(twin, start, end))
    return found


_HEADLINE = 400  # characters


def _is_heading(group: list[_Line]) -> bool:
    words = group[0].words
    if len(group) > 1 or group[0].item or len(words) > 140:
        return False
    if words.isupper() and len(words) < 90:
        return True
    return not _ENDS.search(words) or (words.endswith((":", "?", ",")) and len(words) < 60 and "." not in words)


def _dateline(head: str) -> int:
    """Return how long the dateline is ("NEW DELHI, Jan 26:", "PARIS (Agency) --"), 0 where there is none."""
    cut = _DATELINE_CUT.search(head)
    if not cut or cut.start() > 80:
        return 0
    words = re.findall(r"[^\s,()/]+", head[: cut.start()])
    named = bool(words) and all(_DATELINE_WORD.fullmatch(word) for word in words)
    place = bool(words) and (words[0].isupper() and len(words[0]) > 2)
    credit = "(" in head[: cut.start()] or any(word.isdigit() for word in words)
    return cut.end() if named and (place or credit) else 0
