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
    standard input); `id_declared` tells which, because only a declared id says that two captures are one document. It does
    so within `id_scope`, the feed it is from, or anywhere when that is None. `url_names` says the same of the link: a feed
    that lists the pages of other sites must not speak for them.
    `published` is EDTF, and `published_reason` says in a sentence how it was found. `digest_of` names the publication
    that a document retells in other words. `declared` names those of `title` and `publisher` that somebody declared; the
    text's own words gave the others.
    """

    source: str
    text: str
    media_type: str
    published: str
    published_basis: Basis
    external_id: str | None = None
    id_declared: bool = False
    id_scope: str | None = None
    url: str | None = None
    url_names: bool = True
    title: str | None = None
    publisher: str | None = None
    language: str = "en"
    digest_of: str | None = None
    published_reason: str = ""
    declared: tuple[str, ...] = ()


class Refused(msgspec.Struct, frozen=True, omit_defaults=True):
    """An input that is no document, with one clear line saying why.

    It waits for being mended and handed in again, unless there is nothing to mend: no such file.
    """

    source: str
    reason: str
    waits: bool = True
