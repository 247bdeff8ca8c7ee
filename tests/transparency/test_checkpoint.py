"""Checkpoints: those of a log that everybody uses, ours, and those that contradict themselves."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.transparency.tree import numbered
from tracker.errors import AuditError
from tracker.transparency import checkpoint, note
from tracker.transparency.checkpoint import Checkpoint
from tracker.transparency.merkle import EMPTY_ROOT
from tracker.transparency.note import Signer

# Two heads of the checksum database that every Go installation verifies, and its public key.
SUMDB = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"
SUMDB_EARLIER = (
    "go.sum database tree\n31700353\nqINS1GRFhWHwdkUeqLEoP4yEMkTBBzxBkGwGQlVlVcs=\n\n"
    "— sum.golang.org Az3grnmrIUEDFqHzAElIQCPNoRFRAAdFo47fooyWKMHb89k11GJh5zHIfNCOBmwn/C3YI8oW9/C8DJ87F61QqspBYwM=\n"
)
SUMDB_LATER = (
    "go.sum database tree\n65209736\n5+uGFjx6xBZG8ip1+wi77v+grwbhhukIrxEUS8PXvRo=\n\n"
    "— sum.golang.org Az3grnbssgK7ubgFX36gVETtNv0U23qxyAhAMai2QUfeGa3nB/akvkMdlUErfcZz7l/R3cVtYspg3dxXABkGZZKdsQ8=\n"
)
# The example of c2sp.org/tlog-checkpoint.
EXAMPLE = (
    "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
    "— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeM"
    "cTOAYQ8=\n"
)
ROOT64 = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="
EMPTY64 = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="

ORIGIN = "log.example/space"
LOG = numbered(10)
OURS = Signer(ORIGIN, b"a seed that is 32 bytes long ...")
OTHER = Signer("other.example/log", b"another seed of 32 bytes in all.")
HEAD = Checkpoint(ORIGIN, LOG.size, LOG.roots[-1])
lines = st.text(st.characters(codec="utf-8", min_codepoint=32), min_size=1)


@pytest.mark.parametrize(("signed", "size"), [(SUMDB_EARLIER, 31_700_353), (SUMDB_LATER, 65_209_736)])
def test_a_head_of_the_go_checksum_database_is_verified(signed, size):
    key = note.parse_verifier(SUMDB)
    head = checkpoint.verify(signed.encode(), origin="go.sum database tree", verifiers=[key])
    assert (head.size, head.extensions) == (size, ())
    assert head.text == signed.partition("\n\n")[0] + "\n"
    with pytest.raises(AuditError, match="does not hold"):
        checkpoint.verify(
            signed.replace(str(size), str(size + 1)).encode(), origin="go.sum database tree", verifiers=[key]
        )


def test_the_example_of_the_specification_is_read():
    head = checkpoint.read(EXAMPLE.encode())
    assert (head.origin, head.size) == ("example.com/behind-the-sofa", 20_852_163)
    assert head.root.hex() == "0ac5186a91863e8e1d90c808014aa89bf5da8e3ee1d9f07630f0378f68f1ab62"
    assert f"{head.text}\n" == EXAMPLE.partition("— ")[0]


def test_what_we_sign_is_three_lines_and_a_signature():
    signed = checkpoint.sign(HEAD, [OURS])
    assert signed.decode().split("\n")[:2] == ["log.example/space", "10"]
    assert signed.decode().count("\n") == 5
    assert checkpoint.verify(signed, origin=ORIGIN, verifiers=[OURS.verifier]) == HEAD


def test_a_log_of_nothing_has_a_head_too():
    head = Checkpoint(ORIGIN, 0, EMPTY_ROOT)
    assert head.text == f"{ORIGIN}\n0\n{EMPTY64}\n"
    assert checkpoint.parse(head.text) == head


@given(lines, st.integers(1, 2**64 - 1), st.binary(min_size=32, max_size=32), st.lists(lines, max_size=3))
def test_every_checkpoint_is_read_back(origin, size, root, extensions):
    head = Checkpoint(origin, size, root, tuple(extensions))
    assert checkpoint.parse(head.text) == head
    assert checkpoint.read(checkpoint.sign(head, [OURS])) == head


@settings(deadline=None)
@given(st.integers(0, len(checkpoint.sign(HEAD, [OURS])) * 8 - 1))
def test_any_flipped_bit_is_refused(bit):
    signed = bytearray(checkpoint.sign(HEAD, [OURS]))
    signed[bit // 8] ^= 1 << bit % 8
    with pytest.raises(AuditError):
        checkpoint.verify(bytes(signed), origin=ORIGIN, verifiers=[OURS.verifier])


def test_a_new_key_takes_over_while_the_old_one_is_still_believed():
    renewed = Signer(ORIGIN, bytes(32))
    signed = checkpoint.sign(HEAD, [OURS, renewed])
    for believed in ([OURS.verifier], [renewed.verifier], [OURS.verifier, renewed.verifier]):
        assert checkpoint.verify(signed, origin=ORIGIN, verifiers=believed) == HEAD


def test_a_witness_adds_its_line_and_ours_stays():
    ours = note.parse(checkpoint.sign(HEAD, [OURS]))
    witnessed = checkpoint.sign(HEAD, [OTHER], existing=ours.signatures)
    assert checkpoint.verify(witnessed, origin=ORIGIN, verifiers=[OURS.verifier]) == HEAD
    assert len(note.parse(witnessed).signatures) == 2


def test_a_checkpoint_of_another_log_under_our_key_is_refused():
    signed = checkpoint.sign(Checkpoint("log.example/weather", 10, LOG.roots[-1]), [OURS])
    with pytest.raises(AuditError, match=r"is of 'log\.example/weather', not of 'log\.example/space'"):
        checkpoint.verify(signed, origin=ORIGIN, verifiers=[OURS.verifier])


def test_our_checkpoint_signed_by_somebody_else_is_refused():
    with pytest.raises(AuditError, match="no signature of a known key"):
        checkpoint.verify(checkpoint.sign(HEAD, [OTHER]), origin=ORIGIN, verifiers=[OURS.verifier])
    with pytest.raises(AuditError, match="no signature of a known key"):
        checkpoint.verify(checkpoint.sign(HEAD, [OURS]), origin=ORIGIN, verifiers=[])


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "three whole lines or more"),
        (f"log.example\n10\n{ROOT64}", "three whole lines or more"),
        ("log.example\n10\n", "three whole lines or more"),
        (f"log.example\n10\n{ROOT64}\nextension", "three whole lines or more"),
        (f"\n10\n{ROOT64}\n", "not empty"),
        (f"log.example\n10\n{ROOT64}\n\n", "not empty"),
        (f"log.example\n10\n{ROOT64}\nextension\n\nextension\n", "not empty"),
        (f"log.example\n010\n{ROOT64}\n", "decimal"),
        (f"log.example\n+10\n{ROOT64}\n", "decimal"),
        (f"log.example\n 10\n{ROOT64}\n", "decimal"),
        (f"log.example\n1_0\n{ROOT64}\n", "decimal"),
        (f"log.example\n١٠\n{ROOT64}\n", "decimal"),
        (f"log.example\n0x10\n{ROOT64}\n", "decimal"),
        (f"log.example\n-1\n{ROOT64}\n", "decimal"),
        (f"log.example\n{2**64}\n{ROOT64}\n", "decimal"),
        (f"log.example\n{'9' * 5000}\n{ROOT64}\n", "decimal"),
        (f"log.example\n10\n{ROOT64[:-1]}\n", "base64"),
        (f"log.example\n10\n{ROOT64[:-2]}J=\n", "base64"),
        (f"log.example\n10\n {ROOT64}\n", "base64"),
        ("log.example\n10\nCsUYapGGPo4=\n", "8 bytes, not 32"),
        ("log.example\n10\n\n", "0 bytes, not 32"),
        (f"log.example\n0\n{ROOT64}\n", "SHA-256 of nothing"),
    ],
)
def test_what_is_not_exactly_a_checkpoint_is_refused(text, reason):
    with pytest.raises(AuditError, match=reason):
        checkpoint.parse(text)


@pytest.mark.parametrize(
    "fields",
    [
        {"origin": ""},
        {"origin": "two\nlines"},
        {"origin": "\ud800"},
        {"size": -1},
        {"size": 2**64},
        {"size": 0},
        {"root": b"short"},
        {"extensions": ("",)},
        {"extensions": ("fine", "tab\t")},
    ],
)
def test_what_no_checkpoint_can_say_cannot_be_made(fields):
    with pytest.raises(AuditError, match="checkpoint"):
        Checkpoint(**{"origin": ORIGIN, "size": 10, "root": LOG.roots[-1], **fields})
