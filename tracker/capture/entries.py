"""Entries: what a feed of any format says it has published, and the documents that this makes.

A format reads bytes into a Channel and decides nothing. What every feed gets wrong in the same ways (ids used twice, links
to the home page, dates out of this world, hidden characters) is put right here, once.
"""

import datetime as dt
import re
from collections.abc import Sequence
from typing import Literal
from urllib.parse import urljoin, urlsplit

import msgspec

from tracker.capture import markup
from tracker.capture.declared import Declared
from tracker.capture.draft import Draft, Origin, part
from tracker.capture.item import Refused
from tracker.domain.identity import canonical_url

Format = Literal["rss", "atom", "rdf", "json", "sitemap", "listing"]

MOST_ENTRIES = 2_000
"""Of one answer. The longest honest feeds list a few hundred."""
LONGEST_URL, LONGEST_ID, LONGEST_LINE, LONGEST_TEXT, LONGEST_HTML = 2048, 1024, 4096, 500_000, 1_000_000
"""Characters. A link or an id that is longer is left out, since half of one names something else; titles and texts are cut."""
OLDEST = dt.date(1990, 1, 1)
"""There was no feed before, so an earlier date means that nothing is known."""
_LATEST = dt.timedelta(1)
"""A publisher's clock may be ahead by a time zone. What is dated later is no date: `draft.settle` would refuse the entry."""

# What no text needs and what hides one: C0 and C1 controls but tab and line ends, bidirectional overrides, lone surrogates.
_HIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")
_BAD_IN_URL = re.compile(r"[\s\\<>\"]")


class Entry(msgspec.Struct, frozen=True):
    """One entry as its feed gives it. `link` may be relative, `day` is EDTF, `text` and the lines are plain text."""

    id: str | None = None
    link: str | None = None
    title: str | None = None
    text: str = ""
    publisher: str | None = None
    day: str | None = None
    language: str | None = None


class Channel(msgspec.Struct, frozen=True):
    """A feed as it was read. `left_out` entries came after the limit; `damage` says in words what was broken in the bytes."""

    format: Format
    media_type: str
    entries: tuple[Entry, ...] = ()
    id: str | None = None
    title: str | None = None
    site: str | None = None
    language: str | None = None
    period_s: int | None = None
    left_out: int = 0
    damage: str | None = None


class Judged(msgspec.Struct, frozen=True):
    """The documents of a channel, in its order, and what is none. `guids_repeat` as in `tracker.feeds.parsed.Parsed`."""

    found: tuple[Draft | Refused, ...]
    site: str | None
    guids_repeat: bool


def judged(channel: Channel, origin: Origin, *, url: str | None = None, today: dt.date | None = None) -> Judged:
    """Return the drafts of a channel. `url` is where it was fetched, which relative links are relative to.

    Without `today` a date may lie in the future; whoever settles the draft refuses it then. Pure.
    """
    site = link_of(channel.site, url)
    entries = [_tidied(entry, link_of(entry.link, site if url is None else url)) for entry in channel.entries]
    repeat = _ids_repeat(entries)
    title = line(channel.title)
    scope = _scope(channel, site, title, url)
    addresses = [canonical_url(entry.link) if entry.link else None for entry in entries]
    nowhere = {canonical_url(place) for place in (site, url) if place} | _shared_by_all(addresses)
    found: list[Draft | Refused] = []
    for number, (entry, address) in enumerate(zip(entries, addresses, strict=True), start=1):
        text = entry.text or entry.title
        if not text:
            found.append(Refused(part(origin, number), "the entry has neither text nor title"))
            continue
        declared = {
            "id": entry.id if scope and not repeat else None,
            "url": None if address is None or address in nowhere or _is_home(address) else entry.link,
            "title": entry.title,
            "publisher": entry.publisher or title,
            "published": _sane(entry.day, today),
            "language": entry.language or channel.language,
        }
        known = Declared.lenient({key: value for key, value in declared.items() if value})
        found.append(Draft(text, channel.media_type, known, number, scope=scope))
    found += _lost(channel, origin)
    return Judged(tuple(found), site, repeat)


