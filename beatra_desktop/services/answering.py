"""One answer: ask, stream, and tell the truth about how it ended."""

import asyncio
from collections.abc import Callable
from typing import Final

from msgspec import Struct

from beatra_desktop.api.chat import ChatStream
from beatra_desktop.api.chat_events import ChatEvent, Delta, Finished, ModelResolved, UsageReported
from beatra_desktop.api.errors import APIError
from beatra_desktop.domain.chat import Message, MessageStatus, Usage
from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.failures import Failure, FailureCode
from beatra_desktop.domain.records import replace
from beatra_desktop.domain.requests import Request
from beatra_desktop.services import failures
from beatra_desktop.services.clients import Clients
from beatra_desktop.services.conversations import Conversations
from beatra_desktop.services.journal import Journal
from beatra_desktop.services.outbox import Outbox
from beatra_desktop.services.profiles import ProfilesService

CUT: Final = Failure(code=FailureCode.INCOMPLETE_ANSWER, retryable=True)
"""An answer whose end this app did not live to see."""
DISK_PATIENCE_SECONDS: Final = 1.0
"""So long at most an answer waits for a disk that does not take it; the user is told of that."""


class Answering(Struct, frozen=True, kw_only=True):
    """What an answer needs; `was_stopped(message_id)` tells a stop from a quit.

    `gives_up(message, error)` tells errors after which the same request is not tried again.
    """

    conversations: Conversations
    outbox: Outbox
    clients: Clients
    profiles: ProfilesService
    was_stopped: Callable[[str], bool]
    gives_up: Callable[[Message, APIError], bool]

    async def answer(self, message: Message, request: Request) -> None:
        """Fill the assistant `message`; ends with its final status stored."""
        reply = Reply(message, self.conversations)
        try:
            await self._stream(reply, request)
        except asyncio.CancelledError:
            self._on_cancel(reply, request)
            raise
        except failures.EXPECTED as error:
            reply.fail(failures.of(error, subject=message.model_asked or ""))
        finally:
            reply.close()

    async def _stream(self, reply: "Reply", request: Request) -> None:
        client = await self.clients.get(self.profiles.required(request.profile_id))

        async def open_stream(attempt: Request) -> ChatStream:
            reply.update(wait=None)
            return await client.chat.open(attempt.body, idempotency_key=attempt.key)

        async with await self.outbox.send(
            request,
            open_stream,
            on_wait=lambda wait: reply.update(wait=wait),
            on_hold=lambda hold: reply.update(hold=hold),
            gives_up=lambda error: self.gives_up(reply.message, error),
        ) as stream:
            reply.begin(stream.request_id)
            async for event in stream:
                await reply.keep_up()
                reply.take(event)
        # Settled after that: a crash in between must not leave half of what was paid for whole.
        reply.end(MessageStatus.COMPLETE)
        self.outbox.settle(request, stream)

    def _on_cancel(self, reply: "Reply", request: Request) -> None:
        """A stop is final; a quit leaves what was not answered to the next start."""
        if self.was_stopped(reply.message.id):
            reply.end(MessageStatus.STOPPED)
            self.outbox.abandon(request)
        elif reply.message.status is MessageStatus.STREAMING:
            reply.end(MessageStatus.INCOMPLETE, CUT)


class Reply:
    """The assistant message while it grows."""

    def __init__(self, message: Message, conversations: Conversations) -> None:
        self.message = message
        self._conversations = conversations
        self._journal = Journal(self._save_text)
        self._pieces: list[str] = []
        self._flush: asyncio.Handle | None = None

    def begin(self, request_id: str | None) -> None:
        self.message = self._conversations.put(
            replace(
                self.message,
                status=MessageStatus.STREAMING,
                request_id=request_id,
                wait=None,
                hold=None,
                failure=None,
            )
        )

    async def keep_up(self) -> None:
        """Wait for the disk, which is mostly done, before more is shown than may be lost."""
        if self._journal.take_saved():
            await self._conversations.saved(DISK_PATIENCE_SECONDS)

    def take(self, event: ChatEvent) -> None:
        match event:
            case Delta(text):
                self._collect(text)
            case ModelResolved(_, model) if model:
                self.update(model=model)
            case Finished(reason):
                self.update(finish_reason=reason)
            case UsageReported(usage):
                self.update(
                    usage=Usage(
                        prompt_tokens=usage.prompt_tokens,
                        completion_tokens=usage.completion_tokens,
                        total_tokens=usage.total_tokens,
                        credits=usage.credits,
                        credits_usd_reference=usage.credits_usd_reference,
                    )
                )

    def update(self, **fields: object) -> None:
        """Change fields on show; they are stored with the end of the answer."""
        self._extend()
        self.message = replace(self.message, **fields)  # type: ignore[arg-type]  # checked by replace
        self._conversations.show(self.message)

    def end(self, status: MessageStatus, failure: Failure | None = None) -> None:
        """Store the final record."""
        self._extend()
        self.message = self._conversations.put(
            replace(
                self.message,
                status=status,
                failure=failure,
                wait=None,
                hold=None,
                finished_at=utc_now(),
                request_id=(failure.request_id if failure else None) or self.message.request_id,
            )
        )

    def fail(self, failure: Failure) -> None:
        """No answer came, or not all of it: what did is kept."""
        status = MessageStatus.FAILED
        if self.message.status is MessageStatus.STREAMING:
            status = MessageStatus.INCOMPLETE
        elif failure.code is FailureCode.OUTCOME_UNKNOWN:
            status = MessageStatus.UNKNOWN
        self.end(status, failure)

    def close(self) -> None:
        self._journal.close()

    def _collect(self, text: str) -> None:
        """All deltas of one read become one change of the record."""
        self._pieces.append(text)
        if self._flush is None:
            self._flush = asyncio.get_running_loop().call_soon(self._extend)

    def _extend(self) -> None:
        if self._flush is None:
            return
        self._flush.cancel()
        self._flush = None
        text = self.message.text + "".join(self._pieces)
        self._pieces.clear()
        first = self.message.first_delta_at or utc_now()
        self.message = replace(self.message, text=text, first_delta_at=first)
        self._conversations.show(self.message)
        self._journal.note(text)

    def _save_text(self, _text: str) -> None:
        self._conversations.journal(self.message)
