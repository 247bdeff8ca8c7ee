"""XML that may be read: decoded, and looked over for what makes parsers hang or reach out, in time linear in its length."""

import re

import msgspec

from tracker.capture.draft import Origin
from tracker.capture.pinned import decode, is_of_the_web
from tracker.errors import BrokenFeedError

_DECLARATION = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
_ATTRIBUTE = re.compile(r"=[ \t\r\n]*[\"']")
_LONG_TAG = re.compile(r"<[^<]{1024,}")
_INSIDE_TAG = re.compile(r"<(?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+")
_NAME = re.compile(r"<(?:[\w.-]{1,60}:)?([\w.-]{1,60})")
_ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)
# Not allowed in XML 1.0 (section 2.2); one of them would send the whole feed through the parser for broken ones.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# A declared prefix. It cannot begin within another match, so that a flood of them is read once.
_REFERENCE = re.compile(r"&#(?:[xX]([0-9a-fA-F]{1,12})|([0-9]{1,12}));")
_PREFIX = re.compile(r"(?<=[\s\"'/])xmlns:([^\s=\"'<>/]*+)(?=\s*+=)")
_MOST_PREFIXES = 256  # feedparser looks through all of them at each tag; a feed has a dozen
_MOST_ATTRIBUTES = 256  # feedparser costs the square of the attributes of one tag
_HEAD = 65_536  # bytes in which the declaration is looked for


class Vetted(msgspec.Struct, frozen=True):
    """The characters of an XML document, the local name of its first element (empty when there is none), and its damage."""

    text: str
    root: str
    damage: str | None = None


def vetted(raw: bytes, origin: Origin) -> Vetted:
    """Return the XML in these bytes. Raises BrokenFeedError for what no feed needs and attackers use."""
    text, damage = _characters(raw, origin)
    root = _root(text)
    try:
        if root:
            _refuse_hostile(text)
    except ValueError as error:
        raise BrokenFeedError(origin.name, str(error)) from None
    return Vetted(text, root, damage)


def _characters(raw: bytes, origin: Origin) -> tuple[str, str | None]:
    """Decode by byte order mark, else as UTF-8, else as the server or the XML declaration says; and what was damaged.

    RFC 7303 puts the server before the file. UTF-8 goes before both: hardly any text fits it that is not UTF-8.
    """
    start = raw[:_HEAD].lstrip()
    declared = _DECLARATION.match(start)
    names = [origin.charset or "", declared[1].decode("ascii") if declared else ""]
    damage = None
    try:
        if start[:2] in (b"<\0", b"\0<"):
            names = ["utf-16-le" if start[0] else "utf-16-be"]  # without a mark (XML 1.0, appendix F)
            text = raw.decode(names[0])
        else:
            text = decode(raw, charset=next((name for name in names if is_of_the_web(name)), None), guess=True)
    except ValueError as error:
        # One bad byte must not silence a feed: its entries are read, and what is damaged is said.
        text = raw.decode("utf-8", "replace")
        damage = f"{str(error)[:200]}; what cannot be read is shown as \N{REPLACEMENT CHARACTER}"
    hidden = text.count("\0")
    if hidden * 100 > len(text):
        raise BrokenFeedError(origin.name, "is a binary file: it holds NUL characters")
    return _REFERENCE.sub(_legal, _ILLEGAL.sub("", text)).removeprefix("\ufeff"), damage


def _legal(reference: re.Match[str]) -> str:
    """Return a character reference as it stands, or nothing when it is to what XML does not allow, spelt out or not."""
    code = int(reference[1], 16) if reference[1] else int(reference[2])
    legal = code in (0x9, 0xA, 0xD) or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or 0x10000 <= code <= 0x10FFFF
    return reference[0] if legal else ""


def _root(xml: str) -> str:
    """Return the local name of the first element, whatever stands before it; empty when there is none."""
    place = 0
    while (place := xml.find("<", place)) >= 0:
        for opening, closing in (("<!--", "-->"), ("<?", "?>"), ("<!", ">")):
            if xml.startswith(opening, place):
                place = xml.find(closing, place)
                break
        else:
            match = _NAME.match(xml, place)
            return match[1] if match else ""
        if place < 0:
            break
    return ""


def _refuse_hostile(xml: str) -> None:
    if _ENTITY.search(xml):
        raise ValueError("defines XML entities, which no feed needs and attackers use; take the definitions out")
    for long in _LONG_TAG.finditer(xml):
        before = xml[max(xml.rfind("<", 0, long.start()), long.start() - 1024, 0) : long.start()]
        # Text after a tag may hold escaped HTML with thousands of attributes. Where a quote is open, it may be a tag still.
        inside = _INSIDE_TAG.match(long[0])
        tag = inside[0] if inside and ">" in before else long[0]
        if len(_ATTRIBUTE.findall(tag)) > _MOST_ATTRIBUTES:
            raise ValueError(f"has a tag with more than {_MOST_ATTRIBUTES} attributes")
    if len({match[1] for match in _PREFIX.finditer(xml)}) > _MOST_PREFIXES:
        raise ValueError(f"declares more than {_MOST_PREFIXES} prefixes of namespaces (xmlns)")
