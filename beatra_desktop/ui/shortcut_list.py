"""The list of all keyboard shortcuts."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from beatra_desktop.ui import theme
from beatra_desktop.ui.flow_layout import FlowLayout
from beatra_desktop.ui.labels import Badge, Text

COLUMN_GAP_PX: Final = 48
SCROLL_BAR_PX: Final = 12
MARGIN_PX: Final = 3 * theme.GRID
WINDOW_SHARE: Final = 0.9
"""How much of the window the list may take before it scrolls."""

Shortcuts = Sequence[tuple[str, str]]
"""What is done, and with which keys."""


class ShortcutList(QDialog):
    """Show it with `open()`; it closes and forgets itself."""

    def __init__(self, shortcuts: Shortcuts, *, parent: QWidget | None = None) -> None:
        """`shortcuts` are those of the menus."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._columns = (
            self._column((self.tr("Everywhere"), shortcuts)),
            self._column(
                (self.tr("While writing"), self._writing()),
                (self.tr("In the messages"), self._reading()),
                (self.tr("In the list of chats"), self._listing()),
                (self.tr("In the player"), self._playing()),
            ),
        )
        self._body = QWidget()
        self._body.setProperty("plain", "true")
        self._lay_out()
        if parent is not None:
            self._fit(parent.window().size() * WINDOW_SHARE)

    def _writing(self) -> Shortcuts:
        return [
            (self.tr("Send or queue the message"), self.tr("Enter or Ctrl+Enter, as set")),
            (self.tr("New line"), self.tr("Shift+Enter")),
            (self.tr("Edit the last question"), self.tr("Up, with nothing written")),
        ]

    def _reading(self) -> Shortcuts:
        return [
            (self.tr("Next, previous message"), self.tr("J, K or Alt+Down, Alt+Up")),
            (self.tr("Buttons and links of the message"), self.tr("Tab, Enter")),
            (self.tr("Edit the question"), self.tr("E or F2")),
            (self.tr("Previous, next version"), self.tr("Alt+Left, Alt+Right")),
            (self.tr("Beginning, end"), self.tr("Home, End")),
        ]

    def _listing(self) -> Shortcuts:
        return [
            (self.tr("Rename, delete the chat"), self.tr("F2, Del")),
            (self.tr("All that can be done with the chat"), self.tr("Menu key")),
        ]

    def _playing(self) -> Shortcuts:
        return [
            (self.tr("Play, pause; also in lists"), self.tr("Space")),
            (self.tr("Five seconds back, on"), self.tr("Left, Right")),
            (self.tr("Repeat a part: from here, to here, no more"), self.tr("L")),
            (self.tr("Comparing: the first, the second, the other"), self.tr("1, 2, X")),
            (self.tr("In the play queue: move, take out"), self.tr("Alt+Up, Alt+Down, Del")),
        ]

    def _column(self, *sections: tuple[str, Shortcuts]) -> QWidget:
        """The sections below each other, their keys at one edge."""
        column = QWidget()
        grid = QGridLayout(column)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(3 * theme.GRID)
        for title, shortcuts in sections:
            if grid.count():
                grid.setRowMinimumHeight(grid.rowCount(), theme.GRID)
            grid.addWidget(Text(title, weight="strong"), grid.rowCount(), 0, 1, 2)
            for name, keys in shortcuts:
                label = Text(name)
                label.setWordWrap(False)
                row = grid.rowCount()
                grid.addWidget(label, row, 0)
                grid.addWidget(Badge(keys), row, 1, Qt.AlignmentFlag.AlignRight)
        return column

    def _lay_out(self) -> None:
        flow = FlowLayout(spacing_px=COLUMN_GAP_PX, parent=self._body)
        for each in self._columns:
            flow.addWidget(each)
        scroll = QScrollArea(widgetResizable=True)
        scroll.setAccessibleName(self.windowTitle())
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self._body)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN_PX, MARGIN_PX, MARGIN_PX, MARGIN_PX)
        column.setSpacing(2 * theme.GRID)
        column.addWidget(Text(self.tr("Keyboard shortcuts"), size="title"))
        column.addWidget(scroll, stretch=1)
        column.addWidget(buttons)
        self._around_px = self.sizeHint().height() - scroll.sizeHint().height()

    def _fit(self, room: QSize) -> None:
        """The columns side by side if there is room, as high as they need; no words are cut."""
        widths = [column.sizeHint().width() for column in self._columns]
        most = room.width() - 2 * MARGIN_PX - SCROLL_BAR_PX
        abreast = sum(widths) + COLUMN_GAP_PX
        inside = abreast if abreast <= most else max(widths)
        height = self._body.heightForWidth(inside) + self._around_px
        self.resize(inside + 2 * MARGIN_PX + SCROLL_BAR_PX, min(height, room.height()))
