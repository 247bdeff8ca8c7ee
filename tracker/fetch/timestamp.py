"""Asking a time-stamp authority over HTTP (RFC 3161, section 3.4): one POST, one deadline, one bounded answer.

The address is the operator's own word, so unlike the addresses that news bring it may be on this network. What comes back is
bytes to be judged by `tracker.transparency.timestamp`.
"""

import asyncio
from urllib.parse import urlsplit, urlunsplit

from tracker.errors import AuditError, ConfigError
from tracker.transparency.timestamp import LONGEST_REPLY, QUERY_TYPE, REPLY_TYPE

SECONDS = 20.0
"""For all of it: name, connection, answer."""

_WHAT = "time stamp"


def shown(url: str) -> str:
    """Return the address without what may be secret in it: user, password and query.

    Raises ConfigError for what is no address of a web server.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise ConfigError("--timestamp", f"is no URL: {error}") from None
    if parts.scheme not in {"http", "https"} or not host:
        raise ConfigError("--timestamp", "is no URL of a time-stamp authority, such as https://tsa.example/tsr")
    named = f"[{host}]" if ":" in host else host
    return urlunsplit((parts.scheme, named if port is None else f"{named}:{port}", parts.path, "", ""))


def ask(url: str, question: bytes, *, seconds: float = SECONDS) -> bytes:
    """Return the authority's answer. Redirects are not followed: a question goes where the operator said.

    Raises ConfigError for a malformed address, AuditError when there is no answer in time, another status than 200, or more
    than any authority says. Errors name the address without its secrets.
    """
    name = shown(url)
    try:
        return asyncio.run(_asked(url, question, seconds))
    except TimeoutError:
        raise AuditError(_WHAT, f"{name} did not answer within {seconds:g} seconds; the checkpoint stands") from None
    except _RefusedError as error:
        raise AuditError(_WHAT, f"{name} {error}; the checkpoint stands") from None


class _RefusedError(Exception):
    pass


async def _asked(url: str, question: bytes, seconds: float) -> bytes:
    import aiohttp  # noqa: PLC0415  (takes long to load, and few commands need it)

    headers = {"Content-Type": QUERY_TYPE, "Accept": REPLY_TYPE, "Accept-Encoding": "identity", "User-Agent": "tracker"}
    try:
        async with (
            aiohttp.ClientSession(
                timeout=aiohttp.ClientTimeout(total=seconds), auto_decompress=False, headers=headers
            ) as session,
            session.post(url, data=question, allow_redirects=False) as answer,
        ):
            if answer.status != 200:
                raise _RefusedError(f"answers with status {answer.status}")
            body = bytearray()
            async for part in answer.content.iter_any():
                body += part
                if len(body) > LONGEST_REPLY:
                    raise _RefusedError(f"says more than {LONGEST_REPLY} bytes")
            return bytes(body)
    except aiohttp.ClientError as error:
        # The error's own words may hold the whole address.
        raise _RefusedError(f"cannot be asked ({type(error).__name__})") from None
