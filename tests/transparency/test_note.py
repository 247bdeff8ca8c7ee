"""Signed notes and keys: what other implementations write is read, what we write they read, and nothing else passes."""

import base64
import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.errors import AuditError
from tracker.transparency import note
from tracker.transparency.note import Note, Signature, Signer, Verifier

# The example of golang.org/x/mod/sumdb/note: one text, signed by two keys.
PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
PETER_PRIVATE = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
PETER_SIGNED = (
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
ENOCH = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop"
ENOCH_SIGNED = (
    "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n"
)
GO_TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
GO_NOTE = f"{GO_TEXT}\n{PETER_SIGNED}".encode()

# The example of c2sp.org/signed-note, with an empty line in its text, and letters beyond ASCII.
POEM = (
    "Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\ned è subito sera.\n\n"
    "— quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3Z"
    "ekRwNtIc=\n"
)

OURS = Signer("log.example/space", bytes(range(32)))
WITNESS = Signer("witness.example/w1", bytes(range(1, 33)))
TEXT = "a line\n\nand another one\n"
names = st.text(st.characters(codec="utf-8", exclude_categories=["Z", "C"], exclude_characters="+"), min_size=1)
texts = st.text(st.characters(codec="utf-8", min_codepoint=32) | st.just("\n")).map(lambda text: text + "\n")


def signed(text=TEXT, *signers):
    return note.sign(text, signers or [OURS]).encode()


def test_a_note_of_the_go_checksum_database_is_verified():
    opened = note.parse(GO_NOTE)
    assert opened.text == GO_TEXT
    assert note.verify(opened, [note.parse_verifier(PETER)]) == (note.parse_verifier(PETER),)


def test_our_signature_with_the_same_key_is_the_same_to_the_last_byte():
    assert note.sign(GO_TEXT, [note.parse_signer(PETER_PRIVATE)]).encode() == GO_NOTE


@pytest.mark.parametrize("vkey", [PETER, ENOCH])
def test_verifier_keys_are_read_and_written(vkey):
    assert note.parse_verifier(vkey).encode() == vkey


def test_signer_keys_are_read_and_written():
    signer = note.parse_signer(PETER_PRIVATE)
    assert signer.encode() == PETER_PRIVATE
    assert signer.verifier.encode() == PETER


def test_a_key_id_is_the_beginning_of_a_hash_over_name_type_and_key():
    key = OURS.verifier.key
    assert OURS.verifier.id == hashlib.sha256(b"log.example/space\n\x01" + key).digest()[:4]


def test_the_example_of_the_specification_is_taken_apart_and_put_together():
    opened = note.parse(POEM.encode())
    assert opened.text == "Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\ned è subito sera.\n"
    (signature,) = opened.signatures
    assert (signature.name, signature.id.hex(), len(signature.value)) == ("quasimodo.example/salvatore", "367ba04b", 64)
    assert opened.encode() == POEM.encode()
    with pytest.raises(AuditError, match="no signature of a known key"):
        note.verify(opened, [OURS.verifier])


@settings(deadline=None)
@given(texts, names, st.binary(min_size=32, max_size=32))
def test_what_anybody_signs_is_verified(text, name, seed):
    signer = Signer(name, seed)
    opened = note.parse(note.sign(text, [signer]).encode())
    assert opened.text == text
    assert note.verify(opened, [note.parse_verifier(signer.verifier.encode())]) == (signer.verifier,)
    assert note.parse_signer(signer.encode()) == signer


@given(st.integers(0, len(signed()) * 8 - 1))
def test_any_flipped_bit_of_a_note_is_refused(bit):
    content = bytearray(signed())
    content[bit // 8] ^= 1 << bit % 8
    with pytest.raises(AuditError):
        note.verify(note.parse(bytes(content)), [OURS.verifier])


def test_signatures_of_others_are_ignored_and_kept():
    both = note.parse(f"{GO_TEXT}\n{PETER_SIGNED}{ENOCH_SIGNED}".encode())
    peter, enoch = note.parse_verifier(PETER), note.parse_verifier(ENOCH)
    assert note.verify(both, [peter]) == (peter,)
    assert note.verify(both, [enoch]) == (enoch,)
    assert note.verify(both, [enoch, peter]) == (peter, enoch)
    assert note.sign(both.text, [OURS], existing=both.signatures).signatures[:2] == both.signatures


def test_a_signature_of_a_kind_we_do_not_know_is_ignored():
    """A witness puts a time before its signature, and another may use an algorithm that is yet to come."""
    opened = note.parse(signed())
    later = Signature("witness.example/w1", b"\x04\x04\x04\x04", b"\x00" * 72)
    longer = Signature(OURS.name, b"\xff\x00\xff\x00", b"\x01" * 2420)
    crowd = note.parse(Note(opened.text, (later, *opened.signatures, longer)).encode())
    assert note.verify(crowd, [OURS.verifier]) == (OURS.verifier,)


def test_name_and_id_together_make_a_key_known():
    opened = note.parse(signed())
    (ours,) = opened.signatures
    for stranger in (Signature("other.example", ours.id, ours.value), Signature(ours.name, b"abcd", ours.value)):
        with pytest.raises(AuditError, match="no signature of a known key"):
            note.verify(Note(TEXT, (stranger,)), [OURS.verifier])


def test_one_false_signature_in_a_known_name_spoils_the_note():
    opened = note.parse(signed(TEXT, OURS, WITNESS))
    false = Signature(WITNESS.name, WITNESS.verifier.id, OURS.sign(TEXT).value)
    with pytest.raises(AuditError, match=r"signature of witness\.example/w1\+[0-9a-f]{8} does not hold"):
        note.verify(Note(TEXT, (opened.signatures[0], false)), [OURS.verifier, WITNESS.verifier])
    assert note.verify(Note(TEXT, (opened.signatures[0], false)), [OURS.verifier]) == (OURS.verifier,)


def test_a_text_signed_again_by_the_same_key_carries_one_signature_of_it():
    once = note.sign(TEXT, [WITNESS, OURS])
    assert note.sign(TEXT, [OURS, OURS], existing=once.signatures) == once


def test_a_signature_does_not_carry_over_to_another_text():
    moved = Note("another text\n", note.parse(signed()).signatures)
    with pytest.raises(AuditError, match="does not hold"):
        note.verify(moved, [OURS.verifier])


def test_two_keys_under_one_name_and_id_are_refused():
    class Impostor(Verifier, frozen=True):
        id = OURS.verifier.id

    with pytest.raises(AuditError, match="share the name and id"):
        note.verify(note.parse(signed()), [OURS.verifier, Impostor(OURS.name, bytes(32))])


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n",
        GO_TEXT.encode(),
        GO_TEXT.encode() + b"\n",
        GO_NOTE[:-1],
        GO_NOTE + b"\n",
        GO_NOTE + b"a line too many\n",
        GO_NOTE.replace(b"\n", b"\r\n"),
        b"\x01" + GO_NOTE,
        b"\xff" + GO_NOTE,
        GO_NOTE.replace("—".encode(), b"--"),
        GO_NOTE.replace("— ".encode(), "—".encode()),
        GO_NOTE.replace(b"PeterNeumann ", b"PeterNeumann  "),
        GO_NOTE.replace(b"PeterNeumann", b"Peter Neumann"),
        GO_NOTE.replace(b"PeterNeumann", "Peter\u00a0Neumann".encode()),
        GO_NOTE.replace(b"PeterNeumann", b"Peter+Neumann"),
        GO_NOTE.replace(b"PeterNeumann", b""),
        GO_NOTE.replace(b"nAM=", b"nAM"),
        GO_NOTE.replace(b"nAM=", b"nAN="),
        GO_NOTE.replace(b"nAM=", b"nA M="),
        GO_NOTE.replace(b"x08go/ZJ", b"x08go_ZJ"),
        f"{GO_TEXT}\n— PeterNeumann x08gow==\n".encode(),
        f"{GO_TEXT}\n— PeterNeumann \n".encode(),
        f"{GO_TEXT}\n{PETER_SIGNED * 101}".encode(),
    ],
)
def test_what_is_not_exactly_a_note_is_refused(content):
    with pytest.raises(AuditError):
        note.parse(content)


