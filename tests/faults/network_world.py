"""What is outside the app in a case: the name service, the clocks, the way, the sandbox."""

import socket
import ssl
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from email.utils import formatdate
from functools import partial
from typing import Any, Final

import pytest

from tests.faults.network_sandbox import SharedSandbox, shared
from tests.faults.network_tls import certificates
from tests.faults.proxy import HOST, Exchange, Proxy, Request, Strike, opened
from tests.faults.proxy_plan import OF_CLOCKS, OF_THE_LINE, Fault, Kind, Plan
from tests.faults.proxy_strikes import STRIKES

DAY: Final = 86400.0
NIGHT: Final = 8 * 3600.0
NAP_SECONDS: Final = 0.1
NOBODY: Final = "127.0.0.9"
"""An address of this machine at which nothing listens."""
_JUMPS: Final = {
    Kind.APP_AHEAD: (DAY, 0.0),
    Kind.APP_BEHIND: (-DAY, 0.0),
    Kind.SERVICE_AHEAD: (0.0, DAY),
    Kind.SERVICE_BEHIND: (0.0, -DAY),
    Kind.BOTH_AHEAD: (DAY, DAY),
    Kind.SLEEP: (NIGHT, NIGHT),
}


class WallClock:
    """Stands for `datetime` where the app reads the time."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def now(self, zone: tzinfo) -> datetime:
        return datetime.now(zone) + timedelta(seconds=self.ahead)

    def seconds(self) -> float:
        return time.time() + self.ahead


@dataclass(kw_only=True)
class World:
    """The proxy's plan, carried out; `is_aged` once the app's clock went a day ahead."""

    sandbox: SharedSandbox
    plan: Plan
    clock: WallClock
    service_ahead: float = 0.0
    is_aged: bool = False
    proxy: Proxy = field(init=False)

    def meet(self, request: Request) -> tuple[str, Strike] | None:
        if self.plan.line is not None:
            return str(self.plan.line), _broken
        fault = self.plan.next_for(request)
        return None if fault is None else (str(fault), partial(self._strike, fault))

    async def jump(self, app_seconds: float, service_seconds: float) -> None:
        self.clock.ahead += app_seconds
        self.is_aged = self.is_aged or self.clock.ahead >= DAY
        self.service_ahead += service_seconds
        if service_seconds:
            await self.sandbox.admin("POST", "clock", {"advance_seconds": service_seconds})

    def date(self) -> str:
        return formatdate(time.time() + self.service_ahead, usegmt=True)

    async def _strike(self, fault: Fault, exchange: Exchange) -> None:
        if (do := STRIKES.get(fault.kind)) is not None:
            await do(fault, exchange)
        elif fault.kind in OF_THE_LINE:
            self.plan.break_line(fault)
            await _broken(exchange)
        else:
            await self._turn(fault, exchange)

    async def _turn(self, fault: Fault, exchange: Exchange) -> None:
        """Something happens to the machines while a request is under way."""
        await exchange.body()
        if fault.after:
            await exchange.act()
        if fault.kind in OF_CLOCKS:
            await self.jump(*_JUMPS[fault.kind])
        if fault.kind is Kind.SLEEP:
            _nap()
            self.proxy.drop_all()
        elif fault.kind is Kind.RESTART:
            await self.sandbox.restart()
            exchange.reset()
        else:
            await exchange.relay()

    def resolve(self, real: Any, host: Any, port: Any, *rest: Any, **more: Any) -> Any:
        """`socket.getaddrinfo`, which knows the service's name too."""
        if host not in (HOST, HOST.encode()):
            return real(host, port, *rest, **more)
        if self.plan.line is Kind.NAME_GONE:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        address = NOBODY if self.plan.line is Kind.UNREACHABLE else "127.0.0.1"
        return real(address, port, *rest, **more)

    def greet(self, connection: Any, _name: str | None, _context: ssl.SSLContext) -> int | None:
        """Choose what a client that begins with TLS is shown."""
        if self.plan.line is Kind.TLS_REFUSED:
            return ssl.ALERT_DESCRIPTION_HANDSHAKE_FAILURE
        if self.plan.line is Kind.TLS_WRONG:
            connection.context = certificates().wrong
        return None


async def _broken(exchange: Exchange) -> None:
    exchange.reset()


def _nap() -> None:
    """A gap in which nothing runs."""
    end = time.monotonic() + NAP_SECONDS
    while time.monotonic() < end:
        time.sleep(NAP_SECONDS / 4)


@asynccontextmanager
async def world(*, is_far: bool) -> AsyncIterator[World]:
    """A sandbox that remembers nothing, and a way to it that is good as yet.

    What `is_far` seems to be on another machine, which keys are sent to by TLS only.
    """
    sandbox = shared()
    await sandbox.admin("POST", "reset")
    made = World(sandbox=sandbox, plan=Plan(), clock=WallClock())
    made.proxy = Proxy(upstream=sandbox, meet=made.meet, date=made.date)
    context = None
    if is_far:
        context = certificates().good
        context.sni_callback = made.greet
    with _outside(made):
        async with opened(made.proxy, context=context):
            yield made


@contextmanager
def _outside(made: World) -> Iterator[None]:
    """Name service and wall clock are the case's."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "getaddrinfo", partial(made.resolve, socket.getaddrinfo))
        patch.setattr("beatra_desktop.domain.clock.datetime", made.clock)
        patch.setenv("SSL_CERT_FILE", str(certificates().trusted))
        yield
