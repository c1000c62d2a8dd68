"""The ASGI application: layers and routes."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Lifespan

from beatra_desktop.sandbox.admin import Admin
from beatra_desktop.sandbox.catalog_routes import CatalogRoutes
from beatra_desktop.sandbox.chat import ChatEndpoint
from beatra_desktop.sandbox.errors import ApiError
from beatra_desktop.sandbox.gateway import Gateway
from beatra_desktop.sandbox.guard import Guard
from beatra_desktop.sandbox.media import MediaEndpoint
from beatra_desktop.sandbox.music import MusicEndpoint
from beatra_desktop.sandbox.pages import Pages
from beatra_desktop.sandbox.replies import error_response
from beatra_desktop.sandbox.tamper import Tamper
from beatra_desktop.sandbox.task_routes import TaskRoutes
from beatra_desktop.sandbox.uploads import UploadEndpoint
from beatra_desktop.sandbox.visits import visit_of
from beatra_desktop.sandbox.world import World

CLIENT_WENT_AWAY = 499


def build_app(world: World) -> ASGIApp:
    """Return gateway (ids, journal) -> faults -> CORS -> guard (keys) -> routes."""
    handlers = _Handlers(world)
    api = Starlette(
        routes=_routes(world),
        lifespan=_lifespan(world),
        exception_handlers={
            ApiError: handlers.api_error,
            HTTPException: handlers.http_error,
            ClientDisconnect: handlers.gone,
            Exception: handlers.bug,
        },
    )
    guarded = Guard(
        api,
        api_key=world.api_key,
        bound_host=world.options.host,
        budget=world.budget,
        limit=lambda: world.settings.rate_limit_per_minute,
    )
    open_to_pages = CORSMiddleware(
        guarded,
        allow_origins=["*"],
        allow_methods=["*"],
        allow_headers=["*"],
        expose_headers=["X-Request-Id", "Retry-After"],
    )
    tampered = Tamper(open_to_pages, faults=world.faults, connections=world.connections)
    return Gateway(tampered, journal=world.journal, clock=world.clock)


def _routes(world: World) -> list[BaseRoute]:
    catalog, tasks, pages = CatalogRoutes(world), TaskRoutes(world), Pages(world)
    text, reference = (MusicEndpoint(world, with_reference=with_it) for with_it in (False, True))
    return [
        Route("/v1/health", catalog.health, methods=["GET"]),
        Route("/v1/models", catalog.models, methods=["GET"]),
        Route("/v1/catalog/models", catalog.catalog, methods=["GET"]),
        Route("/v1/catalog/capabilities", catalog.capabilities, methods=["GET"]),
        _post("/v1/chat/completions", ChatEndpoint(world)),
        _post("/v1/music/text-to-music", text),
        _post("/v1/music/reference-audio-to-music", reference),
        _post("/v1/uploads", UploadEndpoint(world)),
        Route("/v1/tasks", tasks.list, methods=["GET"]),
        Route("/v1/tasks/{task_id}", tasks.get, methods=["GET"]),
        Route("/v1/tasks/{task_id}/cancel", tasks.cancel, methods=["POST"]),
        Route("/media/{file_name}", MediaEndpoint(world).__call__, methods=["GET"]),
        Route("/assets", pages.assets, methods=["GET"]),
        Route("/topup", pages.topup, methods=["GET"]),
        Route("/topup", pages.add_credits, methods=["POST"]),
        *Admin(world).routes(),
    ]


def _post(path: str, endpoint: ChatEndpoint | MusicEndpoint | UploadEndpoint) -> Route:
    # Starlette takes a bare instance for an ASGI application, a bound method for an endpoint.
    return Route(path, endpoint.__call__, methods=["POST"])


def _lifespan(world: World) -> Lifespan[Starlette]:
    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with asyncio.TaskGroup() as group:
            world.runner.resume(group)
            yield
            await world.runner.stop()

    return lifespan


class _Handlers:
    """Exceptions as error envelopes."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def api_error(self, request: Request, error: Exception) -> Response:
        assert isinstance(error, ApiError)
        if error.code == "invalid_request" and error.status == 422:
            error.status = self._world.settings.invalid_request_status
        return error_response(error, request_id=visit_of(request).request_id)

    async def http_error(self, request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        code = "not_found" if error.status_code == 404 else "invalid_request"
        told = ApiError(
            code, None if code == "not_found" else error.detail, status=error.status_code
        )
        response = error_response(told, request_id=visit_of(request).request_id)
        response.headers.update(error.headers or {})
        return response

    async def gone(self, request: Request, error: Exception) -> Response:
        return Response(status_code=CLIENT_WENT_AWAY)

    async def bug(self, request: Request, error: Exception) -> Response:
        return error_response(ApiError("internal_error"), request_id=visit_of(request).request_id)
