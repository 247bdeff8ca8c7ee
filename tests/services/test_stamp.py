"""A checkpoint stamped by somebody else, over the wire and by hand, and found out when it was not."""

import base64
import subprocess
import threading
import zipfile

import msgspec
import pytest

from tests.builders import extracted, ref
from tests.services.test_bundle import silent
from tests.transparency.authority import OPENSSL, Authority, serving
from tracker.domain.policy import Policy
from tracker.errors import AuditError, ConfigError
from tracker.events import codec
from tracker.events.envelope import ANY, stream_name
from tracker.events.types import CheckpointTimestamped
from tracker.fetch import timestamp as http
from tracker.projections import PROJECTIONS
from tracker.services.audit import outside, stamp
from tracker.services.audit.bundle import Export
from tracker.services.audit.seal import Key, Seal
from tracker.services.audit.verify import Verify
from tracker.services.consumers.tree import Tree
from tracker.transparency import timestamp

TSA = "https://tsa.example/tsr"


def append(store, first, count):
    """Events that every audit understands, and that need no text."""
    document = ref("a-document", "2024-01")
    new = [codec.encode(extracted(document), id=f"event-{n}") for n in range(first, first + count)]
    with store.transaction() as transaction:
        transaction.log.append(stream_name("document", document.id), new, expected_version=ANY)


@pytest.fixture
def key(tmp_path):
    made = Key(tmp_path / "audit.key")
    made.make("example.org/tracker")
    return made


@pytest.fixture
def seal(store, key):
    append(store, 0, 20)
    return Seal(store, Tree(store), key)


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("tsa") / "own")


@pytest.fixture(scope="module")
def trusted(authority):
    return timestamp.roots(authority.roots)


def stamped(seal, authority, trusted=()):
    sealed = seal.checkpoint()
    return seal.stamps.ask(sealed.note, sealed.position, TSA, authority.answer, trusted)


def verified(store, trusted=()):
    return Verify(store).log(on_progress=silent, trusted=trusted)


def forged(store, seal, **changes):
    """Record a stamp that says something else than the honest one."""
    (_, event), *_ = recorded(store, seal)
    changed = msgspec.structs.replace(event, **changes)
    with store.transaction() as transaction:
        transaction.log.append(
            stream_name("policy"), [codec.encode(changed, id=f"forged {changes}")], expected_version=ANY
        )


def recorded(store, seal):
    with store.reading() as reading:
        return stamp.recorded(reading, min(seal.notes()))


def test_asked_over_http_recorded_and_verified_offline(store, seal, authority, trusted):
    sealed = seal.checkpoint()
    with authority.serving() as url:
        made = seal.stamps.ask(
            sealed.note, sealed.position, http.shown(url), lambda question: http.ask(url, question), trusted
        )
    assert (made.checkpoint, made.position, made.new) == (21, 22, True)
    for known, really in ((trusted, True), ((), False)):
        verdict = verified(store, known)
        assert verdict.ok
        assert [(one.size, one.stamped_at, one.verified) for one in verdict.timestamps] == [
            (20, made.stamped_at, really)
        ]


def test_nothing_new_is_neither_signed_nor_asked_again(store, seal, authority):
    first = stamped(seal, authority)
    count = len(authority.asked)
    again = stamped(seal, authority)
    assert (again.position, again.new, len(authority.asked)) == (first.position, False, count)
    assert not seal.checkpoint().new
    append(store, 100, 1)
    assert seal.checkpoint().size == 23


def test_carried_by_hand_even_when_the_answer_comes_late(store, seal, authority, trusted):
    old = seal.checkpoint()
    question = stamp.question(old.note)
    append(store, 100, 5)
    seal.checkpoint()
    answer = authority.answer(question)
    with pytest.raises(AuditError, match="is not one for this checkpoint"):
        seal.stamps.by_hand(seal.notes(), answer, question[:-1], trusted)
    with pytest.raises(AuditError, match="nonce"):
        seal.stamps.by_hand(seal.notes(), answer, stamp.question(old.note), trusted)
    made = seal.stamps.by_hand(seal.notes(), answer, question, trusted)
    assert (made.checkpoint, made.authority) == (old.position, "by hand")
    assert not seal.stamps.by_hand(seal.notes(), answer, question, trusted).new
    assert [one.size for one in verified(store, trusted).timestamps] == [20]
    with pytest.raises(AuditError, match="of no checkpoint in this log"):
        seal.stamps.by_hand(seal.notes(), authority.answer(timestamp.query(b"1" * 32, nonce=1)), None, trusted)


def test_what_does_not_fit_is_not_recorded(store, seal, authority, tmp_path):
    sealed = seal.checkpoint()
    stranger = Authority(tmp_path / "stranger")
    with pytest.raises(AuditError, match="not by an authority that is trusted"):
        stamped(seal, authority, timestamp.roots(stranger.roots))
    other = timestamp.query(b"1" * 32, nonce=5)
    with pytest.raises(AuditError, match="something else than the checkpoint"):
        seal.stamps.ask(sealed.note, sealed.position, TSA, lambda _: authority.answer(other), ())
    with store.reading() as reading:
        assert reading.log.last_position() == sealed.position


