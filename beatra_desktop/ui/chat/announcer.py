"""What a screen reader is told: the message in focus, and how an answer ended.

Qt has no accessible objects for what is painted inside one widget, so the transcript itself
carries the focused message as its description.
"""

from collections.abc import Iterable
from typing import Final

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from beatra_desktop.domain.chat import Message
from beatra_desktop.ui.chat.message_layout import Button
from beatra_desktop.ui.chat.message_view import Link, Target
from beatra_desktop.ui.chat.observed import Observed
from beatra_desktop.ui.chat.status_text import StatusText

_SPOKEN_CHARACTERS: Final = 2_000


class Announcer:
    def __init__(self, widget: QWidget, status: StatusText) -> None:
        self._widget = widget
        self._status = status
        self._live: set[str] = set()

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
        """Announce each answer that has just ended."""
        for message_id in message_ids:
            row = observed.row(message_id)
            if row is None:
                continue
            message = observed[row]
            if message.status.is_live:
                self._live.add(message_id)
            elif message_id in self._live:
                self._live.discard(message_id)
                self._announce(self._spoken(message))

    def _spoken(self, message: Message) -> str:
        strip = self._status.strip(message)
        parts = [self._status.author(message), self._status.version(message)]
        parts.append(message.text[:_SPOKEN_CHARACTERS])
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