def line(value: object) -> str | None:
    """Return a title, a name: plain text on one line, cut at the limit; None for what is no text or empty."""
    if not isinstance(value, str):
        return None
    return clean(" ".join(markup.plain(value[: 4 * LONGEST_LINE]).split()))[:LONGEST_LINE].strip() or None


def clean(text: str) -> str:
    """Return the text without characters that cannot be seen, cannot be stored, or turn the order of others around."""
    return _HIDDEN.sub("", text)


def link_of(value: object, base: str | None) -> str | None:
    """Return an absolute http(s) address, relative to the base; None for any other scheme, and for what is none."""
    if not isinstance(value, str) or not (raw := clean(value).strip()) or len(raw) > LONGEST_URL:
        return None
    try:
        found = urljoin(base or "", raw)
        canonical_url(found)
    except ValueError:
        return None
    # User names and backslashes are read in two ways by two parsers; no address of an article has them.
    if len(found) > LONGEST_URL or _BAD_IN_URL.search(found) or "@" in urlsplit(found).netloc:
        return None
    return found


def _tidied(entry: Entry, link: str | None) -> Entry:
    id_ = " ".join(clean(entry.id).split()) if entry.id else ""
    return Entry(
        id=id_ if len(id_) <= LONGEST_ID else None,
        link=link,
        title=line(entry.title),
        text=clean(entry.text[:LONGEST_TEXT]).strip(),
        publisher=line(entry.publisher),
        day=entry.day,
        language=entry.language,
    )


def _scope(channel: Channel, site: str | None, title: str | None, url: str | None) -> str:
    """Return within what the ids of a channel are good: "1" names an entry of its feed only.

    A feed that was fetched has the name that it gives itself only on its own site: else any feed could claim to be the one of
    an agency, and revise what that has said. One in a file without a name vouches for no id.
    """
    if url is None:
        return site or line(channel.id) or title or ""
    return site if site and _of_one_site(site, url) else url


def _of_one_site(one: str, other: str) -> bool:
    """Whether two addresses have one host, or one is a part of the other's: `www.agency.example`, `feeds.agency.example`."""
    hosts = [(urlsplit(address).hostname or "").removeprefix("www.") for address in (one, other)]
    short, long = sorted(hosts, key=len)
    return "." in short and (long == short or long.endswith(f".{short}"))


def _ids_repeat(entries: Sequence[Entry]) -> bool:
    """Whether an id stands for two entries that are not the same by link and title."""
    seen: dict[str, tuple[str | None, str | None]] = {}
    return any(
        entry.id and seen.setdefault(entry.id, (entry.link, entry.title)) != (entry.link, entry.title)
        for entry in entries
    )


def _shared_by_all(addresses: Sequence[str | None]) -> set[str]:
    """Return the address that all entries link to, if they are several: a page about all of them names none."""
    once = set(addresses)
    return {address for address in once if address} if len(once) == 1 and len(addresses) > 1 else set()


def _is_home(address: str) -> bool:
    parts = urlsplit(address)
    return parts.path == "/" and not parts.query


def _sane(day: str | None, today: dt.date | None) -> str | None:
    """Return a date that can be: since there are feeds, and not from the future."""
    if not day:
        return None
    try:
        first = dt.date.fromisoformat(f"{day}-01-01"[:10] if len(day) < 10 else day[:10])
    except ValueError:
        return None
    return day if first >= OLDEST and (today is None or first <= today + _LATEST) else None


def _lost(channel: Channel, origin: Origin) -> list[Refused]:
    lost = [
        Refused(
            part(origin, number),
            f"the text has more than {LONGEST_TEXT:,} characters; the rest is left out",
            waits=False,
        )
        for number, entry in enumerate(channel.entries, start=1)
        if len(entry.text) > LONGEST_TEXT
    ]
    if channel.left_out:
        most = len(channel.entries)
        reason = f"has {most + channel.left_out} entries; the {channel.left_out} after the first {most} are left out"
        lost.append(Refused(origin.name, reason))
    if channel.damage:
        lost.append(Refused(origin.name, channel.damage))
    return lost
