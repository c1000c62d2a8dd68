"""Models, capabilities and health (contract §3.2–3.4, §3.9)."""

from starlette.requests import Request
from starlette.responses import Response

from beatra_desktop.sandbox.catalog import capability_catalog, model_catalog, model_list
from beatra_desktop.sandbox.replies import json_response
from beatra_desktop.sandbox.world import World


class CatalogRoutes:
    def __init__(self, world: World) -> None:
        self._world = world

    async def models(self, request: Request) -> Response:
        return json_response(model_list(await self._upstream_models()))

    async def catalog(self, request: Request) -> Response:
        capability = request.query_params.get("capability")
        extra = await self._upstream_models()
        return json_response(model_catalog(extra, capability=capability))

    async def capabilities(self, request: Request) -> Response:
        return json_response(capability_catalog(await self._upstream_models()))

    async def health(self, request: Request) -> Response:
        return json_response({"status": "ok"})

    async def _upstream_models(self) -> list[str]:
        upstream = self._world.upstream
        return [] if upstream is None else await upstream.models()
