"""Same key, same answer: `Idempotency-Key` for 24 hours by the sandbox clock (contract §2).

Only 2xx answers are kept, so that the same key works again once the balance is topped up or the
busy model is back (contract §4).
"""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final

import msgspec
from starlette.requests import Request

from beatra_desktop.sandbox.clock import Clock
from beatra_desktop.sandbox.database import Database
from beatra_desktop.sandbox.errors import ApiError
from beatra_desktop.sandbox.gateway import is_token
from beatra_desktop.sandbox.visits import Visit, visit_of

WINDOW_S: Final = 24 * 3600.0


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer; an event stream's body is all of its events."""

    status: int
    body: bytes
    content_type: str = "application/json"


def fingerprint(path: str, document: Any) -> str:
    """Return what must be equal for a replay: path and parsed JSON (contract §10 U10)."""
    text = msgspec.json.encode([path, document], order="deterministic")
    return hashlib.sha256(text).hexdigest()


def idempotency_key(request: Request) -> str | None:
    """Return the header's value. Raises `invalid_request` for one that cannot be a key."""
    key = request.headers.get("idempotency-key")
    if key is not None and not (key and is_token(key)):
        message = "Idempotency-Key must be 1 to 128 visible ASCII characters."
        raise ApiError("invalid_request", message)
    return key


class Claim:
    """The right to do the work for a key; `keep` or `release` ends it."""

    def __init__(self, ledger: "Ledger", key: str | None, fingerprint: str) -> None:
        self._ledger = ledger
        self.key = key
        self.fingerprint = fingerprint
        self.over = asyncio.Event()

    def keep(self, answer: Answer) -> None:
        self._ledger.store(self, answer)

    def release(self) -> None:
        """Let those who wait for this key go on; without `keep` the next one does the work."""
        self._ledger.forget(self)


class Ledger:
    """Answers by key, on disk; work in progress by key, in memory."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._claims: dict[str, Claim] = {}

    async def claim(self, request: Request, fingerprint: str) -> Claim | Answer:
        """Return the kept answer, or the claim to make one; waits for work under the same key.

        Raises `idempotency_conflict` when the key belongs to another request.
        """
        key = idempotency_key(request)
        while key is not None and key in self._claims:
            _check_same(self._claims[key].fingerprint, fingerprint)
            await self._claims[key].over.wait()
        kept = None if key is None else self._kept(key, fingerprint, visit_of(request))
        return kept or self._new_claim(key, fingerprint)

    async def answer(
        self, request: Request, fingerprint: str, work: Callable[[], Awaitable[Answer]]
    ) -> Answer:
        """Replay, or do the work and keep a 2xx answer. Errors of the work pass through."""
        claim = await self.claim(request, fingerprint)
        if isinstance(claim, Answer):
            return claim
        try:
            answer = await work()
            claim.keep(answer)
        finally:
            claim.release()
        return answer

    def store(self, claim: Claim, answer: Answer) -> None:
        if claim.key is None:
            return
        now = self._clock.now()
        self._database.run("delete from answers where created_at <= ?", now - WINDOW_S)
        self._database.run(
            "insert or replace into answers values (?, ?, ?, ?, ?, ?)",
            *(claim.key, claim.fingerprint, answer.status),
            *(answer.content_type, answer.body, now),
        )

    def forget(self, claim: Claim) -> None:
        if claim.key is not None:
            self._claims.pop(claim.key, None)
        claim.over.set()

    def _new_claim(self, key: str | None, fingerprint: str) -> Claim:
        claim = Claim(self, key, fingerprint)
        if key is not None:
            self._claims[key] = claim
        return claim

    def _kept(self, key: str, fingerprint: str, visit: Visit) -> Answer | None:
        row = self._database.row("select * from answers where key = ?", key)
        if row is None or row["created_at"] <= self._clock.now() - WINDOW_S:
            return None
        _check_same(row["fingerprint"], fingerprint)
        visit.replayed = True
        return Answer(row["status"], row["body"], row["content_type"])


def _check_same(first: str, second: str) -> None:
    if first != second:
        raise ApiError("idempotency_conflict")
