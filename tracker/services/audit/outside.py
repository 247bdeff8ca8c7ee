"""Checking a bundle as an outsider: no database, no network, nothing believed but the public key.

Every payload is hashed again, every entry, every tile; the signature, and every earlier checkpoint in the log, must fit the
tree; every text must have its digest and hold its evidence; and replaying the events must give the views that were shown.
"""

import base64
import binascii
import hashlib
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import count, takewhile
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import msgspec

from tracker.errors import AuditError, TrackerError
from tracker.events import codec
from tracker.events.envelope import RecordedEvent, entry
from tracker.events.types import (
    CheckpointPublished,
    CheckpointTimestamped,
    ClaimsExtracted,
    DocumentCaptured,
    Event,
)
from tracker.projections.projection import Projection
from tracker.projections.replay import replay
from tracker.services.audit.bundle import FORMAT, STAMP_NAME, VERSION, Manifest, Text
from tracker.services.audit.verdict import MOST_PROBLEMS, Held, Problem, Stampings, Verdict
from tracker.transparency import checkpoint
from tracker.transparency.checkpoint import Checkpoint
from tracker.transparency.merkle import RootBuilder, completed, leaf_hash, root_of
from tracker.transparency.note import Verifier, parse_verifier
from tracker.transparency.tiles import HEIGHT, WIDTH, Tile, bundle_entries, grown, grown_bundles, nodes

if TYPE_CHECKING:
    from cryptography.x509 import Certificate


