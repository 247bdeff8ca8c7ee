"""Texts with marks: where claims stand in them, and what differs between two versions. Pure."""

import difflib
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal

import msgspec

from tracker.services.queries.claims import ClaimLine

_PARAGRAPH = re.compile(r"\n[ \t]*\n[\n \t]*|\n")
_MOST_LINES = 4000
"""Beyond, comparing takes too long for somebody who waits."""
_WORD = re.compile(r"\s+|\w+|[^\w\s]")
_CONTEXT = 1


class Piece(msgspec.Struct, frozen=True):
    """A stretch of a text on which the same claims rest; `chosen` when one of them was asked for, `first` where that begins.

    So that each claim has a place of its own, elements stand around pieces, one in the other: before this one some open, each with
    its claim and whether it begins here, and behind it some close.
    """

    text: str
    claims: tuple[str, ...]
    chosen: bool = False
    first: bool = False
    opens: tuple[tuple[str, bool], ...] = ()
    closes: int = 0


class Part(msgspec.Struct, frozen=True):
    """Words of a changed line: as they were in both, gone, or new."""

    text: str
    kind: Literal["same", "gone", "new"]


class Line(msgspec.Struct, frozen=True):
    """A line of a comparison: in both texts, only in the older, or only in the newer; `skipped` lines are left out here."""

    kind: Literal["same", "gone", "new", "skip"]
    parts: tuple[Part, ...]
    skipped: int = 0


def paragraphs(text: str, claims: Sequence[ClaimLine], chosen: str) -> Iterator[list[Piece]]:
    """Yield the paragraphs of a text in pieces, so that every claim's very words can be marked, also where claims overlap."""
    # The outer ones first: what opens first closes last.
    spans = sorted(
        ((claim.evidence.start, claim.evidence.end, claim.claim_id) for claim in claims),
        key=lambda span: (span[0], -span[1], span[2]),
    )
    begun, known = False, set[str]()
    for start, end in _stretches(text):
        inside = [span for span in spans if span[0] < end and start < span[1]]
        edges = sorted({start, end, *(edge for span in inside for edge in span[:2] if start < edge < end)})
        pieces = []
        for left, right in pairwise(edges):
            here = tuple(claim for first, last, claim in inside if first <= left and right <= last)
            wanted = bool(chosen) and chosen in here
            pieces.append(Piece(text[left:right], here, chosen=wanted, first=wanted and not begun))
            begun = begun or wanted
        yield _nested(pieces, known)


def _nested(pieces: Sequence[Piece], known: set[str]) -> list[Piece]:
    """The pieces of a paragraph with the elements around them; claims that are known have begun before.

    Where claims cross, the one that opened later closes too early, and goes on in an element of its own.
    """
    made: list[Piece] = []
    open_: list[str] = []
    for piece in pieces:
        kept = next((depth for depth, claim in enumerate(open_) if claim not in piece.claims), len(open_))
        if made:
            made[-1] = msgspec.structs.replace(made[-1], closes=len(open_) - kept)
        opens = [claim for claim in piece.claims if claim not in open_[:kept]]
        open_[kept:] = opens
        made.append(msgspec.structs.replace(piece, opens=tuple((claim, claim not in known) for claim in opens)))
        known.update(opens)
    if made:
        made[-1] = msgspec.structs.replace(made[-1], closes=len(open_))
    return made


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for gap in _PARAGRAPH.finditer(text):
        if text[at : gap.start()].strip():
            yield at, gap.start()
        at = gap.end()
    if text[at:].strip():
        yield at, len(text)


def differences(older: str, newer: str) -> list[Line] | None:
    """Return the newer text line by line beside the older one, with the words that changed; None for texts too long for it."""
    before, after = (text.splitlines() for text in (older, newer))
    if max(len(before), len(after)) > _MOST_LINES:
        return None
    made: list[Line] = []
    for kind, i, j, k, m in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            made += _unchanged(before[i:j], first=i == 0, last=j == len(before))
            continue
        pairs = min(j - i, m - k)
        for old, new in zip(before[i : i + pairs], after[k : k + pairs], strict=True):
            made += _changed(old, new)
        made += [Line("gone", (Part(line, "gone"),)) for line in before[i + pairs : j] if line.strip()]
        made += [Line("new", (Part(line, "new"),)) for line in after[k + pairs : m] if line.strip()]
    return made


def _unchanged(lines: Sequence[str], *, first: bool, last: bool) -> list[Line]:
    told = [Line("same", (Part(line, "same"),)) for line in lines if line.strip()]
    head, tail = (0 if first else _CONTEXT), (0 if last else _CONTEXT)
    left_out = len(told) - head - tail
    if left_out <= 1:
        return told
    return [*told[:head], Line("skip", (), left_out), *told[len(told) - tail :]]


def _changed(old: str, new: str) -> list[Line]:
    before, after = _WORD.findall(old), _WORD.findall(new)
    if max(len(before), len(after)) > _MOST_LINES:
        return [Line("gone", (Part(old, "gone"),)), Line("new", (Part(new, "new"),))]
    gone: list[Part] = []
    come: list[Part] = []
    for kind, i, j, k, m in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if i < j:
            gone.append(Part("".join(before[i:j]), "same" if kind == "equal" else "gone"))
        if k < m:
            come.append(Part("".join(after[k:m]), "same" if kind == "equal" else "new"))
    return [Line("gone", tuple(gone)), Line("new", tuple(come))]
