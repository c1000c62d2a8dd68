"""Answers told to a screen reader sentence by sentence while they arrive."""

from collections.abc import Callable, Iterable
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from beatra_desktop.domain.chat import Message, MessageStatus
from beatra_desktop.ui.chat.heard_text import HeardText
from beatra_desktop.ui.chat.observed import Observed
from beatra_desktop.ui.chat.spoken_answer import SpokenAnswer
from beatra_desktop.ui.chat.status_text import StatusText

PACE_MS: Final = 1500
"""What comes sooner after something was told is told with what follows it, as one piece."""


class LiveSpeech:
    """Tells `announce` what has arrived; with `reads_along` off only how the answer ended."""

    def __init__(
        self,
        widget: QWidget,
        status: StatusText,
        texts: HeardText,
        announce: Callable[[str], object],
    ) -> None:
        self.reads_along = True
        self._status = status
        self._announce = announce
        self._texts = texts
        self._answers: dict[str, SpokenAnswer] = {}
        self._waiting: list[str] = []
        self._pause = QTimer(widget, singleShot=True, interval=PACE_MS)
        self._pause.timeout.connect(self._tell)

    def messages_changed(self, observed: Observed, message_ids: Iterable[str]) -> None:
        for message_id in message_ids:
            row = observed.row(message_id)
            if row is not None:
                self._hear(observed[row])

    def keep(self, observed: Observed) -> None:
        """Forget the answers that are not on show any more."""
        gone = {each for each in self._answers if observed.row(each) is None}
        for message_id in gone:
            del self._answers[message_id]
        if gone:
            self._waiting.clear()

    def stop(self) -> None:
        if self._answers:
            self._answers.clear()
            self._waiting.clear()
            self._pause.stop()

    def _hear(self, message: Message) -> None:
        if message.status.is_live:
            self._read_on(message)
        elif message.id in self._answers:
            self._end(message)

    def _read_on(self, message: Message) -> None:
        is_new = message.id not in self._answers
        answer = self._answers.setdefault(message.id, SpokenAnswer())
        if is_new:
            self._waiting.append(f"{self._status.author(message)}.")
        if not self.reads_along:
            return
        heard = answer.feed(message.text)
        self._waiting += map(self._texts.words, heard)
        if heard and not self._pause.isActive():
            self._tell()

    def _end(self, message: Message) -> None:
        answer = self._answers.pop(message.id)
        if self.reads_along:
            self._waiting += map(self._texts.words, (*answer.feed(message.text), *answer.finish()))
        is_complete = message.status is MessageStatus.COMPLETE
        self._waiting.append(self._texts.ending(is_complete=is_complete))
        strip = self._status.strip(message)
        if strip is not None:
            self._waiting += filter(None, (strip.title, strip.text))
        self._tell()

    def _tell(self) -> None:
        if self._waiting:
            self._announce(" ".join(self._waiting))
            self._waiting.clear()
            self._pause.start()
