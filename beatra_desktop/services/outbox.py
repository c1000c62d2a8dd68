"""The one door for POSTs that may cost money.

An intent is written to the request ledger under its idempotency key before anything is sent, and
every attempt, also one after a crash, sends the same bytes under the same key (design P1).
"""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final, TypeVar

from beatra_desktop.api.errors import APIError, APIStatusError
from beatra_desktop.api.retry import RetryPolicy, with_retries
from beatra_desktop.api.retry import Wait as BackOff
from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.ids import IdempotencyKey, ProfileId, new_id
from beatra_desktop.domain.requests import Request, RequestKind, RequestState, Wait
from beatra_desktop.storage.database import Database, StorageError
from beatra_desktop.storage.requests import RequestRepository

T = TypeVar("T")

_NOT_SETTLING: Final = frozenset({408, 425, 429})


class OutcomeUnknown(Exception):
    """The request left more than 24 hours ago and was never answered: it must not go out again."""


class Outbox:
    """Writes, sends and settles requests; `policy` is asked anew for each of them."""

    def __init__(
        self,
        *,
        database: Database,
        ledger: RequestRepository,
        policy: Callable[[], RetryPolicy],
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._database = database
        self._ledger = ledger
        self._policy = policy
        self._now = now
        self._recent: dict[IdempotencyKey, Request] = {}

    def write(
        self, *, kind: RequestKind, profile_id: ProfileId, owner_id: str, path: str, body: bytes
    ) -> Request:
        """Record a new intent; nothing is sent yet."""
        request = Request(
            key=IdempotencyKey(new_id()),
            kind=kind,
            profile_id=profile_id,
            owner_id=owner_id,
            path=path,
            body=body,
            state=RequestState.WRITTEN,
            written_at=self._now(),
        )
        self._save(request)
        return request

    def find(self, key: IdempotencyKey | None) -> Request | None:
        """The newest state of a request, from this run or an earlier one."""
        return None if key is None else self._recent.get(key) or self._ledger.get(key)

    def open_requests(self) -> list[Request]:
        """What was written or sent and is not settled yet, oldest first."""
        newest = [self._recent.get(stored.key, stored) for stored in self._ledger.open()]
        return [request for request in newest if request.state.is_open]

    def adopt(self, request: Request, owner_id: str) -> Request:
        """Let another record wait for the same request's answer."""
        adopted = replace(request, owner_id=owner_id)
        self._save(adopted)
        return adopted

    def abandon(self, request: Request) -> None:
        """The user gave the intent up; the service may still have acted on it."""
        self._settle(self._newest(request), RequestState.ABANDONED)

    def settle_unknown(self, request: Request, *, created: bool) -> None:
        """A look at the service told whether the lost request had arrived."""
        state = RequestState.CREATED if created else RequestState.REFUSED
        self._settle(self._newest(request), state)

    def settle(self, request: Request, answer: object) -> None:
        """What was sent by `send` came to its end: its bytes are not needed any more."""
        self._settle(self._newest(request), RequestState.CREATED, answer=answer)

    async def deliver(
        self,
        request: Request,
        call: Callable[[Request], Awaitable[T]],
        *,
        on_wait: Callable[[Wait], None],
    ) -> T:
        """`send`, and settle the request as created."""
        answer = await self.send(request, call, on_wait=on_wait)
        self.settle(request, answer)
        return answer

    async def send(
        self,
        request: Request,
        call: Callable[[Request], Awaitable[T]],
        *,
        on_wait: Callable[[Wait], None],
        gives_up: Callable[[APIError], bool] = lambda _: False,
    ) -> T:
        """Send until the service answers or trying again makes no sense.

        `gives_up` adds errors after which it makes none. The request stays open until `settle`: an
        answer cut on its way can be asked for again. Raises APIError (settled as refused when the
        service said a final no, else still open for a later resend), StorageError before anything
        left, OutcomeUnknown after 24 hours.
        """

        async def attempt() -> T:
            nonlocal request
            request = await self._prepare(request)
            return await call(request)

        try:
            return await with_retries(
                attempt,
                self._policy(),
                idempotent=True,
                on_wait=lambda back_off: on_wait(self._wait(back_off)),
                gives_up=gives_up,
            )
        except APIStatusError as error:
            if 400 <= error.status < 500 and error.status not in _NOT_SETTLING:
                self._settle(request, RequestState.REFUSED, error=error)
            raise

    async def _prepare(self, request: Request) -> Request:
        """Put on disk that the request is about to leave, unless it is too old to."""
        now = self._now()
        if not request.may_be_resent(now):
            self._settle(request, RequestState.UNKNOWN)
            raise OutcomeUnknown(request.key)
        sent = request.sent(now)
        self._save(sent)
        try:
            await self._database.durable()
        except StorageError:
            self._save(request)  # it did not leave
            raise
        return sent

    def _newest(self, request: Request) -> Request:
        return self.find(request.key) or request

    def _save(self, request: Request) -> None:
        if not self._database.pending():
            self._recent.clear()  # all of it can be read back
        self._recent[request.key] = request
        self._ledger.save(request)

    def _wait(self, back_off: BackOff) -> Wait:
        return Wait(
            attempt=back_off.attempt,
            of=back_off.of,
            until=self._now() + timedelta(seconds=back_off.seconds),
            reason=back_off.error.message,
        )

    def _settle(
        self,
        request: Request,
        state: RequestState,
        *,
        answer: object = None,
        error: APIError | None = None,
    ) -> None:
        source = error or answer
        self._save(
            request.settled(
                state,
                self._now(),
                request_id=getattr(source, "request_id", None),
                status=getattr(source, "status", None),
            )
        )
