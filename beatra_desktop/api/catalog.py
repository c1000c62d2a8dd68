"""Models, capabilities and health (contract §3.2 to §3.4 and §3.9)."""

from typing import TypeVar

import msgspec

from beatra_desktop.api import lenient
from beatra_desktop.api.transport import Request, Transport
from beatra_desktop.api.types import Answer, Capability, Model

S = TypeVar("S", bound=msgspec.Struct)


class Catalog:
    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    async def models(self) -> Answer[list[Model]]:
        """`/catalog/models`: with capabilities, prices and limits where the service has them."""
        return await self._list("/catalog/models", Model)

    async def capabilities(self) -> Answer[list[Capability]]:
        """`/catalog/capabilities`: what this account can use today."""
        return await self._list("/catalog/capabilities", Capability)

    async def list_models(self) -> Answer[list[Model]]:
        """`/models`: the flat list every OpenAI-compatible service has."""
        return await self._list("/models", Model)

    async def _list(self, path: str, kind: type[S]) -> Answer[list[S]]:
        request = Request(method="GET", path=path)
        return await self._transport.fetch(request, lambda raw: lenient.decode_list(kind, raw))
