"""The header of a text: the title and the publisher that its own first and last lines name.

Precise before complete: a wrong title on a status board is worse than none, so every rule needs two signs that agree, and
the answer is None when they do not.
"""

import re

import msgspec

# News agencies that credit themselves inside a dateline. A name in brackets that is not here may be a state or a country,
# so short names that are also such a place, or a word, are left out.
_AGENCIES = (
    "AAP|AFP|Agence France-Presse|Agencia EFE|ANI|ANSA|AP|Asian News International|Associated Press|BBC|BBC News|Belga|Bernama"
    "|BelTA|Bloomberg|Business Wire|CNBC|CNN|DPA|dpa|EFE|GlobeNewswire|IANS|Indo-Asian News Service|Interfax|IRNA|ITAR-TASS"
    "|Jiji|Jiji Press|KUNA|Kyodo|KYODO|Kyodo News|Lusa|NHK|PR Newswire|PRNewswire|Press Trust of India|PTI|Reuters|REUTERS"
    "|RIA Novosti|Ritzau|SpaceNews|Sputnik|TASS|UNI|UPI|WAM|Xinhua|XINHUA|Yonhap"
)
# Alone on a line only a name that means nothing else: `Sputnik` may be the satellite, in a list of topics.
_CREDITS = (
    "AFP|Agence France-Presse|Asian News International|Associated Press|BBC News|IANS|Indo-Asian News Service|Interfax"
    "|ITAR-TASS|Jiji Press|Kyodo News|Press Trust of India|PTI|Reuters|REUTERS|RIA Novosti|Xinhua|Yonhap"
)
_PLACE_AND_DAY = r"(?:(?:[A-Z][\w.’'-]*|\d{1,2}(?:st|nd|rd|th)?|\d{4}|of|de|del|la|da|al)[,/]?[ /]){0,9}"
_DATELINE = re.compile(rf"{_PLACE_AND_DAY}\((?P<agency>{_AGENCIES})\)(?:\s*(?::|--|[–—-])|\s|$)")
_CREDIT = re.compile(rf"(?:[-–—]{{1,2}}\s*|\(\s*)?(?P<agency>{_CREDITS})\s*\)?")
_LABEL = re.compile(r"(?P<key>Title|Headline|Publisher|Source)\s*:\s*(?P<value>\S.{1,150})", re.IGNORECASE)
_HEADING = re.compile(r"#{1,2}[ \t]+(?P<title>\S.*?)[ \t]*#*")
_UNDERLINE = re.compile(r"={3,}")
_LINK = re.compile(r"!?\[([^\]\[]*)\]\([^()]*\)")
_MARKS = re.compile(r"\*\*|__|`")
_DATE_LIKE = re.compile(
    r"\b\d{1,2}:\d\d\b|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b|\b\d{4}-\d\d-\d\d\b"
    r"|\b(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?,?\s+\d"
    r"|\d(?:st|nd|rd|th)?,?\s+(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?,?\s+\d{4}"
)
_FURNITURE = re.compile(
    r"(?:by|published|updated|posted|written|photo|image|also read|read more|advertisement|share|subscribe|sign in|home)\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?][\"”’)]?$")
_TWO_SENTENCES = re.compile(r"[a-z]{3}[.!?] [A-Z]")
_TOP = 12  # lines that are not blank in which a header may stand
_LONGEST_LINE = 1000


class Header(msgspec.Struct, frozen=True):
    """What a text says of itself; None where it is not plain."""

    title: str | None = None
    publisher: str | None = None


def header_of(text: str) -> Header:
    """Return the title and publisher that the words of a pinned text name. Looks at its beginning and end only."""
    top = [line.strip()[:_LONGEST_LINE] for line in text[:12_000].split("\n")]
    lines = [(index, line) for index, line in enumerate(top) if line][:_TOP]
    last = text[-400:].rstrip().rsplit("\n", 1)
    return Header(_title(top, lines), _publisher(lines, last[1].strip() if len(last) == 2 else ""))


def _title(top: list[str], lines: list[tuple[int, str]]) -> str | None:
    for index, line in lines:
        heading = _HEADING.fullmatch(line)
        if heading:
            return _plain(heading["title"])
        if index and _UNDERLINE.fullmatch(line) and len(top[index - 1]) > 2:
            return _plain(top[index - 1])
        label = _LABEL.fullmatch(line)
        if label and label["key"].lower() in ("title", "headline"):
            return _plain(label["value"])
    return _repeated(lines) or _standing_alone(top, lines)


def _repeated(lines: list[tuple[int, str]]) -> str | None:
    """Return a headline that a menu or a page title above it repeats: `Home > Asia > Lander wakes` over `Lander wakes`."""
    for place, (_, above) in enumerate(lines[:4]):
        for _, line in lines[place + 1 : 5]:
            if _could_be_headline(line) and (above == line or above.endswith((" " + line, ">" + line))):
                return _plain(line)
    return None


def _standing_alone(top: list[str], lines: list[tuple[int, str]]) -> str | None:
    """Return a first line that reads as a headline, with a blank line and then prose below it."""
    if len(lines) < 2:
        return None
    (index, line), (_, following) = lines[0], lines[1]
    alone = index + 1 < len(top) and not top[index + 1]
    prose = len(following) > len(line) and len(following) > 80 and following.count(" ") > 10
    return _plain(line) if alone and prose and _could_be_headline(line) else None


def _could_be_headline(line: str) -> bool:
    words = line.split()
    return (
        3 <= len(words) <= 24
        and len(line) <= 160
        and not _SENTENCE_END.search(line.rstrip("?"))
        and not _TWO_SENTENCES.search(line)
        and line[-1] not in ":;,"
        and (line[0].isupper() or line[0].isdigit() or line[0] in "\"'“‘")
        and not any(sign in line for sign in "|›»•<>\t")
        and not _FURNITURE.match(line)
        and not _DATE_LIKE.search(line)
        and not _DATELINE.match(line)
    )


def _publisher(lines: list[tuple[int, str]], last: str) -> str | None:
    for _, line in lines:
        label = _LABEL.fullmatch(line)
        if label and label["key"].lower() in ("publisher", "source") and _is_name(label["value"]):
            return _plain(label["value"])
        found = _DATELINE.match(line) or _CREDIT.fullmatch(line)
        if found:
            return found["agency"]
    closing = _CREDIT.fullmatch(last)
    return closing["agency"] if closing else None


def _is_name(value: str) -> bool:
    return len(value) <= 60 and value[0].isupper() and "//" not in value and not _SENTENCE_END.search(value)


def _plain(line: str) -> str | None:
    return " ".join(_MARKS.sub("", _LINK.sub(r"\1", line)).replace("\\", "").split())[:300] or None
