"""What is declared of a document: the keys of the input document, a sidecar, front matter, or a page's own metadata."""

import re
from collections.abc import Mapping
from typing import get_args

import msgspec

from tracker.domain.dates import DateSpan
from tracker.domain.document import Basis
from tracker.domain.identity import canonical_url

KEYS = ("id", "url", "title", "publisher", "published", "published_basis", "language", "digest_of")
_MAX_LENGTH = {"url": 2048, "id": 1024}
_TIMESTAMP = re.compile(r"(\d{4}-\d\d-\d\d)[Tt ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?\s*(?:[Zz]|[+-]\d\d:?\d\d)?", re.ASCII)
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9_-]{1,30})?")


class Declared(msgspec.Struct, frozen=True, omit_defaults=True):
    """Values as declared, checked and tidied; None where nothing is said."""

    id: str | None = None
    url: str | None = None
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    published_basis: Basis | None = None
    language: str | None = None
    digest_of: str | None = None

    @classmethod
    def of(cls, values: Mapping[str, object]) -> "Declared":
        """Check the known keys of a mapping; other keys are left alone.

        Raises ValueError that names the key and the value: a wrong declaration is an error to mend, not to skip.
        """
        found = {key: _text(key, values[key]) for key in KEYS if values.get(key) is not None}
        for key, read in (("url", _url), ("language", language_of), ("published", edtf)):
            if found.get(key):
                found[key] = read(found[key])
        basis = found.pop("published_basis", "")
        if basis and basis not in get_args(Basis):
            raise ValueError(f"published_basis {basis!r} is none of {', '.join(get_args(Basis))}")
        known = {key: value for key, value in found.items() if value}
        if "published" in known:
            known["published_basis"] = basis or "given"
        return msgspec.convert(known, cls)

    @classmethod
    def lenient(cls, values: Mapping[str, object]) -> "Declared":
        """Check like `of`, but leave out what is wrong: a web page owes nobody clean metadata.

        So a page, a feed entry or an archived page whose link cannot be asked for stays a document, without the link.
        """
        try:
            return cls.of(values)
        except ValueError:
            pass  # hardly ever; then each is tried alone
        kept: dict[str, object] = {}
        for key, value in values.items():
            try:
                cls.of({key: value})
            except ValueError:
                continue
            kept[key] = value
        return cls.of(kept)

    def over(self, other: "Declared") -> "Declared":
        """Return these values, filled up from the other; a date and its basis go together."""
        values = msgspec.to_builtins(other)
        mine = msgspec.to_builtins(self)
        if "published" in mine:
            values.pop("published_basis", None)
        return msgspec.convert({**values, **mine}, Declared)


def edtf(text: str) -> str:
    """Return a date in EDTF; of a full timestamp (RFC 3339), the day as the publisher's own clock shows it.

    Raises ValueError that names what is wrong.
    """
    stamp = _TIMESTAMP.fullmatch(text.strip())
    try:
        return DateSpan.parse(stamp[1] if stamp else text).edtf
    except ValueError as error:
        raise ValueError(f"published: {str(error)[:200]}") from None


def language_of(tag: str) -> str:
    """Return the primary language of a BCP 47 tag: `en-GB` → `en`. Raises ValueError when it is none."""
    match = _LANGUAGE.fullmatch(tag.strip())
    if not match:
        raise ValueError(f"language {tag[:40]!r} is not a tag such as 'en'")
    return match[1].lower()


def _text(key: str, value: object) -> str:
    if isinstance(value, int) and not isinstance(value, bool) and key == "id":
        value = str(value)  # many exports number their records
    if not isinstance(value, str):
        raise ValueError(f"{key} must be a text, not {msgspec.json.encode(value)[:60].decode(errors='replace')}")  # noqa: TRY004 -- one error type for every wrong declaration
    tidy = " ".join(value.replace("\0", " ").split())
    if len(tidy) > _MAX_LENGTH.get(key, 4096):
        raise ValueError(f"{key} has {len(tidy)} characters, more than {_MAX_LENGTH.get(key, 4096)}")
    try:
        tidy.encode()
    except UnicodeEncodeError:
        raise ValueError(f"{key} holds half a character (a lone surrogate)") from None
    return tidy


def _url(text: str) -> str:
    try:
        canonical_url(text)
    except ValueError:
        good = False
    else:
        good = " " not in text
    if not good:
        raise ValueError(f"url {text[:80]!r} is not an http or https address with a valid host and port")
    return text
