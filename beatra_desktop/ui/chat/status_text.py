"""What a message's state says, in words, and what can be done about it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, Protocol

from PySide6.QtCore import QObject

from beatra_desktop.domain.chat import AUTO_MODEL, Message, MessageStatus, Role
from beatra_desktop.domain.failures import Failure
from beatra_desktop.domain.requests import Wait
from beatra_desktop.ui.format import count, countdown, time_of_day
from beatra_desktop.ui.styling import Tone


class Action(StrEnum):
    COPY = "copy"
    RETRY = "retry"
    CONTINUE = "continue"
    KEEP = "keep"
    DETAILS = "details"


class ErrorWords(Protocol):
    @property
    def title(self) -> str: ...
    @property
    def sentence(self) -> str: ...


Describe = Callable[[Failure], ErrorWords]


@dataclass(frozen=True, slots=True)
class Strip:
    """A note below a message's text; without a tone and buttons it is one quiet line."""

    text: str
    title: str = ""
    tone: Tone | None = None
    actions: tuple[Action, ...] = ()


_CUT: Final = (Action.CONTINUE, Action.RETRY, Action.KEEP)


class StatusText(QObject):
    def __init__(self, describe: Describe, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._describe = describe
        self._now = now

    def strip(self, message: Message) -> Strip | None:
        """The note for a message, None when its text says it all."""
        status = message.status
        if status is MessageStatus.SENDING:
            return Strip(self._waiting(message.wait))
        if status is MessageStatus.STREAMING:
            return Strip(self._waiting(message.wait)) if not message.text else None
        if status is MessageStatus.UNKNOWN:
            return Strip(self.tr("Checking whether the service received this…"))
        if status is MessageStatus.FAILED:
            return self._failed(message.failure)
        if status is MessageStatus.INCOMPLETE:
            return self._incomplete(message)
        if status is MessageStatus.STOPPED:
            text = self.tr("You stopped this answer. What arrived is kept.")
            return Strip(text, tone=Tone.NEUTRAL, actions=(Action.CONTINUE, Action.RETRY))
        return self._finished(message.finish_reason)

    def label(self, action: Action) -> str:
        return {
            Action.COPY: self.tr("Copy"),
            Action.RETRY: self.tr("Retry"),
            Action.CONTINUE: self.tr("Continue"),
            Action.KEEP: self.tr("Keep"),
            Action.DETAILS: self.tr("Details"),
        }[action]

    def author(self, message: Message) -> str:
        if message.role is Role.USER:
            return self.tr("You")
        if message.role is Role.SYSTEM:
            return self.tr("Instructions for the model")
        asked = message.model_asked if message.model_asked != AUTO_MODEL else None
        return message.model or asked or self.tr("Answer")

    def footer(self, message: Message) -> str:
        """Tokens and time of a finished message; the model stands above it."""
        parts: list[str] = []
        tokens = message.usage.completion_tokens if message.usage is not None else None
        if tokens is not None:
            one, many = self.tr("1 token"), self.tr("{number} tokens")
            parts.append(one if tokens == 1 else many.format(number=count(tokens)))
        parts.append(time_of_day(message.finished_at or message.created_at))
        return "  ·  ".join(parts)

    def copied(self) -> str:
        return self.tr("Copied")

    def new_below(self) -> str:
        return self.tr("New text below")

    def _waiting(self, wait: Wait | None) -> str:
        if wait is None:
            return self.tr("Waiting for the answer…")
        text = self.tr("Trying again in {time} (attempt {attempt} of {of}). {reason}")
        time = countdown(wait.until, self._now())
        return text.format(time=time, attempt=wait.attempt, of=wait.of, reason=wait.reason).rstrip()

    def _failed(self, failure: Failure | None) -> Strip:
        actions = (Action.RETRY, Action.DETAILS)
        if failure is None:
            text = self.tr("No answer came. Your message is kept.")
            return Strip(text, tone=Tone.DANGER, actions=actions)
        words = self._describe(failure)
        return Strip(words.sentence, title=words.title, tone=Tone.DANGER, actions=actions)

    def _incomplete(self, message: Message) -> Strip:
        if message.failure is None and message.text:
            return Strip(self.tr("Cut off before its end; kept as it is."))
        text = self.tr("The answer was cut off before its end. What arrived is kept.")
        return Strip(text, tone=Tone.WARNING, actions=_CUT)

    def _finished(self, finish_reason: str | None) -> Strip | None:
        if finish_reason == "length":
            text = self.tr("The answer reached the length limit, so it may end early.")
            return Strip(text, tone=Tone.NEUTRAL, actions=(Action.CONTINUE,))
        if finish_reason == "content_filter":
            text = self.tr("The service ended this answer because of its content rules.")
            return Strip(text, tone=Tone.NEUTRAL)
        return None
