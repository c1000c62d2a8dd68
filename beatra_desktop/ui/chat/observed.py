"""One list of messages at a time, observed."""

from collections.abc import Callable, Mapping
from typing import Any

from beatra_desktop.domain.chat import Message
from beatra_desktop.ui.chat.selection import Messages

Slots = Mapping[str, Callable[..., Any]]


class Observed:
    """Connects `slots`, by the name of their signal, to the messages given last."""

    def __init__(self, slots: Slots) -> None:
        self._slots = slots
        self.messages: Messages | None = None

    def observe(self, messages: Messages) -> None:
        self.release()
        self.messages = messages
        for name, slot in self._slots.items():
            getattr(messages, name).connect(slot)

    def release(self) -> None:
        if self.messages is not None:
            for name, slot in self._slots.items():
                getattr(self.messages, name).disconnect(slot, missing_ok=True)
        self.messages = None

    def __len__(self) -> int:
        return 0 if self.messages is None else len(self.messages)

    def __getitem__(self, row: int) -> Message:
        assert self.messages is not None, "no rows without messages"
        return self.messages[row]

    def row(self, message_id: str) -> int | None:
        """The message's row, or None when it is not on show."""
        if self.messages is None or message_id not in self.messages:
            return None
        return self.messages.row(message_id)
