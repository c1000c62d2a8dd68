"""Certificates: one the app is told to trust, and one nobody vouches for."""

import atexit
import ssl
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.certificates import make_certificate
from tests.faults.proxy import HOST


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
    good = make_certificate(Path(folder.name), HOST)
    wrong = make_certificate(Path(folder.name), "elsewhere.localhost")
    return Certificates(good=good.context(), wrong=wrong.context(), trusted=good.public)
