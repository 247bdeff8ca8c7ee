"""The events that every store takes: revisions of news documents, about 1 KB of JSON each, already encoded.

Four versions of one document follow each other, so a batch of 100 touches 25 streams.
"""

import random
import uuid

import msgspec

from tracker.domain.ids import event_uuid
from tracker.serial import canonical

PAYLOAD_BYTES = 1024
VERSIONS = 4
_LETTERS = "abcdefghijklmnoprstuvyz"


class Event(msgspec.Struct, frozen=True):
    """What is to be stored; each store makes its own record of it, inside the clock."""

    id: str
    document: uuid.UUID
    stream: str
    version: int
    payload: bytes


class Body(msgspec.Struct, frozen=True):
    """What a rebuild wants of a payload."""

    url: str
    title: str
    published: int


TYPE = "document.observed"
View = dict[str, tuple[str, int]]
"""The trivial view of a rebuild: of every document the title and the time of its newest version."""
body_of = msgspec.json.Decoder(Body).decode
"""One decoder for every store, so that a rebuild differs only by how the payload is reached."""


def events(count: int, *, seed: int) -> list[Event]:
    """Return events; the same seed gives the same ones, and different seeds share no id and no stream."""
    rng = random.Random(seed)  # noqa: S311  (repeatable, not secret)
    words = ["".join(rng.choices(_LETTERS, k=rng.randint(2, 10))) for _ in range(3000)]
    made: list[Event] = []
    document = uuid.UUID(int=0)
    for number in range(count):
        version = number % VERSIONS + 1
        if version == 1:
            document = _uuid(rng)
        payload = _payload(rng, words, document, 1_700_000_000 + number)
        stream = f"document/{document.hex}"
        made.append(Event(event_uuid("document", stream, version), document, stream, version, payload))
    return made


def _uuid(rng: random.Random) -> uuid.UUID:
    return uuid.UUID(int=rng.getrandbits(128), version=4)


def _payload(rng: random.Random, words: list[str], document: uuid.UUID, published: int) -> bytes:
    content = {
        "body": "",
        "published": published,
        "source": f"feed-{rng.randint(1, 40)}",
        "title": " ".join(rng.choices(words, k=9)),
        "url": f"https://news.example/{document.hex}",
    }
    room = PAYLOAD_BYTES - len(canonical(content))
    content["body"] = " ".join(rng.choices(words, k=room // 2))[:room]
    return canonical(content)
