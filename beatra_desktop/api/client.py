"""The client: one base URL, one key, one attribute per section of the contract."""

import ssl
from collections.abc import Callable
from types import TracebackType
from typing import Self

from beatra_desktop.api import lenient
from beatra_desktop.api.artifacts import Artifacts
from beatra_desktop.api.catalog import Catalog
from beatra_desktop.api.chat import Chat
from beatra_desktop.api.music import Music
from beatra_desktop.api.service_clock import ServiceClock
from beatra_desktop.api.tasks import Tasks
from beatra_desktop.api.transport import Request, Timeouts, Transport
from beatra_desktop.api.types import Answer, Health
from beatra_desktop.api.uploads import Uploads

__all__ = ["BeatraClient", "Timeouts", "create_ssl_context"]


class BeatraClient:
    """`base_url` with or without trailing slash, e.g. `https://api.beatra.ai/v1`.

    `api_key` is asked for each request, so the key lives nowhere else; without one requests go
    out without `Authorization`. It is sent to the base URL only: redirects are not followed.
    `clock` is told the service's time by every answer.
    """

    def __init__(
        self,
        base_url: str,
        *,
        api_key: Callable[[], str | None],
        ssl_context: ssl.SSLContext,
        timeouts: Timeouts | None = None,
        clock: ServiceClock | None = None,
    ) -> None:
        self._transport = Transport(
            base_url,
            api_key=api_key,
            ssl_context=ssl_context,
            timeouts=timeouts or Timeouts(),
            clock=clock,
        )
        self.chat = Chat(self._transport)
        self.music = Music(self._transport)
        self.tasks = Tasks(self._transport)
        self.uploads = Uploads(self._transport)
        self.artifacts = Artifacts(self._transport)
        self.catalog = Catalog(self._transport)

    async def health(self) -> Answer[Health]:
        """Ask without the key whether the service is up (contract §3.9)."""
        request = Request(method="GET", path="/health", with_key=False)
        return await self._transport.fetch(request, lambda raw: lenient.decode(Health, raw))

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close all connections, also those of running calls."""
        await self._transport.aclose()


def create_ssl_context() -> ssl.SSLContext:
    """Trust what the operating system trusts; takes some 20 ms, so call it in a thread.

    Frozen programs and some Pythons on macOS know no system store: they get certifi's.
    """
    context = ssl.create_default_context()
    paths = ssl.get_default_verify_paths()
    if not (context.cert_store_stats()["x509_ca"] or paths.cafile or paths.capath):
        import certifi  # most systems have a store

        context.load_verify_locations(certifi.where())
    return context
