"""A text area that grows with its text and knows when Enter means send."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

MIN_LINES: Final = 1
MAX_LINES: Final = 10
_RETURN_KEYS: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class TextArea(QPlainTextEdit):
    """`submitted` on Enter, or Ctrl+Enter, never while an input method composes."""

    submitted = Signal()
    escaped = Signal()
    files_pasted = Signal(list)

    def __init__(self, name: str, *, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.enter_sends = True
        self._is_composing = False
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setProperty("bare", "true")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
        self.textChanged.connect(self._fit)
        self._fit()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._is_composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        elif event.key() in _RETURN_KEYS and self._means_send(event):
            self.submitted.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return bool(_local_files(source)) or source.hasText()

    def insertFromMimeData(self, source: QMimeData) -> None:
        if files := _local_files(source):
            self.files_pasted.emit(files)
        elif source.hasText():
            self.insertPlainText(source.text())

    def _means_send(self, event: QKeyEvent) -> bool:
        if self._is_composing:
            return False
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if modifiers == Qt.KeyboardModifier.ControlModifier:
            return True
        return self.enter_sends and modifiers == Qt.KeyboardModifier.NoModifier

    def _fit(self) -> None:
        lines = max(MIN_LINES, min(MAX_LINES, self._visual_lines()))
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + 2)
        overflows = self._visual_lines() > MAX_LINES
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(
            policy.ScrollBarAsNeeded if overflows else policy.ScrollBarAlwaysOff
        )

    def _visual_lines(self) -> int:
        """Lines on show after wrapping; a plain text document measures its height in lines."""
        return round(self.document().size().height())


def _local_files(source: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in source.urls() if url.isLocalFile()]
