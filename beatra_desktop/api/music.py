"""Starting music tasks (contract §3.5)."""

from enum import StrEnum

from beatra_desktop.api import lenient
from beatra_desktop.api.transport import Request, Transport
from beatra_desktop.api.types import Answer, Task


class MusicRoute(StrEnum):
    TEXT_TO_MUSIC = "text-to-music"
    REFERENCE_AUDIO_TO_MUSIC = "reference-audio-to-music"


class Music:
    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    async def create(
        self,
        route: MusicRoute,
        body: bytes,
        *,
        idempotency_key: str,
        request_id: str | None = None,
    ) -> Answer[Task]:
        """Send the bytes of `encode_music`; the task is queued and already charged for."""
        request = Request(
            method="POST",
            path=f"/music/{route}",
            body=body,
            idempotency_key=idempotency_key,
            request_id=request_id,
        )
        return await self._transport.fetch(request, lambda raw: lenient.decode(Task, raw))
