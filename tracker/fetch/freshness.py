"""How long a server wants its answer kept, and how long it wants to be left alone.

All dates are taken relative to the server's own `Date`, so a clock that is wrong by years does no harm; a date without
a `Date` beside it says nothing.
"""

import datetime as dt
import re
from email.utils import parsedate_to_datetime

from tracker.fetch.headers import Headers, field, joined

MAX_FRESH = 31 * 86_400
MAX_RETRY = 86_400

# Bounded everywhere: a header of many kilobytes must not cost more than its length.
_DIRECTIVE = re.compile(r"""([\w-]+)(?:\s{0,8}=\s{0,8}(?:"([^"]{0,200})"|([^\s,"]*)))?""", re.ASCII)
_SECONDS = re.compile(r"\s*(-?)(\d+)(?:\.\d*)?\s*", re.ASCII)


def fresh_for(headers: Headers) -> int | None:
    """Return for how many seconds an answer is fresh (RFC 9111, section 4.2), None if the server does not say.

    Pure. `no-store` and `no-cache` mean 0, `max-age` wins over `Expires`, `Age` is taken off, and what cannot be
    understood counts as stale. At most 31 days.
    """
    control = joined(headers, "cache-control")
    if control is not None:
        stated = _directives(control)
        # The form with field names forbids to reuse those fields only (RFC 9111, section 5.2.2.4).
        if "no-store" in stated or stated.get("no-cache", "") is None:
            return 0
        if "max-age" in stated:
            lifetime = _seconds(stated["max-age"] or "") or 0
            return _clamped(lifetime - max(0, _seconds(field(headers, "age") or "") or 0), MAX_FRESH)
    elif "no-cache" in (joined(headers, "pragma") or "").lower():
        return 0
    expires = field(headers, "expires")
    if expires is None:
        return None
    until, now = http_date(expires), http_date(field(headers, "date"))
    if until is None:
        return 0  # "0" and other non-dates mean: expired already (RFC 9111, section 5.3)
    if now is None:
        return None
    age = max(0, _seconds(field(headers, "age") or "") or 0)
    return _clamped(int((until - now).total_seconds()) - age, MAX_FRESH)


def retry_after(headers: Headers) -> int | None:
    """Return for how many seconds a server wants to be left alone (RFC 9110, section 10.2.3), None if it says nothing.

    Pure. At most a day: there are servers in the wild that ask for more than three.
    """
    stated = field(headers, "retry-after")
    if stated is None:
        return None
    seconds = _seconds(stated)
    if seconds is None:
        until, now = http_date(stated), http_date(field(headers, "date"))
        if until is None or now is None:
            return None
        seconds = int((until - now).total_seconds())
    return _clamped(seconds, MAX_RETRY)


def http_date(text: str | None) -> dt.datetime | None:
    """Return the instant of an HTTP date in any of its three forms (RFC 9110, section 5.6.7), None for anything else."""
    if text is None or len(text) > 64:
        return None
    try:
        instant = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    # The form of asctime() names no zone, and all three forms mean UTC.
    try:
        return instant.replace(tzinfo=dt.UTC) if instant.tzinfo is None else instant.astimezone(dt.UTC)
    except OverflowError:
        return None


def _directives(text: str) -> dict[str, str | None]:
    stated: dict[str, str | None] = {}
    for name, quoted, token in _DIRECTIVE.findall(text):
        stated.setdefault(name.lower(), quoted or token or None)
    return stated


def _seconds(text: str) -> int | None:
    found = _SECONDS.fullmatch(text)
    if found is None:
        return None
    amount = int(found[2][:12])  # more digits than a billion years have do not matter, but take time to read
    return -amount if found[1] else amount


def _clamped(seconds: int, most: int) -> int:
    return max(0, min(seconds, most))
