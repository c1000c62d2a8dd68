"""Which faults meet which requests, and for how long the way to the service is gone."""

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from tests.faults.proxy import Endpoint, Request


class Kind(StrEnum):
    DELAY = "delay"
    STALL = "stall"
    STALL_WITHIN = "stall within the answer"
    RESET_BEFORE = "reset before the work"
    RESET_AFTER = "reset after the work"
    RESET_IN_REQUEST = "reset in the request"
    RESET_IN_ANSWER = "reset in the answer"
    CUT_IN_HEAD = "cut in the head"
    CUT_IN_BODY = "cut in the body"
    SHORT = "short answer, well framed"
    THROTTLE = "throttle"
    DRIP = "drip byte by byte"
    HALF_CLOSE = "half-close"
    GARBAGE = "garbage for an answer"
    GARBAGE_BODY = "garbage for a body"
    WRONG_TYPE = "wrong content type"
    GZIP = "gzip"
    GZIP_BROKEN = "broken gzip"
    PORTAL_PAGE = "captive portal, 200"
    PORTAL_REDIRECT = "captive portal, 302"
    BAD_GATEWAY = "bad gateway"
    BUSY = "rate limited"
    FINAL_NO = "final no"
    REDIRECT = "redirect to the link"
    NAME_GONE = "DNS gone"
    UNREACHABLE = "connection refused"
    TLS_REFUSED = "TLS refused"
    TLS_WRONG = "wrong certificate"
    RESTART = "server restart"
    APP_AHEAD = "app's clock +1 day"
    APP_BEHIND = "app's clock -1 day"
    SERVICE_AHEAD = "service's clock +1 day"
    SERVICE_BEHIND = "service's clock -1 day"
    BOTH_AHEAD = "a day passes"
    SLEEP = "sleep"


OF_THE_LINE: Final = frozenset({Kind.NAME_GONE, Kind.UNREACHABLE, Kind.TLS_REFUSED, Kind.TLS_WRONG})
"""Faults that a request meets before it has a connection."""
OF_CLOCKS: Final = frozenset(
    {Kind.APP_AHEAD, Kind.APP_BEHIND, Kind.SERVICE_AHEAD, Kind.SERVICE_BEHIND, Kind.BOTH_AHEAD,
     Kind.SLEEP}
)  # fmt: skip
FORGETFUL: Final = (Kind.SERVICE_AHEAD, Kind.BOTH_AHEAD)
"""After these the service itself has forgotten its keys."""
FROM_THE_START: Final = 0


@dataclass(frozen=True, kw_only=True)
class Fault:
    """Meets `times` requests to an endpoint from number `nth` on.

    A fault of the line that is there FROM_THE_START does not wait for a request. `share` says where
    in a body it strikes, or how strongly; `after` whether the service did its work before.
    """

    kind: Kind
    at: Endpoint
    nth: int = 1
    times: int = 1
    share: float = 0.5
    after: bool = False

    def __str__(self) -> str:
        when = ", after the work" if self.after else ""
        return f"{self.kind}{when}, {self.at} #{self.nth} x{self.times} at {self.share:.2f}"


@dataclass
class Plan:
    """`line` is what ails the way to the service now."""

    faults: tuple[Fault, ...] = ()
    line: Kind | None = None
    struck: list[Fault] = field(default_factory=list)
    _counts: Counter[Endpoint] = field(default_factory=Counter)

    def arm(self, *faults: Fault) -> None:
        self.faults = faults
        self._counts.clear()
        for fault in faults:
            if fault.nth == FROM_THE_START:
                self.break_line(fault)

    def break_line(self, fault: Fault) -> None:
        self.struck.append(fault)
        self.line = fault.kind
        seconds = 0.1 + 0.3 * fault.share * fault.times
        asyncio.get_running_loop().call_later(seconds, self.mend_line, fault.kind)

    def mend_line(self, kind: Kind) -> None:
        if self.line is kind:
            self.line = None

    def lift(self) -> None:
        """The network is good again."""
        self.faults = ()
        self.line = None

    @property
    def is_spent(self) -> bool:
        return self.line is None and all(
            self._counts[fault.at] >= fault.nth + fault.times - 1 for fault in self.faults
        )

    def next_for(self, request: Request) -> Fault | None:
        endpoint = request.endpoint
        self._counts[endpoint] += 1
        count = self._counts[endpoint]
        for fault in self.faults:
            if fault.at is endpoint and fault.nth <= count < fault.nth + fault.times:
                self.struck.append(fault)
                return fault
        return None
