"""A message as it goes out: its title, and the same words as text, as HTML and as JSON."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from tracker.domain.ids import slug
from tracker.services.delivery import sheet
from tracker.services.delivery.content import Content, rank
from tracker.services.delivery.notices import Notice
from tracker.services.delivery.sheet import Group, Sheet

_TEMPLATES = Path(__file__).resolve().parent / "templates"


class Message(msgspec.Struct, frozen=True):
    """What a channel sends. `id` is the same at every attempt; `name` is one for files, the same at every attempt too."""

    id: str
    name: str
    title: str
    text: str
    html: str
    json: bytes


class _One(msgspec.Struct, frozen=True, tag_field="type", tag="subject.changed"):
    timestamp: str
    subscription: str
    data: Notice


class _Several(msgspec.Struct, frozen=True):
    since: str | None
    until: str | None
    count: int
    left_out: int
    changes: Sequence[Notice]


class _Many(msgspec.Struct, frozen=True, tag_field="type", tag="subjects.changed"):
    timestamp: str
    subscription: str
    data: _Several


class _Test(msgspec.Struct, frozen=True, tag_field="type", tag="subscription.tested"):
    timestamp: str
    subscription: str
    data: Mapping[str, str]


def one(id_: str, subscription: str, notice: Notice) -> Message:
    """Return the message that tells one change."""
    body = _One(notice.recorded_at, subscription, notice)
    return _printed(id_, body, sheet.single(notice), titled=False)


def many(id_: str, subscription: str, content: Content, told: Sequence[Notice], *, whole: bool) -> Message:
    """Return the digest that tells many changes; `whole` says that it is of whole days."""
    groups = [(rank(item.change), notice) for item, notice in zip(content.items, told, strict=True)]
    body = _Several(content.since, content.until, content.count, content.left_out, told)
    span = (content.since, content.until)
    said = sheet.digest(subscription, groups, count=content.count, span=span, whole=whole)
    return _printed(id_, _Many(content.until or "", subscription, body), said, titled=True)


def trial(id_: str, subscription: str, at: str) -> Message:
    """Return a message that tells nothing, to see whether it arrives."""
    words = "This is a test: changes of this subscription will come here."
    said = Sheet(f"Test of the subscription {sheet.line(subscription, 100)}", words, (Group("", ()),))
    return _printed(id_, _Test(at, subscription, {"text": words}), said, titled=False)


def _printed(id_: str, body: _One | _Many | _Test, said: Sheet, *, titled: bool) -> Message:
    what = {"sheet": said, "titled": titled}
    return Message(
        id=id_,
        name=f"{body.timestamp[:10]}-{slug(body.subscription)}-{id_[-8:]}",
        title=said.title,
        text=_environment().get_template("sheet.txt").render(what).strip() + "\n",
        html=_environment().get_template("sheet.html").render(what),
        json=msgspec.json.encode(body),
    )


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=select_autoescape(("html",)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
