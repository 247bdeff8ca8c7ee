"""Changes in words: what a message says, line by line. Pure; text and HTML are printed from the same lines."""

import datetime as dt
import re
from collections.abc import Sequence
from itertools import groupby

import msgspec

from tracker.language import spoken
from tracker.services.delivery.notices import Notice

_HEADINGS = ("Slips", "Other dates", "States", "Everything else")
_LONGEST_HEAD = 80
_LONGEST_QUOTE = 600
_LONGEST_TITLE = 200
_GONE = "(the text is no longer held)"
_CURATED = "(a curator's word)"
_WEB = re.compile(r"https?://[!-~]{1,2000}")
"""An address that can be shown and followed: nothing of it is hidden, and no script is one."""


class Entry(msgspec.Struct, frozen=True):
    """One change in words. `url` leads to the source, `why` to our page on it; each is a web address, or nothing."""

    head: str
    values: str
    quote: str
    source: str
    url: str
    why: str


class Group(msgspec.Struct, frozen=True):
    """Changes of a sort; a message of one change has no heading."""

    heading: str
    entries: tuple[Entry, ...]


class Sheet(msgspec.Struct, frozen=True):
    """A message: its title, what it says before and after the changes, and the changes in groups."""

    title: str
    lead: str
    groups: tuple[Group, ...]
    tail: str = ""


def single(notice: Notice) -> Sheet:
    """Return the message that tells one change; its head is the title."""
    entry = _entry(notice)
    return Sheet(entry.head, "", (Group("", (msgspec.structs.replace(entry, head=""),)),))


def digest(
    subscription: str,
    told: Sequence[tuple[int, Notice]],
    *,
    count: int,
    span: tuple[str | None, str | None],
    whole: bool = True,
) -> Sheet:
    """Return the message that tells many changes, each with its group, in the order they are given.

    `span` are the instants between which they came; `whole` says that it tells a period of whole days, which ends where the next begins.
    """
    subjects = {notice.subject for _, notice in told}
    lead = f"{spoken.counted(count, 'change')} of {spoken.counted(len(subjects), 'subject')}"
    left_out = count - len(told)
    return Sheet(
        title=f"{line(subscription, 100)}: what moved {_span(*span, whole=whole)}".strip(),
        lead=f"{lead}."
        if not left_out
        else f"{spoken.counted(count, 'change')}; the {len(told)} weightiest are told here.",
        groups=tuple(
            Group(_HEADINGS[group], tuple(_entry(notice) for _, notice in mine))
            for group, mine in groupby(told, key=lambda pair: pair[0])
        ),
        tail=f"{spoken.counted(left_out, 'other change')}: tracker watch --after shows all." if left_out else "",
    )


def _span(since: str | None, until: str | None, *, whole: bool) -> str:
    if since is None or until is None:
        return ""
    last = until[:10]
    if whole:
        # A period ends at midnight: the day before is its last.
        last = (dt.datetime.fromisoformat(until) - dt.timedelta(microseconds=1)).date().isoformat()
    first, last = spoken.date(since[:10]), spoken.date(last)
    return f"on {first}" if first == last else f"from {first} to {last}"


def _entry(notice: Notice) -> Entry:
    what, values = _news(notice)
    return Entry(
        head=f"{line(notice.name, 100)}: {what}",
        values=values,
        quote=_quote(notice),
        source=_source(notice),
        url=notice.url if notice.url and _WEB.fullmatch(notice.url) else "",
        why=notice.why or "",
    )


def _news(notice: Notice) -> tuple[str, str]:
    """What happened, in a few words behind the subject's name, and the values before and after."""
    kind = notice.subject.partition("/")[0]
    label = spoken.label(kind, notice.attribute)
    label = label[:1].lower() + label[1:]
    before, after = (line(spoken.value(kind, notice.attribute, value), 300) for value in (notice.old, notice.new))
    happened = spoken.change(notice.change)
    modality = spoken.MODALITIES.get(notice.modality, notice.modality)
    meant = (f" ({modality})" if modality else "") + (f", by {line(notice.by, 100)}" if notice.by else "")
    match notice.change:
        case "set" if notice.old is None:
            fits = len(after) <= _LONGEST_HEAD
            return f"{label} {line(after, _LONGEST_HEAD)}{meant}", happened if fits else f"{happened}: {after}"
        case "added" | "removed":
            return f"{after or before} {happened}", f"{label}{meant}"
    days = f" ({spoken.days(notice.days)})" if notice.days else ""
    if notice.new is None:
        return f"{label} {happened}{days}", f"{before} no longer holds"
    now = f"{after}{meant}"
    return f"{label} {happened}{days}", now if before in ("", after) else f"{before} → {now}"


def _quote(notice: Notice) -> str:
    if notice.evidence.quote is not None:
        return f"“{line(notice.evidence.quote, _LONGEST_QUOTE)}”"
    return _CURATED if notice.claim_id.startswith("pin_") else _GONE


def _source(notice: Notice) -> str:
    who = line(notice.publisher or notice.document_id, 100)
    said = f"{who}, {spoken.date(notice.published)}"
    return f"{said}: {line(notice.title, _LONGEST_TITLE)}" if notice.title else said


def line(text: str, width: int) -> str:
    """Return text of others on one line, without what cannot be seen, and cut."""
    line = " ".join(spoken.clean(text).split())
    return line if len(line) <= width else line[: width - 1] + "…"