def tampered(event):
    """The honest answer with its last byte, which is of the signature, changed."""
    reply = base64.b64decode(event.reply)
    return base64.b64encode(reply[:-1] + bytes([reply[-1] ^ 1])).decode()


@pytest.mark.parametrize(
    ("change", "reason", "blind"),
    [
        (lambda event: {"stamped_at": "2001-01-01T00:00:00.000000Z"}, "not of 2001", False),
        (lambda event: {"nonce": "7"}, "nonce", False),
        (lambda event: {"reply": tampered(event)}, "not by an authority", False),
        (lambda event: {"reply": "MAUwAwIBAg=="}, "refused by the authority", False),
        (lambda event: {"note_sha256": "1" * 64}, "no checkpoint that was recorded", True),
        (lambda event: {"checkpoint": 5}, "no checkpoint that was recorded at position 5", True),
    ],
)
def test_a_false_stamp_in_the_log_is_named_with_its_position(store, seal, authority, trusted, change, reason, blind):
    stamped(seal, authority)
    ((_, event),) = recorded(store, seal)
    forged(store, seal, **change(event))
    (problem,) = verified(store, trusted).problems
    assert problem.position == 23
    assert reason in problem.problem
    assert verified(store).ok is not blind


def test_a_certificate_that_had_expired_is_found_by_the_audit(store, seal, tmp_path):
    late = Authority(tmp_path / "late", until=-1)
    stamped(seal, late)
    (problem,) = verified(store, timestamp.roots(late.roots)).problems
    assert (problem.position, "expired" in problem.problem) == (22, True)


def test_a_bundle_carries_the_stamp_of_its_own_head(pipeline, store, seal, key, authority, trusted, tmp_path):
    stamped(seal, authority)
    append(store, 50, 1)
    stamped(seal, authority)
    signer = key.signer()
    path = tmp_path / "bundle.zip"
    Export(store, seal, pipeline.project, Policy()).write(path, signer.verifier, on_progress=silent)
    verdict = outside.verify(path, PROJECTIONS, key=signer.verifier.encode(), trusted=trusted)
    assert [(one.size, one.authority, one.verified) for one in verdict.timestamps] == [
        (20, TSA, True),
        (23, "checkpoint.1.tsr", True),
    ]
    # Who has openssl needs nothing of ours.
    with zipfile.ZipFile(path) as bundle:
        bundle.extractall(tmp_path)
    (tmp_path / "roots.pem").write_bytes(authority.roots)
    command = ["ts", "-verify", "-data", "checkpoint", "-in", "checkpoint.1.tsr", "-CAfile", "roots.pem"]
    subprocess.run([OPENSSL, *command], cwd=tmp_path, check=True, capture_output=True)
    # Without certificates, what lies beside the log says nothing.
    assert [one.size for one in outside.verify(path, PROJECTIONS).timestamps] == [20]
    stranger = timestamp.roots(Authority(tmp_path / "stranger").roots)
    problems = outside.verify(path, PROJECTIONS, trusted=stranger).problems
    assert [problem.position for problem in problems] == [22, 23]
    assert all("not by an authority" in problem.problem for problem in problems)


def test_an_authority_that_is_down_slow_or_talkative_is_told_without_its_password(monkeypatch):
    secret = "http://someone:hunter2@127.0.0.1:9/tsr?key=hunter2"
    assert http.shown(secret) == "http://127.0.0.1:9/tsr"
    with pytest.raises(AuditError, match=r"http://127\.0\.0\.1:9/tsr cannot be asked") as told:
        http.ask(secret, b"q")
    assert "hunter2" not in str(told.value)
    with serving(lambda _: (503, b"")) as url, pytest.raises(AuditError, match="status 503"):
        http.ask(url, b"q")
    with serving(lambda _: (200, b"x" * 100_000)) as url, pytest.raises(AuditError, match="more than 65536 bytes"):
        http.ask(url, b"q")
    done = threading.Event()
    with serving(lambda _: (200, b"x" * done.wait(5))) as url:
        with pytest.raises(AuditError, match=r"did not answer within 0\.1 seconds"):
            http.ask(url, b"q", seconds=0.1)
        done.set()


@pytest.mark.parametrize("url", ["", "tsa.example", "ftp://tsa.example/", "file:///etc/passwd", "http://[", "http://"])
def test_what_is_no_address_of_an_authority_is_refused(url):
    with pytest.raises(ConfigError, match="--timestamp"):
        http.ask(url, b"q")


def test_what_is_kept_is_what_the_authority_said(store, seal, authority):
    made = stamped(seal, authority)
    ((position, event),) = recorded(store, seal)
    assert isinstance(event, CheckpointTimestamped)
    assert position == made.position
    assert timestamp.imprint(seal.notes()[21].encode()).hex() == event.note_sha256
    assert int(event.nonce) == timestamp.nonce_of(authority.asked[-1], bytes.fromhex(event.note_sha256))
