"""Looking for words in the conversation on show."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from beatra_desktop.ui import theme
from beatra_desktop.ui.buttons import IconButton
from beatra_desktop.ui.fields import Field
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.labels import Text
from beatra_desktop.ui.panes import Pane
from beatra_desktop.ui.styling import Ground, Tone


class FindBar(Pane):
    """Hidden until `open`; Enter and Shift+Enter step through the matches, Esc closes."""

    text_changed = Signal(str)
    next_requested = Signal()
    previous_requested = Signal()
    closed = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(Ground.SURFACE, horizontal=True, margin_px=theme.GRID, parent=parent)
        self.field = Field(self.tr("Find in chat"), placeholder=self.tr("Find in chat"))
        self._count = Text(tone=Tone.SECONDARY, size="small")
        self._count.setWordWrap(False)
        previous = IconButton(Icon.COLLAPSE, self.tr("Previous match"), shortcut="Shift+Return")
        following = IconButton(Icon.EXPAND, self.tr("Next match"), shortcut="Return")
        close = IconButton(Icon.CLOSE, self.tr("Close"), shortcut="Esc")
        self.box.addWidget(self.field, stretch=1)
        self.add(self._count, previous, following, close)
        self.field.textChanged.connect(self.text_changed)
        previous.clicked.connect(self.previous_requested)
        following.clicked.connect(self.next_requested)
        close.clicked.connect(self.close_bar)
        self.hide()

    @property
    def count_words(self) -> str:
        return self._count.text()

    def open(self) -> None:
        self.show()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()
        self.text_changed.emit(self.field.text())

    def close_bar(self) -> None:
        self.hide()
        self.closed.emit()

    def show_count(self, number: int, total: int) -> None:
        """Match `number` of `total` is the current one; 0 of 0 when nothing matches."""
        found = self.tr("{number} of {total}").format(number=number, total=total)
        missing = self.tr("No match") if self.field.text() else ""
        self._count.setText(found if total else missing)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            backwards = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            (self.previous_requested if backwards else self.next_requested).emit()
        else:
            super().keyPressEvent(event)
