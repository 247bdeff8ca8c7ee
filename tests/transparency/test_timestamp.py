"""A stamp is believed for this note, this question and a trusted authority, and for nothing else."""

import datetime as dt
import random
import re
import subprocess
import sys

import pytest
from cryptography.x509.oid import ExtendedKeyUsageOID

from tests.transparency.authority import OPENSSL, Authority
from tracker.errors import AuditError, ConfigError
from tracker.transparency import timestamp

NOTE = b"example.org/log\n7\nAAAA\n\n\xe2\x80\x94 a signature\n"
DIGEST = timestamp.imprint(NOTE)
NONCE = 2**63 + 12345


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("tsa") / "own")


@pytest.fixture(scope="module")
def trusted(authority):
    return timestamp.roots(authority.roots)


@pytest.fixture(scope="module")
def reply(authority):
    return authority.answer(timestamp.query(DIGEST, nonce=NONCE))


@pytest.mark.parametrize("nonce", [0, 1, 127, 128, 255, 2**31, 2**63 - 1, 2**63, 2**64 - 1])
def test_a_question_is_what_openssl_reads_and_its_nonce_comes_back(tmp_path, nonce):
    question = timestamp.query(DIGEST, nonce=nonce)
    assert timestamp.nonce_of(question, DIGEST) == nonce
    if OPENSSL is None:
        pytest.skip("openssl is not installed here")
    (tmp_path / "q.tsq").write_bytes(question)
    told = subprocess.run(
        [OPENSSL, "ts", "-query", "-in", "q.tsq", "-text"], cwd=tmp_path, check=True, capture_output=True, text=True
    ).stdout
    assert int(re.search(r"Nonce: (\w+)", told)[1], 16) == nonce
    assert "Certificate required: yes" in told
    assert DIGEST.hex()[:32] in told.replace(" ", "").replace("-", "")


@pytest.mark.parametrize("broken", [b"", b"\x30", b"not a question", timestamp.query(b"1" * 32, nonce=5)])
def test_the_question_for_another_note_is_refused(broken):
    with pytest.raises(AuditError, match="is not one for this checkpoint"):
        timestamp.nonce_of(broken, DIGEST)
    question = bytearray(timestamp.query(DIGEST, nonce=5))
    for at in range(len(question)):
        changed = bytes([*question[:at], question[at] ^ 1, *question[at + 1 :]])
        if at != len(question) - 4:  # the nonce itself
            with pytest.raises(AuditError):
                timestamp.nonce_of(changed, DIGEST)


def test_an_honest_stamp_tells_its_time(reply, trusted):
    said = timestamp.verify(reply, DIGEST, nonce=NONCE, trusted=trusted)
    stamped = dt.datetime.fromisoformat(said.at)
    assert abs(dt.datetime.now(dt.UTC) - stamped) < dt.timedelta(minutes=5)
    assert said == timestamp.read(reply, DIGEST, nonce=None)
    assert said.policy == "1.2.3.4.1"


def test_openssl_agrees(reply, authority, tmp_path):
    (tmp_path / "note").write_bytes(NOTE)
    (tmp_path / "a.tsr").write_bytes(reply)
    (tmp_path / "roots.pem").write_bytes(authority.roots)
    command = [OPENSSL, "ts", "-verify", "-data", "note", "-in", "a.tsr", "-CAfile", "roots.pem"]
    assert "OK" in subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, text=True).stdout


def test_a_stamp_on_another_note_or_for_another_question_is_refused(reply, trusted):
    with pytest.raises(AuditError, match="something else than the checkpoint"):
        timestamp.verify(reply, timestamp.imprint(b"another"), nonce=NONCE, trusted=trusted)
    with pytest.raises(AuditError, match="nonce"):
        timestamp.verify(reply, DIGEST, nonce=NONCE + 1, trusted=trusted)


def test_another_root_is_not_believed(reply, tmp_path):
    stranger = Authority(tmp_path / "stranger")
    with pytest.raises(AuditError, match="not by an authority that is trusted"):
        timestamp.verify(reply, DIGEST, nonce=NONCE, trusted=timestamp.roots(stranger.roots))


