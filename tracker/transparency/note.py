"""Text signed by one or more Ed25519 keys (C2SP signed-note, https://c2sp.org/signed-note), and the keys as text.

A key string holds name, key id and key: `name+c74f20a3+ARpc…` for the verifier, `PRIVATE+KEY+name+c74f20a3+AYEK…` for the
signer. The note specification leaves them out; this is the form of golang.org/x/mod/sumdb/note, which witnesses and logs share.
"""

import hashlib
import re
from collections.abc import Iterable, Sequence

import msgspec

from tracker.errors import AuditError
from tracker.transparency.spelling import from_base64, to_base64

MOST_SIGNATURES = 100
"""A note with more is refused before any is checked; the specification asks for at least 16."""

_ED25519 = b"\x01"
_KEY_SIZE = 32
_ID_SIZE = 4
_FORBIDDEN = re.compile(r"[\x00-\x09\x0b-\x1f\ud800-\udfff]")
_PRIVATE = "PRIVATE+KEY+"


class Verifier(msgspec.Struct, frozen=True):
    """A public key with its name: whose signatures are believed."""

    name: str
    key: bytes

    def __post_init__(self) -> None:
        """Refuse, with AuditError, a name that a signature line could not hold, and a key of another length."""
        _check_key("verifier key", self.name, self.key)

    @property
    def id(self) -> bytes:
        """The first four bytes of SHA-256(name ‖ 0x0A ‖ 0x01 ‖ key)."""
        return hashlib.sha256(self.name.encode() + b"\n" + _ED25519 + self.key).digest()[:_ID_SIZE]

    def encode(self) -> str:
        """Return the verifier key string ("vkey"), to be given to everybody."""
        return f"{self.name}+{self.id.hex()}+{to_base64(_ED25519 + self.key)}"


class Signer(msgspec.Struct, frozen=True):
    """A private key with its name; `seed` is the 32 bytes of RFC 8032, section 5.1.5, from a source of true randomness."""

    name: str
    seed: bytes

    def __post_init__(self) -> None:
        """Refuse, with AuditError, a name that a signature line could not hold, and a seed of another length."""
        _check_key("signer key", self.name, self.seed)

    def __repr__(self) -> str:
        """Return the name alone: a traceback must not show the key."""
        return f"Signer({self.name!r})"

    def __rich_repr__(self) -> list[tuple[str, object]]:
        """Return the name alone, for the same reason."""
        return [("name", self.name)]

    @property
    def verifier(self) -> Verifier:
        """The public half."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415  (see _holds)

        return Verifier(self.name, Ed25519PrivateKey.from_private_bytes(self.seed).public_key().public_bytes_raw())

    def encode(self) -> str:
        """Return the signer key string: who has it can sign in this name."""
        return f"{_PRIVATE}{self.name}+{self.verifier.id.hex()}+{to_base64(_ED25519 + self.seed)}"

    def sign(self, text: str) -> "Signature":
        """Return the signature over the text; the same each time (RFC 8032)."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415  (see _holds)

        value = Ed25519PrivateKey.from_private_bytes(self.seed).sign(text.encode())
        return Signature(self.name, self.verifier.id, value)


class Signature(msgspec.Struct, frozen=True):
    """One line below a note: who signed with which key, and the signature itself, of whatever algorithm that key has."""

    name: str
    id: bytes
    value: bytes


class Note(msgspec.Struct, frozen=True):
    """A text, ending in a newline, and what was signed under it; nothing is verified yet."""

    text: str
    signatures: tuple[Signature, ...]

    def encode(self) -> bytes:
        """Return the note as it is published."""
        lines = (f"— {one.name} {to_base64(one.id + one.value)}\n" for one in self.signatures)
        return f"{self.text}\n{''.join(lines)}".encode()


def parse_verifier(vkey: str) -> Verifier:
    """Return the key. Raises AuditError for a malformed string, another algorithm, or an id that is not the key's."""
    name, id_, key = _split("verifier key", vkey)
    verifier = Verifier(name, key)
    if id_ != verifier.id.hex():
        raise AuditError("verifier key", "the id is not that of the name and key")
    return verifier


def parse_signer(skey: str) -> Signer:
    """Return the key. Raises AuditError, which never holds the key, as `parse_verifier` does."""
    if not skey.startswith(_PRIVATE):
        raise AuditError("signer key", f"does not begin with {_PRIVATE}")
    name, id_, seed = _split("signer key", skey.removeprefix(_PRIVATE))
    signer = Signer(name, seed)
    if id_ != signer.verifier.id.hex():
        raise AuditError("signer key", "the id is not that of the name and key")
    return signer


