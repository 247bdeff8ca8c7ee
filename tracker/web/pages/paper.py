"""What pages are printed with: templates that escape everything, and the files they bring along."""

import hashlib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from tracker.language import spoken

_WEB = Path(__file__).resolve().parent.parent
CONTENT_SECURITY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
"""Nothing runs on a page and nothing is loaded from elsewhere: no script can hide in what was fetched."""
_MEDIA_TYPES: Mapping[str, str] = {".css": "text/css", ".svg": "image/svg+xml"}


class Static(msgspec.Struct, frozen=True):
    """A file that pages need, and a digest of it that its address carries: another content is another address."""

    name: str
    content: bytes
    media_type: str
    digest: str


@cache
def statics() -> Mapping[str, Static]:
    """Return the files that pages need, by name. There are no others: no name leads out of this table."""
    found = {}
    for path in sorted((_WEB / "static").iterdir()):
        if path.suffix in _MEDIA_TYPES:
            content = path.read_bytes()
            seen = hashlib.sha256(content).hexdigest()[:12]
            found[path.name] = Static(path.name, content, _MEDIA_TYPES[path.suffix], seen)
    return found


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(_WEB / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        finalize=_printable,
    )
    filters: Mapping[str, Callable[..., str]] = {
        "date": spoken.date,
        "short": spoken.short,
        "words": spoken.words,
        "days": spoken.days,
        "instant": spoken.instant,
        "change": spoken.change,
    }
    made.filters.update(filters)
    made.globals.update(
        said=spoken.value,
        label=spoken.label,
        counted=spoken.counted,
        modalities=spoken.MODALITIES,
        bases=spoken.BASES,
        statics=statics(),
    )
    return made


def _printable(value: object) -> object:
    """Whatever a template prints passes here; markup made by charts and templates is a str of its own kind, and clean."""
    if value is None:
        return ""
    return spoken.clean(value) if type(value) is str else value


def printed(template: str, what: Mapping[str, object]) -> bytes:
    """Return a page."""
    # A lone surrogate of a hostile title must not stop the rest of the page.
    return _environment().get_template(template).render(what).encode("utf-8", "replace")
