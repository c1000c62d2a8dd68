"""What a screen reader is told: the message in focus, and answers while they arrive.

Qt has no accessible objects for what is painted inside one widget, so the transcript itself
carries the focused message as its description.
"""

from collections.abc import Iterable
from typing import Final

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from beatra_desktop.domain.chat import Message, Role
from beatra_desktop.ui.chat.heard_text import HeardText
from beatra_desktop.ui.chat.live_speech import LiveSpeech
from beatra_desktop.ui.chat.message_layout import Button
from beatra_desktop.ui.chat.message_view import Link, Target
from beatra_desktop.ui.chat.observed import Observed
from beatra_desktop.ui.chat.status_text import StatusText

_SPOKEN_CHARACTERS: Final = 2_000


class Announcer:
    def __init__(self, widget: QWidget, status: StatusText) -> None:
        self._widget = widget
        self._status = status
        self._texts = HeardText()
        self._live = LiveSpeech(widget, status, self._texts, self._announce)

    def read_along(self, *, is_wanted: bool) -> None:
        """Whether answers are told while they arrive, or only how they ended."""
        self._live.reads_along = is_wanted

    def message_focused(self, message: Message) -> None:
        spoken = self._spoken(message)
        self._widget.setAccessibleDescription(spoken)
        self._announce(spoken)

    def version_shown(self, message: Message) -> None:
        self._widget.setAccessibleDescription(self._spoken(message))
        self._announce(self._status.version(message))

    def target_focused(self, target: Target) -> None:
        """Say what can be pressed."""
        self._announce(self._name(target))

    def messages_changed(self, observed: Observed, message_ids: Iterable[str]) -> None:
        """Tell what has arrived of an answer; nobody pays for it where nobody listens."""
        if QAccessible.isActive():
            self._live.messages_changed(observed, message_ids)
        else:
            self._live.stop()

    def messages_replaced(self, observed: Observed) -> None:
        self._live.keep(observed)

    def _spoken(self, message: Message) -> str:
        strip = self._status.strip(message)
        parts = [self._status.author(message), self._status.version(message)]
        text = message.text[:_SPOKEN_CHARACTERS]
        parts.append(self._texts.spoken(text) if message.role is Role.ASSISTANT else text)
        if strip is not None:
            parts += [strip.title, strip.text]
        return ". ".join(part for part in parts if part)

    def _name(self, target: Target) -> str:
        if isinstance(target, Link):
            return self._status.link(target.href)
        return target.label if isinstance(target, Button) else self._status.copy_code()

    def _announce(self, text: str) -> None:
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._widget, text))