class _Envelope(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    payload_sha256: str
    position: int
    recorded_at: str
    schema_version: int
    stream: str
    type: str
    version: int


class Outside:
    """One bundle under examination; problems gather as it goes."""

    def __init__(
        self,
        file: zipfile.ZipFile,
        key: str | None,
        trusted: "Sequence[Certificate]" = (),
        held: Sequence[Checkpoint] = (),
    ) -> None:
        self._file = file
        self._stampings, self._held = Stampings(trusted), Held(held)
        self._problems: list[Problem] = []
        self._manifest = self._read_manifest()
        self._verifier: Verifier = parse_verifier(key or self._manifest.key)

    def _read_manifest(self) -> Manifest:
        try:
            manifest = msgspec.json.decode(self._member("manifest.json"), type=Manifest)
        except msgspec.MsgspecError as error:
            raise AuditError("bundle", f"the manifest cannot be read: {error}") from None
        if (manifest.format, manifest.version) != (FORMAT, VERSION):
            raise AuditError("bundle", f"is of another format: {manifest.format[:40]!r} {manifest.version}")
        return manifest

    def _member(self, name: str) -> bytes:
        try:
            return self._file.read(name)
        except (KeyError, zipfile.BadZipFile, binascii.Error, OSError) as error:
            raise AuditError("bundle", f"{name} is missing or damaged: {error}") from None

    def check(self, projections: Mapping[str, Projection], on_progress: Callable[[int, int], None]) -> Verdict:
        """Return what was found; the first problems of the log come first."""
        head = checkpoint.verify(self._member("checkpoint"), origin=self._manifest.origin, verifiers=[self._verifier])
        if head.size != self._manifest.size:
            self._say(0, f"the checkpoint is of {head.size} events, the manifest of {self._manifest.size}")
        texts = self._texts()
        events: list[RecordedEvent] = []
        tree, made = RootBuilder(), defaultdict[tuple[int, int], list[bytes]](list)
        lengths: dict[tuple[str, int], str] = {}
        versions: dict[str, int] = defaultdict(int)
        checkpoints: list[tuple[int, CheckpointPublished]] = []
        for position, (raw, payload) in enumerate(self._entries(head.size), 1):
            for (level, index), hashed in zip(completed(tree.size), tree.add(leaf_hash(raw)), strict=True):
                if level % HEIGHT == 0:
                    made[level // HEIGHT, index // WIDTH].append(hashed)
            self._problems += self._held.passing(tree)
            recorded = self._recorded(position, raw, payload, versions)
            event = self._decoded(position, recorded) if recorded else None
            if recorded and event:
                events.append(recorded)
                self._content(position, event, texts, lengths)
                if isinstance(event, CheckpointPublished):
                    checkpoints.append((position, event))
                    self._stampings.signed(position, event)
                if isinstance(event, CheckpointTimestamped):
                    for problem in self._stampings.problems(position, event):
                        self._say(position, problem)
            if position % WIDTH == 0:
                on_progress(position, head.size)
        self._problems += self._held.missing(tree.size)
        self._tree(head, tree, made)
        self._checkpoints(head, checkpoints, made)
        self._head_stamps(head.size)
        if not self._problems:
            self._views(projections, events)
        on_progress(head.size, head.size)
        return Verdict(
            not self._problems,
            tree.size,
            tree.root.hex(),
            tuple(self._problems[:MOST_PROBLEMS]),
            tuple(self._stampings.newest),
        )

    def _say(self, position: int, problem: str) -> None:
        self._problems.append(Problem(position, problem))

    def _entries(self, size: int) -> Iterator[tuple[bytes, bytes]]:
        with self._payloads() as payloads:
            for bundle in grown_bundles(0, size):
                for raw in bundle_entries(bundle, self._member(bundle.path)):
                    line = payloads.readline()
                    yield raw, line.removesuffix(b"\n")
            if payloads.readline():
                self._say(size + 1, "there are payloads after the last event")

    def _payloads(self) -> BinaryIO:
        try:
            return self._file.open("payloads.jsonl")  # type: ignore[return-value]  # a zip member reads like any file
        except KeyError:
            raise AuditError("bundle", "payloads.jsonl is missing") from None

    def _recorded(self, position: int, raw: bytes, payload: bytes, versions: dict[str, int]) -> RecordedEvent | None:
        try:
            envelope = msgspec.json.decode(raw, type=_Envelope)
        except msgspec.MsgspecError as error:
            self._say(position, f"the entry cannot be read: {error}")
            return None
        fields = {f: getattr(envelope, f) for f in envelope.__struct_fields__ if f != "payload_sha256"}
        recorded = msgspec.convert({**fields, "payload": payload, "leaf_hash": leaf_hash(raw)}, RecordedEvent)
        if hashlib.sha256(payload).hexdigest() != envelope.payload_sha256:
            self._say(position, "the payload is not what the entry covers")
        elif entry(recorded) != raw:
            self._say(position, "the entry is not in canonical form")
        if envelope.position != position:
            self._say(position, f"the entry says it is number {envelope.position}")
        if envelope.version != versions[envelope.stream] + 1:
            self._say(position, f"version {envelope.version} of stream {envelope.stream} does not follow")
        versions[envelope.stream] = envelope.version
        return recorded

    def _decoded(self, position: int, recorded: RecordedEvent) -> Event | None:
        try:
            return codec.decode(recorded)
        except (TrackerError, msgspec.MsgspecError) as error:
            self._say(position, f"the payload cannot be read: {error}")
            return None

    def _texts(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for number, line in enumerate(self._member("texts.jsonl").splitlines(), 1):
            try:
                held = msgspec.json.decode(line, type=Text)
                salted = base64.b64decode(held.salt, validate=True) + held.text.encode()
            except (msgspec.MsgspecError, binascii.Error) as error:
                self._say(0, f"text {number} cannot be read: {error}")
                continue
            if hashlib.sha256(salted).hexdigest() == held.digest:
                found[held.digest] = held.text
            else:
                self._say(0, f"text {held.digest[:16]}… is not what its digest covers")
        return found

    def _content(
        self, position: int, event: Event, texts: Mapping[str, str], digests: dict[tuple[str, int], str]
    ) -> None:
        if isinstance(event, DocumentCaptured):
            digests[event.document_id, event.version] = event.text_digest
            text = texts.get(event.text_digest)
            if text is not None and len(text) != event.text_length:
                self._say(position, "the text has another length than was recorded")
        if isinstance(event, ClaimsExtracted):
            text = texts.get(digests.get((event.document.id, event.document.version), ""))
            for claim in event.claims:
                if text is not None and not claim.evidence.start < claim.evidence.end <= len(text):
                    self._say(position, f"evidence of {claim.id} lies outside its text")

    def _tree(self, head: Checkpoint, tree: RootBuilder, made: Mapping[tuple[int, int], list[bytes]]) -> None:
        if tree.root != head.root:
            self._say(head.size, "the events do not give the root that was signed")
        for tile in grown(0, head.size):
            if self._member(tile.path) != b"".join(made[tile.level, tile.index]):
                self._say(
                    min(head.size, (tile.index << HEIGHT * (tile.level + 1)) + 1), f"{tile.path} is not the tree's"
                )

    def _checkpoints(
        self,
        head: Checkpoint,
        checkpoints: list[tuple[int, CheckpointPublished]],
        made: Mapping[tuple[int, int], list[bytes]],
    ) -> None:
        def read(tile: Tile) -> bytes:
            return b"".join(made[tile.level, tile.index][: tile.width])

        node = nodes(head.size, read)
        for position, event in checkpoints:
            try:
                said = checkpoint.verify(event.note.encode(), origin=event.origin, verifiers=[self._verifier])
            except AuditError as error:
                self._say(position, f"an earlier checkpoint does not verify: {error}")
                continue
            if not said.size < position or said.root != root_of(said.size, node):
                self._say(position, f"the checkpoint of {said.size} events is of another history")

    def _head_stamps(self, size: int) -> None:
        # What was stamped under the head stands in the log behind it, where this bundle ends.
        held = set(self._file.namelist())
        for name in takewhile(held.__contains__, map(STAMP_NAME.format, count(1))):
            for problem in self._stampings.loose(size, self._member("checkpoint"), self._member(name), name):
                self._say(size, problem)

    def _views(self, projections: Mapping[str, Projection], events: list[RecordedEvent]) -> None:
        made = replay(projections.values(), events, self._manifest.policy)
        for name, digest in self._manifest.views.items():
            if name not in made:
                self._say(0, f"the bundle shows views of {name!r}, which this release does not know")
            elif made[name].digest != digest:
                self._say(0, f"replaying the events gives other views of {name} than were shown")


def verify(
    path: Path,
    projections: Mapping[str, Projection],
    *,
    key: str | None = None,
    trusted: "Sequence[Certificate]" = (),
    held: Sequence[Checkpoint] = (),
    on_progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Verdict:
    """Return the verdict on a bundle. `key` is the operator's public key, known beforehand; else the bundle's own is used.

    Time stamps are verified where certificates of authorities are given that are `trusted`; the history is compared with the
    checkpoints that the auditor has `held`. Raises AuditError for what is no bundle, for a checkpoint that the key has not signed, and for a malformed key.
    """
    try:
        with zipfile.ZipFile(path) as file:
            return Outside(file, key, trusted, held).check(projections, on_progress)
    except (OSError, zipfile.BadZipFile) as error:
        raise AuditError("bundle", f"{path} cannot be read: {error}") from None
