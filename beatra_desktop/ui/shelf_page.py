"""A page inside the sidebar for conversations that are out of the way."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from beatra_desktop.domain.chat import Conversation
from beatra_desktop.domain.ids import ConversationId
from beatra_desktop.domain.observable import ReadOnlyRecords
from beatra_desktop.ui import theme
from beatra_desktop.ui.buttons import Button, IconButton
from beatra_desktop.ui.flow_layout import FlowLayout
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.labels import ElidedLabel
from beatra_desktop.ui.panes import EmptyState, Pane
from beatra_desktop.ui.shelf_list import ShelfList
from beatra_desktop.ui.styling import Ground
from beatra_desktop.ui.subscriptions import subscribe

MARGIN_PX: Final = theme.GRID + theme.GRID // 2


class ShelfPage(Pane):
    """A title with a way back, the list, and what can be done with its current row.

    Each page connects the list's menus and adds its own buttons.
    """

    left = Signal()
    """The user wants back to the chats."""

    def __init__(
        self,
        title: str,
        records: ReadOnlyRecords[Conversation],
        *,
        rows: ShelfList,
        empty: EmptyState,
        for_all: Button | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`for_all` is a button beside the title that is there while there are rows."""
        super().__init__(Ground.WINDOW, margin_px=0, spacing_px=0, parent=parent)
        self._records = records
        self.setAccessibleName(title)
        self.list = rows
        self.back = IconButton(Icon.BACK, self.tr("Back to the chats"), shortcut="Esc")
        self.back.clicked.connect(self.left)
        self._header = Pane(Ground.WINDOW, horizontal=True, margin_px=theme.GRID)
        self._footer = Pane(Ground.WINDOW, margin_px=MARGIN_PX)
        self._actions = FlowLayout()
        self._footer.add(self._actions)
        self._pages = QStackedWidget()
        self._empty = empty
        self._for_all = for_all
        self._lay_out(title)
        self.list.selectionModel().currentChanged.connect(self._on_current_changed)
        for signal in (records.inserted, records.removed, records.reset):
            subscribe(self, signal, self._on_records)
        self._on_records()

    def take_focus(self) -> None:
        """Give the keyboard to the list's first row, or to the way back where there is none."""
        self.list.choose_first()
        taker = self.list if len(self._records) else self.back
        taker.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)

    def _add_action(self, button: Button, do: Callable[[ConversationId], None]) -> None:
        """A button below the list for its current row."""

        def on_clicked() -> None:
            if (current_id := self.list.current_id) is not None:
                do(current_id)

        button.clicked.connect(on_clicked)
        self._actions.addWidget(button)

    def _lay_out(self, title: str) -> None:
        name = ElidedLabel(title, weight="strong")
        self._header.add(self.back)
        self._header.box.addWidget(name, stretch=1)
        if self._for_all is not None:
            self._header.add(self._for_all)
        self._pages.addWidget(self.list)
        self._pages.addWidget(self._empty)
        self.add(self._header)
        self.box.addWidget(self._pages, stretch=1)
        self.add(self._footer)

    def _on_current_changed(self, current: QModelIndex) -> None:
        self._footer.setEnabled(current.isValid())

    def _on_records(self, *_rows: int) -> None:
        is_any = len(self._records) > 0
        self._pages.setCurrentWidget(self.list if is_any else self._empty)
        self._footer.setVisible(is_any)
        if self._for_all is not None:
            self._for_all.setVisible(is_any)
        if self.list.current_id is None:
            self.list.choose_first()
        self._footer.setEnabled(self.list.current_id is not None)
