"""What a source yields: a document as it was found, or the reason why it is none."""

import msgspec

from tracker.domain.document import Basis


class Given(msgspec.Struct, frozen=True):
    """What the operator says on the command line, for what the document and its sidecar do not say."""

    published: str | None = None
    publisher: str | None = None
    url: str | None = None


class Item(msgspec.Struct, frozen=True):
    """One document before it is captured; `text` is the plain text that evidence will point into.

    `external_id` is the id the document declares, else the stem of its file (`stem#3` for the third of many, None for
    standard input); `id_declared` tells which, because only a declared id says that two captures are one document.
    `published` is EDTF, and `published_reason` says in a sentence how it was found. `digest_of` names the publication
    that a document retells in other words.
    """

    source: str
    text: str
    media_type: str
    published: str
    published_basis: Basis
    external_id: str | None = None
    id_declared: bool = False
    url: str | None = None
    title: str | None = None
    publisher: str | None = None
    language: str = "en"
    digest_of: str | None = None
    published_reason: str = ""


class Refused(msgspec.Struct, frozen=True):
    """An input that is no document, with one clear line saying why."""

    source: str
    reason: str
