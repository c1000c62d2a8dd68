"""A box for several lines that grows with its text."""

from typing import Final

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from beatra_desktop.ui import theme

FRAME_PX: Final = 16
"""Border and padding of the style sheet, above and below."""
_RETURN_KEYS: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class TextBox(QPlainTextEdit):
    """`submitted` on Ctrl+Enter, never while an input method composes; Tab leaves the box."""

    submitted = Signal()

    def __init__(
        self, name: str, *, placeholder: str, lines: range, parent: QWidget | None = None
    ) -> None:
        """`lines` are the fewest and, exclusively, the most lines on show."""
        super().__init__(parent)
        self._lines = lines
        self._is_composing = False
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
        self.textChanged.connect(self._fit)
        theme.notifier().changed.connect(self._fit)
        self._fit()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._is_composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        with_control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in _RETURN_KEYS and with_control and not self._is_composing:
            self.submitted.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Dropped files are for the pane around, not text."""
        return source.hasText() and not source.hasUrls()

    def insertFromMimeData(self, source: QMimeData) -> None:
        self.insertPlainText(source.text())

    def _fit(self) -> None:
        """A plain text document measures its height in lines."""
        wanted = round(self.document().size().height())
        lines = max(self._lines.start, min(self._lines.stop - 1, wanted))
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + FRAME_PX)
