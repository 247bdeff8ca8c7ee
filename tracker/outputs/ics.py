"""iCalendar (RFC 5545, RFC 7986): launches, landings and meetings whose day is known, as all-day events.

An event keeps its UID while its date moves, and SEQUENCE counts the moves. What is planned is TENTATIVE, what has happened
CONFIRMED, what was called off CANCELLED. Instants are those of the log, so the same log gives the same bytes.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from typing import Literal

from tracker.language import spoken
from tracker.outputs.format import About
from tracker.services.queries.dated import Dated

SUFFIX = ".ics"
MEDIA_TYPE = "text/calendar"
_WIDTH = 75
"""Octets of a line; longer ones are folded (section 3.1)."""
_NOTHING = (
    "BEGIN:VTIMEZONE",
    "TZID:Etc/UTC",
    "BEGIN:STANDARD",
    "DTSTART:19700101T000000",
    "TZOFFSETFROM:+0000",
    "TZOFFSETTO:+0000",
    "END:STANDARD",
    "END:VTIMEZONE",
)
_BREAKS = re.compile(r"[\u0085\u2028\u2029]")


def write(answers: Iterable[Dated], about: About) -> Iterator[bytes]:
    """Yield a calendar, event by event."""
    yield _lines(
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//tracker//tracker//EN",
        "CALSCALE:GREGORIAN",
        f"NAME:{text(about.title)}",
        f"X-WR-CALNAME:{text(about.title)}",
        "REFRESH-INTERVAL;VALUE=DURATION:P1D",
    )
    empty = True
    for one in answers:
        empty = False
        yield _lines(*_event(one, about))
    # A calendar must hold something (section 3.6); a time zone that nothing refers to does no harm.
    yield _lines(*(_NOTHING if empty else ()), "END:VCALENDAR")


def uid(one: Dated, about: About) -> str:
    """Return what an event is called as long as there are calendars: by its subject and attribute, and by no host that may change."""
    return f"{one.subject.replace('/', '.')}.{one.attribute}@{about.place.authority}"


def status(one: Dated) -> Literal["TENTATIVE", "CONFIRMED", "CANCELLED"]:
    """Return how sure an event is. A plan is no fact, however firm."""
    if one.state == "cancelled" or one.value.modality == "denied":
        return "CANCELLED"
    return "CONFIRMED" if one.value.modality == "actual" and not one.value.contested else "TENTATIVE"


def _event(one: Dated, about: About) -> Iterator[str]:
    stamp = _instant(one.changed_at)
    place = about.place
    why = place.url(place.why(one.subject, one.attribute))
    yield "BEGIN:VEVENT"
    yield f"UID:{text(uid(one, about))}"
    yield f"DTSTAMP:{stamp}"
    yield f"LAST-MODIFIED:{stamp}"
    yield f"SEQUENCE:{one.moves}"
    yield f"DTSTART;VALUE=DATE:{_day(one.first)}"
    if one.last < dt.date.max:
        # The day after the last one: an end is not in it.
        yield f"DTEND;VALUE=DATE:{_day(one.last + dt.timedelta(days=1))}"
    yield f"SUMMARY:{text(one.title)}"
    yield f"DESCRIPTION:{text(_told(one, why))}"
    if one.place:
        yield f"LOCATION:{text(one.place)}"
    if why:
        yield f"URL:{_address(why)}"
    yield f"STATUS:{status(one)}"
    yield "TRANSP:TRANSPARENT"
    yield f"CATEGORIES:{one.subject.partition('/')[0].upper()}"
    yield "END:VEVENT"


def _told(one: Dated, why: str | None) -> str:
    value = one.value
    modality = spoken.MODALITIES.get(value.modality) or "as reported"
    parts = [f"{spoken.date(value.value)}, {modality}{', contested' if value.contested else ''}."]
    if value.evidence.quote is not None:
        parts.append(f"“{value.evidence.quote}”")
    parts.append(f"{value.document_id}, published {spoken.date(value.published)}")
    return "\n".join([*parts, *([why] if why else [])])


def text(value: str) -> str:
    """Return a value of type TEXT (section 3.3.11): nothing in it ends the line or the value."""
    value = _BREAKS.sub("\n", spoken.clean(value))
    return re.sub(r"([\\;,])", r"\\\1", value).replace("\n", "\\n")


def _address(url: str) -> str:
    # An address holds no break and no blank; one that does is none.
    return "".join(sign for sign in url if sign.isprintable() and not sign.isspace())


def _day(day: dt.date) -> str:
    # Not strftime: of a year before 1000 it writes fewer digits than four.
    return day.isoformat().replace("-", "")


def _instant(recorded_at: str) -> str:
    moment = dt.datetime.fromisoformat(recorded_at)
    return f"{moment:%Y%m%dT%H%M%S}Z"


def _lines(*lines: str) -> bytes:
    return b"".join(folded(line) for line in lines)


def folded(line: str) -> bytes:
    """Return a content line in pieces of at most 75 octets, none of which ends inside a character."""
    pieces, piece = list[bytes](), b""
    for sign in line:
        octets = sign.encode()
        if len(piece) + len(octets) > _WIDTH:
            pieces.append(piece)
            piece = b" "
        piece += octets
    return b"\r\n".join([*pieces, piece]) + b"\r\n"
