"""The one door for POSTs that may cost money.

An intent is written to the request ledger under its idempotency key before anything is sent, and
every attempt, also one after a crash, sends the same bytes under the same key (design P1).
"""

from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Final, TypeVar

from psygnal import Signal

from beatra_desktop.api.errors import APIConnectionError, APIError, APIStatusError
from beatra_desktop.api.retry import RetryPolicy, with_retries
from beatra_desktop.api.retry import Wait as BackOff
from beatra_desktop.api.service_clock import ServiceClock
from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.ids import IdempotencyKey, ProfileId, new_id
from beatra_desktop.domain.records import replace
from beatra_desktop.domain.requests import Request, RequestKind, RequestState, Wait
from beatra_desktop.services.countdowns import Countdowns
from beatra_desktop.services.gate import OnHold, Withheld
from beatra_desktop.services.traffic import Interrupted, Traffic
from beatra_desktop.storage.database import Database, StorageError
from beatra_desktop.storage.requests import RequestRepository

T = TypeVar("T")

_NOT_SETTLING: Final = frozenset({408, 425, 429})


class OutcomeUnknown(Exception):
    """The request was never answered, and its key may be forgotten: it must not go out again."""


class _Unspent(Exception):
    """What was no attempt: it found no way to the service, or was paused on its way."""

    def __init__(self, error: APIError | None) -> None:
        super().__init__()
        self.error = error


