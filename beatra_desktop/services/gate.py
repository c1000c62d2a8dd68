"""Where everything that is about to leave waits in line, and is let go one after the other."""

import asyncio
from collections.abc import Callable
from typing import Final

from msgspec import Struct

from beatra_desktop.domain.ids import ProfileId
from beatra_desktop.domain.requests import Hold
from beatra_desktop.services.supervisor import Supervisor

SPACING_SECONDS: Final = 0.05
"""Between two that are let go, so that a service that is back is not run over."""

OnHold = Callable[[Hold | None], None]


class Withheld(Exception):
    """The user ended the waiting; nothing was sent."""


class _Waiting(Struct, eq=False, kw_only=True):
    profile_id: ProfileId
    on_hold: OnHold
    ticket: str
    turn: "asyncio.Future[None]"
    shown: Hold | None = None

    def show(self, hold: Hold | None) -> None:
        if hold is not self.shown:
            self.shown = hold
            self.on_hold(hold)


class Gate:
    """`hold_of(profile_id)` tells why nothing may leave for a profile now, None if it may."""

    def __init__(self, hold_of: Callable[[ProfileId], Hold | None], supervisor: Supervisor) -> None:
        self._hold_of = hold_of
        self._supervisor = supervisor
        self._line: list[_Waiting] = []
        self._is_letting_go = False

    async def wait(self, profile_id: ProfileId, on_hold: OnHold, *, ticket: str) -> None:
        """Return at once, or when it is this one's turn; raises Withheld after `turn_away`.

        `on_hold` is told why it waits, and None when it waits no more.
        """
        if self._hold_of(profile_id) is None and not self._has_line(profile_id):
            return
        turn = asyncio.get_running_loop().create_future()
        waiting = _Waiting(profile_id=profile_id, on_hold=on_hold, ticket=ticket, turn=turn)
        self._line.append(waiting)
        self.review()
        try:
            await turn
        finally:
            self._line.remove(waiting)
            waiting.show(None)

    def turn_away(self, ticket: str) -> bool:
        """End the waiting of whoever holds the ticket; False if nobody does."""
        found = next((waiting for waiting in self._line if waiting.ticket == ticket), None)
        if found is None or found.turn.done():
            return False
        found.turn.set_exception(Withheld("Nothing was sent: the waiting was ended."))
        return True

    def review(self) -> None:
        """The reasons may have changed: tell who waits, and let go who need not any more."""
        for waiting in list(self._line):
            waiting.show(self._hold_of(waiting.profile_id))
        if self._next() is not None and not self._is_letting_go:
            self._is_letting_go = True
            self._supervisor.start(self._let_go(), name="let go")

    async def _let_go(self) -> None:
        try:
            while (waiting := self._next()) is not None:
                waiting.turn.set_result(None)
                await asyncio.sleep(SPACING_SECONDS)
        finally:
            self._is_letting_go = False

    def _next(self) -> _Waiting | None:
        """The first that is free to go; what holds a ticket goes before polls and downloads."""
        free = (w for w in self._line if not w.turn.done() and self._hold_of(w.profile_id) is None)
        return min(free, key=lambda waiting: not waiting.ticket, default=None)

    def _has_line(self, profile_id: ProfileId) -> bool:
        return any(waiting.profile_id == profile_id for waiting in self._line)
