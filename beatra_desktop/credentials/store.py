"""What every key store offers, and how it can fail."""

from enum import StrEnum
from typing import Final, Protocol

from msgspec import Struct

from beatra_desktop.credentials.key import ApiKey


class StoreKind(StrEnum):
    KEYRING = "keyring"
    MEMORY = "memory"


class StoreState(StrEnum):
    """How the store stood at its last use."""

    UNTESTED = "untested"
    OK = "ok"
    NO_SERVICE = "no_service"
    LOCKED = "locked"
    REFUSED = "refused"
    TIMED_OUT = "timed_out"


class Advice(StrEnum):
    """The one thing to do next; the wording lives in the UI."""

    NONE = "none"
    INSTALL_KEYRING = "install_keyring"
    UNLOCK_KEYRING = "unlock_keyring"
    ALLOW_ACCESS = "allow_access"
    ANSWER_PROMPT = "answer_prompt"
    SET_UP_KEYRING = "set_up_keyring"
    REPLACE_UNSAFE_KEYRING = "replace_unsafe_keyring"
    FIX_KEYRING_SETTINGS = "fix_keyring_settings"


_SENTENCES: Final = {
    StoreState.NO_SERVICE: "This computer offers no safe key store.",
    StoreState.LOCKED: "The key store is locked.",
    StoreState.REFUSED: "The key store refused the request.",
    StoreState.TIMED_OUT: "The key store did not answer; it may be showing a password prompt.",
}
_ADVICE: Final = {
    StoreState.NO_SERVICE: Advice.INSTALL_KEYRING,
    StoreState.LOCKED: Advice.UNLOCK_KEYRING,
    StoreState.REFUSED: Advice.ALLOW_ACCESS,
    StoreState.TIMED_OUT: Advice.ANSWER_PROMPT,
}


class StoreInfo(Struct, frozen=True, kw_only=True):
    """Which store keys go to; `name` is empty in memory, before first use, and when there is none.

    With `REPLACE_UNSAFE_KEYRING`, `name` is the module of the back end that is not trusted.
    """

    kind: StoreKind
    name: str
    state: StoreState
    advice_code: Advice = Advice.NONE


class CredentialsUnavailable(Exception):
    """The key store can't be used now; `reason` is any state but OK and UNTESTED."""

    def __init__(self, reason: StoreState, advice: Advice | None = None) -> None:
        super().__init__(_SENTENCES[reason])
        self.reason = reason
        self.advice_code = advice or _ADVICE[reason]


class CredentialsTimeout(CredentialsUnavailable):
    """The store did not answer in time; the call may still take effect when it does."""

    def __init__(self) -> None:
        super().__init__(StoreState.TIMED_OUT)


class Credentials(Protocol):
    """One key per profile. `get`, `put` and `delete` raise CredentialsUnavailable."""

    async def get(self, profile_id: str) -> ApiKey | None: ...

    async def put(self, profile_id: str, key: ApiKey) -> None: ...

    async def delete(self, profile_id: str) -> None: ...

    def reread(self, profile_id: str) -> None:
        """Forget what was read, so that the next `get` sees what other programs changed."""
        ...

    async def probe(self) -> StoreInfo:
        """Test the store with a throw-away entry and say how it went."""
        ...

    def describe(self) -> StoreInfo:
        """The store as last seen, without touching it."""
        ...
