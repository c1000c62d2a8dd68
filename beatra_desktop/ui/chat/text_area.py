"""A text area that grows with its text and knows when Enter means send."""

from math import ceil
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import (
    QImage,
    QInputMethodEvent,
    QKeyEvent,
    QResizeEvent,
    QTextCursor,
    QTextDocumentFragment,
)
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

MIN_LINES: Final = 1
MAX_LINES: Final = 10
LONG_CHARACTERS: Final = 10_000
LONG_LINES: Final = 400
MAX_PASTED_CHARACTERS: Final = 300_000
"""More would hold up the window for longer than a frame."""
_FRAME_PX: Final = 2
_RETURN_KEYS: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_INPUT_METHOD_KEYS: Final = (*_RETURN_KEYS, Qt.Key.Key_Escape, Qt.Key.Key_Up)
_FONT_CHANGES: Final = (QEvent.Type.FontChange, QEvent.Type.StyleChange)
_PICTURE_PLACE: Final = "\ufffc"
"""Stands for a picture in text that was made from HTML."""


class TextArea(QPlainTextEdit):
    """`submitted` on Enter, or Ctrl+Enter, never while an input method composes."""

    submitted = Signal()
    escaped = Signal()
    recall_requested = Signal()
    """Up was pressed with nothing written."""
    files_pasted = Signal(list)
    picture_pasted = Signal(QImage)
    long_text_pasted = Signal()
    """`pasted_text` was inserted as it is."""
    paste_refused = Signal(int)
    """So many characters are more than a message takes; nothing was inserted."""

    def __init__(self, name: str, *, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.enter_sends = True
        self._placeholder = placeholder
        self._max_height_px: int | None = None
        self._pasted = QTextCursor()
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setProperty("bare", "true")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
        # Not `textChanged`: what an input method composes is no change of the text yet.
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self.textChanged.connect(self._show_placeholder)
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

    @property
    def has_pasted(self) -> bool:
        """Whether anything of the last long paste is left."""
        return self._pasted.hasSelection()

    @property
    def pasted_text(self) -> str:
        """What is left of the last long paste."""
        return self._pasted.selection().toPlainText()

    def set_max_height(self, pixels: int) -> None:
        """Scroll sooner than after ten lines where there is less room."""
        self._max_height_px = pixels
        self._fit()

    def insert(self, text: str) -> None:
        """In the place of the selection, as one step to undo."""
        cursor = self.textCursor()
        self._insert_with(cursor, text)
        self.ensureCursorVisible()

    def replace_pasted(self, text: str) -> None:
        """Put `text` in the place of the last long paste, as one step to undo."""
        cursor = QTextCursor(self._pasted)
        cursor.setKeepPositionOnInsert(False)  # it would put the lines in upside down
        self._insert_with(cursor, text)
        self.forget_pasted()

    def forget_pasted(self) -> None:
        self._pasted = QTextCursor()

    def event(self, event: QEvent) -> bool:
        """Esc belongs to what is written first; a menu's shortcut would take it before."""
        is_asked = event.type() == QEvent.Type.ShortcutOverride
        if is_asked and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _INPUT_METHOD_KEYS and self._is_composing():
            event.ignore()
        elif event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
            event.ignore()
        elif self.document().isEmpty() and _is_plain(event, Qt.Key.Key_Up):
            self.recall_requested.emit()
        elif event.key() in _RETURN_KEYS and self._means_send(event):
            self.submitted.emit()
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        super().inputMethodEvent(event)
        self._show_placeholder()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in _FONT_CHANGES:
            self._fit()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasText() or source.hasHtml() or source.hasImage() or bool(_files(source))

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Files and pictures are told; anything else is text, and text alone."""
        if files := _files(source):
            self.files_pasted.emit(files)
        elif text := source.text() if source.hasText() else "":
            self._paste(text)
        elif source.hasImage():
            self.picture_pasted.emit(QImage(source.imageData()))
        elif source.hasHtml():
            plain = QTextDocumentFragment.fromHtml(source.html()).toPlainText()
            self._paste(plain.replace(_PICTURE_PLACE, ""))

    def _paste(self, text: str) -> None:
        if len(text) > MAX_PASTED_CHARACTERS:
            self.paste_refused.emit(len(text))
            return
        start = self.textCursor().selectionStart()
        self.insert(text)
        if len(text) > LONG_CHARACTERS or text.count("\n") >= LONG_LINES:
            self._mark_pasted(start, self.textCursor().position())
            self.long_text_pasted.emit()

    def _mark_pasted(self, start: int, end: int) -> None:
        """What is typed right before or behind it stays outside."""
        self._pasted = self.textCursor()
        self._pasted.setPosition(start)
        self._pasted.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        self._pasted.setKeepPositionOnInsert(True)

    def _insert_with(self, cursor: QTextCursor, text: str) -> None:
        cursor.beginEditBlock()
        cursor.insertText(text)
        cursor.endEditBlock()

    def _show_placeholder(self) -> None:
        """Not under what is being composed, where Qt leaves it."""
        wanted = "" if self._is_composing() else self._placeholder
        if wanted != self.placeholderText():
            self.setPlaceholderText(wanted)

    def _is_composing(self) -> bool:
        """Asked of the text itself: a flag would outlive a composition that was taken away."""
        return bool(self.textCursor().block().layout().preeditAreaText())

    def _means_send(self, event: QKeyEvent) -> bool:
        modifiers = _modifiers(event)
        if modifiers == Qt.KeyboardModifier.ControlModifier:
            return True
        return self.enter_sends and modifiers == Qt.KeyboardModifier.NoModifier

    def _fit(self) -> None:
        most = self._most_px()
        wanted = max(self.fontMetrics().lineSpacing(), self._text_px(most))
        self.setFixedHeight(min(most, wanted) + _FRAME_PX)
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(
            policy.ScrollBarAsNeeded if wanted > most else policy.ScrollBarAlwaysOff
        )

    def _most_px(self) -> int:
        """The height of the most lines on show."""
        line = self.fontMetrics().lineSpacing()
        room = MAX_LINES * line
        if self._max_height_px is not None:
            room = min(room, self._max_height_px - _FRAME_PX)
        return max(MIN_LINES, room // line) * line

    def _text_px(self, most_px: int) -> int:
        """The height of the text after wrapping, or one beyond `most_px`.

        Lines are not equally high: other scripts come in other fonts.
        """
        height, block = 0.0, self.document().begin()
        while block.isValid() and height <= most_px:
            height += self.blockBoundingRect(block).height()
            block = block.next()
        return ceil(height)


def _modifiers(event: QKeyEvent) -> Qt.KeyboardModifier:
    """Those that are held down; arrows and the other Enter count as keys of the keypad."""
    return event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier


def _is_plain(event: QKeyEvent, key: Qt.Key) -> bool:
    return event.key() == key and _modifiers(event) == Qt.KeyboardModifier.NoModifier


def _files(source: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in source.urls() if url.isLocalFile()]
