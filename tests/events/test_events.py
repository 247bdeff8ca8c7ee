"""The words of the log: schemas, bytes, hashes."""

import hashlib
import json
from pathlib import Path

import msgspec
import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import claim, extracted, ref
from tracker import resources
from tracker.domain.ids import ClaimId, DocumentId, FeedId, SubjectId
from tracker.errors import ContractError, UnknownEventError
from tracker.events import codec, curation
from tracker.events.envelope import NewEvent, RecordedEvent, entry, seal, stream_name
from tracker.events.types import (
    EVENT_TYPES,
    CheckpointPublished,
    CheckpointTimestamped,
    ContentRedacted,
    DocumentCaptured,
    DocumentDuplicateJudged,
    DocumentRevised,
    FeedMoved,
    FeedRegistered,
    FeedRetired,
)
from tracker.events.upcasters import upcast
from tracker.serial import canonical
from tracker.transparency.merkle import RootBuilder, node_hash

DOCUMENT = ref("a-document", "2024-01", publisher="A newspaper")
CAPTURED = DocumentCaptured(
    document_id=DOCUMENT.id,
    version=1,
    rung="declared",
    source="a.txt",
    media_type="text/plain",
    language="en",
    published="2024-01",
    published_basis="text",
    text_digest="0" * 64,
    text_length=12,
    title="Moon’s call",
)
FEED = FeedId("feed_" + "2" * 20)
CLAIM = ClaimId("clm_" + "3" * 20)
LUPEX = SubjectId("mission/lupex")
SOMEBODY = {"actor": "an editor", "reason": "both agencies say so"}
SEEN = {**SOMEBODY, "subject": LUPEX, "basis_position": 7}
SAMPLES = {
    "document.captured": CAPTURED,
    "document.revised": msgspec.convert({**msgspec.structs.asdict(CAPTURED), "version": 2}, DocumentRevised),
    "document.duplicate_judged": DocumentDuplicateJudged(
        DOCUMENT.id, 2, "near_text", 600_000, 780_000, DocumentId("doc_" + "1" * 20), "Reuters", ("mission/lupex",)
    ),
    "claims.extracted": extracted(
        DOCUMENT,
        claim(
            DOCUMENT, "launch_date", "2025", "planned", since="2024", by="Japan", value_id="org/jaxa", superseded=True
        ),
        subjects=("mission/gone",),
    ),
    "content.redacted": ContentRedacted(DOCUMENT.id, ("0" * 64,), "asked by the author", "GDPR art. 17", "an operator"),
    "checkpoint.published": CheckpointPublished("example.org/log", 7, "0" * 64, "example.org/log\n7\n…\n"),
    "feed.registered": FeedRegistered(
        FEED, "https://example.org/news.xml", "News", "An agency", "operator", "its own words", True, "rss"
    ),
    "feed.moved": FeedMoved(FEED, "http://example.org/news.xml", "https://example.org/news.xml"),
    "feed.retired": FeedRetired(FEED, "gone", "the server answered 410 Gone"),
    "checkpoint.timestamped": CheckpointTimestamped(
        8, "0" * 64, "2026-01-01T12:00:00.000000Z", "https://tsa.example/", "MAMCAQI=", "14480001266812453"
    ),
    "claim.retracted": curation.ClaimRetracted(
        **{**SEEN, "reason": "wrong_entity"}, claim_id=CLAIM, attribute="launch_date", note="it means another craft"
    ),
    "claim.corrected": curation.ClaimCorrected(
        **SEEN, claim_id=CLAIM, attribute="launch_date", value="2028", modality="planned"
    ),
    "claim.restored": curation.ClaimRestored(**SEEN, claim_id=CLAIM, attribute="launch_date"),
    "claim.pinned": curation.ValuePinned(
        **SEEN, attribute="party", qualifier="org/isro lander", value="ISRO: lander", modality="actual",
        claim_id=CLAIM, by="India", value_id="org/isro", expires_on="2026-12-31",
    ),
    "claim.unpinned": curation.ValueUnpinned(**SEEN, attribute="party", qualifier="org/isro lander"),
    "conflict.acknowledged": curation.ConflictAcknowledged(
        **SEEN, attribute="launch_date", claim_ids=(CLAIM, ClaimId("clm_" + "4" * 20))
    ),
    "conflict.reopened": curation.ConflictReopened(**SEEN, attribute="launch_date"),
    "subject.renamed": curation.SubjectRenamed(**SEEN, name="Lunar Polar Exploration"),
    "subject.same_as_judged": curation.SameAsJudged(
        **SOMEBODY, left=LUPEX, right=SubjectId("mission/chandrayaan-5"), verdict="same", basis_position=7,
        catalogued=(LUPEX,),
    ),
    "subject.same_as_withdrawn": curation.SameAsWithdrawn(
        **SOMEBODY, left=LUPEX, right=SubjectId("mission/chandrayaan-5"), basis_position=7
    ),
    "source.graded": curation.SourceGraded(**SOMEBODY, publisher="The Paper", grade="secondary"),
    "policy.adopted": curation.PolicyAdopted(**SOMEBODY, version="2", table={"version": "2", "possible": 60}),
}  # fmt: skip


def recorded(new: NewEvent) -> RecordedEvent:
    return seal(1, stream_name("document", "x"), 1, "2026-01-01T00:00:00.000000Z", new)


