"""A field of the music form: its name, how full it is, and what is wrong with it."""

from functools import cached_property

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from beatra_desktop.ui import format, theme
from beatra_desktop.ui.fields import Field, FieldError
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.labels import IconLabel, Text
from beatra_desktop.ui.music.text_box import TextBox
from beatra_desktop.ui.styling import Tone


class Advice(QWidget):
    """A quiet sentence about the field above it; takes no room while there is none."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = ""
        self.hide()

    @cached_property
    def _words(self) -> Text:
        """Made for the first advice: few fields have any."""
        words = Text(tone=Tone.SECONDARY, size="small")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GRID // 2 + 2)
        row.addWidget(
            IconLabel(Icon.INFO, "", tone=Tone.WARNING), alignment=Qt.AlignmentFlag.AlignTop
        )
        row.addWidget(words, stretch=1)
        return words

    def show_words(self, sentence: str, *, shown: bool = True) -> None:
        self.text = sentence
        if sentence:
            self._words.setText(sentence)
        self.setVisible(bool(sentence) and shown)


class FormField(QWidget):
    """A label above any editor, if it needs one; a problem or an advice appears below it."""

    def __init__(self, label: str, editor: QWidget, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor = editor
        self.error = FieldError(editor)
        self.advice = Advice()
        self.head = QHBoxLayout()
        self.head.setSpacing(theme.GRID)
        if label:
            name = Text(label, tone=Tone.SECONDARY, size="small")
            name.setWordWrap(False)
            self.head.addWidget(name)
        self.head.addStretch(1)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.GRID // 2)
        self.column.addLayout(self.head)
        for widget in (editor, self.error, self.advice):
            self.column.addWidget(widget)

    @cached_property
    def counter(self) -> Text:
        counter = Text(tone=Tone.SECONDARY, size="small")
        counter.setWordWrap(False)
        counter.hide()
        self.head.addWidget(counter)
        return counter

    def show_error(self, sentence: str) -> None:
        """An empty sentence takes it away, and lets the advice be seen again."""
        self.error.show_error(sentence)
        self.show_advice(self.advice.text)

    def show_advice(self, sentence: str) -> None:
        """An empty sentence takes it away; a problem hides it."""
        self.advice.show_words(sentence, shown=not self.error.text)
        self.editor.setAccessibleDescription(self.error.text or sentence)


class TextField(FormField):
    """A field for text that counts its characters; `changed` on each of them."""

    changed = Signal()

    def __init__(
        self, label: str, editor: TextBox | Field, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(label, editor, parent=parent)
        self._editor = editor
        editor.textChanged.connect(self.changed)

    @property
    def text(self) -> str:
        editor = self._editor
        return editor.text() if isinstance(editor, Field) else editor.toPlainText()

    def set_text(self, text: str) -> None:
        """Put another text there; Ctrl+Z brings the one before back."""
        if text == self.text:
            return
        if isinstance(self._editor, Field):
            self._editor.selectAll()
            self._editor.insert(text)
        else:
            cursor = QTextCursor(self._editor.document())
            cursor.select(QTextCursor.SelectionType.Document)
            cursor.insertText(text)

    def forget_undo(self) -> None:
        if isinstance(self._editor, Field):
            self._editor.setText(self._editor.text())  # Qt forgets with it what was before
        else:
            self._editor.document().clearUndoRedoStacks()

    def show_count(self, limit: int) -> None:
        """Say how full the field is, once there is something in it."""
        used = len(self.text)
        if not used and "counter" not in vars(self):
            return
        words = self.tr("{used} of {limit}")
        self.counter.setText(words.format(used=format.count(used), limit=format.count(limit)))
        self.counter.setVisible(used > 0)
        self.counter.set_tone(Tone.WARNING if used > limit else Tone.SECONDARY)
