"""Keys of this session, alone or over a lasting store."""

from beatra_desktop.credentials.key import ApiKey
from beatra_desktop.credentials.store import (
    Credentials,
    CredentialsUnavailable,
    StoreInfo,
    StoreKind,
    StoreState,
)


class MemoryCredentials:
    """Keys that are forgotten when the process ends."""

    def __init__(self) -> None:
        self._keys: dict[str, ApiKey] = {}

    async def get(self, profile_id: str) -> ApiKey | None:
        return self._keys.get(profile_id)

    async def put(self, profile_id: str, key: ApiKey) -> None:
        self._keys[profile_id] = key

    async def delete(self, profile_id: str) -> None:
        self._keys.pop(profile_id, None)

    def reread(self, profile_id: str) -> None:
        """There is nothing else to read."""

    async def probe(self) -> StoreInfo:
        return self.describe()

    def describe(self) -> StoreInfo:
        return StoreInfo(kind=StoreKind.MEMORY, name="", state=StoreState.OK)


class LayeredCredentials:
    """Keys of this session over a lasting store; what the app uses."""

    def __init__(self, lasting: Credentials) -> None:
        self._session: dict[str, ApiKey] = {}
        self._lasting = lasting

    async def get(self, profile_id: str) -> ApiKey | None:
        return self._session.get(profile_id) or await self._lasting.get(profile_id)

    async def put(self, profile_id: str, key: ApiKey, *, session_only: bool = False) -> None:
        """Keep the key; a `session_only` one hides a stored key until the app ends."""
        if session_only:
            self._session[profile_id] = key
            return
        await self._lasting.put(profile_id, key)
        self._session.pop(profile_id, None)

    async def delete(self, profile_id: str) -> None:
        """Forget the key everywhere; where there is no key store, nothing can be stored in it."""
        self._session.pop(profile_id, None)
        try:
            await self._lasting.delete(profile_id)
        except CredentialsUnavailable as unavailable:
            if unavailable.reason is not StoreState.NO_SERVICE:
                raise

    async def keep(self, profile_id: str) -> None:
        """Put a key of this session into the lasting store too, if there is one."""
        if profile_id in self._session:
            await self.put(profile_id, self._session[profile_id])

    def reread(self, profile_id: str) -> None:
        self._lasting.reread(profile_id)

    def is_session_only(self, profile_id: str) -> bool:
        return profile_id in self._session

    async def probe(self) -> StoreInfo:
        return await self._lasting.probe()

    def describe(self) -> StoreInfo:
        return self._lasting.describe()
