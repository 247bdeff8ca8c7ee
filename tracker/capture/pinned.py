"""Pinned text: bytes to the one string that evidence counts its characters in.

What is done to it: decode, drop a byte order mark, make every line end a line feed. Nothing else. It is not brought to
Unicode form NFC: a quote must be found letter for letter in the publisher's own file, and composing characters would move
every offset behind the first accent.
"""

import re

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
# A legacy text is one of these; a longer list only adds ways to be wrong about a stray byte.
_LEGACY = ["cp1252", "cp1250", "cp1251", "koi8_r", "shift_jis", "euc_jp", "gb18030", "big5", "euc_kr"]
_SAMPLE = 200_000  # bytes that the detector looks at, so that its work does not grow with the file
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1f\x7f-\x9f]")
# In a Windows-1252 text an accent stands in a word, and everything else is typography.
_TYPOGRAPHY = frozenset("‘’‚“”„–—…•€£¥§©®™°±²³´µ·¹º¼½¾¿¡«»×÷\u00a0\u00ad")
_WORD_PAIR = re.compile(r"[A-Za-z][^\x00-\x7f]|[^\x00-\x7f][A-Za-z]")


# The charsets of the web (WHATWG Encoding). Python has others, such as Punycode, which takes the square of its bytes.
_WEB_CHARSET = re.compile(
    r"(?:x-|cs)?(?:utf[-_]?(?:8|16|32)|iso[-_]?8859[-_]?\d|latin[-_]?\d|us-ascii|ascii|windows[-_]?\d|cp[-_]?\d|koi8"
    r"|shift|sjis|euc|ks_c|gb|hz|big5|ms_|iso-?2022-jp|mac|tis-?620)[\w.-]{0,16}",
    re.IGNORECASE,
)


def pin(text: str) -> str:
    """Return the text with line feeds only.

    Raises ValueError, saying why, when it is empty, binary or no Unicode text.
    """
    text = text.removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text or text.isspace():
        raise ValueError("is empty" if not text else "holds nothing but white space")
    if "\0" in text:
        raise ValueError("is a binary file: it holds NUL characters")
    if len(_CONTROL.findall(text)) * 100 > len(text):
        raise ValueError("is a binary file: it holds more control characters than a text does")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ValueError(f"is no Unicode text: a lone surrogate at character {error.start}") from None
    return text


def decode(raw: bytes, *, charset: str | None = None, guess: bool = False) -> str:
    """Return the characters of these bytes, not yet pinned.

    A byte order mark decides; else UTF-8, where it fits; else the charset that the file or its server names; else, with
    `guess`, the legacy charset that explains every byte. Raises ValueError, saying why, when nothing does.
    """
    for mark, name in _BOMS:
        if raw.startswith(mark):
            return _strict(raw, name)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        damage = f"is no valid UTF-8 (byte {error.start})"
    if b"\0" in raw:
        raise ValueError("is a binary file: it holds NUL characters")
    loose = raw.decode("utf-8", "replace")
    broken = loose.count("\ufffd")
    if sum(len(found) for found in re.findall(r"[^\x00-\x7f]+", loose)) - broken >= broken:
        # Most of it is UTF-8: another charset would turn every good letter to nonsense to explain the bad one.
        raise ValueError(f"{damage}; the rest is, so the file is damaged")
    if charset and is_of_the_web(charset):
        try:
            return raw.decode(charset)
        except (LookupError, UnicodeDecodeError, ValueError):
            damage += f", nor the {charset[:40]!r} that it declares"
    elif charset:
        damage += f", and {charset[:40]!r}, which it declares, is no charset of the web"
    legacy = _legacy(raw) if guess else None
    if legacy is None:
        raise ValueError(f"{damage}, and no other charset explains it; save it as UTF-8")
    return legacy


def is_of_the_web(charset: str) -> bool:
    """Whether a name is one of the charsets that pages and feeds are written in, however it is spelt."""
    return _WEB_CHARSET.fullmatch(charset) is not None


def _strict(raw: bytes, name: str) -> str:
    try:
        return raw.decode(name)
    except UnicodeDecodeError as error:
        raise ValueError(f"begins as {name.removesuffix('-sig').upper()} but is none (byte {error.start})") from None


def _legacy(raw: bytes) -> str | None:
    from charset_normalizer import from_bytes  # noqa: PLC0415 -- only a file that is not UTF-8 pays for the detector

    best = from_bytes(raw[:_SAMPLE], cp_isolation=_LEGACY).best()
    if best is None or best.chaos > 0.1:
        return None
    try:
        text = raw.decode(best.encoding)
    except UnicodeDecodeError:
        return None
    if best.encoding == "cp1252":
        return text if _reads_as_western(text) else None
    return text if best.coherence >= 0.5 or (best.multi_byte_usage > 0.2 and len(text) >= 20) else None


def _reads_as_western(text: str) -> bool:
    strange = sum(1 for run in re.findall(r"[^\x00-\x7f]+", text) for sign in run if sign not in _TYPOGRAPHY)
    return not _CONTROL.search(text) and strange <= len(_WORD_PAIR.findall(text))
