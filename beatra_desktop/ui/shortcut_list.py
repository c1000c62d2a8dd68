"""The list of all keyboard shortcuts."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QVBoxLayout, QWidget

from beatra_desktop.ui import theme
from beatra_desktop.ui.labels import Badge, Text

COLUMN_GAP_PX = 48


class ShortcutList(QDialog):
    """Show it with `open()`; it closes and forgets itself."""

    def __init__(
        self, shortcuts: Sequence[tuple[str, str]], *, parent: QWidget | None = None
    ) -> None:
        """`shortcuts` are pairs of a command's name and its keys."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        grid = QGridLayout()
        grid.setHorizontalSpacing(COLUMN_GAP_PX)
        grid.setVerticalSpacing(theme.GRID)
        fixed = [
            (self.tr("Send or queue the message"), self.tr("Enter or Ctrl+Enter, as set")),
            (self.tr("New line"), self.tr("Shift+Enter")),
            (self.tr("Edit the last question"), self.tr("Up, with nothing written")),
            (self.tr("Rename, delete a chat in the list"), self.tr("F2, Del")),
            (self.tr("All that can be done with a chat in the list"), self.tr("Menu key")),
        ]
        for row, (name, keys) in enumerate([*shortcuts, *fixed]):
            label = Text(name)
            label.setWordWrap(False)
            grid.addWidget(label, row, 0)
            grid.addWidget(Badge(keys), row, 1, Qt.AlignmentFlag.AlignRight)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[3 * theme.GRID] * 4)
        column.setSpacing(2 * theme.GRID)
        column.addWidget(Text(self.tr("Keyboard shortcuts"), size="title"))
        column.addLayout(grid)
        column.addWidget(buttons)
