"""Profiles: where requests go."""

import re
from enum import StrEnum
from typing import Final
from urllib.parse import urlsplit

from msgspec import Struct

from beatra_desktop.domain.failures import Failure
from beatra_desktop.domain.ids import ProfileId
from beatra_desktop.domain.records import replace

BEATRA_BASE_URL: Final = "https://api.beatra.ai/v1"
SANDBOX_PROFILE_ID: Final = ProfileId("sandbox")
BEATRA_PROFILE_ID: Final = ProfileId("beatra")
_VERSION: Final = re.compile(r"/v[0-9]")
LOOPBACK_HOSTS: Final = frozenset({"localhost", "127.0.0.1", "::1"})


class ProfileKind(StrEnum):
    SANDBOX = "sandbox"
    BEATRA = "beatra"
    CUSTOM = "custom"


class Profile(Struct, frozen=True, kw_only=True):
    """`base_url` is empty for the sandbox: its port is known only while it runs."""

    id: ProfileId
    name: str
    kind: ProfileKind
    base_url: str = ""

    @property
    def needs_key(self) -> bool:
        return self.kind is ProfileKind.BEATRA

    @property
    def is_on_this_machine(self) -> bool:
        """Whether it is reached without any network."""
        host = urlsplit(self.base_url).hostname
        return self.kind is ProfileKind.SANDBOX or host in LOOPBACK_HOSTS

    @property
    def with_version(self) -> "Profile | None":
        """The profile with `/v1` behind its base URL; None if it names a version already.

        Many services are known by an address that leaves the version out.
        """
        if self.kind is not ProfileKind.CUSTOM or _VERSION.search(urlsplit(self.base_url).path):
            return None
        return replace(self, base_url=f"{self.base_url}/v1")


BUILT_IN: Final = (
    Profile(id=SANDBOX_PROFILE_ID, name="Sandbox", kind=ProfileKind.SANDBOX),
    Profile(id=BEATRA_PROFILE_ID, name="beatra", kind=ProfileKind.BEATRA, base_url=BEATRA_BASE_URL),
)


class ConnectionPhase(StrEnum):
    STARTING = "starting"
    CHECKING = "checking"
    READY = "ready"
    NEEDS_KEY = "needs_key"
    BAD_KEY = "bad_key"
    UNREACHABLE = "unreachable"


class Connection(Struct, frozen=True, kw_only=True):
    """How the active profile stands; `key_hint` shows the ends of the key in use."""

    phase: ConnectionPhase
    base_url: str = ""
    key_hint: str = ""
    failure: Failure | None = None


class KeyStoreState(StrEnum):
    UNTESTED = "untested"
    READY = "ready"
    NO_SERVICE = "no_service"
    LOCKED = "locked"
    REFUSED = "refused"


class KeyStore(Struct, frozen=True, kw_only=True):
    """Where keys are kept, by the store's own name, and whether it works."""

    name: str = ""
    state: KeyStoreState = KeyStoreState.UNTESTED
    detail: str = ""


class BaseUrlProblem(StrEnum):
    EMPTY = "empty"
    NOT_A_URL = "not_a_url"
    SCHEME = "scheme"
    NOT_ENCRYPTED = "not_encrypted"
    HAS_CREDENTIALS = "has_credentials"
    HAS_QUERY = "has_query"


def normalise_base_url(text: str) -> str | BaseUrlProblem:
    """The base URL without trailing slash, or why it can't be one.

    Plain http is accepted for this machine only: a key must not cross a network unencrypted.
    """
    url = text.strip()
    if not url:
        return BaseUrlProblem.EMPTY
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return BaseUrlProblem.NOT_A_URL
    if parts.scheme and parts.scheme not in ("http", "https") and "//" in url:
        return BaseUrlProblem.SCHEME
    if not host or parts.scheme not in ("http", "https") or not url.isprintable() or " " in url:
        return BaseUrlProblem.NOT_A_URL
    if "@" in parts.netloc:
        return BaseUrlProblem.HAS_CREDENTIALS
    if "?" in url or "#" in url:
        return BaseUrlProblem.HAS_QUERY
    if parts.scheme == "http" and host not in LOOPBACK_HOSTS:
        return BaseUrlProblem.NOT_ENCRYPTED
    return url.rstrip("/")