def test_a_note_may_carry_a_hundred_signatures():
    crowd = note.parse(f"{GO_TEXT}\n{PETER_SIGNED * 100}".encode())
    assert note.verify(crowd, [note.parse_verifier(PETER)]) == (note.parse_verifier(PETER),)


@pytest.mark.parametrize("text", ["", "no newline", "a tab\tin it\n", "carriage return\r\n", "half a pair \ud800\n"])
def test_a_text_that_no_note_can_hold_is_not_signed(text):
    with pytest.raises(AuditError, match="must end in a newline"):
        note.sign(text, [OURS])


def test_a_note_is_not_left_unsigned():
    with pytest.raises(ValueError, match="signed by somebody"):
        note.sign(TEXT, [])


@pytest.mark.parametrize("length", range(len(PETER)))
def test_a_part_of_a_verifier_key_is_no_key(length):
    for part in (PETER[:length], PETER[length + 1 :]):
        with pytest.raises(AuditError, match="verifier key"):
            note.parse_verifier(part)


@pytest.mark.parametrize("at", range(len(PETER)))
def test_a_verifier_key_with_one_letter_changed_is_no_key(at):
    with pytest.raises(AuditError, match="verifier key"):
        note.parse_verifier(PETER[:at] + chr(ord(PETER[at]) + 1) + PETER[at + 1 :])


@pytest.mark.parametrize(
    ("vkey", "reason"),
    [
        ("PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==", "base64"),
        ("PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADK", "35 bytes|36 bytes"),
        ("PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", "not of Ed25519"),
        ("PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", "the id"),
        ("Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", "the name"),
        ("PeterNeumann+c74f20a3", "name\\+id\\+key"),
    ],
)
def test_malformed_verifier_keys_say_why(vkey, reason):
    with pytest.raises(AuditError, match=reason):
        note.parse_verifier(vkey)


@pytest.mark.parametrize("at", range(len(PETER_PRIVATE)))
def test_a_signer_key_with_one_letter_changed_is_no_key_and_not_shown(at):
    changed = PETER_PRIVATE[:at] + chr(ord(PETER_PRIVATE[at]) + 1) + PETER_PRIVATE[at + 1 :]
    with pytest.raises(AuditError, match="signer key") as caught:
        note.parse_signer(changed)
    assert changed[-20:] not in str(caught.value)


def test_a_private_key_does_not_show_itself():
    assert OURS.seed.hex() not in repr(OURS)
    assert repr(OURS.seed) not in repr([OURS])
    assert base64.b64encode(OURS.seed).decode() not in repr(OURS)
    assert OURS.__rich_repr__() == [("name", "log.example/space")]


@pytest.mark.parametrize("name", ["", "two words", "a+b", "new\nline", "\x00", "non\u2003breaking", "\ud800"])
def test_a_key_name_that_no_signature_line_can_hold_is_refused(name):
    with pytest.raises(AuditError, match="the name"):
        Verifier(name, bytes(32))
    with pytest.raises(AuditError, match="the name"):
        Signer(name, bytes(32))