@pytest.mark.parametrize(("type_", "version"), EVENT_TYPES)
def test_every_event_comes_back_as_it_went(type_, version):
    new = codec.encode(SAMPLES[type_], id="an-id")
    assert (new.type, new.schema_version) == (type_, version)
    assert codec.decode(recorded(new)) == SAMPLES[type_]


@pytest.mark.parametrize(("type_", "version"), EVENT_TYPES)
def test_every_event_has_a_schema_that_forbids_what_it_does_not_know(type_, version):
    schema = json.loads((resources.folder("schemas") / f"events/{type_}.v{version}.json").read_text())
    assert schema["$schema"].endswith("2020-12/schema")
    assert schema["additionalProperties"] is False
    fields = {field.encode_name for field in msgspec.structs.fields(EVENT_TYPES[type_, version])}
    assert set(schema["properties"]) == fields


@pytest.mark.parametrize(
    "broken",
    [
        msgspec.structs.replace(CAPTURED, text_digest="short"),
        msgspec.structs.replace(CAPTURED, version=0),
        msgspec.structs.replace(CAPTURED, published="yesterday"),
        msgspec.structs.replace(CAPTURED, document_id=DocumentId("12")),
        msgspec.structs.replace(SAMPLES["claims.extracted"], subjects=("rocket/x",)),
        msgspec.structs.replace(SAMPLES["claims.extracted"], subjects=("mission/x", "mission/x")),
    ],
)
def test_the_write_door_refuses_what_breaks_a_schema_and_says_where(broken):
    with pytest.raises(ContractError) as caught:
        codec.encode(broken, id="x")
    assert caught.value.problems
    assert all(path and message for path, message in caught.value.problems)


def test_an_event_of_a_later_release_is_named():
    with pytest.raises(UnknownEventError, match=r"document\.captured version 99"):
        codec.decode(recorded(NewEvent("x", "document.captured", 99, b"{}")))


def test_old_shapes_become_new_ones_step_by_step():
    steps = {
        ("a.happened", 1): lambda p: {**p, "place": "here"},
        ("a.happened", 2): lambda p: {"where": p["place"], "what": p["what"]},
    }
    assert upcast("a.happened", 1, {"what": 1}, steps) == (3, {"where": "here", "what": 1})
    assert upcast("b.happened", 1, {"what": 1}, steps) == (1, {"what": 1})


@given(st.text(), st.integers(1, 2**53 - 1), st.binary(max_size=50))
def test_an_entry_is_canonical_json(id_, position, payload):
    safe = hashlib.sha256(id_.encode("utf-8", "surrogatepass")).hexdigest()
    made = seal(
        position, stream_name("document", safe), 3, "2026-01-01T00:00:00.000000Z", NewEvent(safe, "a.b", 1, payload)
    )
    assert canonical(json.loads(entry(made))) == entry(made)


@pytest.mark.parametrize("name", ["", "Document/x", "document/ü", 'document/"', "document//x", "a b"])
def test_a_stream_name_that_an_entry_could_not_hold_is_refused(name):
    with pytest.raises(ValueError, match="stream name"):
        stream_name(name)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(max_codepoint=127)), inner),
    max_leaves=20,
)


@given(json_values)
def test_canonical_bytes_are_those_of_rfc_8785(value):
    assert canonical(value) == rfc8785.dumps(value)


@pytest.mark.parametrize(
    "value", [1.0, {"a": [2**53]}, {"é": 1}, {1: 2}, "\ud800", b"bytes", {"a": {"b": float("nan")}}]
)
def test_what_has_no_one_spelling_is_refused(value):
    with pytest.raises(ValueError, match=":"):
        canonical(value)


def naive_root(leaves: list[bytes]) -> bytes:
    """RFC 9162, section 2.1.1, word for word."""
    if len(leaves) < 2:
        return leaves[0] if leaves else hashlib.sha256(b"").digest()
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return node_hash(naive_root(leaves[:split]), naive_root(leaves[split:]))


@given(st.lists(st.binary(min_size=32, max_size=32), max_size=70))
def test_the_root_in_one_pass_is_the_root_of_the_definition(leaves):
    tree = RootBuilder()
    for leaf in leaves:
        tree.add(leaf)
    assert (tree.size, tree.root) == (len(leaves), naive_root(leaves))


def test_the_known_tree_of_certificate_transparency():
    """The eight inputs that the reference implementations share."""
    inputs = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
    tree = RootBuilder()
    for data in inputs:
        tree.add(hashlib.sha256(b"\x00" + bytes.fromhex(data)).digest())
    assert tree.root.hex() == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"


FROZEN = sorted((Path(__file__).parent.parent / "data" / "events").glob("*.json"))


@pytest.mark.parametrize("path", FROZEN, ids=lambda path: path.stem)
def test_what_an_earlier_release_wrote_can_still_be_read(path):
    """One file for each shape that was ever written; they are added to, and never changed."""
    type_, _, version = path.stem.rpartition(".v")
    payload = path.read_bytes().rstrip(b"\n")
    event = codec.decode(recorded(NewEvent("x", type_, int(version), payload)))
    newest = max(v for t, v in EVENT_TYPES if t == type_)
    again = codec.encode(event, id="x")
    assert (again.type, again.schema_version) == (type_, newest)
    assert int(version) != newest or again.payload == payload


def test_every_shape_that_is_written_has_its_frozen_file():
    assert {path.stem for path in FROZEN} >= {f"{type_}.v{version}" for type_, version in EVENT_TYPES}
