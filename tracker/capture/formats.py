"""The formats that can come in. Adding one is a file with a `parse` and its line in FORMATS."""

import re

import msgspec

from tracker.capture import archive, feed, markdown, page, plain, records
from tracker.capture.draft import Parse


class Format(msgspec.Struct, frozen=True):
    """A format: what its files end with, and how they are read. One that streams has no limit for the whole file."""

    name: str
    suffixes: tuple[str, ...]
    parse: Parse
    streams: bool = False


FORMATS = (
    Format("plain text", (".txt", ".text"), plain.parse),
    Format("Markdown", (".md", ".markdown"), markdown.parse),
    Format("HTML", (".html", ".htm", ".xhtml"), page.parse),
    Format("JSON", (".json",), records.parse),
    Format("JSON lines", (".jsonl", ".ndjson"), records.parse_lines, streams=True),
    Format("feed or sitemap", (".xml", ".rss", ".atom"), feed.parse),
    Format("WARC", (".warc", ".warc.gz"), archive.parse, streams=True),
)
# An array of objects, or one that goes on in the next line. `[New Delhi]` opens a report, and `[1]` a list of notes.
_ARRAY = re.compile(rb"\[\s*(?:\{|$|\]\s*$)")
SUFFIXES = tuple(suffix for format_ in FORMATS for suffix in format_.suffixes)


def format_of(name: str) -> tuple[Format, str] | None:
    """Return the format of a file by the end of its name, and the stem that is left; None when no format has it."""
    for format_ in FORMATS:
        for suffix in format_.suffixes:
            if name.lower().endswith(suffix) and len(name) > len(suffix):
                return format_, name[: -len(suffix)]
    return None


def format_by_content(head: bytes) -> Format:
    """Return the format that the first bytes of an unnamed stream look like; plain text when like none."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    lower = start[:200].lower()
    if start[:1] == b"{" or _ARRAY.match(start):
        return _named("JSON lines" if _is_object(start.split(b"\n", 1)[0]) else "JSON")
    if lower.startswith((b"<!doctype html", b"<html")):
        return _named("HTML")
    if lower.startswith((b"<?xml", b"<rss", b"<feed", b"<rdf:rdf", b"<urlset")):
        return _named("feed or sitemap")
    if start.startswith(b"---\n"):
        return _named("Markdown")
    return _named("WARC" if lower.startswith((b"warc/1", b"\x1f\x8b")) else "plain text")


def _named(name: str) -> Format:
    return next(format_ for format_ in FORMATS if format_.name == name)


def _is_object(line: bytes) -> bool:
    """Whether a first line is an object of its own; a pretty-printed document opens on it and closes on another."""
    return line.startswith(b"{") and line.rstrip()[-1:] == b"}"
