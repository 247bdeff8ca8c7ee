"""Time stamps of others: the question to an authority and what its answer shows (RFC 3161).

A checkpoint that somebody else has stamped cannot be made later than its stamp: whoever rewrites history, key and database in
hand, still cannot sign it into the past. A question carries the SHA-256 of the signed note and a nonce; the answer is signed
by the authority's certificate, which must be for time stamps alone and lead to a root that the auditor trusts.

Questions are written here, byte for byte. Answers are read by the package `rfc3161-client` (`pip install 'tracker[timestamp]'`),
and nothing else of this program needs it. Whether a certificate was revoked is not looked up: that would need the network.
"""

import datetime as dt
import hashlib
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from tracker.errors import AuditError, ConfigError

if TYPE_CHECKING:
    from cryptography.x509 import Certificate
    from rfc3161_client import TimeStampResponse

QUERY_TYPE = "application/timestamp-query"
REPLY_TYPE = "application/timestamp-reply"
"""Media types of question and answer (RFC 3161, section 3.4)."""

LONGEST_REPLY = 65_536
"""Bytes; answers with three certificates have about 6,000."""

MOST_NONCE = 2**64
"""Nonces are below it; some authorities take no longer ones."""

_WHAT = "time stamp"
_SHA256 = "2.16.840.1.101.3.4.2.1"
_GRANTED = 0

# TimeStampReq in DER: version 1, SHA-256 with its digest, nonce, and "send your certificate along".
_VERSION = bytes.fromhex("020101")
_IMPRINT = bytes.fromhex("3031300d060960864801650304020105000420")
_WITH_CERTIFICATE = bytes.fromhex("0101ff")


class Stamp(msgspec.Struct, frozen=True):
    """What an answer says: the instant (UTC, RFC 3339 with microseconds), its serial number, the authority's policy."""

    at: str
    serial: str
    policy: str


def imprint(note: bytes) -> bytes:
    """Return what is stamped: SHA-256 of the note as it was signed."""
    return hashlib.sha256(note).digest()


