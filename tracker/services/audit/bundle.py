"""A bundle: everything an outsider needs to check the log without database or network, in one zip file.

    manifest.json      format, origin, size, public key, policy, and the digest of each projection's views
    checkpoint         the signed head of the log (C2SP tlog-checkpoint)
    checkpoint.1.tsr   an answer of a time-stamp authority for it (RFC 3161), if there is one; .2, .3 … further ones
    tile/…             the tree and the entries (C2SP tlog-tiles); an entry is an event's envelope in canonical JSON
    payloads.jsonl     line n is the payload of event n, byte for byte
    texts.jsonl        the captured texts with their salts, but for those taken down

`tracker.services.audit.outside` checks it.
"""

import base64
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

import msgspec

from tracker.domain.policy import Policy
from tracker.errors import AuditError
from tracker.events import codec
from tracker.events.envelope import entry
from tracker.events.types import DocumentCaptured
from tracker.services.audit import stamp
from tracker.services.audit.seal import Seal, Sealed, nothing_since
from tracker.services.consumers.project import Project
from tracker.store.store import Store, Transaction
from tracker.transparency.note import Verifier
from tracker.transparency.tiles import WIDTH, bundle_bytes, grown, grown_bundles, tile_bytes

FORMAT: Final = "tracker audit bundle"
VERSION: Final = 1
STAMP_NAME: Final = "checkpoint.{}.tsr"
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)


class Manifest(msgspec.Struct, frozen=True):
    """What the bundle claims to hold."""

    format: str
    version: int
    origin: str
    size: int
    key: str
    policy: Policy
    views: dict[str, str]


class Text(msgspec.Struct, frozen=True):
    """A captured text with the salt (base64) that its digest was made with."""

    digest: str
    salt: str
    text: str


class Exported(msgspec.Struct, frozen=True):
    """What was written."""

    file: str
    size: int
    root: str
    texts: int
    key: str


class Export:
    """Writes bundles."""

    def __init__(self, store: Store, seal: Seal, project: Project, policy: Policy) -> None:
        self._store, self._seal, self._project, self._policy = store, seal, project, policy

    def write(self, path: Path, verifier: Verifier, *, on_progress: Callable[[int, int], None]) -> Exported:
        """Sign the log as it is, and write the bundle up to that checkpoint. The same log gives the same bytes.

        Raises AuditError when other processes append meanwhile: what is signed and what is shown would differ.
        """
        for progress in self._project.catch_up():
            on_progress(progress.position, progress.last)
        head = self._seal.checkpoint()
        with self._store.reading() as reading, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
            _check_still(reading, head)
            views = self._project.digests(reading)
            manifest = Manifest(FORMAT, VERSION, head.origin, head.size, verifier.encode(), self._policy, views)
            _put(file, "manifest.json", msgspec.json.format(msgspec.json.encode(manifest, order="sorted"), indent=2))
            _put(file, "checkpoint", head.note.encode())
            for number, (_, stamped) in enumerate(stamp.recorded(reading, head.position), 1):
                _put(file, STAMP_NAME.format(number), base64.b64decode(stamped.reply))
            node = reading.tree.node(head.size)
            for tile in grown(0, head.size):
                _put(file, tile.path, tile_bytes(tile, node))
            digests = _events(file, reading, head.size, on_progress)
            texts = _texts(file, reading, digests)
        return Exported(str(path), head.size, head.root, texts, manifest.key)


def _check_still(reading: Transaction, head: Sealed) -> None:
    if not nothing_since(reading, head):
        raise AuditError("export", "other processes were appending; try again")


def _events(
    file: zipfile.ZipFile, reading: Transaction, size: int, on_progress: Callable[[int, int], None]
) -> list[str]:
    """Write entry bundles and payloads, and return the digests of the texts they speak of."""
    digests: list[str] = []
    with file.open(_info("payloads.jsonl"), "w") as payloads:
        for recorded in reading.log.read(limit=size):
            payloads.write(recorded.payload + b"\n")
            event = codec.decode(recorded) if recorded.type.startswith("document.") else None
            if isinstance(event, DocumentCaptured):
                digests.append(event.text_digest)
    for bundle in grown_bundles(0, size):
        first = bundle.index * WIDTH
        entries = [entry(recorded) for recorded in reading.log.read(after=first, limit=bundle.width)]
        _put(file, bundle.path, bundle_bytes(entries))
        on_progress(first + bundle.width, size)
    return digests


def _texts(file: zipfile.ZipFile, reading: Transaction, digests: list[str]) -> int:
    written = 0
    with file.open(_info("texts.jsonl"), "w") as lines:
        for digest in digests:
            held = reading.texts.salted(digest)
            if held is not None:
                salt, text = held
                lines.write(msgspec.json.encode(Text(digest, base64.b64encode(salt).decode(), text)) + b"\n")
                written += 1
    return written


def _put(file: zipfile.ZipFile, name: str, content: bytes) -> None:
    file.writestr(_info(name), content)


def _info(name: str) -> zipfile.ZipInfo:
    # A fixed date: the same log gives the same bytes on any day.
    made = zipfile.ZipInfo(name, _EPOCH)
    made.compress_type = zipfile.ZIP_DEFLATED
    return made