class Outbox:
    """Writes, sends and settles requests; `policy` is asked anew for each of them.

    `service_clock` tells the time of a profile's service, by which it forgets keys. `changed` tells
    of every request that is new or came further.
    """

    changed = Signal(object)

    def __init__(
        self,
        *,
        database: Database,
        ledger: RequestRepository,
        policy: Callable[[], RetryPolicy],
        traffic: Traffic,
        now: Callable[[], datetime] = utc_now,
        service_clock: Callable[[ProfileId], ServiceClock] = lambda _: ServiceClock(),
    ) -> None:
        self._database = database
        self._ledger = ledger
        self._policy = policy
        self._traffic = traffic
        self._countdowns = Countdowns(now)
        traffic.woken.connect(self._countdowns.wake)
        self._now = now
        self._service_clock = service_clock
        self._recent: dict[IdempotencyKey, Request] = {}

    def together(self) -> AbstractContextManager[None]:
        """What is stored in the block is stored at once, the request with what it is for."""
        return self._database.together()

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

    def was_written(self, kind: RequestKind, owner_id: str, *, since: datetime) -> bool:
        """Whether a request of that kind was written for a record since then."""
        recent = (each for each in self._recent.values() if each.owner_id == owner_id)
        requests = (*recent, *self._ledger.of_owner(owner_id))
        return any(each.kind is kind and each.written_at >= since for each in requests)

    def open_requests(self) -> list[Request]:
        """What was written or sent and is not settled yet, oldest first."""
        newest = [self._recent.get(stored.key, stored) for stored in self._ledger.open()]
        return [request for request in newest if request.state.is_open]

    def may_resend(self, request: Request) -> bool:
        """Whether the service still recognises the request's key, as far as can be told."""
        return request.may_be_resent(self._now(), self._service_clock(request.profile_id).latest)

    def keeps_key(self, request: Request) -> bool:
        """Whether trying again is the same intent, which goes out under the same key."""
        return request.keeps_key(self._now(), self._service_clock(request.profile_id).latest)

    def adopt(self, request: Request, owner_id: str) -> Request:
        """Let another record wait for the same request's answer."""
        adopted = replace(request, owner_id=owner_id)
        self._save(adopted)
        return adopted

    def abandon(self, request: Request) -> None:
        """The user gave the intent up; the service may still have acted on it."""
        self._settle(self._newest(request), RequestState.ABANDONED)

    def give_up(self, request: Request) -> None:
        """`abandon`, unless the service said its final word."""
        if self._newest(request).state.is_open:
            self.abandon(request)

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
        on_hold: OnHold = lambda _: None,
    ) -> T:
        """`send`, and settle the request as created."""
        answer = await self.send(request, call, on_wait=on_wait, on_hold=on_hold)
        self.settle(request, answer)
        return answer

    async def send(
        self,
        request: Request,
        call: Callable[[Request], Awaitable[T]],
        *,
        on_wait: Callable[[Wait], None],
        on_hold: OnHold = lambda _: None,
        gives_up: Callable[[APIError], bool] = lambda _: False,
    ) -> T:
        """Send until the service answers or trying again makes no sense.

        Each attempt waits until the traffic lets it go; one that found no way to the service is
        none. `gives_up` adds errors after which another attempt makes no sense. The request stays
        open until `settle`: an answer cut on its way can be asked for again. Raises APIError
        (settled as refused when the service said a final no, else still open for a later resend),
        StorageError before anything left, OutcomeUnknown for one that is too old to go out again,
        Withheld after `stop_retrying`.
        """
        try:
            return await with_retries(
                lambda: self._attempt(request, call, on_hold),
                self._policy(),
                idempotent=True,
                on_wait=lambda back_off: on_wait(self._wait(back_off)),
                gives_up=gives_up,
                rest=lambda seconds: self._countdowns.run(request.key, seconds),
            )
        except APIStatusError as error:
            if 400 <= error.status < 500 and error.status not in _NOT_SETTLING:
                self._settle(self._newest(request), RequestState.REFUSED, error=error)
            raise

    def stop_retrying(self, key: IdempotencyKey) -> None:
        """End the waiting for another attempt: the last error stands, the request stays open."""
        if not self._countdowns.stop(key):
            self._traffic.turn_away(key)

    def try_now(self, key: IdempotencyKey) -> None:
        """Make the next attempt at once, or look at once for a service that is out of reach."""
        request = self.find(key)
        if not self._countdowns.hurry(key) and request is not None:
            self._traffic.look_now(request.profile_id)

    async def _attempt(
        self, request: Request, call: Callable[[Request], Awaitable[T]], on_hold: OnHold
    ) -> T:
        """One that counts: what found no way out, or was paused on its way, starts over."""
        last_error: APIError | None = None
        while True:
            try:
                await self._traffic.pass_gate(request.profile_id, on_hold, ticket=request.key)
                return await self._go(self._newest(request), call)
            except Withheld as withheld:
                raise last_error or withheld from None
            except _Unspent as unspent:
                last_error = unspent.error

    async def _go(self, before: Request, call: Callable[[Request], Awaitable[T]]) -> T:
        """Send once, and note what that says of the way to the service; raises _Unspent."""
        sent = await self._prepare(before)
        try:
            answer = await self._carried(sent, call)
        except Interrupted:
            raise _Unspent(None) from None
        except APIConnectionError as error:
            if error.never_left:
                self._save(sent.unsent(before))
            if self._traffic.note_failure(sent.profile_id, error):
                raise _Unspent(error) from error
            raise
        except APIStatusError:
            self._traffic.note_success(sent.profile_id)
            raise
        self._traffic.note_success(sent.profile_id)
        return answer

    async def _carried(self, sent: Request, call: Callable[[Request], Awaitable[T]]) -> T:
        """A pause stops an upload; what may cost money already goes on to its answer."""
        if sent.kind is RequestKind.UPLOAD:
            return await self._traffic.carry(call(sent))
        return await call(sent)

    async def _prepare(self, request: Request) -> Request:
        """Put on disk that the request is about to leave, unless it is too old to.

        Nor does one whose bytes were not kept: others under its key would be another intent.
        """
        if not (request.body and self.may_resend(request)):
            self._settle(request, RequestState.UNKNOWN)
            raise OutcomeUnknown(request.key)
        sent = request.sent(self._now(), self._service_clock(request.profile_id).earliest)
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
        self.changed.emit(request)

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