def test_a_certificate_that_had_expired_stamps_nothing(tmp_path):
    late = Authority(tmp_path / "late", until=-1)
    answer = late.answer(timestamp.query(DIGEST, nonce=NONCE))
    assert timestamp.read(answer, DIGEST, nonce=NONCE)
    with pytest.raises(AuditError, match="expired"):
        timestamp.verify(answer, DIGEST, nonce=NONCE, trusted=timestamp.roots(late.roots))


def test_a_chain_in_any_order_leads_to_its_root(tmp_path):
    """Several, because which order the certificates have by chance differs from key to key."""
    for n in range(4):
        above = Authority(tmp_path / str(n), chain=True)
        answer = above.answer(timestamp.query(DIGEST, nonce=NONCE))
        assert timestamp.verify(answer, DIGEST, nonce=NONCE, trusted=timestamp.roots(above.roots))


def test_a_certificate_for_something_else_stamps_nothing(tmp_path, reply):
    """`openssl ts` will not sign with one; `openssl cms` signs anything, so the same words are signed again by it."""
    web = Authority(tmp_path / "web", usage=ExtendedKeyUsageOID.SERVER_AUTH)
    with pytest.raises(subprocess.CalledProcessError):
        web.answer(timestamp.query(DIGEST, nonce=NONCE))
    forged = web.sign_again(reply)
    assert timestamp.read(forged, DIGEST, nonce=NONCE) == timestamp.read(reply, DIGEST, nonce=NONCE)
    with pytest.raises(AuditError, match="unsuitable certificate purpose"):
        timestamp.verify(forged, DIGEST, nonce=NONCE, trusted=timestamp.roots(web.roots))
    # The same way with the right certificate is believed: it is the usage alone that was wrong.
    right = Authority(tmp_path / "right")
    assert timestamp.verify(right.sign_again(reply), DIGEST, nonce=NONCE, trusted=timestamp.roots(right.roots))


def test_no_changed_answer_is_believed(reply, trusted):
    """One bit anywhere: refused in plain words, or in a place that means nothing (then the stamp says the same)."""
    said = timestamp.verify(reply, DIGEST, nonce=NONCE, trusted=trusted)
    chance = random.Random(3161)
    believed = 0
    for _ in range(400):
        at = chance.randrange(len(reply))
        changed = bytes([*reply[:at], reply[at] ^ 1 << chance.randrange(8), *reply[at + 1 :]])
        try:
            assert timestamp.verify(changed, DIGEST, nonce=NONCE, trusted=trusted) == said
            believed += 1
        except AuditError:
            pass
    assert believed < 20


@pytest.mark.parametrize("broken", [b"", b"<html>no</html>", b"\x30\x80", b"\x30\x03\x02\x01\x00", b"\x00" * 70_000])
def test_what_is_no_answer_is_refused(broken, trusted):
    with pytest.raises(AuditError, match="time stamp: "):
        timestamp.verify(broken, DIGEST, nonce=None, trusted=trusted)


def test_a_refusal_is_told_with_its_reason(tmp_path):
    strict = Authority(tmp_path / "strict", digests="sha512")
    with pytest.raises(AuditError, match="was refused by the authority"):
        timestamp.read(strict.answer(timestamp.query(DIGEST, nonce=NONCE)), DIGEST, nonce=NONCE)


def test_without_the_package_that_reads_answers_it_says_what_to_install(reply, trusted, monkeypatch):
    monkeypatch.setitem(sys.modules, "rfc3161_client", None)
    with pytest.raises(ConfigError, match=r"pip install 'tracker\[timestamp\]'"):
        timestamp.verify(reply, DIGEST, nonce=NONCE, trusted=trusted)


def test_a_file_without_certificates_is_no_file_of_roots():
    with pytest.raises(ConfigError, match="--tsa-roots: holds no certificates"):
        timestamp.roots(b"hello")
