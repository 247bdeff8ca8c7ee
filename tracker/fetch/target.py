"""Where a request goes: one parser decides what a URL means, and the very value it made is what is dialled.

Two parsers that read one text differently are how checks of addresses are usually got around, so whatever parsers are
known to disagree on (backslashes, user names, control characters, numbers in place of addresses) is refused unread.
"""

import ipaddress
import re

from yarl import URL

from tracker.fetch.refusal import Refusal, shown

MAX_URL = 8000  # RFC 9110, section 4.1, asks for no more
_USERINFO = re.compile(r"[^/?#]*//[^/?#]*@")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")


def target(text: str, base: URL | None = None) -> URL:
    """Return the URL that a text means, without its fragment; a relative one is resolved against `base`.

    Pure. Raises Refusal (`bad_url`) for anything that is not plainly an http(s) URL with a name or an address.
    """
    _check_text(text)
    try:
        url = URL(text)
        if base is not None:
            url = base.join(url)
        url = url.with_fragment(None)
        host = url.raw_host
    except ValueError as error:
        raise Refusal("bad_url", f"{shown(text)} is not a URL: {error}") from None
    if url.scheme not in {"http", "https"}:
        raise Refusal("bad_url", f"{shown(text)} is no http or https address")
    if url.raw_user is not None or url.raw_password is not None:  # should the pattern and the parser ever disagree
        raise Refusal("bad_url", "the URL has a user name or password in it; none is ever sent")
    if not host:
        raise Refusal("bad_url", f"{shown(text)} names no host")
    if url.explicit_port == 0:
        raise Refusal("bad_url", f"{shown(text)} has port 0, where nothing listens")
    if base is None or host != base.raw_host:  # a host that was there before was checked when it came
        _check_host(host, text)
    return url


def _check_text(text: str) -> None:
    if len(text) > MAX_URL:
        raise Refusal("bad_url", f"the URL has {len(text)} characters, {MAX_URL} are taken: {shown(text)}")
    if "\\" in text:
        raise Refusal("bad_url", f"{shown(text)} has a backslash, which programs read in different ways")
    if " " in text or not text.isprintable():
        raise Refusal("bad_url", f"{shown(text)} has a space or a control character in it")
    if _USERINFO.match(text):
        raise Refusal("bad_url", f"{_without_userinfo(text)} has a user name or password in it; none is ever sent")


def _check_host(host: str, text: str) -> None:
    if ":" in host:
        _check_ipv6(host, text)
        return
    name = host.removesuffix(".").lower()
    labels = name.split(".")
    # As in the URL Standard: a host whose last label is a number is an IPv4 address, or nothing.
    if _NUMBER.fullmatch(labels[-1]):
        _check_ipv4(host, text)
    elif len(name) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise Refusal("bad_url", f"{shown(text)} has no possible host name")


def _check_ipv4(host: str, text: str) -> None:
    try:
        ipaddress.IPv4Address(host)  # four decimal numbers without leading zeros, nothing else
    except ValueError:
        raise Refusal("bad_url", f"{shown(text)} writes an address in an unusual form; use a.b.c.d") from None
    if host not in text:
        raise Refusal("bad_url", f"{shown(text)} writes the address {host} in disguise")


def _check_ipv6(host: str, text: str) -> None:
    try:
        ipaddress.IPv6Address(host.replace("%", "/"))  # a zone names an interface of this machine
    except ValueError:
        raise Refusal("bad_url", f"{shown(text)} has no possible IPv6 address") from None


def _without_userinfo(text: str) -> str:
    # A password must not reach a log by way of the message that refuses it.
    scheme, _, rest = text.partition("//")
    authority = re.match(r"[^/?#]*", rest)
    end = authority.end() if authority else 0
    return shown(f"{scheme}//…@{rest[:end].rpartition('@')[2]}{rest[end:]}")