def query(digest: bytes, *, nonce: int) -> bytes:
    """Return the question (TimeStampReq, DER) for an imprint. The nonce should be one that nobody can foresee."""
    if not 0 <= nonce < MOST_NONCE or len(digest) != hashlib.sha256().digest_size:
        raise ValueError("an imprint has 32 bytes, and a nonce is below 2^64")
    # A leading bit of one would make the number negative.
    number = nonce.to_bytes(nonce.bit_length() // 8 + 1, "big")
    body = _VERSION + _IMPRINT + digest + b"\x02" + bytes([len(number)]) + number + _WITH_CERTIFICATE
    return b"\x30" + bytes([len(body)]) + body


def nonce_of(question: bytes, digest: bytes) -> int:
    """Return the nonce of a question that `query` made for this imprint. Raises AuditError for any other bytes."""
    start = 2 + len(_VERSION + _IMPRINT + digest) + 2
    nonce = int.from_bytes(question[start : -len(_WITH_CERTIFICATE)], "big")
    if nonce >= MOST_NONCE or query(digest, nonce=nonce) != question:
        raise AuditError(f"{_WHAT} query", "is not one for this checkpoint; write it again with --timestamp-query")
    return nonce


def roots(pem: bytes) -> "tuple[Certificate, ...]":
    """Return the certificates of a PEM file. Raises ConfigError for a file without any."""
    from cryptography.x509 import load_pem_x509_certificates  # noqa: PLC0415  (OpenSSL takes long to load)

    try:
        return tuple(dict.fromkeys(load_pem_x509_certificates(pem)))
    except ValueError as error:
        raise ConfigError("--tsa-roots", f"holds no certificates in PEM: {error}") from None


def read(reply: bytes, digest: bytes, *, nonce: int | None) -> Stamp:
    """Return what the answer says, once it is of this imprint and nonce; whose answer it is has not been looked at.

    A nonce of None was not kept, and is not compared. Raises AuditError for a refusal, for an answer to another question,
    and for what is no answer; ConfigError when the package that reads answers is not installed.
    """
    return _said(_parsed(reply), digest, nonce)


def verify(reply: bytes, digest: bytes, *, nonce: int | None, trusted: "Sequence[Certificate]") -> Stamp:
    """Return what the answer says, once it is shown to come from an authority that a trusted certificate stands behind.

    Checked beyond `read`: the signature; the chain to one of the trusted certificates, all valid at the instant of the stamp;
    and that the signer's certificate is for time stamps alone (critical EKU id-kp-timeStamping, RFC 3161, section 2.3).
    """
    parsed = _parsed(reply)
    said = _said(parsed, digest, nonce)
    from rfc3161_client import VerificationError, VerifierBuilder  # noqa: PLC0415  (an extra, which `_parsed` has found)

    try:
        VerifierBuilder(roots=list(trusted)).build().verify(parsed, digest)
    except (VerificationError, ValueError) as error:
        raise AuditError(_WHAT, f"is not by an authority that is trusted: {_short(error)}") from None
    return said


def _parsed(reply: bytes) -> "TimeStampResponse":
    try:
        from rfc3161_client import decode_timestamp_response  # noqa: PLC0415  (an extra)
    except ModuleNotFoundError:
        raise ConfigError("time stamps", "need one more package: pip install 'tracker[timestamp]'") from None
    if len(reply) > LONGEST_REPLY:
        raise AuditError(_WHAT, f"has {len(reply)} bytes; no authority answers with more than {LONGEST_REPLY}")
    try:
        return decode_timestamp_response(_in_order(reply))
    except ValueError as error:
        raise AuditError(_WHAT, f"is no answer of a time-stamp authority: {_short(error)}") from None


def _said(parsed: "TimeStampResponse", digest: bytes, nonce: int | None) -> Stamp:
    if parsed.status != _GRANTED:
        try:
            why = "; ".join(parsed.status_string)
        except ValueError:
            why = ""
        raise AuditError(
            _WHAT, f"was refused by the authority (status {parsed.status}): {why[:200] or 'no reason given'}"
        )
    try:
        info = parsed.tst_info
        stamped, algorithm = info.message_imprint.message, info.message_imprint.hash_algorithm.dotted_string
        asked, at = info.nonce, info.gen_time.astimezone(dt.UTC)
        said = Stamp(at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"), str(info.serial_number), info.policy.dotted_string)
    except ValueError as error:
        raise AuditError(_WHAT, f"cannot be read: {_short(error)}") from None
    if (algorithm, stamped) != (_SHA256, digest):
        raise AuditError(_WHAT, "is of something else than the checkpoint")
    if nonce is not None and asked != nonce:
        raise AuditError(_WHAT, "answers another question: its nonce is not the one that was sent")
    return said


def _short(error: Exception) -> str:
    """What OpenSSL means in its list of errors, or the error's own words."""
    meant = re.findall(r'(?:reason|data): (?:Some\()?"([^"]+)"', str(error))
    return " ".join((": ".join(meant) or str(error)).split())[:200]


def _in_order(reply: bytes) -> bytes:
    """The answer with its certificates in the order that DER asks of a SET.

    OpenSSL, and so most authorities, writes them in the order of the chain, which a strict reader refuses. They lie outside
    of what is signed, so their order proves nothing.
    """
    try:
        ((_, body, end),) = _elements(reply, 0, len(reply))
        _status, (_, token, token_end) = _elements(reply, body, end)
        _type, (_, explicit, explicit_end) = _elements(reply, token, token_end)
        ((_, signed, signed_end),) = _elements(reply, explicit, explicit_end)
        ((start, stop),) = ((at, to) for tag, at, to in _elements(reply, signed, signed_end) if tag == 0xA0)
        found, at = [], start
        for _, _, to in _elements(reply, start, stop):
            found.append(reply[at:to])
            at = to
    except ValueError:
        # A refusal holds no token; what is broken will be told by the reader.
        return reply
    return reply[:start] + b"".join(sorted(found)) + reply[stop:]


def _elements(der: bytes, at: int, end: int) -> list[tuple[int, int, int]]:
    """The tag, and where the content begins and ends, of each element that stands between two places."""
    found = []
    while at < end:
        if end - at < 2:
            raise ValueError("an element is cut off")
        tag, length, start = der[at], der[at + 1], at + 2
        if length & 0x80:
            start += length & 0x7F
            length = int.from_bytes(der[at + 2 : start], "big")
        at = start + length
        if at > end:
            raise ValueError("an element is longer than what it stands in")
        found.append((tag, start, at))
    return found
