"""What a screen reader is told without asking: answers while they arrive, the version on show.

What it finds when it looks, or when the focus moves, is in `ui.access`.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from beatra_desktop.domain.chat import Message
from beatra_desktop.ui.chat.observed import Observed
from beatra_desktop.ui.chat.status_text import StatusText

if TYPE_CHECKING:
    from beatra_desktop.ui.chat.live_speech import LiveSpeech


class Announcer:
    def __init__(self, widget: QWidget, status: StatusText) -> None:
        self._widget = widget
        self._status = status
        self._reads_along = True
        self._live: LiveSpeech | None = None

    def read_along(self, *, is_wanted: bool) -> None:
        """Whether answers are told while they arrive, or only how they ended."""
        self._reads_along = is_wanted
        if self._live is not None:
            self._live.reads_along = is_wanted

    def version_shown(self, message: Message) -> None:
        self._announce(self._status.version(message))

    def messages_changed(self, observed: Observed, message_ids: Iterable[str]) -> None:
        """Tell what has arrived of an answer; nobody pays for it where nobody listens."""
        if QAccessible.isActive():
            self._live = self._live or self._listened_to()
            self._live.messages_changed(observed, message_ids)
        elif self._live is not None:
            self._live.stop()

    def messages_replaced(self, observed: Observed) -> None:
        if self._live is not None:
            self._live.keep(observed)

    def _listened_to(self) -> "LiveSpeech":
        from beatra_desktop.ui.chat.heard_text import HeardText
        from beatra_desktop.ui.chat.live_speech import LiveSpeech  # few have a screen reader

        live = LiveSpeech(self._widget, self._status, HeardText(), self._announce)
        live.reads_along = self._reads_along
        return live

    def _announce(self, text: str) -> None:
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._widget, text))
