"""Whether an artifact is still there, as far as the link that came with it can tell.

No address for reading artifacts is documented, and a link may end before its artifact does
(contract §4). So only a link that has not ended and leads nowhere tells that the artifact is gone,
and only by itself: a network that wants a login first leads everybody elsewhere.
"""

import asyncio
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Final
from urllib.parse import parse_qs, urlsplit

from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.profiles import Profile
from beatra_desktop.domain.uploads import Upload
from beatra_desktop.services import failures
from beatra_desktop.services.clients import Clients

PATIENCE_SECONDS: Final = 5.0
TRUSTED_FOR: Final = timedelta(hours=24)
"""How long an artifact is taken to be there without asking."""
_THERE: Final = (200, 206)
_NOT_THERE: Final = (404, 410)


class Presence(Enum):
    """UNSURE: what the link answered tells nothing. UNHEARD: nobody answered."""

    THERE = auto()
    GONE = auto()
    UNSURE = auto()
    UNHEARD = auto()


class Links:
    """Asks without the key, for one byte; what was there is not asked for again for a day."""

    def __init__(
        self,
        *,
        clients: Clients,
        find_profile: Callable[[str], Profile],
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._clients = clients
        self._find_profile = find_profile
        self._now = now
        self._seen_at: dict[str, datetime] = {}

    async def is_trusted(self, upload: Upload) -> bool:
        """Whether an upload's artifact may be used again: fresh, seen lately, or not known gone."""
        seen_at = self._seen_at.get(upload.artifact_id or "", upload.uploaded_at)
        if seen_at is not None and self._now() - seen_at < TRUSTED_FOR:
            return True
        return await self.presence(upload) is not Presence.GONE

    async def presence(self, upload: Upload) -> Presence:
        """What the link says now; takes at most a few seconds."""
        if upload.url is None or upload.artifact_id is None:
            return Presence.UNSURE
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                client = await self._clients.get(self._find_profile(upload.profile_id))
                answer = await client.artifacts.ask(upload.url)
        except (TimeoutError, *failures.EXPECTED):
            return Presence.UNHEARD
        if answer.status in _THERE:
            self._seen_at[upload.artifact_id] = self._now()
            return Presence.THERE
        # Links end by the clock of whoever gave them, which this machine's may be behind.
        now = max(self._now(), answer.at or self._now())
        is_telling = answer.is_of_link and answer.status in _NOT_THERE
        is_gone = is_telling and not has_ended(upload.url, now)
        return Presence.GONE if is_gone else Presence.UNSURE


def has_ended(url: str, now: datetime) -> bool:
    """Whether a link says of itself that its time is over (`expires`, seconds since 1970)."""
    query = {name.lower(): values for name, values in parse_qs(urlsplit(url).query).items()}
    expires = query.get("expires", [""])[0]
    return re.fullmatch(r"\d{1,20}", expires) is not None and int(expires) <= now.timestamp()
