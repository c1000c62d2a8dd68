"""What fills the centre of the window instead of the chat: a title, a way back, and a body."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from beatra_desktop.ui.buttons import IconButton
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.page_header import PageHeader
from beatra_desktop.ui.panes import Pane
from beatra_desktop.ui.styling import Ground


class Page(Pane):
    """Subclasses add their widgets to `box`, and put others into the header."""

    left = Signal()
    """The user wants back to the chat."""

    def __init__(self, title: str, *, parent: QWidget | None = None) -> None:
        super().__init__(Ground.SURFACE, margin_px=0, spacing_px=0, parent=parent)
        self.setAccessibleName(title)
        self.back = IconButton(Icon.CLOSE, self.tr("Back to the chat"), shortcut="Esc")
        self.back.clicked.connect(self.left)
        self.header = PageHeader(title)
        self.header.put(self.back)
        self.add(self.header)

    def put_in_header(self, *widgets: QWidget) -> None:
        """Place widgets after the title, before the way back."""
        self.header.put(*widgets, before=self.back)

    def take_focus(self) -> None:
        """Give the keyboard to what the page is about."""
        self.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_find(self) -> None:
        """Give the keyboard to where this page is searched."""
        self.take_focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)
