"""A time-stamp authority of our own: certificates made for the test, `openssl ts` to sign, HTTP on loopback to ask."""

import datetime as dt
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

OPENSSL = shutil.which("openssl")
TST_INFO = "1.2.840.113549.1.9.16.1.4"
_AS_DER = "-binary -nodetach -nosmimecap -md sha256 -outform DER"
TODAY = dt.datetime.now(dt.UTC)
_CONFIG = """
[tsa]
default_tsa = own
[own]
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
certs = {folder}/chain.pem
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = {digests}
accuracy = secs:1
ess_cert_id_alg = sha256
"""


class Authority:
    """Makes a root, an authority between, and a certificate for stamping; each part may be made wrong."""

    def __init__(
        self, folder: Path, *, usage=ExtendedKeyUsageOID.TIME_STAMPING, until=1.0, chain=False, digests="sha256"
    ):
        if OPENSSL is None:
            pytest.skip("openssl is not installed here; it signs the stamps of this test")
        pytest.importorskip(
            "rfc3161_client", reason="rfc3161-client is not installed: pip install 'tracker[timestamp]'"
        )
        folder.mkdir()
        self._folder, self.asked = folder, []
        root_key, self.root = _certificate("A root", None, None)
        above, signer = root_key, self.root
        if chain:
            above, signer = _certificate("Between", root_key, self.root)
        key, own = _certificate("A clock", above, signer, usage=usage, until=until)
        self.roots = self.root.public_bytes(serialization.Encoding.PEM)
        (folder / "tsa.pem").write_bytes(own.public_bytes(serialization.Encoding.PEM))
        (folder / "chain.pem").write_bytes(signer.public_bytes(serialization.Encoding.PEM) if chain else b"")
        (folder / "tsa.key").write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )
        (folder / "serial").write_text("01\n")
        config = _CONFIG.format(folder=folder, digests=digests)
        if not chain:
            config = config.replace(f"certs = {folder}/chain.pem\n", "")
        (folder / "tsa.conf").write_text(config)

    def answer(self, question: bytes) -> bytes:
        """Return what the authority says to a question."""
        (self._folder / "q.tsq").write_bytes(question)
        command = [OPENSSL, "ts", "-reply", "-config", "tsa.conf", "-queryfile", "q.tsq", "-out", "a.tsr"]
        subprocess.run(command, cwd=self._folder, check=True, capture_output=True)
        self.asked.append(question)
        return (self._folder / "a.tsr").read_bytes()

    def sign_again(self, reply: bytes) -> bytes:
        """Return the answer with the same words, signed by this authority's certificate whatever it is for."""
        (self._folder / "other.tsr").write_bytes(reply)
        for command in (
            "ts -reply -in other.tsr -token_out -out other.token",
            "cms -verify -noverify -inform DER -in other.token -out words",
            f"cms -sign -in words -signer tsa.pem -inkey tsa.key -econtent_type {TST_INFO} {_AS_DER} -out again",
        ):
            subprocess.run([OPENSSL, *command.split()], cwd=self._folder, check=True, capture_output=True)
        token = (self._folder / "again").read_bytes()
        granted = b"\x30\x03\x02\x01\x00"
        return b"\x30\x82" + (len(granted) + len(token)).to_bytes(2, "big") + granted + token

    @contextmanager
    def serving(self) -> Iterator[str]:
        """Serve on loopback for the length of the block; its address."""
        with serving(lambda question: (200, self.answer(question))) as url:
            yield url


@contextmanager
def serving(reply) -> Iterator[str]:
    """Serve on loopback what `reply` gives for each question: a status and a body."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            asked = self.rfile.read(int(self.headers["Content-Length"]))
            status, body = reply(asked)
            assert self.headers["Content-Type"] == "application/timestamp-query"
            self.send_response(status)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/tsr"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _certificate(name, above, issuer, *, usage=None, until=3650.0):
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(TODAY - dt.timedelta(days=30))
        .not_valid_after(TODAY + dt.timedelta(days=until))
        .add_extension(x509.BasicConstraints(ca=usage is None, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    if issuer:
        made = made.add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(above.public_key()), critical=False
        )
    if usage is not None:
        made = made.add_extension(x509.ExtendedKeyUsage([usage]), critical=True)
        made = made.add_extension(_signing(), critical=True)
    return key, made.sign(above or key, hashes.SHA256())


def _signing() -> x509.KeyUsage:
    names = (
        "content_commitment", "key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign",
        "encipher_only", "decipher_only",
    )  # fmt: skip
    return x509.KeyUsage(digital_signature=True, **dict.fromkeys(names, False))