def parse(content: bytes) -> Note:
    """Return the note, unverified. Raises AuditError for what is not exactly a note."""
    try:
        decoded = content.decode()
    except UnicodeDecodeError as error:
        raise AuditError("note", f"is not UTF-8 at byte {error.start}") from None
    if _FORBIDDEN.search(decoded):
        raise AuditError("note", "has a control character")
    text, blank, below = decoded.rpartition("\n\n")
    if not blank or not below.endswith("\n"):
        raise AuditError("note", "has no signatures after a blank line")
    lines = below[:-1].split("\n")
    if len(lines) > MOST_SIGNATURES:
        raise AuditError("note", f"has more than {MOST_SIGNATURES} signatures")
    return Note(f"{text}\n", tuple(_signature(line) for line in lines))


def sign(text: str, signers: Iterable[Signer], *, existing: Sequence[Signature] = ()) -> Note:
    """Return the note signed by all signers, after the existing signatures; one by the same key is replaced.

    Raises AuditError for a text that a note cannot hold, ValueError for no signer.
    """
    if not text.endswith("\n") or _FORBIDDEN.search(text):
        raise AuditError("note", "the text must end in a newline and hold no other control character")
    made = {(one.name, one.id): one for one in (signer.sign(text) for signer in signers)}
    if not made:
        raise ValueError("a note is signed by somebody")
    return Note(text, (*(one for one in existing if (one.name, one.id) not in made), *made.values()))


def verify(note: Note, verifiers: Iterable[Verifier]) -> tuple[Verifier, ...]:
    """Return the verifiers whose signatures the note carries: at least one. Signatures of other keys are ignored.

    Raises AuditError if none is there, or if any that claims to be by one of the keys does not hold.
    """
    known: dict[tuple[str, bytes], Verifier] = {}
    for verifier in verifiers:
        if known.setdefault((verifier.name, verifier.id), verifier) != verifier:
            raise AuditError("verifier keys", f"two keys share the name and id {verifier.name}+{verifier.id.hex()}")
    found: dict[Verifier, None] = {}
    for one in note.signatures:
        by = known.get((one.name, one.id))
        if by and not _holds(by, note.text, one.value):
            raise AuditError("note", f"the signature of {one.name}+{one.id.hex()} does not hold")
        if by:
            found[by] = None
    if not found:
        raise AuditError("note", "carries no signature of a known key")
    return tuple(found)


def _holds(verifier: Verifier, text: str, value: bytes) -> bool:
    # Imported when first needed: most commands never sign or verify, and OpenSSL takes long to load.
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415  (see above)
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415  (see above)

    try:
        Ed25519PublicKey.from_public_bytes(verifier.key).verify(value, text.encode())
    except InvalidSignature:
        return False
    return True


def _signature(line: str) -> Signature:
    parts = line.split(" ")
    if len(parts) != 3 or parts[0] != "—" or not _is_name(parts[1]):
        raise AuditError("note", f"{line[:80]!r} is no signature line")
    value = from_base64(parts[2], f"signature of {parts[1]}")
    if len(value) <= _ID_SIZE:
        raise AuditError("note", f"the signature of {parts[1]} is empty")
    return Signature(parts[1], value[:_ID_SIZE], value[_ID_SIZE:])


def _split(what: str, text: str) -> tuple[str, str, bytes]:
    """The name, the key id in hex, and the key without its algorithm."""
    parts = text.split("+", 2)
    if len(parts) != 3:
        raise AuditError(what, "is not name+id+key")
    key = from_base64(parts[2], what)
    if key[:1] != _ED25519:
        raise AuditError(what, "is not of Ed25519")
    return parts[0], parts[1], key[1:]


def _check_key(what: str, name: str, key: bytes) -> None:
    if not _is_name(name):
        raise AuditError(what, "the name is empty, or has a space, a plus or a control character")
    if len(key) != _KEY_SIZE:
        raise AuditError(what, f"the key has {len(key)} bytes, not {_KEY_SIZE}")


def _is_name(text: str) -> bool:
    return bool(text) and "+" not in text and not _FORBIDDEN.search(text) and not any(one.isspace() for one in text)
