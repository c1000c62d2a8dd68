"""Certificates: one the app is told to trust, and one nobody vouches for."""

import atexit
import ssl
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.faults.proxy import HOST

DAYS: Final = timedelta(days=3)


@dataclass(frozen=True)
class Certificates:
    """`trusted` is a file for `SSL_CERT_FILE`."""

    good: ssl.SSLContext
    wrong: ssl.SSLContext
    trusted: Path


@cache
def certificates() -> Certificates:
    folder = tempfile.TemporaryDirectory(prefix="tls-")
    atexit.register(folder.cleanup)
    good, trusted = _context(Path(folder.name), HOST)
    wrong, _ = _context(Path(folder.name), "elsewhere.localhost")
    return Certificates(good=good, wrong=wrong, trusted=trusted)


def _context(folder: Path, host: str) -> tuple[ssl.SSLContext, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - DAYS)
        .not_valid_after(now + DAYS)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    plain = serialization.NoEncryption()
    key_file, certificate_file = folder / f"{host}.key", folder / f"{host}.pem"
    key_file.write_bytes(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain))
    certificate_file.write_bytes(certificate.public_bytes(pem))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate_file, key_file)
    return context, certificate_file
