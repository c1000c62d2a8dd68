"""What a message's state says, in words, and what can be done about it."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cached_property
from typing import Final, Protocol

from msgspec import Struct
from PySide6.QtCore import QObject

from beatra_desktop.domain.chat import AUTO_MODEL, Message, MessageStatus, Role
from beatra_desktop.domain.failures import Failure, FailureCode
from beatra_desktop.domain.records import replace
from beatra_desktop.domain.requests import Wait
from beatra_desktop.services.chat import MODEL_GONE
from beatra_desktop.ui.chat.actions import ASKING, Action
from beatra_desktop.ui.chat.versions import Versions
from beatra_desktop.ui.format import count, countdown, listed, time_of_day
from beatra_desktop.ui.styling import Tone


class ErrorWords(Protocol):
    @property
    def title(self) -> str: ...
    @property
    def sentence(self) -> str: ...


Describe = Callable[[Failure], ErrorWords]


class Strip(Struct, frozen=True):
    """A note below a message's text; without a tone and buttons it is one quiet line."""

    text: str
    title: str = ""
    tone: Tone | None = None
    actions: tuple[Action, ...] = ()


_CUT: Final = (Action.CONTINUE, Action.RETRY, Action.KEEP)
_FINISHED: Final = (None, "", "stop")
_TOOL_REASONS: Final = ("tool_calls", "function_call")
_REASON_CHARACTERS: Final = 60


Siblings = Callable[[str], Sequence[str]]


