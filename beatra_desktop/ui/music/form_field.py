"""A field of the music form: its name, how full it is, and what is wrong with it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from beatra_desktop.ui import format, theme
from beatra_desktop.ui.fields import Field, FieldError
from beatra_desktop.ui.labels import Text
from beatra_desktop.ui.music.text_box import TextBox
from beatra_desktop.ui.styling import Tone


class FormField(QWidget):
    """A label above any editor; a problem or an advice appears below it."""

    def __init__(self, label: str, editor: QWidget, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor = editor
        self.counter = Text(tone=Tone.SECONDARY, size="small")
        self.counter.setWordWrap(False)
        self.error = FieldError(editor)
        self.advice = Text(tone=Tone.WARNING, size="small")
        self.head = QHBoxLayout()
        self.head.setSpacing(theme.GRID)
        name = Text(label, tone=Tone.SECONDARY, size="small")
        name.setWordWrap(False)
        self.head.addWidget(name)
        self.head.addStretch(1)
        self.head.addWidget(self.counter)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.GRID // 2)
        self.column.addLayout(self.head)
        for widget in (editor, self.error, self.advice):
            self.column.addWidget(widget)
        self.advice.hide()

    def show_advice(self, sentence: str) -> None:
        """An empty sentence takes it away; a problem hides it."""
        self.advice.setText(sentence)
        self.advice.setVisible(bool(sentence) and not self.error.text)


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
        if text != self.text:
            editor = self._editor
            editor.setText(text) if isinstance(editor, Field) else editor.setPlainText(text)

    def show_count(self, limit: int) -> None:
        """Say how full the field is, once there is something in it."""
        used = len(self.text)
        words = self.tr("{used} of {limit}")
        self.counter.setText(words.format(used=format.count(used), limit=format.count(limit)))
        self.counter.setVisible(used > 0)
        self.counter.set_tone(Tone.DANGER if used > limit else Tone.SECONDARY)
