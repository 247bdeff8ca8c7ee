"""A page as it was printed, with its links led to files, and without what only a server can answer. Pure."""

import re
from collections.abc import Callable, Sequence
from html import escape
from html.parser import HTMLParser

from tracker.outputs.ics import folded

Leads = Callable[[str], str | None]
"""Where a reference from the root of the web leads from here: a reference to a file, or None."""

LIVE = "data-live"
"""The attribute of elements that only a server can answer. Forms are such without it."""
_EMPTY = frozenset({"br", "hr", "img", "input", "link", "meta"})


class _Still(HTMLParser):
    """Hands a page on as it is, tag by tag, but for what needs changing."""

    def __init__(self, leads: Leads) -> None:
        super().__init__(convert_charrefs=False)
        self.parts: list[str] = []
        self._leads = leads
        self._left_out: list[str] = []
        """The elements that are open inside one that is left out, the outermost first."""
        self._anchors: list[bool] = []
        """For each link that is open, whether it is kept."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._left_out or tag == "form" or any(name == LIVE for name, _ in attrs):
            if tag not in _EMPTY:
                self._left_out.append(tag)
            return
        raw = self.get_starttag_text() or ""
        given = dict(attrs)
        for name in ("href", "src"):
            led = given.get(name)
            if led is None or not led.startswith("/"):
                continue
            to = self._leads(led)
            if to is None:
                raw = ""
            else:
                given[name] = to
                raw = f"<{tag}{''.join(_attribute(each, value) for each, value in given.items())}>"
        if tag == "a":
            self._anchors.append(bool(raw))
        self.parts.append(raw)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002  (the parser's)
        if not self._left_out:
            self.parts.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        if self._left_out:
            if tag == self._left_out[-1]:
                self._left_out.pop()
            return
        if tag == "a" and self._anchors and not self._anchors.pop():
            return
        self.parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self._put(data)

    def handle_entityref(self, name: str) -> None:
        self._put(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._put(f"&#{name};")

    def handle_decl(self, decl: str) -> None:
        self._put(f"<!{decl}>")

    def _put(self, text: str) -> None:
        if not self._left_out:
            self.parts.append(text)


def still(page: bytes, leads: Leads) -> bytes:
    """Return a page whose links lead to files. A link that leads to none keeps its words."""
    parser = _Still(leads)
    parser.feed(page.decode())
    parser.close()
    return "".join(parser.parts).encode()


def _attribute(name: str, value: str | None) -> str:
    return f" {name}" if value is None else f' {name}="{escape(value)}"'


def moved(to: str) -> bytes:
    """Return the page that stands where something was that is found elsewhere."""
    where = escape(to)
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>Moved</title>'
        f'<meta http-equiv="refresh" content="0; url={where}"><link rel="canonical" href="{where}"></head>'
        f'<body><p><a href="{where}">It is found here.</a></p></body></html>\n'
    ).encode()


def still_feed(content: bytes, base: str, leads: Leads) -> bytes:
    """Return a feed whose addresses, all of which begin with the base, lead to files."""
    return _addresses(base).sub(lambda found: leads(found[1]) or found[0], content.decode()).encode()


def still_calendar(content: bytes, base: str, leads: Leads | None) -> bytes:
    """Return a calendar whose addresses lead to files; without them where `leads` is None, for a calendar knows no relative ones."""
    lines = content.decode().replace("\r\n ", "").split("\r\n")[:-1]
    return b"".join(folded(line) for line in _calendar_lines(lines, _addresses(base), leads))


def _calendar_lines(lines: Sequence[str], addresses: re.Pattern[str], leads: Leads | None) -> list[str]:
    if leads is not None:
        return [addresses.sub(lambda found: leads(found[1]) or found[0], line) for line in lines]
    told = re.compile(rf"(\\n)?{addresses.pattern}")
    return [told.sub("", line) for line in lines if not (line.startswith("URL:") and addresses.search(line))]


def _addresses(base: str) -> re.Pattern[str]:
    # An address of ours ends where markup, a break or an escape begins.
    return re.compile(rf"""{re.escape(base)}(/[^\s"'<>&\\]*)""")