class StatusText(QObject):
    """`siblings(message_id)` gives the versions of a message, itself among them, oldest first.

    While `is_answering` nothing that asks for an answer is offered.
    """

    def __init__(
        self, describe: Describe, *, now: Callable[[], datetime], siblings: Siblings
    ) -> None:
        super().__init__()
        self._describe = describe
        self._now = now
        self._siblings = siblings
        self.is_answering = False

    def offers(self, action: Action) -> bool:
        """Whether an action would do something now."""
        return not (self.is_answering and action in ASKING)

    def versions(self, message: Message) -> Versions | None:
        """The versions of a message; None when it has no other."""
        siblings = self._siblings(message.id)
        if len(siblings) < 2 or message.id not in siblings:
            return None
        return Versions(siblings.index(message.id) + 1, len(siblings))

    def strip(self, message: Message) -> Strip | None:
        """The note for a message, None when its text says it all."""
        status = message.status
        if status is MessageStatus.SENDING:
            return Strip(self._waiting(message.wait, self.tr("Sending your message…")))
        if status is MessageStatus.STREAMING:
            text = self._waiting(message.wait, self.tr("Waiting for the first words…"))
            return None if message.text else Strip(text)
        if status is MessageStatus.UNKNOWN:
            failure = message.failure or Failure(code=FailureCode.OUTCOME_UNKNOWN)
            return self._failed(failure, Tone.WARNING)
        if status is MessageStatus.FAILED:
            return self._failed_for(message)
        if status is MessageStatus.INCOMPLETE:
            return self._incomplete(message)
        if status is MessageStatus.STOPPED:
            return self._stopped(message)
        return self._finished(message.finish_reason)

    def label(self, action: Action) -> str:
        return self._labels[action]

    @cached_property
    def _labels(self) -> dict[Action, str]:
        return {
            Action.COPY: self.tr("Copy"),
            Action.EDIT: self.tr("Edit"),
            Action.RETRY: self.tr("Retry"),
            Action.REGENERATE: self.tr("Regenerate"),
            Action.USE_AUTO: self.tr("Use Auto"),
            Action.CONTINUE: self.tr("Continue"),
            Action.KEEP: self.tr("Keep"),
            Action.DETAILS: self.tr("Details"),
            Action.PREVIOUS_VERSION: self.tr("Previous version"),
            Action.NEXT_VERSION: self.tr("Next version"),
        }

    def author(self, message: Message) -> str:
        """Who speaks; for an answer the model that gave it, and whether it was chosen by name."""
        if message.role is Role.USER:
            return self.tr("You")
        if message.role is Role.SYSTEM:
            return self.tr("Instructions for the model")
        if message.model_asked != AUTO_MODEL:
            return message.model or message.model_asked or self.tr("Answer")
        if message.model in (None, AUTO_MODEL):
            return self.tr("Auto")
        return self.tr("{model} (chosen by Auto)").format(model=message.model)

    def footer(self, message: Message) -> str:
        """Tokens and time of a finished message; the model stands above it."""
        if message.status.is_live:
            has_begun = message.status is MessageStatus.STREAMING and message.text
            return self.tr("Answering…") if has_begun else ""
        parts: list[str] = []
        tokens = message.usage.completion_tokens if message.usage is not None else None
        if tokens is not None:
            one, many = self.tr("1 token"), self.tr("{number} tokens")
            parts.append(one if tokens == 1 else many.format(number=count(tokens)))
        parts.append(time_of_day(message.finished_at or message.created_at))
        return "  ·  ".join(parts)

    def version(self, message: Message) -> str:
        """Which version of a message is on show, to be heard; empty when it is the only one."""
        versions = self.versions(message)
        if versions is None:
            return ""
        words = self.tr("Version {number} of {total}")
        return words.format(number=versions.number, total=versions.total)

    def heard(self, message: Message) -> str:
        """Who speaks, how it stands with it and when it was, for a screen reader."""
        answers = message.role is Role.ASSISTANT and (message.model or message.model_asked)
        author = self.author(message)
        name = self.tr("Answer of {model}").format(model=author) if answers else author
        is_over = not message.status.is_live
        time = time_of_day(message.finished_at or message.created_at) if is_over else ""
        return listed((name, self.version(message), self._state(message), time))

    def link(self, target: str) -> str:
        return self.tr("Link to {target}").format(target=target)

    def copy_code(self) -> str:
        return self.tr("Copy the code")

    def copied(self) -> str:
        return self.tr("Copied")

    def new_below(self) -> str:
        return self.tr("New text below")

    def _state(self, message: Message) -> str:
        return {
            MessageStatus.SENDING: self.tr("being sent"),
            MessageStatus.STREAMING: self.tr("being written"),
            MessageStatus.COMPLETE: "",
            MessageStatus.STOPPED: self.tr("stopped"),
            MessageStatus.INCOMPLETE: self.tr("incomplete"),
            MessageStatus.FAILED: self.tr("failed"),
            MessageStatus.UNKNOWN: self.tr("unclear whether it was answered"),
        }[message.status]

    def _waiting(self, wait: Wait | None, otherwise: str) -> str:
        if wait is None:
            return otherwise
        text = self.tr("Trying again in {time} (attempt {attempt} of {of}). {reason}")
        time = countdown(wait.until, self._now())
        return text.format(time=time, attempt=wait.attempt, of=wait.of, reason=wait.reason).rstrip()

    def _failed_for(self, message: Message) -> Strip:
        failure = message.failure
        if failure is None:
            text = self.tr("No answer came. Your message is kept.")
            return Strip(text, tone=Tone.DANGER, actions=(Action.RETRY, Action.DETAILS))
        asked = message.model_asked
        if failure.code not in MODEL_GONE or asked in (None, AUTO_MODEL):
            return self._failed(failure, Tone.DANGER)
        strip = self._failed(replace(failure, subject=failure.subject or asked), Tone.DANGER)
        return replace(strip, actions=(Action.USE_AUTO, *strip.actions))

    def _failed(self, failure: Failure, tone: Tone) -> Strip:
        words = self._describe(failure)
        actions = (Action.RETRY, Action.DETAILS)
        return Strip(words.sentence, title=words.title, tone=tone, actions=actions)

    def _incomplete(self, message: Message) -> Strip:
        if not message.text:
            text = self.tr("The connection ended before the first words. Your message is kept.")
            return Strip(text, tone=Tone.WARNING, actions=(Action.RETRY, Action.DETAILS))
        if message.failure is None:
            return Strip(self.tr("Cut off before its end; kept as it is."))
        text = self.tr("The answer was cut off before its end. What arrived is kept.")
        return Strip(text, tone=Tone.WARNING, actions=_CUT)

    def _stopped(self, message: Message) -> Strip:
        if not message.text:
            text = self.tr("You stopped this answer before its first words.")
            return Strip(text, tone=Tone.NEUTRAL, actions=(Action.RETRY,))
        text = self.tr("You stopped this answer. What arrived is kept.")
        return Strip(text, tone=Tone.NEUTRAL, actions=(Action.CONTINUE, Action.RETRY))

    def _finished(self, finish_reason: str | None) -> Strip | None:
        if finish_reason in _FINISHED:
            return None
        if finish_reason == "length":
            text = self.tr("The answer reached the length limit, so it may end early.")
            return Strip(text, tone=Tone.NEUTRAL, actions=(Action.CONTINUE,))
        if finish_reason == "content_filter":
            text = self.tr("The service ended this answer because of its content rules.")
        elif finish_reason in _TOOL_REASONS:
            text = self.tr(
                "The model wanted to use a tool here ({reason}). This app offers it none, so the "
                "answer may lack something."
            )
        else:
            text = self.tr("The service ended this answer for a reason of its own: {reason}.")
        shown = (finish_reason or "")[:_REASON_CHARACTERS]
        return Strip(text.format(reason=shown), tone=Tone.NEUTRAL)
