"""A text area that grows with its text and knows when Enter means send."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

MIN_LINES: Final = 1
MAX_LINES: Final = 10
_RETURN_KEYS: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_INPUT_METHOD_KEYS: Final = (*_RETURN_KEYS, Qt.Key.Key_Escape)
_FONT_CHANGES: Final = (QEvent.Type.FontChange, QEvent.Type.StyleChange)


class TextArea(QPlainTextEdit):
    """`submitted` on Enter, or Ctrl+Enter, never while an input method composes."""

    submitted = Signal()
    escaped = Signal()
    files_pasted = Signal(list)

    def __init__(self, name: str, *, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.enter_sends = True
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setProperty("bare", "true")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
        self.textChanged.connect(self._fit)
        self._fit()

    @property
    def has_words(self) -> bool:
        """Whether there is anything but blanks; looks no further than the first word."""
        block = self.document().begin()
        while block.isValid():
            if block.text().strip():
                return True
            block = block.next()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _INPUT_METHOD_KEYS and self._is_composing():
            event.ignore()
        elif event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
            event.ignore()
        elif event.key() in _RETURN_KEYS and self._means_send(event):
            self.submitted.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in _FONT_CHANGES:
            self._fit()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return bool(_local_files(source)) or source.hasText()

    def insertFromMimeData(self, source: QMimeData) -> None:
        if files := _local_files(source):
            self.files_pasted.emit(files)
        elif source.hasText():
            self.insertPlainText(source.text())

    def _is_composing(self) -> bool:
        """Asked of the text itself: a flag would outlive a composition that was taken away."""
        return bool(self.textCursor().block().layout().preeditAreaText())

    def _means_send(self, event: QKeyEvent) -> bool:
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if modifiers == Qt.KeyboardModifier.ControlModifier:
            return True
        return self.enter_sends and modifiers == Qt.KeyboardModifier.NoModifier

    def _fit(self) -> None:
        lines = self._visual_lines()
        shown = max(MIN_LINES, min(MAX_LINES, lines))
        self.setFixedHeight(shown * self.fontMetrics().lineSpacing() + 2)
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(
            policy.ScrollBarAsNeeded if lines > MAX_LINES else policy.ScrollBarAlwaysOff
        )

    def _visual_lines(self) -> int:
        """Lines on show after wrapping; a plain text document measures its height in lines."""
        return round(self.document().size().height())


def _local_files(source: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in source.urls() if url.isLocalFile()]
